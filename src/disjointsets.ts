/**
 * Disjoint sets of the items 0 to n - 1, each named by its smallest member (Galler and Fischer 1964, with path halving).
 *
 * - `#above`: for each item another of its set, nearer its name; the name's is itself
 */
export class DisjointSets {
  readonly #above: Uint32Array;

  constructor(n: number) {
    this.#above = Uint32Array.from({ length: n }, (_, i) => i);
  }

  /** The smallest member of an item's set. */
  find(item: number): number {
    const above = this.#above;
    while (above[item] !== item) {
      above[item] = above[above[item] as number] as number;
      item = above[item] as number;
    }
    return item;
  }

  /** Makes the sets of two items one; says whether they were two. */
  unite(a: number, b: number): boolean {
    const x = this.find(a);
    const y = this.find(b);
    this.#above[Math.max(x, y)] = Math.min(x, y);
    return x !== y;
  }
}

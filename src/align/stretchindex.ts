/** Terms that a bucket is wide: about the shortest stretches that matter, of which each then stands in one or two. */
const WIDTH = 64;
/** Stretches up to which all of them are named: looking at so few costs less than finding out which. */
const FEW = 32;

/**
 * Which of many stretches of one document may overlap another: buckets of terms, each with the stretches that reach into it, so that texts
 * made of thousands of passages do not have each compared with all.
 *
 * - `#buckets`: by bucket, the numbers of its stretches, ascending; the numbers are those that `add` was given, ascending too
 */
export class StretchIndex {
  readonly #buckets = new Map<number, number[]>();
  readonly #all: { number: number; from: number; to: number }[] = [];

  /** Adds the stretch `[from, to)` under a number above those before. */
  add(number: number, from: number, to: number): void {
    this.#all.push({ number, from, to });
    if (this.#all.length <= FEW) return;
    if (this.#buckets.size === 0) for (const stretch of this.#all) this.#put(stretch.number, stretch.from, stretch.to);
    else this.#put(number, from, to);
  }

  /** At most how many numbers `near` would give. */
  most(from: number, to: number): number {
    if (this.#buckets.size === 0) return this.#all.length;
    let most = 0;
    for (let k = bucketOf(from); k <= bucketOf(to); k++) most += this.#buckets.get(k)?.length ?? 0;
    return most;
  }

  /** The numbers of all stretches that overlap `[from, to]`, ascending, and some that do not. */
  near(from: number, to: number): number[] {
    if (this.#buckets.size === 0) return this.#all.map(({ number }) => number);
    const [first, last] = [bucketOf(from), bucketOf(to)];
    if (first === last) return this.#buckets.get(first) ?? [];
    const found = new Set<number>();
    for (let k = first; k <= last; k++) for (const number of this.#buckets.get(k) ?? []) found.add(number);
    return [...found].sort((x, y) => x - y);
  }

  #put(number: number, from: number, to: number): void {
    for (let k = bucketOf(from); k <= bucketOf(to); k++) {
      const bucket = this.#buckets.get(k);
      if (bucket === undefined) this.#buckets.set(k, [number]);
      else bucket.push(number);
    }
  }
}

function bucketOf(term: number): number {
  return Math.floor(term / WIDTH);
}

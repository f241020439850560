/**
 * Numbers 32-bit term ids from 0 in the order of their first appearance: a hash table in two columns, open addressing,
 * at most half full.
 *
 * - `keys`: the id in each slot
 * - `numbers`: its number plus one; 0 where the slot is free
 */
export class TermNumbering {
  /** How many distinct ids were numbered. */
  size = 0;
  readonly #keys: Uint32Array;
  readonly #numbers: Uint32Array;
  readonly #mask: number;

  /** @param most how many ids will be asked for, repeats included */
  constructor(most: number) {
    const slots = 2 ** Math.ceil(Math.log2(2 * most + 2));
    this.#keys = new Uint32Array(slots);
    this.#numbers = new Uint32Array(slots);
    this.#mask = slots - 1;
  }

  /** The numbers of ids, in their order. */
  ofAll(ids: Uint32Array): Uint32Array {
    const out = new Uint32Array(ids.length);
    for (let t = 0; t < ids.length; t++) out[t] = this.of(ids[t] as number);
    return out;
  }

  /** The number of an id. */
  of(id: number): number {
    const keys = this.#keys;
    const numbers = this.#numbers;
    const mask = this.#mask;
    let slot = id & mask;
    for (;;) {
      const number = numbers[slot] as number;
      if (number === 0) {
        keys[slot] = id;
        numbers[slot] = ++this.size;
        return this.size - 1;
      }
      if (keys[slot] === id) return number - 1;
      slot = (slot + 1) & mask;
    }
  }
}

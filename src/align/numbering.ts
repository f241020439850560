/**
 * Numbers 32-bit term ids from 0 in the order of their first appearance: a hash table in two columns, open addressing,
 * at most half full.
 *
 * - `keys`: the id in each slot
 * - `numbers`: its number plus one and `#base`; at most `#base` where the slot is free
 *
 * The table is one for all, since a fresh one for each pair of texts costs more than what is done with it: a numbering is done with
 * when the next one begins.
 */
export class TermNumbering {
  /** How many distinct ids were numbered. */
  size = 0;
  readonly #mask: number;
  readonly #base: number;

  /** @param most how many ids will be asked for, repeats included */
  constructor(most: number) {
    const slots = 2 ** Math.ceil(Math.log2(2 * most + 2));
    if (slots > keys.length || used + most >= 0xffff_ffff) {
      keys = new Uint32Array(Math.max(slots, keys.length));
      numbers = new Uint32Array(keys.length);
      used = 0;
    }
    this.#mask = slots - 1;
    this.#base = used;
    used += most;
  }

  /** The numbers of ids, in their order. */
  ofAll(ids: Uint32Array): Uint32Array {
    const out = new Uint32Array(ids.length);
    for (let t = 0; t < ids.length; t++) out[t] = this.of(ids[t] as number);
    return out;
  }

  /** The number of an id. */
  of(id: number): number {
    const mask = this.#mask;
    const base = this.#base;
    let slot = id & mask;
    for (;;) {
      const number = numbers[slot] as number;
      if (number <= base) {
        keys[slot] = id;
        numbers[slot] = base + ++this.size;
        return this.size - 1;
      }
      if (keys[slot] === id) return number - base - 1;
      slot = (slot + 1) & mask;
    }
  }
}

let keys = new Uint32Array(1 << 11);
let numbers = new Uint32Array(1 << 11);
let used = 0;

import { sortByKey } from './radix.js';

/** Buckets: one for each value of a key's first byte. */
const BUCKETS = 256;
const FIRST_BYTE = 24;
/** Entries of a bucket's first chunk and of its largest. */
const FIRST_CHUNK = 64;
const LARGEST_CHUNK = 1 << 14;

/**
 * 32-bit keys with their owners, parted by the first byte as they come: a bucket is sorted where the cache holds it, and its
 * room is free before the next one's is asked for, so that no column of all keys is held twice.
 *
 * - `#chunks`: for each bucket its chunks, in which entry e has its key at 2e and its owner at 2e + 1; `#used`, the entries of the last one
 */
export class KeyBuckets {
  /** Entries of all buckets. */
  size = 0;
  readonly #chunks: Uint32Array[][] = Array.from({ length: BUCKETS }, () => []);
  readonly #last: Uint32Array[] = new Array(BUCKETS).fill(new Uint32Array(0));
  readonly #used = new Uint32Array(BUCKETS);

  add(key: number, owner: number): void {
    const bucket = key >>> FIRST_BYTE;
    let at = 2 * (this.#used[bucket] as number);
    let chunk = this.#last[bucket] as Uint32Array;
    if (at === chunk.length) {
      chunk = new Uint32Array(Math.max(2 * FIRST_CHUNK, Math.min(2 * LARGEST_CHUNK, 2 * chunk.length)));
      (this.#chunks[bucket] as Uint32Array[]).push(chunk);
      this.#last[bucket] = chunk;
      this.#used[bucket] = 0;
      at = 0;
    }
    chunk[at] = key;
    chunk[at + 1] = owner;
    this.#used[bucket] = (at >>> 1) + 1;
    this.size++;
  }

  /** The buckets in order, each by key and then in the order in which owners came. Empties them. */
  *drain(): Generator<{ keys: Uint32Array; owners: Uint32Array }> {
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const chunks = this.#chunks[bucket] as Uint32Array[];
      if (chunks.length === 0) continue;
      const used = this.#used[bucket] as number;
      const size = chunks.reduce((sum, chunk, c) => sum + (c + 1 < chunks.length ? chunk.length >>> 1 : used), 0);
      const keys = new Uint32Array(size);
      const owners = new Uint32Array(size);
      let n = 0;
      for (const chunk of chunks)
        for (let at = 0; at < chunk.length && n < size; at += 2) {
          keys[n] = chunk[at] as number;
          owners[n++] = chunk[at + 1] as number;
        }
      this.#chunks[bucket] = [];
      this.#last[bucket] = new Uint32Array(0);
      sortByKey(keys, owners, FIRST_BYTE);
      yield { keys, owners };
    }
    this.size = 0;
  }
}

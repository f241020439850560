import { forEachRun } from './bandlinks.js';
import { KeyBuckets } from './keybuckets.js';
import type { CandidateColumns } from './pairs.js';
import { KeySet, rareTermKeys } from './rareterms.js';

/**
 * The rare-term keys that several documents have, and no more than may.
 *
 * - `owners`: the documents of each key, ascending, key after key; the last one of a key has the sign bit set
 * - `places[first[d] .. first[d + 1])`: where document d stands in `owners`, but for the keys whose last it is: those that come after it
 *   there share the key
 */
export interface SharedKeys {
  readonly owners: Int32Array;
  readonly first: Float64Array;
  readonly places: Uint32Array;
  readonly cappedKeys: number;
}

/** Marks the last owner of a key. */
export const LAST = 0x8000_0000 | 0;
export const OWNER = 0x7fff_ffff;

/** Documents between two looks at the clock. */
const TURN = 256;

/** Finds the keys that two documents have at least, and `most` at most. Yields the documents done, each twice. */
export function* sharedKeys(columns: CandidateColumns, most: number): Generator<number, SharedKeys> {
  const n = columns.order.length;
  const buckets = yield* repeatedKeys(columns);
  const owners = new Int32Array(buckets.size);
  const first = new Float64Array(n + 1);
  let size = 0;
  let cappedKeys = 0;
  for (const { keys, owners: own } of buckets.drain())
    forEachRun(keys, (from, to) => {
      if (to - from > most) {
        cappedKeys++;
        return;
      }
      for (let at = from; at < to; at++) {
        const owner = own[at] as number;
        owners[size++] = at + 1 < to ? owner : owner | LAST;
        if (at + 1 < to) first[owner + 1] = (first[owner + 1] as number) + 1;
      }
    });
  for (let d = 0; d < n; d++) first[d + 1] = (first[d + 1] as number) + (first[d] as number);
  const places = new Uint32Array(first[n] as number);
  const fill = first.slice(0, n);
  for (let at = 0; at < size; at++) {
    const owner = owners[at] as number;
    if (owner < 0) continue;
    places[fill[owner] as number] = at;
    fill[owner] = (fill[owner] as number) + 1;
  }
  return { owners, first, places, cappedKeys };
}

/** The rare-term keys that more than one document may have, with their owners, in the order of ids. */
function* repeatedKeys({ terms, order }: CandidateColumns): Generator<number, KeyBuckets> {
  const own = new KeySet();
  // A first pass marks what was seen once and twice, so that keys of one document only (most of them) cost a bit.
  const bits = Math.min(32, Math.max(16, Math.ceil(Math.log2(200 * order.length + 1)) + 2));
  const shift = 32 - bits;
  const once = new Uint32Array(2 ** (bits - 5));
  const twice = new Uint32Array(2 ** (bits - 5));
  for (let d = 0; d < order.length; d++) {
    if (d % TURN === 0) yield d;
    rareTermKeys(terms.at(order[d] as number), own);
    for (let k = 0; k < own.size; k++) {
      const mark = (own.keys[k] as number) >>> shift;
      const bit = 1 << (mark & 31);
      if ((once[mark >>> 5] as number) & bit) twice[mark >>> 5] = (twice[mark >>> 5] as number) | bit;
      else once[mark >>> 5] = (once[mark >>> 5] as number) | bit;
    }
  }
  const repeated = new KeyBuckets();
  for (let d = 0; d < order.length; d++) {
    if (d % TURN === 0) yield order.length + d;
    rareTermKeys(terms.at(order[d] as number), own);
    for (let k = 0; k < own.size; k++) {
      const key = own.keys[k] as number;
      const mark = key >>> shift;
      if ((twice[mark >>> 5] as number) & (1 << (mark & 31))) repeated.add(key, d);
    }
  }
  return repeated;
}

import { LAST, OWNER, type SharedKeys } from './sharedkeys.js';

/** Documents that share rare terms with most others are compared with this many of them, the likeliest. */
export const MOST_PARTNERS = 100;
/** Counts of shared keys above this are all the same. */
const MOST_COUNTED = 256;
/** Pairs a chunk: their column grows without being copied. */
const CHUNK = 1 << 16;
/** Documents between two looks at the clock. */
const TURN = 256;

/** Two documents and the keys that they share, 256 at most; `a < b`. */
export type TakePair = (a: number, b: number, shared: number) => void;

/**
 * Calls `take` with the pairs that share `least` keys at least, in the order of `a`, then `b`. Of a document that has more than
 * `MOST_PARTNERS` such partners those count that are among its likeliest, or that it is among the likeliest of. Each pair is counted once,
 * from its first document. Yields the documents done, of `2n`.
 */
export function* termPairs(n: number, keys: SharedKeys, least: number, take: TakePair): Generator<number> {
  const list = new PairList();
  const first = new Float64Array(n + 1);
  const partners = new Uint32Array(n);
  const counts = new Uint16Array(n);
  const touched = new Uint32Array(n);
  const { owners, places, first: firstPlace } = keys;
  for (let d = 0; d < n; d++) {
    let size = 0;
    for (let p = firstPlace[d] as number; p < (firstPlace[d + 1] as number); p++) {
      let at = places[p] as number;
      let other: number;
      do {
        other = owners[++at] as number;
        const b = other & OWNER;
        const count = counts[b] as number;
        if (count === 0) touched[size++] = b;
        if (count < MOST_COUNTED) counts[b] = count + 1;
      } while ((other & LAST) === 0);
    }
    let kept = 0;
    for (let t = 0; t < size; t++) {
      const b = touched[t] as number;
      if ((counts[b] as number) >= least) touched[kept++] = b;
      else counts[b] = 0;
    }
    if (kept > 1) touched.subarray(0, kept).sort();
    for (let t = 0; t < kept; t++) {
      const b = touched[t] as number;
      list.add(b, counts[b] as number);
      partners[b] = (partners[b] as number) + 1;
      counts[b] = 0;
    }
    partners[d] = (partners[d] as number) + kept;
    first[d + 1] = list.size;
    if (d % TURN === 0) yield d;
  }
  const bounds = leastShared(n, list, first, partners, least);
  for (let a = 0; a < n; a++) {
    const own = bounds[a] as number;
    for (let p = first[a] as number; p < (first[a + 1] as number); p++) {
      const b = list.partner(p);
      const shared = list.shared(p);
      if (shared >= own || shared >= (bounds[b] as number)) take(a, b, shared);
    }
    if (a % TURN === 0) yield n + a;
  }
}

/** What a partner must share at least with each document, so that none has more than it may. */
function leastShared(
  n: number,
  list: PairList,
  first: Float64Array,
  partners: Uint32Array,
  least: number,
): Uint16Array {
  const bounds = new Uint16Array(n).fill(least);
  // Of the documents that have too many, what each partner shares, less one: those of document d end at `end[d]`.
  const end = new Float64Array(n);
  let size = 0;
  for (let d = 0; d < n; d++) {
    end[d] = size;
    if ((partners[d] as number) > MOST_PARTNERS) size += partners[d] as number;
  }
  if (size === 0) return bounds;
  const column = new Uint8Array(size);
  const note = (d: number, shared: number) => {
    if ((partners[d] as number) <= MOST_PARTNERS) return;
    const at = end[d] as number;
    column[at] = shared - 1;
    end[d] = at + 1;
  };
  for (let a = 0; a < n; a++)
    for (let p = first[a] as number; p < (first[a + 1] as number); p++) {
      note(a, list.shared(p));
      note(list.partner(p), list.shared(p));
    }
  const histogram = new Uint32Array(256);
  for (let d = 0; d < n; d++) {
    const count = partners[d] as number;
    if (count <= MOST_PARTNERS) continue;
    histogram.fill(0);
    for (let at = (end[d] as number) - count; at < (end[d] as number); at++) {
      const shared = Math.min(255, (column[at] as number) + 1);
      histogram[shared] = (histogram[shared] as number) + 1;
    }
    let above = 0;
    let bound = 255;
    while (bound >= least && above + (histogram[bound] as number) <= MOST_PARTNERS)
      above += histogram[bound--] as number;
    bounds[d] = Math.max(least, bound + 1);
  }
  return bounds;
}

/** The second documents of pairs and what they share, while they come. */
class PairList {
  size = 0;
  readonly #partners: Uint32Array[] = [];
  readonly #shared: Uint8Array[] = [];

  add(partner: number, shared: number): void {
    const at = this.size % CHUNK;
    const chunk = (this.size - at) / CHUNK;
    if (at === 0) {
      this.#partners.push(new Uint32Array(CHUNK));
      this.#shared.push(new Uint8Array(CHUNK));
    }
    (this.#partners[chunk] as Uint32Array)[at] = partner;
    (this.#shared[chunk] as Uint8Array)[at] = shared - 1;
    this.size++;
  }

  partner(p: number): number {
    return (this.#partners[Math.floor(p / CHUNK)] as Uint32Array)[p % CHUNK] as number;
  }

  shared(p: number): number {
    return ((this.#shared[Math.floor(p / CHUNK)] as Uint8Array)[p % CHUNK] as number) + 1;
  }
}

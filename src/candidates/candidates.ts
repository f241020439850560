import { type BandLink, forEachRun, linkBands } from './bandlinks.js';
import { type CandidateColumns, type CandidateSettings, type Candidates, CROWD, IN_CROWD } from './pairs.js';
import { sortByKey } from './radix.js';
import { KeySet, rareTermKeys } from './rareterms.js';

/** Documents that share rare terms with most others are compared with this many of them, the likeliest. */
export const MOST_PARTNERS = 100;

/**
 * Proposes the pairs of a corpus that may tell the same: those that share a band of their signatures (copies), and
 * those that share enough pairs of rare terms in a sentence (rewrites).
 *
 * Both kinds of keys are columns, sorted; a run of equal keys is the documents that share it. A rare-term key in more
 * than `maxKeyDocuments` documents says nothing and is dropped; a document keeps its `MOST_PARTNERS` likeliest partners,
 * and those that it is among the likeliest of. Time and memory are linear in the documents.
 */
export function proposePairs(columns: CandidateColumns, settings: CandidateSettings, byTerms = true): Candidates {
  const links = linkBands(columns, settings);
  const { pairs, cappedKeys } = byTerms ? sharedTerms(columns, settings) : { pairs: new PairList(), cappedKeys: 0 };
  return { ...merged(columns.order.length, pairs, links), cappedKeys };
}

/** Pairs of documents with how many keys they share, while they grow. */
class PairList {
  a = new Uint32Array(1024);
  b = new Uint32Array(1024);
  shared = new Uint8Array(1024);
  size = 0;

  add(a: number, b: number, shared: number): void {
    if (this.size === this.a.length) {
      const wider = <T extends Uint32Array | Uint8Array>(old: T, room: T): T => {
        room.set(old);
        return room;
      };
      this.a = wider(this.a, new Uint32Array(2 * this.size));
      this.b = wider(this.b, new Uint32Array(2 * this.size));
      this.shared = wider(this.shared, new Uint8Array(2 * this.size));
    }
    this.a[this.size] = a;
    this.b[this.size] = b;
    this.shared[this.size++] = shared;
  }
}

/** The pairs that share enough rare-term keys, in the order of `a`, then `b`. */
function sharedTerms(columns: CandidateColumns, settings: CandidateSettings): { pairs: PairList; cappedKeys: number } {
  const n = columns.order.length;
  const { keys, owners } = sharedKeys(columns);
  sortByKey(keys, owners);
  // Runs of keys that propose something, end to end, and for each document the runs that it stands in.
  const runStart: number[] = [];
  const firstRun = new Uint32Array(n + 1);
  let kept = 0;
  let cappedKeys = 0;
  forEachRun(keys, (from, to) => {
    if (to - from > settings.maxKeyDocuments) {
      cappedKeys++;
      return;
    }
    runStart.push(kept);
    owners.copyWithin(kept, from, to);
    for (let at = kept; at < kept + to - from; at++) {
      const owner = owners[at] as number;
      firstRun[owner + 1] = (firstRun[owner + 1] as number) + 1;
    }
    kept += to - from;
  });
  runStart.push(kept);
  for (let d = 0; d < n; d++) firstRun[d + 1] = (firstRun[d + 1] as number) + (firstRun[d] as number);
  const runs = new Uint32Array(kept);
  const fill = firstRun.slice(0, n);
  for (let run = 0; run + 1 < runStart.length; run++)
    for (let at = runStart[run] as number; at < (runStart[run + 1] as number); at++) {
      const owner = owners[at] as number;
      runs[fill[owner] as number] = run;
      fill[owner] = (fill[owner] as number) + 1;
    }
  return { pairs: countPairs(n, firstRun, runs, Uint32Array.from(runStart), owners, settings), cappedKeys };
}

/** Counts for each document the keys that it shares with each other one, and keeps the pairs that share enough. */
function countPairs(
  n: number,
  firstRun: Uint32Array,
  runs: Uint32Array,
  runStart: Uint32Array,
  owners: Uint32Array,
  { minSharedKeys }: CandidateSettings,
): PairList {
  const counts = new Uint16Array(n);
  const touched: number[] = [];
  const count = (d: number) => {
    touched.length = 0;
    for (let r = firstRun[d] as number; r < (firstRun[d + 1] as number); r++) {
      const run = runs[r] as number;
      for (let at = runStart[run] as number; at < (runStart[run + 1] as number); at++) {
        const other = owners[at] as number;
        if (other === d) continue;
        if (counts[other] === 0) touched.push(other);
        counts[other] = (counts[other] as number) + 1;
      }
    }
  };
  // What a partner must share at least with each document, so that no document has more than it may; first pass.
  const least = new Uint16Array(n).fill(minSharedKeys);
  const histogram = new Uint32Array(256);
  for (let d = 0; d < n; d++) {
    count(d);
    if (touched.length > MOST_PARTNERS) {
      histogram.fill(0);
      for (const other of touched) {
        const shared = Math.min(255, counts[other] as number);
        histogram[shared] = (histogram[shared] as number) + 1;
      }
      let above = 0;
      let bound = 255;
      while (bound >= minSharedKeys && above + (histogram[bound] as number) <= MOST_PARTNERS)
        above += histogram[bound--] as number;
      least[d] = Math.max(minSharedKeys, bound + 1);
    }
    for (const other of touched) counts[other] = 0;
  }
  const pairs = new PairList();
  for (let d = 0; d < n; d++) {
    count(d);
    const own = least[d] as number;
    const partners = touched
      .filter((other) => {
        const shared = Math.min(256, counts[other] as number);
        return other > d && shared >= minSharedKeys && (shared >= own || shared >= (least[other] as number));
      })
      .sort((x, y) => x - y);
    for (const other of partners) pairs.add(d, other, Math.min(255, counts[other] as number));
    for (const other of touched) counts[other] = 0;
  }
  return pairs;
}

/** The rare-term keys that more than one document may have, with their owners, in the order of ids. */
function sharedKeys({ terms, order }: CandidateColumns): { keys: Uint32Array; owners: Uint32Array } {
  const own = new KeySet();
  let total = 0;
  // A first pass marks what was seen once and twice, so that keys of one document only (most of them) cost a bit.
  const bits = Math.min(32, Math.max(16, Math.ceil(Math.log2(200 * order.length + 1)) + 2));
  const shift = 32 - bits;
  const once = new Uint32Array(2 ** (bits - 5));
  const twice = new Uint32Array(2 ** (bits - 5));
  for (const row of order) {
    rareTermKeys(terms.at(row), own);
    for (let k = 0; k < own.size; k++) {
      const mark = (own.keys[k] as number) >>> shift;
      const bit = 1 << (mark & 31);
      if ((once[mark >>> 5] as number) & bit) twice[mark >>> 5] = (twice[mark >>> 5] as number) | bit;
      else once[mark >>> 5] = (once[mark >>> 5] as number) | bit;
    }
    total += own.size;
  }
  let keys = new Uint32Array(Math.max(1024, total >>> 2));
  let owners = new Uint32Array(keys.length);
  let size = 0;
  for (let d = 0; d < order.length; d++) {
    rareTermKeys(terms.at(order[d] as number), own);
    for (let k = 0; k < own.size; k++) {
      const key = own.keys[k] as number;
      const mark = key >>> shift;
      if (!((twice[mark >>> 5] as number) & (1 << (mark & 31)))) continue;
      if (size === keys.length) {
        const wider = [new Uint32Array(1.5 * size), new Uint32Array(1.5 * size)] as const;
        wider[0].set(keys);
        wider[1].set(owners);
        [keys, owners] = wider;
      }
      keys[size] = key;
      owners[size++] = d;
    }
  }
  return { keys: keys.subarray(0, size), owners: owners.subarray(0, size) };
}

/** Keeps the pairs at the given places, and marks those of documents that have many partners still. */
export function keepPairs(pairs: Candidates, documents: number, places: readonly number[]): Candidates {
  const size = places.length;
  const kept = {
    a: new Uint32Array(size),
    b: new Uint32Array(size),
    shared: new Uint8Array(size),
    kind: new Uint8Array(size),
    cappedKeys: pairs.cappedKeys,
  };
  const partners = new Uint32Array(documents);
  places.forEach((p, k) => {
    for (const column of ['a', 'b', 'shared', 'kind'] as const) kept[column][k] = pairs[column][p] as number;
    for (const d of [kept.a[k] as number, kept.b[k] as number]) partners[d] = (partners[d] as number) + 1;
  });
  for (let k = 0; k < size; k++)
    if (Math.min(partners[kept.a[k] as number] as number, partners[kept.b[k] as number] as number) >= CROWD)
      kept.kind[k] = Math.max(IN_CROWD, kept.kind[k] as number);
  return kept;
}

/** Pairs of both kinds as one list, each once. */
function merged(n: number, pairs: PairList, links: readonly BandLink[]): Omit<Candidates, 'cappedKeys'> {
  const kinds = new Map<number, number>();
  for (const { a, b, kind } of links) {
    const pair = a * n + b;
    kinds.set(pair, Math.max(kind, kinds.get(pair) ?? 0));
  }
  const byBand = [...kinds.keys()].sort((x, y) => x - y);
  let size = byBand.length;
  for (let p = 0; p < pairs.size; p++) if (!kinds.has((pairs.a[p] as number) * n + (pairs.b[p] as number))) size++;
  const a = new Uint32Array(size);
  const b = new Uint32Array(size);
  const shared = new Uint8Array(size);
  const kind = new Uint8Array(size);
  let p = 0;
  let q = 0;
  for (let at = 0; at < size; at++) {
    const next = p < pairs.size ? (pairs.a[p] as number) * n + (pairs.b[p] as number) : Number.POSITIVE_INFINITY;
    const other = q < byBand.length ? (byBand[q] as number) : Number.POSITIVE_INFINITY;
    const pair = Math.min(next, other);
    a[at] = Math.floor(pair / n);
    b[at] = pair % n;
    if (next === pair) shared[at] = pairs.shared[p++] as number;
    if (other === pair) {
      kind[at] = kinds.get(pair) as number;
      q++;
    }
  }
  return { a, b, shared, kind };
}

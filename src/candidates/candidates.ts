import type { Banding } from '../sketch/bands.js';
import { EMPTY_MINIMUM } from '../sketch/minhash.js';
import type { AnalysedText } from '../text/analyse.js';
import { bandKey } from './lsh.js';
import { sortByKey } from './radix.js';
import { type DocumentFrequency, rareTermKeys } from './rareterms.js';

/** Settings of the candidate search; see the options of the same names. */
export interface CandidateSettings {
  readonly banding: Banding;
  readonly maxKeyDocuments: number;
  readonly minSharedKeys: number;
}

/** Two documents by their places in the corpus, `a < b`. */
export interface CandidatePair {
  readonly a: number;
  readonly b: number;
}

/** The pairs to compare, in the order of `a`, then `b`. */
export interface Candidates {
  readonly pairs: CandidatePair[];
  /** Keys that stood in too many documents to propose anything. */
  readonly cappedKeys: number;
}

/**
 * Proposes the pairs of a corpus that may tell the same: those that share a band of their signatures (copies), and
 * those that share enough pairs of rare terms in a sentence (rewrites).
 *
 * Both kinds of keys are columns, sorted; a run of equal keys is the documents that share it. A rare-term key in more
 * than `maxKeyDocuments` documents says nothing and is dropped; in a band as full as that, all documents are alike,
 * and each is paired with the first and the one before it only, so that the cost stays linear.
 */
export function proposePairs(
  documents: readonly AnalysedText[],
  signatures: readonly Uint32Array[],
  frequency: DocumentFrequency,
  settings: CandidateSettings,
): Candidates {
  const n = documents.length;
  const shared = new Map<number, number>();
  const rare = keyColumns(documents.map((doc) => rareTermKeys(doc, frequency)));
  let cappedKeys = 0;
  forEachRun(rare.keys, rare.owners, (owners) => {
    if (owners.length > settings.maxKeyDocuments) {
      cappedKeys++;
      return;
    }
    for (let x = 0; x < owners.length; x++) {
      for (let y = x + 1; y < owners.length; y++) {
        const pair = (owners[x] as number) * n + (owners[y] as number);
        shared.set(pair, (shared.get(pair) ?? 0) + 1);
      }
    }
  });
  const chosen = new Set<number>();
  for (const [pair, count] of shared) if (count >= settings.minSharedKeys) chosen.add(pair);
  const { bands, rows } = settings.banding;
  // A text without words resembles only others without words, and tells nothing.
  const worded = Uint32Array.from(signatures.keys()).filter((d) => signatures[d]?.[0] !== EMPTY_MINIMUM);
  for (let band = 0; band < bands; band++) {
    const keys = worded.map((d) => bandKey(signatures[d] as Uint32Array, band, rows));
    const owners = worded.slice();
    sortByKey(keys, owners);
    forEachRun(keys, owners, (alike) => {
      const all = alike.length <= settings.maxKeyDocuments;
      for (let y = 1; y < alike.length; y++) {
        const last = alike[y] as number;
        if (all) for (let x = 0; x < y; x++) chosen.add((alike[x] as number) * n + last);
        else {
          chosen.add((alike[0] as number) * n + last);
          chosen.add((alike[y - 1] as number) * n + last);
        }
      }
    });
  }
  const pairs = [...chosen].sort((x, y) => x - y).map((pair) => ({ a: Math.floor(pair / n), b: pair % n }));
  return { pairs, cappedKeys };
}

/** The keys of all documents as two columns, sorted by key; owners ascend within a key. */
function keyColumns(keysOf: readonly Set<number>[]): { keys: Uint32Array; owners: Uint32Array } {
  const total = keysOf.reduce((sum, keys) => sum + keys.size, 0);
  const keys = new Uint32Array(total);
  const owners = new Uint32Array(total);
  let at = 0;
  keysOf.forEach((own, d) => {
    for (const key of own) {
      keys[at] = key;
      owners[at++] = d;
    }
  });
  sortByKey(keys, owners);
  return { keys, owners };
}

/** Calls `visit` with the owners of every key that has more than one. */
function forEachRun(keys: Uint32Array, owners: Uint32Array, visit: (owners: Uint32Array) => void): void {
  for (let from = 0; from < keys.length; ) {
    let to = from + 1;
    while (to < keys.length && keys[to] === keys[from]) to++;
    if (to - from > 1) visit(owners.subarray(from, to));
    from = to;
  }
}

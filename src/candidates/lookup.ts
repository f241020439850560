import type { Postings } from './postings.js';
import { RARE_TERMS } from './rareterms.js';

/** A term in more sentences than this of the index is too common to look anything up by. */
const COMMON_TERM = 1000;
/** Documents from which an index says what is rare. */
const KNOWN_INDEX = 1000;
/** Share of the weight of the rare terms of the shorter text that a retelling has at least. */
const LEAST_SHARE = 0.2;
/** Keys shared from which two texts may have a passage in common, whatever else is in them. */
const PASSAGE_KEYS = 24;

/** Sentences of a document that places tell apart; the last one stands for all that follow. */
export const PLACES = 64;

/** A document that shares rare terms with a text. */
export interface Found {
  readonly document: number;
  /** Pairs of the text's rare terms that stand in one sentence there too. */
  readonly sharedKeys: number;
}

/**
 * The documents that share at least `least` pairs of rare terms in a sentence with a text, most first. Rarity is that at the time
 * of asking, so that what was added first is found as well as what was added last.
 *
 * From a thousand documents on the index knows what is rare, and passes over documents whose rare terms weigh too little
 * against the text's: see `OverlapFilter`, which does the same with more knowledge.
 *
 * @param row content terms by sentence: see `sentenceTerms`
 * @param postings by term, places: the number of the document times `PLACES` and the sentence
 * @param termsOf how many distinct content terms a document has
 */
export function findByTerms(
  row: Uint32Array,
  postings: Postings,
  least: number,
  size: number,
  termsOf: (document: number) => number,
): Found[] {
  const shared = new Map<number, number>();
  const weights = new Map<number, number>();
  const counts = new Map<number, number>();
  const distinct = new Set<number>();
  const seen = new Map<number, Set<number>>();
  let mass = 0;
  const together = new Map<number, number>();
  for (let at = 0; at < row.length; ) {
    const end = at + 1 + (row[at] as number);
    const terms: number[] = [];
    for (at++; at < end; at++) {
      const term = row[at] as number;
      distinct.add(term);
      let count = counts.get(term);
      if (count === undefined) {
        count = postings.count(term);
        counts.set(term, count);
      }
      if (count > 0 && count <= COMMON_TERM) terms.push(term);
    }
    terms.sort((x, y) => (counts.get(x) as number) - (counts.get(y) as number) || x - y);
    together.clear();
    for (const term of terms.slice(0, RARE_TERMS)) {
      const first = !seen.has(term);
      const weight = Math.log(1 + size / (counts.get(term) as number)) ** 2;
      if (first) {
        seen.set(term, new Set());
        mass += weight;
      }
      const here = seen.get(term) as Set<number>;
      postings.each(term, (place) => {
        together.set(place, (together.get(place) ?? 0) + 1);
        if (!first) return;
        const document = Math.floor(place / PLACES);
        if (here.has(document)) return;
        here.add(document);
        weights.set(document, (weights.get(document) ?? 0) + weight);
      });
    }
    for (const [place, n] of together) {
      if (n < 2) continue;
      const document = Math.floor(place / PLACES);
      shared.set(document, (shared.get(document) ?? 0) + (n * (n - 1)) / 2);
    }
  }
  const found: Found[] = [];
  for (const [document, sharedKeys] of shared) {
    if (sharedKeys < least) continue;
    if (size >= KNOWN_INDEX && sharedKeys < PASSAGE_KEYS) {
      const shorter = Math.min(1, termsOf(document) / Math.max(1, distinct.size));
      if ((weights.get(document) ?? 0) < LEAST_SHARE * shorter * mass) continue;
    }
    found.push({ document, sharedKeys });
  }
  return found.sort((x, y) => y.sharedKeys - x.sharedKeys || x.document - y.document);
}

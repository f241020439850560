import type { KnownWords } from '../lexicon/known.js';
import { LIKENESS_STEPS } from '../lexicon/lexicon.js';

/** Likeness from which two words may stand for each other; the lexicon gives synonyms of WordNet as much at least. */
const LEAST_LIKENESS = 0.6;

/**
 * The terms of `b` with those that `a` lacks replaced by their nearest in meaning among those of `a` that `b` lacks:
 * translating and spinning exchange words for their like. Several may stand for one; words that both texts have stand for
 * themselves.
 *
 * @param localA the terms of `a`, numbered for the pair; `localB` likewise
 */
export function withSynonyms(
  localA: Uint32Array,
  knownA: KnownWords,
  localB: Uint32Array,
  knownB: KnownWords,
): Uint32Array {
  const { lexicon } = knownA;
  if (lexicon !== knownB.lexicon) return localB;
  const inA = new Set(localA);
  const inB = new Set(localB);
  const lone = new Map<number, number>();
  for (let t = 0; t < localA.length; t++) {
    const row = knownA.rows[t] as number;
    if (row >= 0 && !inB.has(localA[t] as number)) lone.set(row, localA[t] as number);
  }
  if (lone.size === 0) return localB;
  const standIn = new Map<number, number>();
  const out = localB.slice();
  for (let t = 0; t < localB.length; t++) {
    const term = localB[t] as number;
    const row = knownB.rows[t] as number;
    if (row < 0 || inA.has(term)) continue;
    let other = standIn.get(term);
    if (other === undefined) {
      other = nearestOf(knownA, row, lone) ?? term;
      standIn.set(term, other);
    }
    out[t] = other;
  }
  return out;
}

/** The term among `lone`, by lexicon row, that is nearest to a row; neighbours come likest first. */
function nearestOf({ lexicon }: KnownWords, row: number, lone: ReadonlyMap<number, number>): number | undefined {
  const end = lexicon.first[row + 1] as number;
  for (let e = lexicon.first[row] as number; e < end; e++) {
    if ((lexicon.likeness[e] as number) < LEAST_LIKENESS * LIKENESS_STEPS) return undefined;
    const term = lone.get(lexicon.neighbours[e] as number);
    if (term !== undefined) return term;
  }
  return undefined;
}

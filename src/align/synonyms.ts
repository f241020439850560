import type { KnownWords } from '../lexicon/known.js';
import { type Lexicon, LIKENESS_STEPS } from '../lexicon/lexicon.js';

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
  const size = 1 + Math.max(most(localA), most(localB));
  const inA = present(localA, size);
  const inB = present(localB, size);
  // By row of the lexicon: a term that only `a` has, plus one.
  const lone = rowsOf(lexicon);
  const marked: number[] = [];
  for (let t = 0; t < localA.length; t++) {
    const row = knownA.rows[t] as number;
    if (row < 0 || inB[localA[t] as number] === 1) continue;
    lone[row] = (localA[t] as number) + 1;
    marked.push(row);
  }
  if (marked.length === 0) return localB;
  // By term of `b`: what stands in for it, plus one.
  const standIn = new Uint32Array(size);
  const out = localB.slice();
  for (let t = 0; t < localB.length; t++) {
    const term = localB[t] as number;
    const row = knownB.rows[t] as number;
    if (row < 0 || inA[term] === 1) continue;
    if (standIn[term] === 0) standIn[term] = nearestOf(lexicon, row, lone) || term + 1;
    out[t] = (standIn[term] as number) - 1;
  }
  for (const row of marked) lone[row] = 0;
  return out;
}

/** Scratch of each lexicon, a number a row; zeros between uses. */
const scratch = new WeakMap<Lexicon, Uint32Array>();

function rowsOf(lexicon: Lexicon): Uint32Array {
  const known = scratch.get(lexicon) ?? new Uint32Array(lexicon.words);
  scratch.set(lexicon, known);
  return known;
}

function most(terms: Uint32Array): number {
  let largest = 0;
  for (let t = 0; t < terms.length; t++) if ((terms[t] as number) > largest) largest = terms[t] as number;
  return largest;
}

/** By term, 1 where the document has it. */
function present(terms: Uint32Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  for (let t = 0; t < terms.length; t++) out[terms[t] as number] = 1;
  return out;
}

/** The term among `lone` that is nearest to a row, plus one, or 0; neighbours come likest first. */
function nearestOf({ first, neighbours, likeness }: Lexicon, row: number, lone: Uint32Array): number {
  const end = first[row + 1] as number;
  for (let e = first[row] as number; e < end; e++) {
    if ((likeness[e] as number) < LEAST_LIKENESS * LIKENESS_STEPS) return 0;
    const term = lone[neighbours[e] as number] as number;
    if (term !== 0) return term;
  }
  return 0;
}

import type { Otherwise } from './contradiction.js';
import type { SimilarityMatrix } from './similarity.js';
import type { PairVectors } from './vectors.js';

/** Sentence `i` of `a` and sentence `j` of `b`, chosen as telling the same with probability `score`. */
export interface SentenceMatch {
  readonly i: number;
  readonly j: number;
  readonly score: number;
  /** How the two say otherwise, in much the same words. */
  readonly otherwise?: Otherwise;
}

/** What a pair needs to be chosen, and what a further partner of a sentence needs when the first explains most of what it shares, or stands far off. */
export interface Choice {
  readonly least: number;
  readonly leastRepeated: number;
  /** Whether a pair that shares no word counts as explained by a sentence's other partners. */
  readonly wordless: boolean;
}

/** For any two documents. */
export const SURE: Choice = { least: 0.45, leastRepeated: 0.75, wordless: true };
/** Where one document retells the other: below even chance too, since the F1 of what is chosen is best from half of what it is (Lewis, 1995). */
export const LIKELY: Choice = { least: 0.4, leastRepeated: 0.75, wordless: false };

/** Sentences that one sentence merges stand at most this far apart. */
const ADJACENT = 2;
/** No sentence answers to more than this many. */
const MOST_PARTNERS = 3;
/** Share of what a sentence says at which its partners account for it, and share of another that it must tell to tell that too. */
const ACCOUNTED = 0.8;
const TOLD_TOO = 1 / 3;

/**
 * Chooses the pairs of two documents together, most likely first.
 *
 * Words that a stronger pair has accounted for are no evidence for a weaker one: of a speaker quoted
 * twice, each quote belongs to its own sentence, though both share the name. A sentence may still answer to
 * several: those that it merges stand together, and each accounts for words of its own; a sentence that is told
 * twice must be likely by itself. Where both sides are accounted for already, nothing is left to explain.
 */
export function selectMatches(
  vectors: PairVectors,
  matrix: SimilarityMatrix,
  scores: Float64Array,
  choice: Choice,
): SentenceMatch[] {
  const order: number[] = [];
  const row = new Uint32Array(scores.length);
  for (let i = 0; i < matrix.rows; i++) {
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
      row[e] = i;
      if ((scores[e] as number) >= choice.least) order.push(e);
    }
  }
  order.sort((x, y) => (scores[y] as number) - (scores[x] as number) || x - y);
  const { a, b, weights } = vectors;
  const explainedA: Explained[] = [];
  const explainedB: Explained[] = [];
  const chosen: SentenceMatch[] = [];
  for (const e of order) {
    const i = row[e] as number;
    const j = matrix.column[e] as number;
    const score = scores[e] as number;
    explainedA[i] ??= { partners: [], terms: new Set(), mass: 0 };
    explainedB[j] ??= { partners: [], terms: new Set(), mass: 0 };
    const ofA = explainedA[i];
    const ofB = explainedB[j];
    if (ofA.partners.length >= MOST_PARTNERS || ofB.partners.length >= MOST_PARTNERS) continue;
    const shared = sharedTerms(vectors, i, j);
    const mass = massOf(shared, weights);
    const oldA = explainedShare(shared, mass, ofA, weights, choice.wordless);
    const oldB = explainedShare(shared, mass, ofB, weights, choice.wordless);
    if (Math.min(oldA, oldB) > 0.5) continue;
    if (oldA > 0.5 && ofA.mass >= ACCOUNTED * (a.mass[i] as number) && mass < TOLD_TOO * (b.mass[j] as number))
      continue;
    if (oldB > 0.5 && ofB.mass >= ACCOUNTED * (b.mass[j] as number) && mass < TOLD_TOO * (a.mass[i] as number))
      continue;
    if (
      score < choice.leastRepeated &&
      (Math.max(oldA, oldB) > 0.5 || farFrom(ofA.partners, j) || farFrom(ofB.partners, i))
    )
      continue;
    explain(ofA, j, shared, weights);
    explain(ofB, i, shared, weights);
    chosen.push({ i, j, score });
  }
  return chosen.sort((x, y) => x.i - y.i || x.j - y.j);
}

/** What of a sentence its partners account for: its terms, and the sum of their squared weights. */
interface Explained {
  readonly partners: number[];
  readonly terms: Set<number>;
  mass: number;
}

function farFrom(partners: number[], candidate: number): boolean {
  return partners.length > 0 && partners.every((partner) => Math.abs(partner - candidate) > ADJACENT);
}

function sharedTerms({ a, b }: PairVectors, i: number, j: number): number[] {
  const out: number[] = [];
  let x = a.first[i] as number;
  let y = b.first[j] as number;
  while (x < (a.first[i + 1] as number) && y < (b.first[j + 1] as number)) {
    const u = a.terms[x] as number;
    const v = b.terms[y] as number;
    if (u === v) {
      out.push(u);
      x++;
      y++;
    } else if (u < v) x++;
    else y++;
  }
  return out;
}

function massOf(terms: readonly number[], weights: Float64Array): number {
  let mass = 0;
  for (const term of terms) mass += (weights[term] as number) ** 2;
  return mass;
}

/** The share of what a pair shares that a sentence's other partners account for. */
function explainedShare(
  shared: readonly number[],
  mass: number,
  { partners, terms }: Explained,
  weights: Float64Array,
  wordless: boolean,
): number {
  if (partners.length === 0) return 0;
  if (mass === 0) return wordless ? 1 : 0;
  let old = 0;
  for (const term of shared) if (terms.has(term)) old += (weights[term] as number) ** 2;
  return old / mass;
}

function explain(sentence: Explained, partner: number, shared: readonly number[], weights: Float64Array): void {
  sentence.partners.push(partner);
  for (const term of shared) {
    if (sentence.terms.has(term)) continue;
    sentence.terms.add(term);
    sentence.mass += (weights[term] as number) ** 2;
  }
}

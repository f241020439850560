import type { SimilarityMatrix } from './similarity.js';
import type { PairVectors } from './vectors.js';

/** Sentence `i` of `a` and sentence `j` of `b`, chosen as telling the same with probability `score`. */
export interface SentenceMatch {
  readonly i: number;
  readonly j: number;
  readonly score: number;
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
  const explainedA = new Map<number, Set<number>>();
  const explainedB = new Map<number, Set<number>>();
  const partnersA: number[][] = [];
  const partnersB: number[][] = [];
  const chosen: SentenceMatch[] = [];
  for (const e of order) {
    const i = row[e] as number;
    const j = matrix.column[e] as number;
    const score = scores[e] as number;
    partnersA[i] ??= [];
    partnersB[j] ??= [];
    const ofA = partnersA[i];
    const ofB = partnersB[j];
    if (ofA.length >= MOST_PARTNERS || ofB.length >= MOST_PARTNERS) continue;
    const shared = sharedTerms(vectors, i, j);
    const oldA = explainedShare(shared, explainedA.get(i), vectors.weights, choice.wordless);
    const oldB = explainedShare(shared, explainedB.get(j), vectors.weights, choice.wordless);
    if (Math.min(oldA, oldB) > 0.5) continue;
    if (score < choice.leastRepeated && (Math.max(oldA, oldB) > 0.5 || farFrom(ofA, j) || farFrom(ofB, i))) continue;
    ofA.push(j);
    ofB.push(i);
    addAll(explainedA, i, shared);
    addAll(explainedB, j, shared);
    chosen.push({ i, j, score });
  }
  return chosen.sort((x, y) => x.i - y.i || x.j - y.j);
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

function explainedShare(
  shared: number[],
  explained: Set<number> | undefined,
  weights: Float64Array,
  wordless: boolean,
): number {
  if (explained === undefined) return 0;
  let old = 0;
  let all = 0;
  for (const term of shared) {
    const w = (weights[term] as number) ** 2;
    all += w;
    if (explained.has(term)) old += w;
  }
  return all > 0 ? old / all : wordless ? 1 : 0;
}

function addAll(explained: Map<number, Set<number>>, sentence: number, terms: number[]): void {
  const set = explained.get(sentence);
  if (set === undefined) explained.set(sentence, new Set(terms));
  else for (const term of terms) set.add(term);
}

/**
 * What tells by the vectors of a sentence encoder whether one text retells another, in the order of its weights. Both grow with the square
 * root of the number of sentences, twenty at most, as those of retelling.ts do.
 */
export const OPINION_FEATURES = [
  'clear', // how far the best counterpart of its sentences, where they are each other's, is nearer than the second best
  'othersUnanswered', // the other's sentences that nothing in it comes near to, by the ratio of lengths
] as const;

/** Weights of the opinion. */
export type OpinionModel = Readonly<Record<(typeof OPINION_FEATURES)[number] | 'intercept', number>>;

/**
 * What is added to the log-odds that a text retells another.
 *
 * Fitted by `npx tsx benchmarks/fit/opinion.ts <data folder>` with all-MiniLM-L6-v2, on the pairs of the relation's fit that words
 * leave in doubt.
 */
export const OPINION: OpinionModel = {
  clear: 2.716,
  othersUnanswered: -3.215,
  intercept: 0.397,
};

/** Whether words leave a pair in doubt: its score as a retelling is not far from the threshold, either way. */
export function isInDoubt(score: number, threshold: number): boolean {
  return score >= threshold / 4 && 1 - score >= (1 - threshold) / 6;
}

/** The sentences of a text as vectors, all of one length, and the words of each. */
export interface EncodedText {
  readonly vectors: readonly Float32Array[];
  readonly words: readonly number[];
}

/** Nearness above that of the median pair from which a sentence answers another; 1 is the same. */
const ANSWERS = 0.3;
const MOST_SENTENCES = 20;
/** Difference of a cosine from 1 that single precision leaves. */
const ROUNDING = 1e-6;

/**
 * What the odds of each of two texts being a retelling of the other are to be multiplied by; nothing is changed by an encoder to which
 * all their sentences are the same.
 */
export function oddsByMeaning(a: EncodedText, b: EncodedText): [number, number] {
  if (tellsNothingApart([...a.vectors, ...b.vectors])) return [1, 1];
  return opinionFeatures(a, b).map((features) => {
    let z = OPINION.intercept;
    OPINION_FEATURES.forEach((name, f) => {
      z += OPINION[name] * (features[f] as number);
    });
    return Math.exp(z);
  }) as [number, number];
}

/** Whether all vectors have one direction, or none. */
function tellsNothingApart(vectors: readonly Float32Array[]): boolean {
  const one = vectors.find((v) => dot(v, v) > 0);
  if (one === undefined) return true;
  const length = Math.sqrt(dot(one, one));
  return vectors.every((v) => {
    const own = Math.sqrt(dot(v, v));
    return own === 0 || dot(one, v) >= (1 - ROUNDING) * length * own;
  });
}

/** The features of each of two texts as a retelling of the other. */
export function opinionFeatures(a: EncodedText, b: EncodedText): [number[], number[]] {
  const n = a.vectors.length;
  const m = b.vectors.length;
  const near = nearness(a.vectors, b.vectors);
  const one = sideOf(n, m, a.words, (i, j) => near[i * m + j] as number);
  const other = sideOf(m, n, b.words, (j, i) => near[i * m + j] as number);
  const wordsA = Math.max(sum(a.words), 1);
  const wordsB = Math.max(sum(b.words), 1);
  return [
    [one.clear, Math.min(1, wordsA / wordsB) * other.unanswered],
    [other.clear, Math.min(1, wordsB / wordsA) * one.unanswered],
  ];
}

/**
 * Cosines of all pairs of sentences, so shifted and scaled that the median pair, which is of one subject and no more, is at 0 and the
 * same at 1: encoders differ in what they have all sentences in common by.
 */
function nearness(a: readonly Float32Array[], b: readonly Float32Array[]): Float64Array {
  const lengthsB = b.map((v) => Math.sqrt(dot(v, v)));
  const out = new Float64Array(a.length * b.length);
  a.forEach((v, i) => {
    const length = Math.sqrt(dot(v, v));
    b.forEach((w, j) => {
      const lengths = length * (lengthsB[j] as number);
      out[i * b.length + j] = lengths > 0 ? dot(v, w) / lengths : 0;
    });
  });
  const sorted = out.slice().sort();
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
  const scale = Math.max(1 - median, 1e-6);
  return out.map((cosine) => (cosine - median) / scale);
}

function sideOf(
  rows: number,
  columns: number,
  words: readonly number[],
  near: (row: number, column: number) => number,
): { clear: number; unanswered: number } {
  const all = Math.max(sum(words), 1);
  const root = Math.sqrt(Math.min(rows, MOST_SENTENCES));
  let clear = 0;
  let unanswered = 0;
  for (let i = 0; i < rows; i++) {
    let [best, second, at] = [Number.NEGATIVE_INFINITY, 0, 0];
    for (let j = 0; j < columns; j++) {
      const x = near(i, j);
      if (x > best) {
        if (j > 0) second = best;
        best = x;
        at = j;
      } else if (j === 1 || x > second) second = x;
    }
    const share = (words[i] as number) / all;
    unanswered += share * Math.max(0, Math.min(1, (ANSWERS - best) / ANSWERS));
    if (isBestOf(rows, at, i, near)) clear += share * (best - second);
  }
  return { clear: root * clear, unanswered: root * unanswered };
}

/** Whether row `i` is the first of the nearest to a column. */
function isBestOf(rows: number, column: number, i: number, near: (row: number, column: number) => number): boolean {
  const x = near(i, column);
  for (let r = 0; r < rows; r++) if (near(r, column) > x || (r < i && near(r, column) === x)) return false;
  return true;
}

function dot(a: Float32Array, b: Float32Array): number {
  let out = 0;
  for (let k = 0; k < a.length; k++) out += (a[k] as number) * (b[k] as number);
  return out;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, x) => all + x, 0);
}

import { FEATURES } from './features.js';

/**
 * Weights of the sentence scorer: the log-odds that a pair of sentences tells the same, one a feature of features.ts.
 *
 * Fitted by `npx tsx benchmarks/fit/sentences.ts <data folder>` on 60 news stories, each with rewrites at several degrees of
 * disguise and an independent report, every sentence labelled; weights may not contradict their feature's meaning
 * (evidence for a match never counts against it).
 */
export const SENTENCE_MODEL: Readonly<Record<(typeof FEATURES)[number] | 'intercept', number>> = {
  cosine: 0,
  strength: 0,
  overlap: 0,
  amount: 4.074,
  phrase: 0,
  bigrams: 0,
  rowRank: 0.897,
  columnRank: 1.608,
  rowLead: 1.816,
  columnLead: 0,
  diagonal: 2.734,
  around: 0.681,
  company: 0.968,
  figures: 0.556,
  figureConflict: -0.448,
  names: 0.505,
  position: -0.048,
  shortness: -1.105,
  intercept: -5.66,
};

const WEIGHTS = Float64Array.from(FEATURES, (name) => SENTENCE_MODEL[name]);

/** The probability that each entry's sentences tell the same, from its features. */
export function scorePairs(features: Float64Array): Float64Array {
  const k = WEIGHTS.length;
  const out = new Float64Array(features.length / k);
  for (let e = 0; e < out.length; e++) {
    let z = SENTENCE_MODEL.intercept;
    for (let f = 0; f < k; f++) z += (WEIGHTS[f] as number) * (features[e * k + f] as number);
    out[e] = 1 / (1 + Math.exp(-z));
  }
  return out;
}

import { FEATURES, type Feature } from './features.js';

/**
 * Weights of the sentence scorer: the log-odds that a pair of sentences tells the same, one a feature of features.ts.
 *
 * Fitted by `npx tsx benchmarks/fit/sentences.ts <data folder>` on 60 news stories, each with rewrites at several degrees of
 * disguise and an independent report, every sentence labelled; weights may not contradict their feature's meaning
 * (evidence for a match never counts against it).
 */
export const SENTENCE_MODEL: Readonly<Record<Feature | 'intercept', number>> = {
  cosine: 3.262,
  overlap: 0.531,
  betterRank: 3.308,
  worseRank: 0.828,
  diagonal: 2.716,
  around: 0.442,
  company: 0.895,
  figures: 0.748,
  figureConflict: -0.437,
  names: 0.727,
  position: -0.051,
  shortness: -3.851,
  intercept: -5.322,
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

import { JOINT_FEATURES, type JointModel, logisticScores } from './model.js';
import { placeChances } from './places.js';
import type { SimilarityMatrix } from './similarity.js';

const K = JOINT_FEATURES.length;
/** Log-odds of any pair of sentences of a text and its source: one in twenty tells the same. */
const ANY_PAIR = -3;
/** Log-odds beyond these say no more. */
const MOST = 6;

/** What is known of each entry once all are looked at together, in the order of the weights; `scores` are those of the pairs by themselves. */
export function jointFeatures(matrix: SimilarityMatrix, scores: Float64Array): Float64Array {
  const places = placeChances(
    matrix,
    scores.map((p) => Math.exp(logOdds(p) - ANY_PAIR)),
  );
  const out = new Float64Array(K * scores.length);
  for (let e = 0; e < scores.length; e++) {
    const p = scores[e] as number;
    const place = places === undefined ? p : Math.max(places.ofRows[e] as number, places.ofColumns[e] as number);
    out[K * e] = logOdds(p);
    out[K * e + 1] = logOdds(place);
  }
  return out;
}

/** The probability of each entry, given all others. */
export function jointScores(features: Float64Array, model: JointModel): Float64Array {
  return logisticScores(
    features,
    Float64Array.from(JOINT_FEATURES, (name) => model[name]),
    model.intercept,
  );
}

/** The log-odds of a probability, within bounds beyond which they say no more. */
export function logOdds(p: number): number {
  return Math.max(-MOST, Math.min(MOST, Math.log(p / (1 - p))));
}

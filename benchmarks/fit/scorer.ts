/** Fits the sentence scorer of retellings, pairs by themselves and then among all others, and applies it to stories it was not fitted on. */

import { FEATURES } from '../../src/align/features.js';
import { jointFeatures } from '../../src/align/joint.js';
import { JOINT_FEATURES } from '../../src/align/model.js';
import { raiseIdentical } from '../../src/align/sentences.js';
import type { SimilarityMatrix } from '../../src/align/similarity.js';
import type { PairVectors } from '../../src/align/vectors.js';
import { fitSigned, probability } from './logistic.js';
import { FOLDS, type Sample, SIGNS } from './samples.js';

/** Weights of pairs by themselves, and among all others. */
export interface Joint {
  readonly pairs: Float64Array;
  readonly joint: Float64Array;
}

/** Weights of pairs by themselves for documents of which it is asked whether one retells the other, and both for those of which it is known. */
export interface Scorer {
  readonly asked: Float64Array;
  readonly retold: Joint;
}

const K = FEATURES.length;
const J = JOINT_FEATURES.length;
const PAIR_SIGNS = FEATURES.map((name) => SIGNS[name]);
const JOINT_SIGNS = JOINT_FEATURES.map(() => 1);
/** Stories are left out in so many parts to get the probabilities that the second model is fitted on. */
const PARTS = 3;

/** Fits both scorers. */
export function fitScorer(chosen: readonly Sample[], ridge: number): Scorer {
  return {
    asked: fitPairs(chosen, ridge),
    retold: fitJoint(
      chosen.filter(({ retold }) => retold),
      ridge,
    ),
  };
}

/** Two models, the second on what the first gives to stories it was not fitted on. */
function fitJoint(chosen: readonly Sample[], ridge: number): Joint {
  const features = new Map<Sample, Float64Array>();
  for (let part = 0; part < PARTS; part++) {
    const inPart = ({ story }: Sample) => Math.floor(story / FOLDS) % PARTS === part;
    const weights = fitPairs(
      chosen.filter((s) => !inPart(s)),
      ridge,
    );
    for (const s of chosen.filter(inPart)) features.set(s, jointFeatures(s.matrix, scoreAlone(weights, s)));
  }
  return {
    pairs: fitPairs(chosen, ridge),
    joint: weigh(chosen, (s) => features.get(s) as Float64Array, JOINT_SIGNS, ridge),
  };
}

/** Weights of pairs by themselves. */
function fitPairs(chosen: readonly Sample[], ridge: number): Float64Array {
  return weigh(chosen, ({ x }) => x, PAIR_SIGNS, ridge);
}

function weigh(
  chosen: readonly Sample[],
  featuresOf: (s: Sample) => Float64Array,
  signs: readonly number[],
  ridge: number,
): Float64Array {
  const k = signs.length;
  const n = chosen.reduce((sum, s) => sum + s.counts.reduce((a, c) => a + c, 0), 0);
  const x = new Float64Array(n * k);
  const y = new Uint8Array(n);
  const w = new Float64Array(n);
  let r = 0;
  for (const s of chosen) {
    const features = featuresOf(s);
    for (let e = 0; e < s.y.length; e++) {
      if (!s.counts[e]) continue;
      x.set(features.subarray(e * k, e * k + k), r * k);
      w[r] = s.weight;
      y[r++] = s.y[e] as number;
    }
  }
  return fitSigned(x, y, k, ridge, signs, w);
}

/** What two documents give to score. */
interface Scored {
  readonly vectors: PairVectors;
  readonly matrix: SimilarityMatrix;
  readonly x: Float64Array;
}

/** The probability of each entry by itself. */
export function scoreAlone(weights: Float64Array, { vectors, matrix, x }: Scored): Float64Array {
  const scores = Float64Array.from({ length: matrix.column.length }, (_, e) => probability(weights, x, e * K, K));
  raiseIdentical(vectors, matrix, scores);
  return scores;
}

/** The probability of each entry among all others. */
export function scoreTogether({ pairs, joint }: Joint, scored: Scored): Float64Array {
  const features = jointFeatures(scored.matrix, scoreAlone(pairs, scored));
  const scores = Float64Array.from({ length: features.length / J }, (_, e) => probability(joint, features, e * J, J));
  raiseIdentical(scored.vectors, scored.matrix, scores);
  return scores;
}

/** Scorers, each fitted without the stories whose number leaves its place as the rest of a division by {@link FOLDS}. */
export function foldScorers(samples: readonly Sample[], ridge: number): Scorer[] {
  return Array.from({ length: FOLDS }, (_, fold) =>
    fitScorer(
      samples.filter((s) => s.story % FOLDS !== fold),
      ridge,
    ),
  );
}

/** The probability of each entry of every pair of documents, from scorers fitted on other stories. */
export function heldOut(
  samples: readonly Sample[],
  ridge: number,
): Map<Sample, Readonly<Record<keyof Scorer, Float64Array>>> {
  const scorers = foldScorers(samples, ridge);
  return new Map(
    samples.map((s) => {
      const { asked, retold } = scorers[s.story % FOLDS] as Scorer;
      return [s, { asked: scoreAlone(asked, s), retold: scoreTogether(retold, s) }];
    }),
  );
}

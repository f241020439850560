import {
  judgeRetelling,
  RETELLING_FEATURES,
  type RetellingCase,
  type RetellingModel,
} from '../../src/relate/retelling.js';
import { fitSigned } from './logistic.js';
import type { LabelledPair } from './retellings.js';

const K = RETELLING_FEATURES.length;
const SIGNS = RETELLING_FEATURES.map((name) => (name === 'certain' ? 1 : -1));
const ROUNDS = 3;
/** What a pair that is unrelated for other reasons (too short, no shared facts) still teaches. */
const LEAST_WEIGHT = 0.02;

/** What is left out together: each of the labelled stories by itself, the rest in fives. */
export function leftOutTogether(pairs: readonly LabelledPair[]): Set<LabelledPair>[] {
  const labelled = new Set(pairs.filter(({ kind }) => kind === 'heavy').map(({ story }) => story));
  const rest = [...new Set(pairs.map(({ story }) => story))].filter((story) => !labelled.has(story));
  const names = [
    ...[...labelled].map((story) => new Set([story])),
    ...[0, 1, 2, 3, 4].map((k) => new Set(rest.filter((_, n) => n % 5 === k))),
  ];
  return names.map((stories) => new Set(pairs.filter(({ story }) => stories.has(story))));
}

/** The model that fits some pairs. */
export function fitRelation(chosen: readonly LabelledPair[], ridge: number): RetellingModel {
  let model: RetellingModel | undefined;
  for (let round = 0; round < ROUNDS; round++) model = fitOnce(chosen, ridge, model);
  return model as RetellingModel;
}

function fitOnce(chosen: readonly LabelledPair[], ridge: number, last: RetellingModel | undefined): RetellingModel {
  const taken = chosen.map(({ cases, kind, retold }): RetellingCase => {
    if (last === undefined || (retold && kind !== 'two rewrites')) return cases[0];
    return judgeRetelling([cases[1]], last) > judgeRetelling([cases[0]], last) ? cases[1] : cases[0];
  });
  const w = fitSigned(
    Float64Array.from(taken.flatMap(({ features }) => features)),
    Uint8Array.from(chosen, ({ retold }) => (retold ? 1 : 0)),
    K,
    ridge,
    SIGNS,
    Float64Array.from(chosen, ({ retold, weight }, n) =>
      retold ? weight : weight * Math.max(LEAST_WEIGHT, (taken[n] as RetellingCase).answering),
    ),
  );
  return Object.fromEntries(
    [...RETELLING_FEATURES, 'intercept'].map((name, f) => [name, w[f] as number]),
  ) as unknown as RetellingModel;
}

/** How often a positive is above a negative: the area under the ROC curve. */
export function area(positive: number[], negative: number[]): number {
  let sum = 0;
  for (const p of positive) for (const n of negative) sum += p > n ? 1 : p === n ? 0.5 : 0;
  return sum / (positive.length * negative.length);
}

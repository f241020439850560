/**
 * Fits the relation's model of src/relate/retelling.ts and prints its weights, with the quality on stories that neither it nor the
 * sentence scorer under it was fitted on.
 *
 *     npx tsx benchmarks/fit/relation.ts <data folder> [ridge] [--words] [--json file]
 *
 * Which of two texts would retell the other is not known, but for the rewrites: each round takes the way that the last
 * round's model finds likelier.
 */
import { writeFileSync } from 'node:fs';
import { load } from '../../src/lexicon/en.js';
import {
  judgeRetelling,
  RETELLING_FEATURES,
  type RetellingCase,
  type RetellingModel,
} from '../../src/relate/retelling.js';
import { fitSigned } from './logistic.js';
import { type LabelledPair, makePairs } from './retellings.js';

const K = RETELLING_FEATURES.length;
const SIGNS = RETELLING_FEATURES.map((name) => (name === 'certain' ? 1 : -1));
const ROUNDS = 3;
/** What a pair that is unrelated for other reasons (too short, no shared facts) still teaches. */
const LEAST_WEIGHT = 0.02;
const THRESHOLD = 0.4;

const data = process.argv[2];
if (data === undefined || data.startsWith('--')) {
  console.error('usage: npx tsx benchmarks/fit/relation.ts <data folder> [ridge] [--words] [--json file]');
  process.exit(2);
}
const ridge = Number(process.argv.slice(3).find((arg) => /^[0-9.]+$/.test(arg)) ?? 0.05);
const pairs = await makePairs(data, process.argv.includes('--words') ? undefined : await load());
const score = new Map<LabelledPair, number>();
for (const group of groups()) {
  const model = fitRelation(pairs.filter((pair) => !group.has(pair)));
  for (const pair of group) score.set(pair, judgeRetelling(pair.cases, model));
}
const scoresOf = (kind: string) => pairs.filter((pair) => pair.kind === kind).map((pair) => score.get(pair) as number);
const independent = scoresOf('independent');
const table = [...new Set(pairs.map(({ kind }) => kind))].sort().map((kind) => {
  const values = scoresOf(kind);
  const retold = pairs.some((pair) => pair.kind === kind && pair.retold);
  return {
    kind,
    retold,
    pairs: values.length,
    related: values.filter((v) => v >= THRESHOLD).length,
    aucAgainstIndependent: retold ? area(values, independent) : undefined,
  };
});
for (const row of table)
  console.log(
    `${row.kind.padEnd(32)} ${row.retold ? 'retold   ' : 'unrelated'} ${String(row.related).padStart(4)} of ${String(row.pairs).padStart(4)} at ${THRESHOLD}${row.aucAgainstIndependent === undefined ? '' : `  AUC against independent ${row.aucAgainstIndependent.toFixed(3)}`}`,
  );
const model = fitRelation(pairs);
for (const [name, weight] of Object.entries(model)) console.log(`  ${name}: ${weight.toFixed(3)},`);
const at = process.argv.indexOf('--json');
if (at > 0)
  writeFileSync(
    process.argv[at + 1] as string,
    `${JSON.stringify({ threshold: THRESHOLD, heldOut: table, model }, null, 2)}\n`,
  );

/** What is left out together: each of the labelled stories by itself, the rest in fives. */
function groups(): Set<LabelledPair>[] {
  const labelled = new Set(pairs.filter(({ kind }) => kind === 'heavy').map(({ story }) => story));
  const rest = [...new Set(pairs.map(({ story }) => story))].filter((story) => !labelled.has(story));
  const names = [
    ...[...labelled].map((story) => new Set([story])),
    ...[0, 1, 2, 3, 4].map((k) => new Set(rest.filter((_, n) => n % 5 === k))),
  ];
  return names.map((stories) => new Set(pairs.filter(({ story }) => stories.has(story))));
}

function fitRelation(chosen: readonly LabelledPair[]): RetellingModel {
  let model: RetellingModel | undefined;
  for (let round = 0; round < ROUNDS; round++) model = fitOnce(chosen, model);
  return model as RetellingModel;
}

function fitOnce(chosen: readonly LabelledPair[], last: RetellingModel | undefined): RetellingModel {
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

function area(positive: number[], negative: number[]): number {
  let sum = 0;
  for (const p of positive) for (const n of negative) sum += p > n ? 1 : p === n ? 0.5 : 0;
  return sum / (positive.length * negative.length);
}

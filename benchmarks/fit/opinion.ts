/**
 * Fits what an encoder adds to the relation (src/relate/opinion.ts) and prints its weights, with what is found with and without it on
 * stories that neither it nor the models under it were fitted on.
 *
 *     npx tsx benchmarks/fit/opinion.ts <data folder> [--words] [--model folder] [--json file]
 *
 * On the pairs that words leave in doubt. Their log-odds by words stay as they are, and rewrites are weighted so that without an encoder
 * nothing would change: what is fitted is evidence, and not how many of the pairs are rewrites.
 */
import { writeFileSync } from 'node:fs';
import { sentencesOf } from '../../src/corpus/workbench.js';
import { load } from '../../src/lexicon/en.js';
import { isInDoubt, OPINION_FEATURES, opinionFeatures } from '../../src/relate/opinion.js';
import { judgeCases, multiplyOdds } from '../../src/relate/retelling.js';
import { MODEL, openEncoder } from '../encoder/model.js';
import { fitSigned } from './logistic.js';
import { area, fitRelation, leftOutTogether } from './retellingmodel.js';
import { type LabelledPair, makePairs } from './retellings.js';

const K = OPINION_FEATURES.length;
const SIGNS = OPINION_FEATURES.map((name) => (name === 'clear' ? 1 : -1));
const ROUNDS = 4;
const RIDGE = 0.05;
const THRESHOLD = 0.4;
const BATCH = 64;

/** A pair in doubt: how likely words make either text a retelling of the other, and what the encoder says. */
interface Doubtful {
  pair: LabelledPair;
  scores: number[];
  features: number[][];
}

const data = process.argv[2];
if (data === undefined || data.startsWith('--')) {
  console.error('usage: npx tsx benchmarks/fit/opinion.ts <data folder> [--words] [--model folder] [--json file]');
  process.exit(2);
}
const option = (name: string) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const pairs = await makePairs(data, process.argv.includes('--words') ? undefined : await load());
const groups = leftOutTogether(pairs);
const before = new Map<LabelledPair, number[]>();
for (const group of groups) {
  const model = fitRelation(
    pairs.filter((pair) => !group.has(pair)),
    RIDGE,
  );
  for (const pair of group) before.set(pair, judgeCases(pair.cases, model));
}
const likeliest = (pair: LabelledPair) => Math.max(...(before.get(pair) as number[]));
const doubtful = await encodeAll(pairs.filter((pair) => isInDoubt(likeliest(pair), THRESHOLD)));
const after = new Map(pairs.map((pair) => [pair, likeliest(pair)]));
for (const group of groups) {
  const model = fitOpinion(doubtful.filter(({ pair }) => !group.has(pair)));
  for (const one of doubtful) if (group.has(one.pair)) after.set(one.pair, judge(one, model));
}
const table = [...new Set(pairs.map(({ kind }) => kind))].sort().map((kind) => {
  const these = pairs.filter((pair) => pair.kind === kind);
  const found = (scores: (pair: LabelledPair) => number) => these.filter((pair) => scores(pair) >= THRESHOLD).length;
  const auc = (scores: (pair: LabelledPair) => number) =>
    area(these.map(scores), pairs.filter((pair) => pair.kind === 'independent').map(scores));
  const retold = these.some((pair) => pair.retold);
  const encoded = (pair: LabelledPair) => after.get(pair) as number;
  return {
    kind,
    retold,
    pairs: these.length,
    inDoubt: doubtful.filter(({ pair }) => pair.kind === kind).length,
    related: { without: found(likeliest), with: found(encoded) },
    ...(retold ? { aucAgainstIndependent: { without: auc(likeliest), with: auc(encoded) } } : {}),
  };
});
for (const { kind, retold, pairs: all, inDoubt, related, aucAgainstIndependent: auc } of table)
  console.log(
    `${kind.padEnd(32)} ${retold ? 'retold   ' : 'unrelated'} ${String(all).padStart(4)}, ${String(inDoubt).padStart(3)} in doubt; found ${related.without} -> ${related.with}${auc === undefined ? '' : `; AUC ${auc.without.toFixed(3)} -> ${auc.with.toFixed(3)}`}`,
  );
const weight = (some: readonly Doubtful[]) => some.reduce((sum, { pair }) => sum + pair.weight, 0);
const inDoubt = { without: weighedArea(likeliest), with: weighedArea((pair) => after.get(pair) as number) };
console.log(`in doubt ${doubtful.length}: AUC ${inDoubt.without.toFixed(3)} -> ${inDoubt.with.toFixed(3)}`);
const model = Object.fromEntries([...OPINION_FEATURES, 'intercept'].map((name, f) => [name, fitOpinion(doubtful)[f]]));
for (const [name, w] of Object.entries(model)) console.log(`  ${name}: ${(w as number).toFixed(3)},`);
const json = option('--json');
if (json !== undefined)
  writeFileSync(json, `${JSON.stringify({ threshold: THRESHOLD, heldOut: table, inDoubt, model }, null, 2)}\n`);

/** Encodes the sentences of all pairs, each once. */
async function encodeAll(chosen: readonly LabelledPair[]): Promise<Doubtful[]> {
  const encoder = await openEncoder(option('--model') ?? MODEL);
  const read = chosen.map((pair) => pair.documents.map(({ content }) => sentencesOf(content)));
  const distinct = [...new Set(read.flat().flatMap(({ texts }) => texts))].sort((x, y) => x.length - y.length);
  const vectors = new Map<string, Float32Array>();
  for (let at = 0; at < distinct.length; at += BATCH) {
    const some = distinct.slice(at, at + BATCH);
    (await encoder(some)).forEach((vector, n) => void vectors.set(some[n] as string, vector));
    process.stderr.write(`\r${vectors.size} of ${distinct.length} sentences encoded`);
  }
  process.stderr.write('\n');
  return chosen.map((pair, n) => {
    const [a, b] = (read[n] as (typeof read)[0]).map(({ texts, words }) => ({
      vectors: texts.map((text) => vectors.get(text) as Float32Array),
      words,
    }));
    return {
      pair,
      scores: before.get(pair) as number[],
      features: opinionFeatures(a as NonNullable<typeof a>, b as NonNullable<typeof b>),
    };
  });
}

function fitOpinion(chosen: readonly Doubtful[]): Float64Array {
  let model: Float64Array | undefined;
  for (let round = 0; round < ROUNDS; round++) model = fitOnce(chosen, model ?? new Float64Array(K + 1));
  return model as Float64Array;
}

/** Which of two texts would be the retelling is known of the rewrites alone; else it is what the last model finds likelier. */
function fitOnce(chosen: readonly Doubtful[], last: Float64Array): Float64Array {
  const side = chosen.map((one) => {
    if (one.pair.retold && one.pair.kind !== 'two rewrites') return 0;
    return judgeSide(one, 1, last) > judgeSide(one, 0, last) ? 1 : 0;
  });
  const p = chosen.map(({ scores }, n) => Math.max(1e-3, Math.min(1 - 1e-3, scores[side[n] as number] as number)));
  const sumOf = (retold: boolean, share: (p: number) => number) =>
    chosen.reduce((sum, { pair }, n) => sum + (pair.retold === retold ? pair.weight * share(p[n] as number) : 0), 0);
  const balance = sumOf(false, (q) => q) / sumOf(true, (q) => 1 - q);
  return fitSigned(
    Float64Array.from(chosen.flatMap(({ features }, n) => features[side[n] as number] as number[])),
    Uint8Array.from(chosen, ({ pair }) => (pair.retold ? 1 : 0)),
    K,
    RIDGE,
    SIGNS,
    Float64Array.from(chosen, ({ pair }) => pair.weight * (pair.retold ? balance : 1)),
    Float64Array.from(p, (q) => Math.log(q / (1 - q))),
  );
}

function judge(one: Doubtful, model: Float64Array): number {
  return Math.max(judgeSide(one, 0, model), judgeSide(one, 1, model));
}

function judgeSide({ scores, features }: Doubtful, side: number, model: Float64Array): number {
  let z = model[K] as number;
  for (let f = 0; f < K; f++) z += (model[f] as number) * ((features[side] as number[])[f] as number);
  return multiplyOdds(scores[side] as number, Math.exp(z));
}

/** How often a rewrite in doubt is above a pair in doubt that is none, by their weights. */
function weighedArea(scores: (pair: LabelledPair) => number): number {
  const retold = doubtful.filter(({ pair }) => pair.retold);
  const rest = doubtful.filter(({ pair }) => !pair.retold);
  let sum = 0;
  for (const { pair: x } of retold)
    for (const { pair: y } of rest)
      sum += x.weight * y.weight * (scores(x) > scores(y) ? 1 : scores(x) === scores(y) ? 0.5 : 0);
  return sum / (weight(retold) * weight(rest));
}

/**
 * Fits the sentence scorer of src/align/model.ts and prints its weights, with the quality on stories it was not fitted on.
 *
 *     npx tsx benchmarks/fit/sentences.ts <data folder> [ridge] [--words]
 *
 * `--words` fits the model by words alone. What it learns from: samples.ts.
 */
import { FEATURES } from '../../src/align/features.js';
import { JOINT_FEATURES } from '../../src/align/model.js';
import { sentenceSpan } from '../../src/align/passages.js';
import { LIKELY, type SentenceMatch, selectMatches } from '../../src/align/select.js';
import { load } from '../../src/lexicon/en.js';
import { addCounts, countPairs, quality } from '../quality/sentencegold.js';
import { makeSamples, type Sample } from './samples.js';
import { fitScorer, heldOut, type Scorer } from './scorer.js';

const data = process.argv[2];
if (data === undefined) {
  console.error('usage: npx tsx benchmarks/fit/sentences.ts <data folder> [ridge] [--words]');
  process.exit(2);
}
const ridge = Number(process.argv[3] ?? 1) || 1;
const samples = await makeSamples(data, process.argv.includes('--words') ? undefined : await load());
console.log(`${samples.length} pairs of documents, ${samples.reduce((n, s) => n + s.y.length, 0)} pairs of sentences`);
const held = heldOut(samples, ridge);
for (const of of ['asked', 'retold'] as const) {
  for (const kind of ['light', 'medium', 'heavy', 'digest']) {
    const row = [of, kind.padEnd(8)];
    for (const least of [0.3, 0.4, 0.5, 0.6]) row.push(`from ${least} on ${f1(kind, of, least).toFixed(3)}`);
    const chosen = f1(kind, of, LIKELY.least, (s, scores) => selectMatches(s.vectors, s.matrix, scores, LIKELY));
    console.log([...row, `as chosen ${chosen.toFixed(3)}`].join('  '));
  }
}
const scorer = fitScorer(samples, ridge);
for (const [names, weights] of [
  [FEATURES, scorer.asked],
  [FEATURES, scorer.retold.pairs],
  [JOINT_FEATURES, scorer.retold.joint],
] as const)
  for (const [i, name] of [...names, 'intercept'].entries())
    console.log(`  ${name}: ${(weights[i] as number).toFixed(3)},`);

/** What is found of the rewrites of a kind, from a probability on, or as it is chosen. */
function f1(
  kind: string,
  of: keyof Scorer,
  least: number,
  choose = (s: Sample, scores: Float64Array): SentenceMatch[] => from(least, s, scores),
): number {
  const counts = { found: 0, right: 0, gold: 0 };
  for (const s of samples) {
    if (s.kind !== kind) continue;
    const found = choose(s, (held.get(s) as Readonly<Record<keyof Scorer, Float64Array>>)[of]).map(({ i, j }) => ({
      a: sentenceSpan(s.texts.a.content, i),
      b: sentenceSpan(s.texts.b.content, j),
    }));
    addCounts(counts, countPairs(s.labels.a, s.labels.b, found));
  }
  return quality(counts).f1;
}

function from(least: number, { matrix }: Sample, scores: Float64Array): SentenceMatch[] {
  const out: SentenceMatch[] = [];
  for (let i = 0; i < matrix.rows; i++)
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++)
      if ((scores[e] as number) >= least) out.push({ i, j: matrix.column[e] as number, score: scores[e] as number });
  return out;
}

/**
 * Fits the relation's model of src/relate/retelling.ts and prints its weights, with the quality on stories that neither it nor the
 * sentence scorer under it was fitted on.
 *
 *     npx tsx benchmarks/fit/relation.ts <data folder> [--words]
 */
import { load } from '../../src/lexicon/en.js';
import { answering, bestScores, RETELLING_FEATURES, retellingFeatures } from '../../src/relate/retelling.js';
import { type OwnVoices, ownVoices } from '../../src/relate/voices.js';
import { fitSigned, probability } from './logistic.js';
import { heldOut, makeSamples, type Sample } from './samples.js';

const RIDGE = Number(process.argv.find((arg) => /^[0-9.]+$/.test(arg)) ?? 0.05);
const K = RETELLING_FEATURES.length;
const SIGNS = RETELLING_FEATURES.map((name) => (name.startsWith('o') ? -1 : 1));
const REWRITES = ['light', 'medium', 'heavy', 'digest'];
const REPORTS = ['independent', 'independent of rewrite', 'other story'];

const data = process.argv[2];
if (data === undefined) {
  console.error('usage: npx tsx benchmarks/fit/relation.ts <data folder> [--words]');
  process.exit(2);
}
const samples = await makeSamples(data, process.argv.includes('--words') ? undefined : await load());
const held = heldOut(samples, 1);
const pairs = samples.filter((s) => REWRITES.includes(s.kind) || REPORTS.includes(s.kind));
const voices = new Map<Sample, { a: OwnVoices; b: OwnVoices }>();
const rows = new Map(
  pairs.map((s) => {
    const scores = held.get(s) as Float64Array;
    const [a, b] = [s.texts.a, s.texts.b];
    const [voicesA, voicesB] = [ownVoices(a, b), ownVoices(b, a)];
    const both = [
      retellingFeatures(a.content, bestScores('a', s.matrix, scores), voicesA, b.content, voicesB),
      retellingFeatures(b.content, bestScores('b', s.matrix, scores), voicesB, a.content, voicesA),
    ] as const;
    voices.set(s, { a: voicesA, b: voicesB });
    return [s, both] as const;
  }),
);
const stories = [...new Set(pairs.map((s) => s.story))];
const score = new Map<Sample, number>();
for (const story of stories) {
  const fitted = fitRelation(pairs.filter((s) => s.story !== story));
  for (const s of pairs) if (s.story === story) score.set(s, judge(fitted, s));
}
const of = (kind: string) => pairs.filter((s) => s.kind === kind).map((s) => score.get(s) as number);
for (const kind of [...REWRITES, ...REPORTS]) {
  const values = of(kind);
  const related = [0.3, 0.4, 0.5, 0.6, 0.7].map((t) => `${t}: ${values.filter((v) => v >= t).length}`);
  const auc = REWRITES.includes(kind) ? `AUC against independent ${area(values, of('independent')).toFixed(3)}` : '';
  console.log(`${kind.padEnd(24)} of ${values.length} at ${related.join('  ')}  ${auc}`);
}
const model = fitRelation(pairs);
for (const [i, name] of [...RETELLING_FEATURES, 'intercept'].entries())
  console.log(`  ${name}: ${(model[i] as number).toFixed(3)},`);

/** Fits on the rewrites as what retells, and on both texts of what is unrelated. */
function fitRelation(chosen: readonly Sample[]): Float64Array {
  const examples = chosen.flatMap((s) => {
    const [a, b] = rows.get(s) as readonly [number[], number[]];
    const weight =
      s.kind === 'heavy' || s.kind === 'independent' ? 1 : s.kind === 'independent of rewrite' ? 0.15 : 0.3;
    return REWRITES.includes(s.kind)
      ? [{ row: a, y: 1, weight }]
      : [
          { row: a, y: 0, weight },
          { row: b, y: 0, weight },
        ];
  });
  return fitSigned(
    Float64Array.from(examples.flatMap(({ row }) => row)),
    Uint8Array.from(examples, ({ y }) => y),
    K,
    RIDGE,
    SIGNS,
    Float64Array.from(examples, ({ weight }) => weight),
  );
}

function judge(model: Float64Array, s: Sample): number {
  const [a, b] = rows.get(s) as readonly [number[], number[]];
  const scores = held.get(s) as Float64Array;
  const told = (side: 'a' | 'b', row: number[]) =>
    at(model, row) *
    answering(
      s.texts[side].content,
      bestScores(side, s.matrix, scores),
      (voices.get(s) as { a: OwnVoices; b: OwnVoices })[side],
      s.texts[side === 'a' ? 'b' : 'a'].content,
    );
  return Math.max(told('a', a), told('b', b));
}

function at(model: Float64Array, row: number[]): number {
  return probability(model, Float64Array.from(row), 0, K);
}

function area(positive: number[], negative: number[]): number {
  let sum = 0;
  for (const p of positive) for (const n of negative) sum += p > n ? 1 : p === n ? 0.5 : 0;
  return sum / (positive.length * negative.length);
}

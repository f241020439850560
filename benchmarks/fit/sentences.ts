/**
 * Fits the sentence scorer of src/align/model.ts and prints its weights, with the quality on stories it was not fitted on.
 *
 *     npx tsx benchmarks/fit/sentences.ts <data folder> [ridge] [--words]
 *
 * `--words` fits the model by words alone. What it learns from: samples.ts.
 */
import { FEATURES } from '../../src/align/features.js';
import { load } from '../../src/lexicon/en.js';
import { fitModel, heldOut, makeSamples } from './samples.js';

const data = process.argv[2];
if (data === undefined) {
  console.error('usage: npx tsx benchmarks/fit/sentences.ts <data folder> [ridge] [--words]');
  process.exit(2);
}
const ridge = Number(process.argv[3] ?? 1) || 1;
const samples = await makeSamples(data, process.argv.includes('--words') ? undefined : await load());
console.log(`${samples.length} pairs of documents, ${samples.reduce((n, s) => n + s.y.length, 0)} pairs of sentences`);
const held = heldOut(samples, ridge);
for (const kind of ['light', 'medium', 'heavy', 'digest']) {
  const row = [kind.padEnd(8)];
  for (const threshold of [0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6])
    row.push(`F1@${threshold} ${f1(kind, threshold).toFixed(3)}`);
  console.log(row.join('  '));
}
const weights = fitModel(samples, ridge);
for (const [i, name] of [...FEATURES, 'intercept'].entries())
  console.log(`  ${name}: ${(weights[i] as number).toFixed(3)},`);

function f1(kind: string, threshold: number): number {
  let right = 0;
  let found = 0;
  let gold = 0;
  for (const s of samples) {
    if (s.kind !== kind) continue;
    gold += s.gold;
    (held.get(s) as Float64Array).forEach((p, e) => {
      if (!s.counts[e] || p < threshold) return;
      found++;
      right += s.y[e] as number;
    });
  }
  return (2 * right) / (found + gold);
}

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
import { judgeRetelling } from '../../src/relate/retelling.js';
import { area, fitRelation, leftOutTogether } from './retellingmodel.js';
import { type LabelledPair, makePairs } from './retellings.js';

const THRESHOLD = 0.4;

const data = process.argv[2];
if (data === undefined || data.startsWith('--')) {
  console.error('usage: npx tsx benchmarks/fit/relation.ts <data folder> [ridge] [--words] [--json file]');
  process.exit(2);
}
const ridge = Number(process.argv.slice(3).find((arg) => /^[0-9.]+$/.test(arg)) ?? 0.05);
const pairs = await makePairs(data, process.argv.includes('--words') ? undefined : await load());
const score = new Map<LabelledPair, number>();
for (const group of leftOutTogether(pairs)) {
  const model = fitRelation(
    pairs.filter((pair) => !group.has(pair)),
    ridge,
  );
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
const model = fitRelation(pairs, ridge);
for (const [name, weight] of Object.entries(model)) console.log(`  ${name}: ${weight.toFixed(3)},`);
const at = process.argv.indexOf('--json');
if (at > 0)
  writeFileSync(
    process.argv[at + 1] as string,
    `${JSON.stringify({ threshold: THRESHOLD, heldOut: table, model }, null, 2)}\n`,
  );

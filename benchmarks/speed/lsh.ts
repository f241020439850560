import { fileURLToPath } from 'node:url';
import { lshScript, peerPython } from '../peers/python.js';
import { BANDING, type Result } from './lsh-contender.js';
import { type Attempt, attempt, barChart, median, printTable, spread, writeResults } from './report.js';

const ours = fileURLToPath(new URL('./lsh-contender.ts', import.meta.url));

/** Contenders, the most signatures that each is given, and why no more. */
const CONTENDERS = [
  { name: 'twicetold LshIndex', most: 1_000_000, reason: '' },
  { name: 'datasketch 2', most: 100_000, reason: 'a million take about 10 GB and minutes' },
  { name: 'rensa 0.5', most: 1_000_000, reason: '' },
  { name: 'gaoya', most: 100_000, reason: 'signs on the way in: a million texts take minutes' },
];

/** Of each contender at each size. */
const RUNS = 5;

/**
 * Insertion into banded indexes and queries, 10,000 signatures to 1,000,000: the same sets, permutations, bands
 * and rows for all; recall and precision of the planted pairs, which have a resemblance of 0.5.
 */
export async function main(args: readonly string[]): Promise<void> {
  const sizes = args.includes('--quick') ? [10_000] : [10_000, 100_000, 1_000_000];
  const table = [];
  for (const size of sizes)
    for (const { name, most, reason } of CONTENDERS) {
      const row = { contender: name, signatures: size };
      if (size > most) {
        table.push({ ...row, note: `not measured: ${reason}` });
        continue;
      }
      const command = () =>
        name.startsWith('twicetold')
          ? ['node', '--expose-gc', '--max-old-space-size=16000', '--import', 'tsx', ours, String(size)]
          : [peerPython(), lshScript, name, String(size)];
      // A process each, so that memory and what the collector has to do are one index's.
      const found: Attempt<Result>[] = [];
      for (let i = 0; i < RUNS && !found.some((one) => 'missing' in one); i++)
        found.push(attempt<Result>(name, command));
      const missing = found.find((one) => 'missing' in one);
      if (missing !== undefined) {
        table.push({ ...row, note: `missing: ${missing.missing}` });
        continue;
      }
      const all = (field: keyof Result) =>
        found.map((one) => ('result' in one ? (one.result[field] ?? Number.NaN) : Number.NaN));
      table.push({
        ...row,
        'insert us': (median(all('insert')) * 1e6).toPrecision(3),
        'query us': (median(all('query')) * 1e6).toPrecision(3),
        'insert spread': spread(all('insert')),
        'query spread': spread(all('query')),
        'peak MB': Math.round(Math.max(...all('peak')) / 1e6),
        'bytes each': Math.round(Math.max(...all('bytes'))),
        recall: median(all('recall')).toFixed(3),
        precision: median(all('precision')).toFixed(3),
        RMSE: Number.isNaN(median(all('RMSE'))) ? '-' : median(all('RMSE')).toFixed(4),
        note: name === 'gaoya' ? 'times include signing' : '',
      });
    }
  const { bands, rows } = BANDING;
  const expected = 1 - (1 - 0.5 ** rows) ** bands;
  console.log(`${bands} bands of ${rows} rows: expected recall ${expected.toFixed(3)}`);
  printTable(table);
  writeResults('lsh', { banding: BANDING, 'expected recall': expected, table });
  for (const [name, column, title] of [
    ['lsh', 'insert us', 'Insertions into a banded index a second (log scale)'],
    ['lsh-query', 'query us', 'Queries of a banded index a second (log scale)'],
  ] as const)
    barChart(
      name,
      title,
      table.flatMap((row) =>
        'peak MB' in row ? [{ label: `${row.contender}, ${row.signatures}`, value: 1e6 / Number(row[column]) }] : [],
      ),
    );
}

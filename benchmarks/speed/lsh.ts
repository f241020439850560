import { LshIndex } from '../../src/candidates/lsh.js';
import { bandsFor } from '../../src/sketch/bands.js';
import { randomStream } from '../../src/sketch/hash.js';
import { barChart, median, printTable, spread, writeResults } from './report.js';

/** Signatures of which every tenth is a near copy of the one before: three in four of its minima. */
function signatures(count: number, k: number): Uint32Array {
  const next = randomStream(5);
  const column = Uint32Array.from({ length: count * k }, next);
  for (let i = 9; i < count; i += 10)
    for (let j = 0; j < k; j++) if (j % 4 !== 3) column[i * k + j] = column[(i - 1) * k + j] as number;
  return column;
}

/** Insertion and query of banded indexes, from 10,000 signatures up; recall and precision of the planted pairs. */
export async function main(args: readonly string[]): Promise<void> {
  const k = 128;
  const sizes = args.includes('--quick') ? [10_000] : [10_000, 100_000];
  const table = [];
  for (const size of sizes) {
    const column = signatures(size, k);
    const at = (i: number) => column.subarray(i * k, (i + 1) * k);
    const inserts: number[] = [];
    const queries: number[] = [];
    let bytes = 0;
    let recall = 0;
    let precision = 0;
    for (let run = 0; run < 5; run++) {
      const index = new LshIndex({ permutations: k, threshold: 0.5 });
      const before = process.memoryUsage();
      let from = performance.now();
      for (let i = 0; i < size; i++) index.insert(String(i), at(i));
      inserts.push((performance.now() - from) / size);
      const after = process.memoryUsage();
      bytes = Math.max(bytes, (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / size);
      from = performance.now();
      let found = 0;
      let proposed = 0;
      const asked = Math.min(1000, size / 10);
      for (let i = 0; i < asked; i++) {
        const copy = i * 10 + 9;
        const ids = index.query(at(copy)).map(({ id }) => id);
        if (ids.includes(String(copy - 1))) found++;
        proposed += ids.length - 1;
      }
      queries.push((performance.now() - from) / asked);
      recall = found / asked;
      precision = found / Math.max(1, proposed);
    }
    table.push({
      contender: 'twicetold LshIndex',
      signatures: size,
      'insert us': (median(inserts) * 1000).toPrecision(3),
      'query us': (median(queries) * 1000).toPrecision(3),
      spread: spread(inserts),
      'bytes each': Math.round(bytes),
      recall: recall.toFixed(3),
      precision: precision.toFixed(3),
    });
  }
  const { bands, rows } = bandsFor(0.5, k);
  console.log(`${bands} bands of ${rows} rows`);
  printTable(table);
  writeResults('lsh', { table });
  barChart(
    'lsh',
    'Insertion into a banded index, signatures a second (log scale)',
    table.map((row) => ({ label: `${row.contender}, ${row.signatures}`, value: 1e6 / Number(row['insert us']) })),
  );
}

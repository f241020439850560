/**
 * The skew that a corpus may have, on a cluster of this machine's processes: `npm run bench:spark -- faults`. For each case, whether the
 * report is that of `detect`, and what it took; both work at one time, so the seconds are of a machine that is shared. Results are kept in results/spark-faults.json. What is killed and what hangs is in
 * tests/spark/driver.spark.ts.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Report, SourceDocument } from '../../src/types.js';
import { SparkCluster } from '../../tests/spark/cluster.js';
import { madeCorpus } from '../../tests/spark/corpus.js';
import { detectAlone, sameBytes } from './alone.js';

const RESULTS = 'benchmarks/results/spark-faults.json';

/** A case, and the documents of it. */
const CASES: Record<string, () => SourceDocument[]> = {
  'one key in each of 10,000 documents': () => sharing(10_000),
  '10,000 identical documents': () => {
    const [story] = madeCorpus(60, 7).slice(40);
    const same = Array.from({ length: 10_000 }, (_, n) => ({ id: `same ${n}`, text: story?.text as string }));
    return [...madeCorpus(200, 7), ...same];
  },
  'one document of 50 MB': () => {
    const documents = madeCorpus(200, 8);
    const texts = madeCorpus(4000, 9)
      .map(({ text }) => text)
      .join('\n\n');
    return [...documents, { id: 'large', text: texts.repeat(Math.ceil(50e6 / texts.length)).slice(0, 50_000_000) }];
  },
};

/** Short documents that have one pair of names in common, and nothing else. */
function sharing(count: number): SourceDocument[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `d${n}`,
    text: `Harlan Vexmoor met number${n} at place${n * 7} again. Later word${n * 3} and word${n * 5} followed thing${n}.`,
  }));
}

export async function main(args: readonly string[]): Promise<void> {
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const cluster = await SparkCluster.start(2, '3g');
  try {
    for (const [name, make] of Object.entries(CASES)) {
      if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
      const documents = make();
      const path = join(cluster.folder, 'documents.jsonl');
      writeFileSync(path, documents.map((doc) => JSON.stringify(doc)).join('\n'));
      const out = join(cluster.folder, 'out');
      const expected = join(cluster.folder, 'expected.json');
      rmSync(out, { recursive: true, force: true });
      const worker = `node ${resolve('dist/cli/main.js')}`;
      const settings = { 'spark.executor.memory': '2g', 'spark.driver.memory': '2g' };
      const [{ code, err, out: said, seconds }, alone] = await Promise.all([
        cluster.submit([path, '--out', out, '--worker', worker], settings),
        detectAlone(path, expected),
      ]);
      const same = code === 0 && sameBytes(join(out, 'report.json'), expected);
      const { stats } = JSON.parse(readFileSync(expected, 'utf8')) as Report;
      const result = { case: name, code, same, seconds, detectSeconds: alone.seconds, stats };
      console.log(JSON.stringify(result));
      if (!same) {
        console.error(`${said.slice(-2000)}\n${err.slice(-6000)}`);
        process.exitCode = 1;
      }
      const before = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as (typeof result)[]) : [];
      const all = [...before.filter((each) => each.case !== name), result];
      writeFileSync(RESULTS, `${JSON.stringify(all, null, 2)}\n`);
    }
  } finally {
    await cluster.stop();
  }
}

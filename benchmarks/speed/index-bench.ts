/**
 * `ReuseIndex` over made documents: `npm run bench -- index <documents> --data <folder> [--keep <folder>]`.
 *
 * Additions a second, bytes a document (growth of the process), the time of queries against all, and of saving and reading back. Queries
 * are of documents that the index does not hold: half of them copies, edits and rewrites of some that it does. Durable
 * additions are of one document each, into a folder, by the built package.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SourceDocument } from '../../src/types.js';
import { writeCorpus } from '../corpus.js';
import { option } from './corpus.js';
import { bundle } from './corpus-bench.js';
import { printTable, readResults, writeResults } from './report.js';

/** What the contender prints. */
export interface IndexRun {
  documents: number;
  addsPerSecond: number;
  cpuAddsPerSecond: number;
  bytesPerDocument: number;
  savedBytesPerDocument: number;
  query: {
    median: number;
    p90: number;
    p99: number;
    asked: number;
    found: number;
    planted: number;
    plantedFound: number;
  };
  /** CPU time of queries, in ms, which other work on the machine does not add to. */
  queryCpu: { mean: number };
  saveSeconds: number;
  readSeconds: number;
  /** Of one document each, on the disk when the call returned. */
  durableAddsPerSecond?: number;
}

/** Documents that are added to a folder. */
const DURABLE = 2000;

async function durableAdds(corpus: string, folder: string): Promise<number> {
  const { openIndex } = (await import('../../dist/node.js' as string)) as typeof import('../../src/node/index.js');
  const index = await openIndex(folder);
  let seconds = 0;
  for await (const line of createInterface({ input: createReadStream(join(corpus, 'documents.jsonl')) })) {
    const doc = JSON.parse(line) as SourceDocument;
    const before = performance.now();
    index.add(doc);
    seconds += (performance.now() - before) / 1000;
    if (index.size === DURABLE) break;
  }
  const added = index.size;
  await index.close();
  return added / seconds;
}

export async function main(args: readonly string[]): Promise<void> {
  const size = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 10_000);
  const data = option(args, 'data') ?? '../shared/data';
  const folder = mkdtempSync(join(tmpdir(), 'index-'));
  try {
    const home = join(option(args, 'keep') ?? folder, `${size}`);
    if (!existsSync(join(home, 'truth.jsonl'))) await writeCorpus(data, size, home);
    const contender = await bundle(folder, 'benchmarks/speed/index-contender.ts');
    const output = execFileSync(
      process.execPath,
      ['--expose-gc', '--max-old-space-size=9000', contender, home, String(size)],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const run = JSON.parse(output) as IndexRun;
    run.durableAddsPerSecond = await durableAdds(home, join(folder, 'durable'));
    printTable([
      { what: 'additions a second', got: Math.round(run.addsPerSecond), goal: '>= 1000' },
      { what: 'additions a CPU second', got: Math.round(run.cpuAddsPerSecond) },
      { what: 'durable additions a second', got: Math.round(run.durableAddsPerSecond), goal: '>= 300' },
      { what: 'bytes a document in memory', got: Math.round(run.bytesPerDocument), goal: '<= 3072' },
      { what: 'bytes a document saved', got: Math.round(run.savedBytesPerDocument) },
      { what: 'query, median ms', got: run.query.median.toFixed(2), goal: '<= 3' },
      { what: 'query, 99th percentile ms', got: run.query.p99.toFixed(2), goal: '<= 15' },
      { what: 'query, mean CPU ms', got: run.queryCpu.mean.toFixed(2) },
      { what: 'planted found by queries', got: `${run.query.plantedFound} of ${run.query.planted}` },
      { what: 'saving, seconds', got: run.saveSeconds.toFixed(2) },
      { what: 'reading back, seconds', got: run.readSeconds.toFixed(2), goal: '<= 0.5' },
    ]);
    const others = (readResults<{ runs: IndexRun[] }>('index')?.runs ?? []).filter(
      ({ documents }) => documents !== run.documents,
    );
    writeResults('index', { runs: [...others, run].sort((x, y) => x.documents - y.documents) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

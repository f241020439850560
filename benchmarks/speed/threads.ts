import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { estimateJaccard } from '../../src/index.js';
import { kernelForEsbuild } from '../../src/kernel/compile.js';
import type { SignPool } from '../../src/node/index.js';
import type { MinHasher } from '../../src/sketch/minhash.js';
import { documents, option } from './corpus.js';
import { judge, plant, qualityOf } from './quality.js';
import { barChart, median, peakMegabytes, printTable, spread, writeResults } from './report.js';

interface Library {
  MinHasher: typeof MinHasher;
  SignPool: typeof SignPool;
}

/** One half of the corpus and nothing else: what two cores give when nobody hands out work or collects it. */
const ALONE = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.library).then(({ MinHasher }) => {
    const hasher = new MinHasher();
    const documents = [];
    let from = 0;
    for (const end of workerData.ends) {
      documents.push(workerData.bytes.slice(from, end));
      from = end;
    }
    const out = new Uint32Array(documents.length * hasher.permutations);
    parentPort.on('message', () => {
      hasher.signMany(documents, { out });
      parentPort.postMessage(0);
    });
    parentPort.postMessage(0);
  });
`;

/**
 * One thread, and pools of one worker and of two, on the same documents; and, as a ceiling, two threads that each
 * sign a half of their own, over one of them. All in turn in every round; the ratios are taken within a round.
 */
export async function main(args: readonly string[]): Promise<void> {
  const megabytes = args.includes('--quick') ? 16 : 64;
  const rounds = args.includes('--quick') ? 5 : 11;
  const patience = Number(option(args, 'patience') ?? 20);
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    await measure(await bundle(folder), megabytes, rounds, patience, option(args, 'corpus'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The library as it is built, in one file: from source there would be no code for the workers. */
async function bundle(folder: string): Promise<string> {
  const outfile = join(folder, 'library.mjs');
  await build({
    stdin: {
      contents: `export { MinHasher } from './src/index.ts'; export { SignPool } from './src/node/index.ts';`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins: [kernelForEsbuild],
    outfile,
    logLevel: 'error',
  });
  return pathToFileURL(outfile).href;
}

async function measure(
  library: string,
  megabytes: number,
  rounds: number,
  patience: number,
  corpus?: string,
): Promise<void> {
  const { MinHasher, SignPool } = (await import(library)) as Library;
  const planted = plant(documents(200, 500, corpus), 3);
  // The planted documents first, so that what signs the corpus is judged by its own column.
  const distinct = [...planted.texts, ...documents(2500, 500, corpus).slice(200)];
  const size = distinct.reduce((n, text) => n + text.length, 0);
  const texts = Array.from({ length: Math.ceil((megabytes * 1e6) / size) }, () => distinct).flat();
  const encoder = new TextEncoder();
  const bytes = texts.map((text) => encoder.encode(text));
  const shared = share(bytes);
  const forms = { bytes, text: texts };
  const total = bytes.reduce((n, text) => n + text.length, 0);
  const hasher = new MinHasher();
  const one = new SignPool({ workers: 1 });
  const two = new SignPool({ workers: 2 });
  const alone = await Promise.all([0, 1].map((half) => startAlone(library, shared, half)));
  const expected = hasher.signMany(bytes);
  const table = [];
  for (const [form, corpusForm] of Object.entries(forms)) {
    const steps: Record<string, () => unknown> = {
      'one thread': () => hasher.signMany(corpusForm),
      'pool of 1': () => one.signMany(corpusForm),
      'pool of 2': () => two.signMany(corpusForm),
      'half alone': () => run(alone.slice(0, 1)),
      'both halves alone': () => run(alone),
    };
    const samples = new Map<string, Sample[]>(Object.keys(steps).map((step) => [step, []]));
    const until = performance.now() + patience * 1000;
    for (let round = -2; round < rounds || (round < 10 * rounds && performance.now() < until); round++) {
      for (const [step, work] of Object.entries(steps)) {
        const sample = await take(work);
        if (round >= 0) (samples.get(step) as Sample[]).push(sample);
      }
      if (round >= rounds && quiet(samples) >= 7) break;
    }
    const of = (step: string) => samples.get(step) as Sample[];
    const ratio = (a: string, b: string, times = 1) => {
      const pairs = of(a).map((sample, i) => [sample, of(b)[i] as Sample] as const);
      const some = pairs.filter((pair) => pair.every(isQuiet));
      const middle = (all: typeof pairs) => (times * median(all.map(([x, y]) => x.seconds / y.seconds))).toFixed(2);
      return {
        over: a,
        ratio: middle(pairs),
        'ratio, quiet': some.length === 0 ? '-' : middle(some),
        rounds: `${some.length} of ${pairs.length}`,
        'CPU per byte': (median(pairs.map(([x, y]) => y.cpu / x.cpu)) / (times === 2 ? 2 : 1)).toFixed(2),
      };
    };
    const columns: Record<string, Uint32Array> = {
      'one thread': hasher.signMany(corpusForm),
      'pool of 1': await one.signMany(corpusForm),
      'pool of 2': await two.signMany(corpusForm),
    };
    const good = (threads: string) => {
      const column = columns[threads];
      if (column === undefined) return {};
      const k = hasher.permutations;
      const signature = (i: number) => column.subarray(i * k, (i + 1) * k);
      return {
        same: Buffer.compare(Buffer.from(column.buffer), Buffer.from(expected.buffer)) === 0,
        ...qualityOf(
          planted,
          judge(planted.texts, (i, j) => estimateJaccard(signature(i), signature(j))),
        ),
      };
    };
    const row = (threads: string) => ({
      threads,
      from: form,
      'MB/s': Math.round(
        (total * (threads === 'half alone' ? 0.5 : 1)) / median(of(threads).map((s) => s.seconds)) / 1e6,
      ),
      spread: spread(of(threads).map((s) => s.seconds)),
      'peak MB': peakMegabytes(),
      ...good(threads),
    });
    table.push(
      row('one thread'),
      { ...row('pool of 1'), ...ratio('one thread', 'pool of 1') },
      { ...row('pool of 2'), ...ratio('pool of 1', 'pool of 2') },
      { ...row('pool of 2'), ...ratio('one thread', 'pool of 2') },
      { ...row('both halves alone'), ...ratio('half alone', 'both halves alone', 2) },
    );
  }
  await Promise.all([one.close(), two.close(), ...alone.map((worker) => worker.terminate())]);
  printTable(table);
  writeResults('threads', { cores: availableParallelism(), megabytes, rounds, table });
  barChart(
    'threads',
    `${megabytes} MB of 500-word documents, 128 permutations: MB/s (log scale)`,
    table
      .filter(
        (row) => row.from === 'bytes' && !(row.threads === 'pool of 2' && 'over' in row && row.over === 'one thread'),
      )
      .map((row) => ({ label: `twicetold, ${row.threads}`, value: row['MB/s'] })),
  );
}

interface Sample {
  seconds: number;
  /** CPU seconds of this process, all threads. */
  cpu: number;
  /** CPU seconds that others used meanwhile, over the seconds. */
  others: number;
}

async function take(work: () => unknown): Promise<Sample> {
  const before = { cpu: process.cpuUsage(), busy: busySeconds(), at: performance.now() };
  await work();
  const seconds = (performance.now() - before.at) / 1000;
  const { user, system } = process.cpuUsage(before.cpu);
  const cpu = (user + system) / 1e6;
  return { seconds, cpu, others: (busySeconds() - before.busy - cpu) / seconds };
}

/** What all processes of the machine have used of all its cores. */
function busySeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000;
}

/** Whether others left the machine alone, as far as clock ticks of 10 ms can tell. */
function isQuiet({ others }: Sample): boolean {
  return others < 0.1;
}

/** Rounds that were quiet all through. */
function quiet(samples: ReadonlyMap<string, readonly Sample[]>): number {
  const all = [...samples.values()];
  return (all[0] as Sample[]).filter((_, i) => all.every((column) => isQuiet(column[i] as Sample))).length;
}

/** The same documents as views of one shared memory. */
function share(documents: readonly Uint8Array[]): Uint8Array[] {
  const all = new Uint8Array(new SharedArrayBuffer(documents.reduce((n, document) => n + document.length, 0)));
  let at = 0;
  return documents.map((document) => {
    all.set(document, at);
    at += document.length;
    return all.subarray(at - document.length, at);
  });
}

async function startAlone(library: string, documents: readonly Uint8Array[], half: number): Promise<Worker> {
  const middle = documents.length >> 1;
  const some = half === 0 ? documents.slice(0, middle) : documents.slice(middle);
  const [first, last] = [some[0] as Uint8Array, some.at(-1) as Uint8Array];
  const bytes = new Uint8Array(first.buffer, first.byteOffset, last.byteOffset + last.length - first.byteOffset);
  const ends = some.map((document) => document.byteOffset + document.length - first.byteOffset);
  const worker = new Worker(ALONE, { eval: true, workerData: { library, bytes, ends } });
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  return worker;
}

function run(workers: readonly Worker[]): Promise<unknown> {
  return Promise.all(
    workers.map((worker) => {
      const done = new Promise((resolve) => worker.once('message', resolve));
      worker.postMessage(0);
      return done;
    }),
  );
}

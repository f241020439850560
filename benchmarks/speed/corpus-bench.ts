/**
 * `detect` over made corpora, by size and threads:
 *
 *     npm run bench -- corpus <10k,100k,1m> --data <folder> [--workers 1,2] [--level document] [--keep <folder>] [--form]
 *
 * Time and CPU time by stage, peak memory, candidates, recall and precision of what was planted, and the growth of the time with
 * the documents. Results are kept in results/corpus.json, with a chart.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { slimStopwords, withoutCollator } from '../../esbuild-plugins.js';
import { kernelForEsbuild } from '../../src/kernel/compile.js';
import { writeCorpus } from '../corpus.js';
import { option } from './corpus.js';
import type { CorpusRun } from './corpus-contender.js';
import { type CorpusScore, readTruth, scoreCorpus } from './corpusscore.js';
import { lineChart } from './linechart.js';
import { printTable, readResults, writeResults } from './report.js';

const SIZES: Readonly<Record<string, number>> = {
  '1k': 1000,
  '10k': 10_000,
  '30k': 30_000,
  '100k': 100_000,
  '300k': 300_000,
  '1m': 1_000_000,
};

type Entry = CorpusRun & { size: number; workers: number; level: string; score: CorpusScore; bytesPerDocument: number };

export async function main(args: readonly string[]): Promise<void> {
  const sizes = args.flatMap((arg) => arg.split(',').flatMap((size) => SIZES[size] ?? []));
  const workers = (option(args, 'workers') ?? '1,2').split(',').map(Number);
  const level = option(args, 'level') ?? 'passage';
  const data = option(args, 'data') ?? '../shared/data';
  const keep = option(args, 'keep');
  const form = args.includes('--form');
  if (sizes.length === 0) throw new Error(`usage: npm run bench -- corpus ${Object.keys(SIZES).join('|')} [options]`);
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  try {
    const contender = await bundle(folder);
    const name = form ? 'corpus-form' : level === 'document' ? 'corpus-document' : 'corpus';
    const entries = readResults<{ runs: Entry[] }>(name)?.runs ?? [];
    for (const size of sizes) {
      const home = join(keep ?? folder, `${form ? 'form-' : ''}${size}`);
      const paths = { documents: join(home, 'documents.jsonl'), truth: join(home, 'truth.jsonl') };
      if (!existsSync(paths.truth)) {
        process.stderr.write(`making ${size} documents ...\n`);
        await writeCorpus(data, size, home, 1, form);
      }
      const truth = readTruth(paths.truth);
      for (const count of workers) {
        process.stderr.write(`${size} documents, ${count} workers ...\n`);
        const pairs = join(folder, 'pairs.txt');
        const output = execFileSync(
          process.execPath,
          [
            '--max-old-space-size=9000',
            contender,
            paths.documents,
            String(count),
            pairs,
            ...(level === 'passage' ? [] : [level]),
          ],
          { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 },
        );
        const run = JSON.parse(output) as CorpusRun;
        const entry = {
          ...run,
          size,
          workers: count,
          level,
          score: scoreCorpus(pairs, truth),
          bytesPerDocument: run.peakBytes / size,
        };
        show(entry);
        const same = entries.findIndex((other) => other.size === size && other.workers === count);
        if (same >= 0) entries[same] = entry;
        else entries.push(entry);
        entries.sort((x, y) => x.size - y.size || x.workers - y.workers);
        writeResults(name, { runs: entries, growth: growth(entries) });
      }
    }
    for (const { workers: count, exponent } of growth(entries))
      console.log(`time grows with the documents to the power of ${exponent.toFixed(3)} (${count} workers)`);
    lineChart(
      name,
      `Seconds by documents (${level}s)`,
      [...new Set(entries.map((entry) => entry.workers))].map((count) => ({
        label: `${count} worker${count > 1 ? 's' : ''}`,
        points: entries
          .filter((entry) => entry.workers === count)
          .map(({ size, seconds }) => ({ x: size, y: seconds })),
      })),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The contender with the library as it is built: from source there would be no kernel and no threads. */
export async function bundle(folder: string, entry = 'benchmarks/speed/corpus-contender.ts'): Promise<string> {
  const outfile = join(folder, 'contender.mjs');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['lmdb'],
    plugins: [slimStopwords, withoutCollator, kernelForEsbuild],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  return outfile;
}

/** The slope of log time over log size, least squares, by workers. */
function growth(entries: readonly Entry[]): { workers: number; exponent: number }[] {
  return [...new Set(entries.map((entry) => entry.workers))].flatMap((workers) => {
    const own = entries.filter((entry) => entry.workers === workers);
    if (new Set(own.map(({ size }) => size)).size < 2) return [];
    const points = own.map(({ size, seconds }) => [Math.log(size), Math.log(seconds)] as const);
    const mean = (k: 0 | 1) => points.reduce((sum, point) => sum + point[k], 0) / points.length;
    const [mx, my] = [mean(0), mean(1)];
    const above = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
    const below = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
    return [{ workers, exponent: above / below }];
  });
}

function show({ size, workers, score, stages, ...run }: Entry): void {
  console.log(
    `${size} documents of ${Math.round(run.words / size)} words, ${workers} workers: ${run.seconds.toFixed(1)} s (CPU ${run.cpuSeconds.toFixed(1)} s), ` +
      `${Math.round(size / run.seconds)} documents/s, peak ${(run.peakBytes / 1e6).toFixed(0)} MB, ${Math.round(run.bytesPerDocument)} bytes/document`,
  );
  console.log(
    `${((2 * run.candidates) / size).toFixed(2)} candidates a document compared, ${run.related} related, ${run.clusters} clusters, largest ${run.largestCluster}, ${run.cappedKeys} capped keys`,
  );
  printTable(
    Object.entries(stages).map(([stage, cost]) => ({
      stage,
      seconds: cost.seconds.toFixed(1),
      'CPU seconds': cost.cpuSeconds.toFixed(1),
      'µs a document': Math.round((cost.seconds / size) * 1e6),
    })),
  );
  printTable(
    Object.entries(score.recall).map(([kind, { planted, found, share }]) => ({
      planted: kind,
      pairs: planted,
      found,
      recall: share.toFixed(4),
    })),
  );
  console.log(
    `precision ${score.precision.toFixed(4)}: ${score.right} right, ${score.wrong} wrong ${JSON.stringify(score.wrongKinds)}, ${score.unjudged} of real articles, ${score.renamed} of one story under other names and ${score.excerpts} excerpts of recombined ones not judged\n`,
  );
}

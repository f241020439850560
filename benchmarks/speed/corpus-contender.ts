/**
 * One run of `detect` over a corpus, in a process of its own: `<documents.jsonl> <workers> <pairs to write> [level]` prints what it cost, and
 * writes a line for each pair.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { detect } from '../../src/node/index.js';
import type { DocumentCluster, Progress } from '../../src/types.js';

/** What a run cost. */
export interface CorpusRun {
  documents: number;
  words: number;
  seconds: number;
  cpuSeconds: number;
  /** By stage; the last one ends with the report. */
  stages: Record<string, { seconds: number; cpuSeconds: number }>;
  peakBytes: number;
  candidates: number;
  related: number;
  cappedKeys: number;
  clusters: number;
  largestCluster: number;
}

async function* documentsOf(path: string): AsyncGenerator<{ id: string; text: string }> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity }))
    yield JSON.parse(line);
}

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function run(path: string, workers: number, pairsPath: string, level: string | undefined): Promise<void> {
  const stages: CorpusRun['stages'] = {};
  const begun = { seconds: performance.now() / 1000, cpuSeconds: cpu() };
  let stage: Progress['stage'] = 'read';
  let last = begun;
  const turn = (next: Progress['stage']) => {
    const now = { seconds: performance.now() / 1000, cpuSeconds: cpu() };
    stages[stage] = { seconds: now.seconds - last.seconds, cpuSeconds: now.cpuSeconds - last.cpuSeconds };
    stage = next;
    last = now;
  };
  let told = 0;
  const report = await detect(documentsOf(path), {
    workers,
    ...(level === undefined ? {} : { level: level as 'document' }),
    onProgress: (progress) => {
      if (progress.stage !== stage) turn(progress.stage);
      if (Date.now() - told > 30_000) {
        told = Date.now();
        console.error(
          `${progress.stage} ${progress.done} of ${progress.total ?? '?'}, ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
        );
      }
    },
  });
  turn('cluster');
  const out = createWriteStream(pairsPath);
  for (const { a, b, relation, score } of report.pairs)
    if (!out.write(`${a} ${b} ${relation} ${score}\n`))
      await new Promise((resolve) => out.once('drain', () => resolve(undefined)));
  await new Promise((resolve) => out.end(resolve));
  const result: CorpusRun = {
    documents: report.stats.documents,
    words: report.stats.words,
    seconds: last.seconds - begun.seconds,
    cpuSeconds: last.cpuSeconds - begun.cpuSeconds,
    stages,
    // Node gives kilobytes.
    peakBytes: process.resourceUsage().maxRSS * 1024,
    candidates: report.stats.candidates,
    related: report.stats.related,
    cappedKeys: report.stats.cappedKeys,
    clusters: report.clusters.length,
    largestCluster: report.clusters.reduce(
      (most: number, { members }: DocumentCluster) => Math.max(most, members.length),
      0,
    ),
  };
  console.log(JSON.stringify(result));
}

const [path, workers, pairsPath, level] = process.argv.slice(2);
await run(path as string, Number(workers), pairsPath as string, level);

/**
 * Additions, removals and queries for a long time, on an index of one size: `npm run bench -- soak [--minutes 30]`.
 *
 * An index in memory and one in a folder, of so many documents each. Every round removes the oldest, adds a new one (half of them with
 * words never seen before, some of them copies), asks about one, and now and then saves, reports, and opens the folder anew. Memory after a
 * full collection, and file descriptors, are noted every few seconds; over the second half of the time none may grow by more than a
 * twentieth. Needs the built package.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { randomStream } from '../../src/sketch/hash.js';
import { option } from '../speed/corpus.js';
import { printTable, writeResults } from '../speed/report.js';
import type { Library } from './case.js';
import { wordOf } from './shapes.js';

type Node = typeof import('../../src/node/index.js');

const DOCUMENTS = 1000;
const STORED = 300;
/** Rounds between two of the rarer things. */
const REOPEN = 2000;
const SAVE = 500;
/** Growth over the second half of the time that is noise. */
const ALLOWED = 0.05;

interface Sample {
  minutes: number;
  rounds: number;
  heapUsed: number;
  external: number;
  arrayBuffers: number;
  rss: number;
  descriptors: number;
}

/** By what share a figure grew, by the line of least squares, from the middle of the run to its end. */
export function growth(samples: readonly Sample[], of: keyof Sample): number {
  const half = samples.slice(samples.length >> 1);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const mx = mean(half.map(({ minutes }) => minutes));
  const my = mean(half.map((sample) => sample[of]));
  const spread = half.reduce((sum, { minutes }) => sum + (minutes - mx) ** 2, 0);
  const slope = half.reduce((sum, sample) => sum + (sample.minutes - mx) * (sample[of] - my), 0) / spread;
  const length = (half.at(-1) as Sample).minutes - (half[0] as Sample).minutes;
  return (slope * length) / my;
}

export async function main(args: readonly string[]): Promise<void> {
  const minutes = Number(option(args, 'minutes') ?? 30);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const { createDetector } = (await import('../../dist/index.js' as string)) as Library;
  const { openIndex } = (await import('../../dist/node.js' as string)) as Node;
  const next = randomStream(11);
  const folder = mkdtempSync(join(tmpdir(), 'soak-'));
  let fresh = 0;
  const texts: string[] = [];
  const textOf = (n: number): string => {
    const copied = n % 7 === 0 ? texts[next() % Math.max(1, texts.length)] : undefined;
    if (copied !== undefined) return `${copied} Lorries take another way.`;
    const word = () => (n % 2 === 0 ? wordOf(1_000_000 + fresh++) : wordOf(next() % 20_000));
    return Array.from({ length: 8 }, () => `The ${Array.from({ length: 12 }, word).join(' ')}.`).join(' ');
  };
  const detector = await createDetector();
  let index = detector.index();
  let stored = await openIndex(folder);
  const samples: Sample[] = [];
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 60_000;
  const note = async (rounds: number) => {
    // Buffers of what one collection found dead are given back by the next, and in a later turn.
    for (let n = 0; n < 3; n++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
    const descriptors = readdirSync('/proc/self/fd').length;
    samples.push({ minutes: elapsed(), rounds, heapUsed, external, arrayBuffers, rss, descriptors });
  };
  const every = Math.max(minutes / 200, 0.02);
  let n = 0;
  for (; elapsed() < minutes; n++) {
    const text = textOf(n);
    texts[n % DOCUMENTS] = text;
    if (n >= DOCUMENTS) index.remove(`${n - DOCUMENTS}`);
    index.add({ id: `${n}`, text });
    index.query(texts[next() % texts.length] as string);
    if (n % 5 === 0) {
      const s = n / 5;
      if (s >= STORED) stored.remove(`${s - STORED}`);
      stored.add({ id: `${s}`, text });
      stored.query(text);
    }
    if (n % SAVE === SAVE - 1) {
      stored.save();
      index = detector.index(index.toBuffer());
    }
    if (n % REOPEN === REOPEN - 1) {
      await stored.close();
      stored = await openIndex(folder);
      stored.report();
    }
    if (elapsed() >= every * (samples.length + 1)) await note(n + 1);
  }
  await stored.close();
  rmSync(folder, { recursive: true });
  const last = samples.at(-1) as Sample;
  const rows = (['heapUsed', 'external', 'arrayBuffers', 'rss', 'descriptors'] as const).map((of) => ({
    of,
    'in the middle': Math.round((samples[samples.length >> 1] as Sample)[of] / (of === 'descriptors' ? 1 : 1e6)),
    'at the end': Math.round(last[of] / (of === 'descriptors' ? 1 : 1e6)),
    growth: `${(100 * growth(samples, of)).toFixed(1)} %`,
  }));
  console.log(`${minutes} minutes, ${n} rounds, ${samples.length} samples; memory in MB`);
  printTable(rows);
  writeResults('soak', { minutes, rounds: n, rows, samples: samples.filter((_, i) => i % 10 === 9) });
  // What the process holds of the system's memory is the collector's and the allocator's to decide: it is shown and not judged.
  if ((['heapUsed', 'external', 'arrayBuffers', 'descriptors'] as const).some((of) => growth(samples, of) > ALLOWED))
    process.exitCode = 1;
}

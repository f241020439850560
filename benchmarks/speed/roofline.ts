import { estimateJaccard, MinHasher } from '../../src/index.js';
import { compileKernel } from '../../src/kernel/compile.js';
import { createKernel, type Kernel } from '../../src/kernel/kernel.js';
import { shingleHashes } from '../../src/sketch/reference.js';
import { foldedWords } from '../../src/sketch/shingles.js';
import { signatureSettings } from '../../src/sketch/signer.js';
import { documents, option } from './corpus.js';
import { judge, plant, qualityOf } from './quality.js';
import { barChart, median, peakMegabytes, printTable, spread, writeResults } from './report.js';

/** What one pass over a corpus takes, step by step, in bytes a second. */
export interface Roofline {
  step: string;
  seconds: number[];
  'GB/s': number;
}

/** Passes a measurement: about as long for each step, so that what interrupts a long one interrupts a short one as often. */
const PASSES: Readonly<Record<string, number>> = {
  memcpy: 16,
  tokenise: 5,
  'tokenise and hash': 2,
  'full signature': 1,
};

/** The steps, measured in turn in every round, so that a busy machine slows all of them alike. */
export async function measureRoofline(megabytes: number, rounds: number, corpus?: string): Promise<Roofline[]> {
  const kernel = createKernel(await compileKernel()) as Kernel;
  kernel.use(signatureSettings(128, 3, 1));
  const encoder = new TextEncoder();
  const texts = documents((megabytes * 1e6) / 3000, 500, corpus).map((text) => encoder.encode(text));
  const total = texts.reduce((n, text) => n + text.length, 0);
  const copy = new Uint8Array(total);
  const out = new Uint32Array(128);
  const steps: Record<string, () => void> = {
    memcpy: () => {
      let at = 0;
      for (const text of texts) {
        copy.set(text, at);
        at += text.length;
      }
    },
    tokenise: () => {
      for (const text of texts) kernel.scan(text, 'words');
    },
    'tokenise and hash': () => {
      for (const text of texts) kernel.scan(text, 'shingles');
    },
    'full signature': () => {
      for (const text of texts) kernel.signBytes(text, out, 0);
    },
  };
  const seconds = new Map<string, number[]>(Object.keys(steps).map((step) => [step, []]));
  for (let round = -3; round < rounds; round++)
    for (const [step, run] of Object.entries(steps)) {
      const passes = PASSES[step] as number;
      const from = performance.now();
      for (let i = 0; i < passes; i++) run();
      if (round >= 0) seconds.get(step)?.push((performance.now() - from) / passes / 1000);
    }
  return [...seconds].map(([step, times]) => ({ step, seconds: times, 'GB/s': total / median(times) / 1e9 }));
}

/** How far from memory bandwidth each step of signing is: 500-word documents, 128 permutations, one thread. */
export async function main(args: readonly string[]): Promise<void> {
  const corpus = option(args, 'corpus');
  const quick = args.includes('--quick');
  const steps = await measureRoofline(quick ? 4 : 32, 25, corpus);
  const memcpy = steps[0] as Roofline;
  const peak = peakMegabytes();
  const right = await checkSteps(quick ? 60 : 200, corpus);
  const table = steps.map((step) => ({
    step: step.step,
    'GB/s': step['GB/s'].toPrecision(3),
    'of memcpy': (step['GB/s'] / memcpy['GB/s']).toPrecision(3),
    spread: spread(step.seconds),
    'peak MB': peak,
    ...right[step.step],
  }));
  printTable(table);
  writeResults('roofline', { corpus: corpus === undefined ? 'made up' : 'real', table });
  barChart(
    'roofline',
    'GB/s over the same bytes (log scale)',
    steps.map((step) => ({ label: step.step, value: step['GB/s'] })),
  );
}

/** What each step got right: words and shingles as the reference has them, estimates of planted pairs. */
async function checkSteps(pairs: number, corpus?: string): Promise<Record<string, object>> {
  const kernel = createKernel(await compileKernel()) as Kernel;
  kernel.use(signatureSettings(128, 3, 1));
  const planted = plant(documents(pairs, 300, corpus), 3);
  const encoder = new TextEncoder();
  const utf8 = planted.texts.map((text) => encoder.encode(text));
  const share = (what: 'words' | 'shingles', expected: (text: string) => number) => ({
    'as the reference': `${utf8.filter((bytes, i) => kernel.scan(bytes, what) === expected(planted.texts[i] as string)).length} of ${utf8.length}`,
  });
  const signatures = utf8.map((bytes) => {
    const out = new Uint32Array(128);
    kernel.signBytes(bytes, out, 0);
    return out;
  });
  const hasher = new MinHasher();
  const same = signatures.filter(
    (signature, i) => estimateJaccard(signature, hasher.sign(planted.texts[i] as string)) === 1,
  );
  const copied = utf8.map((bytes) => {
    const copy = new Uint8Array(bytes.length);
    copy.set(bytes);
    return copy;
  });
  const equal = copied.filter((copy, i) => Buffer.compare(copy, utf8[i] as Uint8Array) === 0);
  return {
    memcpy: { 'as the reference': `${equal.length} of ${utf8.length}` },
    tokenise: share('words', (text) => foldedWords(text).length),
    'tokenise and hash': share('shingles', (text) => shingleHashes(text, 3, 1).length),
    'full signature': {
      'as the reference': `${same.length} of ${utf8.length}`,
      ...qualityOf(
        planted,
        judge(planted.texts, (i, j) => estimateJaccard(signatures[i] as Uint32Array, signatures[j] as Uint32Array)),
      ),
    },
  };
}

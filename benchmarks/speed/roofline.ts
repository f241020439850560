import { estimateJaccard, MinHasher } from '../../src/index.js';
import { compileKernel } from '../../src/kernel/compile.js';
import { createKernel, type Kernel } from '../../src/kernel/kernel.js';
import { shingleHashes } from '../../src/sketch/reference.js';
import { foldedWords } from '../../src/sketch/shingles.js';
import { signatureSettings } from '../../src/sketch/signer.js';
import { documents, option, SCRIPTS } from './corpus.js';
import { judge, plant, qualityOf } from './quality.js';
import { barChart, cpuSeconds, median, peakMegabytes, printTable, spread, writeResults } from './report.js';

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
  const scripts = await measureScripts(quick ? 2 : 8, quick ? 5 : 11);
  printTable(table);
  printTable(scripts);
  writeResults('roofline', { corpus: corpus === undefined ? 'made up' : 'real', table, scripts });
  barChart(
    'roofline',
    'GB/s over the same bytes (log scale)',
    steps.map((step) => ({ label: step.step, value: step['GB/s'] })),
  );
}

/** Full signatures of made-up text in other scripts, which fold by table: in turn, as above. */
async function measureScripts(megabytes: number, rounds: number) {
  const kernel = createKernel(await compileKernel()) as Kernel;
  kernel.use(signatureSettings(128, 3, 1));
  const encoder = new TextEncoder();
  const out = new Uint32Array(128);
  const corpora = (Object.keys(SCRIPTS) as (keyof typeof SCRIPTS)[]).map((script) => {
    const texts = documents((megabytes * 1e6) / 3000, 500, undefined, script);
    const utf8 = texts.map((text) => encoder.encode(text));
    return { script, texts, utf8, bytes: utf8.reduce((n, text) => n + text.length, 0), seconds: [] as number[] };
  });
  for (let round = -2; round < rounds; round++)
    for (const { utf8, seconds } of corpora) {
      const from = cpuSeconds();
      for (const text of utf8) kernel.signBytes(text, out, 0);
      if (round >= 0) seconds.push(cpuSeconds() - from);
    }
  const hasher = new MinHasher();
  return corpora.map(({ script, texts, utf8, bytes, seconds }) => {
    const some = utf8.slice(0, 50).filter((text, i) => {
      kernel.use(signatureSettings(128, 3, 1));
      kernel.signBytes(text, out, 0);
      return estimateJaccard(out, hasher.sign(texts[i] as string)) === 1;
    });
    return {
      'full signature': script,
      'MB/s': (bytes / median(seconds) / 1e6).toPrecision(3),
      'ns/word': ((median(seconds) / (500 * utf8.length)) * 1e9).toPrecision(3),
      spread: spread(seconds),
      'as the reference': `${some.length} of ${Math.min(50, utf8.length)}`,
    };
  });
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

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { estimateJaccard, MinHasher, shingles } from '../../src/index.js';
import { compileKernel } from '../../src/kernel/compile.js';
import { setSharedKernel } from '../../src/kernel/kernel.js';
import { shingleHashes } from '../../src/sketch/reference.js';
import { judge, type Verdict } from './quality.js';
import { cpuSeconds } from './report.js';

/*
 * One contender in a process of its own, so that its memory and its compiled code are its own:
 * `tsx contender.ts <name> <job.json>` prints a Result as JSON. The Python peers do the same in `../peers/peers.py`.
 */

/** What to measure: documents by length, and pairs to estimate. */
export interface Job {
  readonly permutations: readonly number[];
  readonly runs: number;
  readonly documents: Readonly<Record<string, readonly string[]>>;
  /** Documents in which near-duplicates are planted. */
  readonly planted: readonly string[];
}

/** One line of the table. */
export interface Row {
  readonly from: 'text' | 'bytes' | 'hashes';
  readonly words: number;
  readonly permutations: number;
  /** Bytes of text that a run signs, or that its hashes were made of. */
  readonly bytes: number;
  readonly shingles: number;
  /** Of processor time, a run. */
  readonly seconds: readonly number[];
}

export interface Result {
  readonly rows: readonly Row[];
  /** By number of permutations, what is said of the planted documents. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly peakBytes: number;
}

/** Signs some documents, in one call where the contender has one for many, as the Python peers are called too. */
type Signer<T> = (documents: readonly T[]) => unknown;

/** Runs long enough to be measured: as many documents as take a fifth of a second, over and over. */
function time<T>(items: readonly T[], run: Signer<T>, runs: number): { used: number; seconds: number[] } {
  const begin = performance.now();
  let used = 0;
  while (used < items.length && performance.now() - begin < 200) run(items.slice(used, ++used));
  const some = items.slice(0, used);
  let repeats = 1;
  const round = () => {
    const from = cpuSeconds();
    for (let r = 0; r < repeats; r++) run(some);
    return (cpuSeconds() - from) / repeats;
  };
  for (let warm = 0; warm < 5; warm++) round();
  repeats = Math.max(1, Math.round(0.1 / Math.max(round(), 1e-4)));
  return { used, seconds: Array.from({ length: runs }, round) };
}

const require = createRequire(import.meta.url);

interface Contender {
  text?: (k: number) => Signer<string>;
  bytes?: (k: number) => Signer<Uint8Array>;
  hashes?: (k: number) => Signer<Uint32Array>;
  /** Signs documents, and estimates the resemblance of any two of them. */
  estimator(k: number, texts: readonly string[]): (i: number, j: number) => number;
}

function ours(): Contender {
  const cache = new Map<number, MinHasher>();
  const hasher = (k: number) => {
    const known = cache.get(k) ?? new MinHasher({ permutations: k });
    cache.set(k, known);
    return known;
  };
  const batch = (k: number) => (documents: readonly (string | Uint8Array | Uint32Array)[]) =>
    hasher(k).signMany(documents);
  return {
    text: batch,
    bytes: batch,
    hashes: batch,
    estimator: (k, texts) => {
      const signatures = texts.map((text) => hasher(k).sign(text));
      return (i, j) => estimateJaccard(signatures[i] as Uint32Array, signatures[j] as Uint32Array);
    },
  };
}

const contenders: Record<string, () => Contender> = {
  'twicetold kernel': ours,
  'twicetold reference': () => {
    setSharedKernel(undefined);
    return ours();
  },
  'npm minhash': () => {
    const { Minhash } = require('minhash') as { Minhash: new (o: { numPerm: number }) => NpmMinhash };
    const sign = (k: number, text: string) => {
      const hash = new Minhash({ numPerm: k });
      for (const shingle of shingles(text)) hash.update(shingle);
      return hash;
    };
    return {
      text: (k) => (texts) => texts.map((text) => sign(k, text)),
      estimator: (k, texts) => {
        const signatures = texts.map((text) => sign(k, text));
        return (i, j) => (signatures[i] as NpmMinhash).jaccard(signatures[j] as NpmMinhash);
      },
    };
  },
  'npm bloom-filters': () => {
    const { MinHashFactory } = require('bloom-filters') as typeof import('bloom-filters');
    const factories = new Map<number, InstanceType<typeof MinHashFactory>>();
    const sign = (k: number, hashes: Uint32Array) => {
      const factory = factories.get(k) ?? new MinHashFactory(k, 2 ** 31);
      factories.set(k, factory);
      const hash = factory.create();
      // Its multiplications are exact only for products below 2^53.
      hash.bulkLoad(Array.from(hashes, (x) => x >>> 11));
      return hash;
    };
    return {
      // It takes numbers only, so that from text it is given the reference's hashes, made within the time.
      text: (k) => (texts) => texts.map((text) => sign(k, shingleHashes(text, 3, 1))),
      hashes: (k) => (sets) => sets.map((hashes) => sign(k, hashes)),
      estimator: (k, texts) => {
        const signatures = texts.map((text) => sign(k, shingleHashes(text, 3, 1)));
        type Signature = (typeof signatures)[number];
        return (i, j) => (signatures[i] as Signature).compareWith(signatures[j] as Signature);
      },
    };
  },
};

interface NpmMinhash {
  update(shingle: string): void;
  jaccard(other: NpmMinhash): number;
}

async function main(name: string, path: string): Promise<Result> {
  const job = JSON.parse(readFileSync(path, 'utf8')) as Job;
  setSharedKernel(await compileKernel());
  const contender = (contenders[name] as () => Contender)();
  const encoder = new TextEncoder();
  const rows: Row[] = [];
  for (const [words, texts] of Object.entries(job.documents)) {
    const forms = {
      text: texts,
      bytes: texts.map((text) => encoder.encode(text)),
      hashes: texts.map((text) => shingleHashes(text, 3, 1)),
    };
    for (const k of job.permutations)
      for (const from of ['text', 'bytes', 'hashes'] as const) {
        const make = contender[from] as ((k: number) => Signer<unknown>) | undefined;
        if (make === undefined) continue;
        const { used, seconds } = time<unknown>(forms[from], make(k), job.runs);
        const sum = (values: readonly ArrayLike<unknown>[]) => values.slice(0, used).reduce((n, v) => n + v.length, 0);
        rows.push({
          from,
          words: Number(words),
          permutations: k,
          bytes: sum(forms.bytes),
          shingles: sum(forms.hashes),
          seconds,
        });
      }
  }
  const verdicts = Object.fromEntries(
    job.permutations.map((k) => [k, judge(job.planted, contender.estimator(k, job.planted))]),
  );
  return { rows, verdicts, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

const [name, path] = process.argv.slice(2);
if (name !== undefined && path !== undefined) console.log(JSON.stringify(await main(name, path)));

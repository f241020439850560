import { bandKey } from '../../src/candidates/lsh.js';
import {
  compareMany,
  compareManyPacked,
  estimateJaccard,
  estimatePackedJaccard,
  MinHasher,
  type PackedBits,
  packSignature,
} from '../../src/index.js';
import { compileKernel } from '../../src/kernel/compile.js';
import { setSharedKernel } from '../../src/kernel/kernel.js';
import { documents, option } from './corpus.js';
import { judge, plant, qualityOf, type Verdict } from './quality.js';
import { barChart, cpuSeconds, median, peakMegabytes, printTable, spread, writeResults } from './report.js';

const K = 128;
const BITS: readonly PackedBits[] = [1, 2, 4, 8, 16];

/** What is timed: over all signatures of the column, once. */
interface Step {
  readonly what: string;
  readonly by: 'kernel' | 'TypeScript';
  readonly run: () => unknown;
  /** What it says of all pairs, where it says anything. */
  readonly verdict?: () => Verdict;
  /** What else shows that it is right. */
  readonly right?: () => string;
}

/** What is done with signatures once they are there: comparing, packing, band keys; in the kernel and without it. */
export async function main(args: readonly string[]): Promise<void> {
  const wasm = await compileKernel();
  setSharedKernel(wasm);
  const quick = args.includes('--quick');
  const planted = plant(documents(quick ? 60 : 200, 300, option(args, 'corpus')), 3);
  const column = new MinHasher({ permutations: K }).signMany(planted.texts);
  const count = planted.texts.length;
  // Enough signatures not to stay in the second-level cache.
  const copies = Math.ceil(20_000 / count);
  const long = new Uint32Array(copies * column.length);
  for (let i = 0; i < copies; i++) long.set(column, i * column.length);
  const total = copies * count;
  const at = (all: Uint32Array, i: number, size: number) => all.subarray(i * size, (i + 1) * size);
  const byRows = (row: (i: number) => Float64Array): Verdict => {
    const rows = planted.texts.map((_, i) => row(i));
    return judge(planted.texts, (i, j) => (rows[i] as Float64Array)[j] as number);
  };
  let sink = 0;
  const steps: Step[] = [
    {
      what: 'estimateJaccard, pair by pair',
      by: 'TypeScript',
      run: () => {
        for (let i = 0; i < total; i++) sink += estimateJaccard(at(long, 0, K), at(long, i, K));
      },
      verdict: () => judge(planted.texts, (i, j) => estimateJaccard(at(column, i, K), at(column, j, K))),
    },
    {
      what: 'keys of 32 bands',
      by: 'TypeScript',
      run: () => {
        for (let i = 0; i < total; i++) {
          const signature = at(long, i, K);
          for (let band = 0; band < 32; band++) sink ^= bandKey(signature, band, 4);
        }
      },
      // Two that share a key of a band are proposed for each other.
      verdict: () => byKeys(planted.texts.length, (i) => at(column, i, K)),
    },
  ];
  for (const by of ['kernel', 'TypeScript'] as const)
    steps.push({
      what: 'compareMany',
      by,
      run: () => compareMany(at(long, 0, K), long),
      verdict: () => byRows((i) => compareMany(at(column, i, K), column)),
    });
  for (const bits of BITS) {
    const words = (K * bits) / 32;
    const pack = (all: Uint32Array) => {
      const packed = new Uint32Array((all.length / K) * words);
      for (let i = 0; i < all.length / K; i++) packed.set(packSignature(at(all, i, K), bits), i * words);
      return packed;
    };
    const [packed, longPacked] = [pack(column), pack(long)];
    steps.push(
      {
        what: `packSignature, ${bits} bits`,
        by: 'TypeScript',
        run: () => pack(long),
        right: () => {
          const kept = planted.texts.filter((_, i) => holdsFields(at(column, i, K), at(packed, i, words), bits));
          return `${kept.length} of ${planted.texts.length} hold the fields`;
        },
      },
      {
        what: `estimatePackedJaccard, ${bits} bits, pair by pair`,
        by: 'TypeScript',
        run: () => {
          const first = at(longPacked, 0, words);
          for (let i = 0; i < total; i++) sink += estimatePackedJaccard(first, at(longPacked, i, words), bits, K);
        },
        verdict: () =>
          judge(planted.texts, (i, j) => estimatePackedJaccard(at(packed, i, words), at(packed, j, words), bits, K)),
      },
    );
    for (const by of ['kernel', 'TypeScript'] as const)
      steps.push({
        what: `compareManyPacked, ${bits} bits`,
        by,
        run: () => compareManyPacked(at(longPacked, 0, words), longPacked, bits, K),
        verdict: () => byRows((i) => compareManyPacked(at(packed, i, words), packed, bits, K)),
      });
  }
  const runs = quick ? 5 : 11;
  const table = steps.map(({ what, by, run, verdict, right }) => {
    setSharedKernel(by === 'kernel' ? wasm : undefined);
    const seconds: number[] = [];
    for (let i = -2; i < runs; i++) {
      const from = cpuSeconds();
      run();
      if (i >= 0) seconds.push(cpuSeconds() - from);
    }
    return {
      what,
      by,
      'ns/signature': ((median(seconds) / total) * 1e9).toPrecision(3),
      'million/s': (total / median(seconds) / 1e6).toPrecision(3),
      spread: spread(seconds),
      'peak MB': peakMegabytes(),
      ...(verdict === undefined ? {} : qualityOf(planted, verdict())),
      right: right?.() ?? '',
    };
  });
  if (!Number.isFinite(sink)) throw new Error('an estimate is no number');
  printTable(table);
  writeResults('compare', { permutations: K, signatures: total, runs, table });
  barChart(
    'compare',
    `Signatures of ${K} minima handled a second, millions, one thread (log scale)`,
    table.map((row) => ({
      label: `${row.by === 'kernel' ? 'twicetold kernel, ' : ''}${row.what}`,
      value: Number(row['million/s']),
    })),
  );
}

/** Pairs that share the key of one of 32 bands of four minima. */
function byKeys(count: number, signatureOf: (i: number) => Uint32Array): Verdict {
  const keys = Array.from({ length: count }, (_, i) =>
    Uint32Array.from({ length: 32 }, (_, band) => bandKey(signatureOf(i), band, 4)),
  );
  const shared = (i: number, j: number) =>
    (keys[i] as Uint32Array).some((key, band) => key === (keys[j] as Uint32Array)[band]);
  return { ...judge(Array.from({ length: count }, String), (i, j) => (shared(i, j) ? 1 : 0)), estimates: undefined };
}

/** Whether a packed signature holds the upper bits of each minimum, mixed, one after the other from the lowest bit on. */
function holdsFields(signature: Uint32Array, packed: Uint32Array, bits: PackedBits): boolean {
  return signature.every((minimum, n) => {
    const bit = n * bits;
    const got = ((packed[bit >>> 5] as number) >>> (bit & 31)) & (2 ** bits - 1);
    return got === Math.imul(minimum, 0x9e3779b1) >>> (32 - bits);
  });
}

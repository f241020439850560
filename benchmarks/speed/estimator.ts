import { estimateJaccard, MinHasher } from '../../src/index.js';
import { compileKernel } from '../../src/kernel/compile.js';
import { setSharedKernel } from '../../src/kernel/kernel.js';
import { randomStream } from '../../src/sketch/hash.js';
import { NEAR } from './quality.js';
import { barChart, median, peakMegabytes, printTable, spread, writeResults } from './report.js';

/** Resemblances to estimate. Small sets cannot have them exactly; the error is taken from what they do have. */
const LEVELS = [0.05, 0.1, 0.3, 0.5, 0.8, 0.95];
const TOLERANCE = 0.035;
const K = 128;

/** Shingles that a set may have: each pair's are drawn so that every order of magnitude comes up as often. */
const SIZES = { small: [2, 50], large: [200, 5000] } as const;

/** Whose permutations: the default seed's for all pairs, as a user has them, or others for every pair. */
const SEEDS = ['one seed', 'a seed a pair'] as const;

/** Bias and error of the estimate from the kernel's signatures over random pairs of sets, beside what theory says. */
export async function main(args: readonly string[]): Promise<void> {
  setSharedKernel(await compileKernel());
  const pairs = args.includes('--quick') ? 1000 : 10_000;
  const next = randomStream(20_261_122);
  const table = [];
  for (const [sets, [least, most]] of Object.entries(SIZES))
    for (const seeds of SEEDS) for (const level of LEVELS) table.push(measure(level, sets, least, most, seeds));
  printTable(table);
  writeResults('estimator', { permutations: K, pairs, table });
  barChart(
    'estimator',
    `Error (RMSE) of the estimate over ${pairs} random pairs, ${K} permutations (log scale)`,
    table
      .filter((row) => row.seeds === 'one seed')
      .flatMap((row) => [
        { label: `twicetold, J = ${row.J}, ${row.sets} sets`, value: Number(row.RMSE) },
        ...(row.sets === 'large' ? [{ label: `sqrt(J(1-J)/k), J = ${row.J}`, value: Number(row.theory) }] : []),
      ]),
  );

  function measure(level: number, sets: string, least: number, most: number, seeds: (typeof SEEDS)[number]) {
    let hasher = new MinHasher({ permutations: K });
    let sum = 0;
    let squares = 0;
    let variance = 0;
    let meanJaccard = 0;
    let called = 0;
    let truly = 0;
    let right = 0;
    let shingles = 0;
    let seconds = 0;
    // In five parts, for the spread of the speed.
    const speeds: number[] = [];
    for (let i = 0; i < pairs; i++) {
      if (i % (pairs / 5) === 0) {
        speeds.push(0);
        shingles = 0;
        seconds = 0;
      }
      const { a, b, jaccard } = randomPair(level, least, most);
      if (seeds === 'a seed a pair') hasher = new MinHasher({ permutations: K, seed: next() });
      const from = performance.now();
      const estimate = estimateJaccard(hasher.signHashes(a), hasher.signHashes(b));
      const last = speeds.length - 1;
      seconds += (performance.now() - from) / 1000;
      shingles += a.length + b.length;
      speeds[last] = shingles / seconds;
      if (estimate >= NEAR) called++;
      if (jaccard >= NEAR) truly++;
      if (estimate >= NEAR && jaccard >= NEAR) right++;
      const error = estimate - jaccard;
      sum += error;
      squares += error * error;
      variance += (jaccard * (1 - jaccard)) / K;
      meanJaccard += jaccard / pairs;
    }
    return {
      J: level,
      sets,
      shingles: `${least} to ${most}`,
      seeds,
      'mean J': meanJaccard.toFixed(4),
      bias: (sum / pairs).toFixed(5),
      'in standard errors': (sum / Math.sqrt(variance)).toFixed(2),
      RMSE: Math.sqrt(squares / pairs).toFixed(5),
      theory: Math.sqrt(variance / pairs).toFixed(5),
      'RMSE / theory': Math.sqrt(squares / variance).toFixed(3),
      // Of the pairs of at least NEAR; at one level there may be none.
      [`recall at ${NEAR}`]: truly === 0 ? '-' : (right / truly).toFixed(3),
      [`precision at ${NEAR}`]: called === 0 ? '-' : (right / called).toFixed(3),
      'million shingles/s': (median(speeds) / 1e6).toPrecision(3),
      spread: spread(speeds),
      'peak MB': peakMegabytes(),
    };
  }

  function randomPair(level: number, least: number, most: number) {
    for (;;) {
      const size = Math.floor(least * (most / least) ** (next() / 2 ** 32) + 0.5);
      // Two sets of n with i in common have n * 2 - i in all.
      const both = Math.round((2 * size * level) / (1 + level));
      const either = 2 * size - both;
      const jaccard = both / either;
      if (both === 0 || both === size || Math.abs(jaccard - level) > TOLERANCE) continue;
      const all = Uint32Array.from({ length: either }, next);
      const b = new Uint32Array(size);
      b.set(all.subarray(0, both));
      b.set(all.subarray(size), both);
      return { a: all.subarray(0, size), b, jaccard };
    }
  }
}

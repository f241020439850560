import { cpus } from 'node:os';
import { compareMany, MinHasher } from '../../src/index.js';
import { compileKernel } from '../../src/kernel/compile.js';
import { setSharedKernel } from '../../src/kernel/kernel.js';
import { randomStream } from '../../src/sketch/hash.js';
import { documents } from './corpus.js';
import { median, printTable, readResults, writeResults } from './report.js';
import { measureRoofline } from './roofline.js';

/** How much of a recorded ratio may be lost before it counts as a loss. */
const KEPT = 0.8;
const ROUNDS = 41;

type Ratios = Record<string, number>;

/** The ratios recorded on each model of processor: how memory and arithmetic stand to each other is the machine's. */
interface Recorded {
  byCpu: Record<string, Ratios>;
}

/** What was recorded on this model; on one that is not known, the least that was on any. */
function recordedHere({ byCpu }: Recorded): Ratios {
  const own = byCpu[thisCpu()];
  return (
    own ?? Object.values(byCpu).reduce((least, other) => merge(least, other, Math.min), Object.values(byCpu)[0] ?? {})
  );
}

const thisCpu = () => cpus()[0]?.model ?? 'unknown';

/**
 * The short form for continuous integration: ratios of two things measured in the same run, never a time. Fails when
 * one falls by more than a fifth below the recorded one, in a second attempt too. A ratio is the median over rounds, in
 * each of which both things are timed one after the other. `--record` records the median of five measurements for this model of processor.
 */
export async function main(args: readonly string[]): Promise<void> {
  const known = readResults<Recorded>('ratios') ?? { byCpu: {} };
  const recorded = recordedHere(known);
  let measured = args.includes('--record') ? await middleOf(5) : await measure();
  const checking = !args.includes('--json') && !args.includes('--record');
  const lost = (ratio: string) => (measured[ratio] as number) < KEPT * (recorded[ratio] ?? 0);
  if (checking && Object.keys(measured).some(lost)) measured = merge(measured, await measure(), Math.max);
  printTable(
    Object.entries(measured).map(([ratio, value]) => ({
      ratio,
      value: value.toPrecision(3),
      recorded: recorded[ratio]?.toPrecision(3) ?? '-',
      verdict: lost(ratio) ? 'LOST' : 'kept',
    })),
  );
  // To be compared with those of another revision.
  if (args.includes('--json')) console.log(JSON.stringify(measured));
  else if (args.includes('--record')) writeResults('ratios', { byCpu: { ...known.byCpu, [thisCpu()]: measured } });
  else if (Object.keys(measured).some(lost)) process.exitCode = 1;
}

function merge(a: Ratios, b: Ratios, choose: (x: number, y: number) => number): Ratios {
  return Object.fromEntries(Object.entries(a).map(([ratio, value]) => [ratio, choose(value, b[ratio] as number)]));
}

async function middleOf(times: number): Promise<Ratios> {
  const all: Ratios[] = [];
  for (let i = 0; i < times; i++) all.push(await measure());
  return Object.fromEntries(
    Object.keys(all[0] as Ratios).map((ratio) => [ratio, median(all.map((one) => one[ratio] as number))]),
  );
}

async function measure(): Promise<Ratios> {
  const wasm = await compileKernel();
  const texts = documents(200, 500);
  const hasherWith = (kernel: Uint8Array | undefined) => {
    setSharedKernel(kernel);
    const hasher = new MinHasher();
    hasher.sign('A hasher chooses its kernel on first use.');
    return hasher;
  };
  const fast = hasherWith(wasm);
  const slow = hasherWith(undefined);
  const some = texts.slice(0, 20);
  const time = (run: () => void) => {
    const from = performance.now();
    run();
    return performance.now() - from;
  };
  const speedups: number[] = [];
  for (let round = -3; round < ROUNDS; round++) {
    const reference = time(() => slow.signMany(some)) / some.length;
    // About as long as the reference took, so that what else runs disturbs both alike.
    const kernel = time(() => {
      for (let i = 0; i < 5; i++) fast.signMany(texts);
    });
    if (round >= 0) speedups.push(reference / (kernel / texts.length / 5));
  }
  const steps = new Map((await measureRoofline(4, ROUNDS)).map(({ step, seconds }) => [step, seconds]));
  const many = manySignatures();
  const compared: number[] = [];
  for (let round = -3; round < ROUNDS; round++) {
    setSharedKernel(undefined);
    const reference = time(() => compareMany(many.subarray(0, 128), many));
    setSharedKernel(wasm);
    const kernel = time(() => compareMany(many.subarray(0, 128), many));
    if (round >= 0) compared.push(reference / kernel);
  }
  const ratio = (a: string, b: string) => {
    const [x, y] = [steps.get(a) as number[], steps.get(b) as number[]];
    return median(x.map((seconds, i) => seconds / (y[i] as number)));
  };
  return {
    'kernel / reference': median(speedups),
    'tokenise and hash / memcpy': ratio('memcpy', 'tokenise and hash'),
    'kernel / memcpy': ratio('memcpy', 'full signature'),
    'full signature / tokenise and hash': ratio('tokenise and hash', 'full signature'),
    'comparing, kernel / reference': median(compared),
  };
}

/** A column of 5,000 made-up signatures of 128 minima. */
function manySignatures(): Uint32Array {
  const next = randomStream(9);
  return new Uint32Array(5000 * 128).map(() => next() & 1);
}

import { MinHasher } from '../../src/index.js';
import { compileKernel } from '../../src/kernel/compile.js';
import { setSharedKernel } from '../../src/kernel/kernel.js';
import { documents } from './corpus.js';
import { median, printTable, readResults, writeResults } from './report.js';
import { measureRoofline } from './roofline.js';

/** How much of a recorded ratio may be lost before it counts as a loss. */
const KEPT = 0.8;

/**
 * The short form for continuous integration: ratios of two things measured in the same run, never a time. Fails when
 * one falls by more than a fifth below the recorded one; `--record` records. A ratio is the median over rounds, of
 * times taken in turn.
 */
export async function main(args: readonly string[]): Promise<void> {
  const measured = await measure();
  const recorded = readResults<{ ratios: Record<string, number> }>('ratios')?.ratios ?? {};
  const table = Object.entries(measured).map(([ratio, value]) => {
    const before = recorded[ratio];
    const lost = before !== undefined && value < KEPT * before;
    return {
      ratio,
      value: value.toPrecision(3),
      recorded: before?.toPrecision(3) ?? '-',
      verdict: lost ? 'LOST' : 'kept',
    };
  });
  printTable(table);
  // To be compared with those of another revision.
  if (args.includes('--json')) console.log(JSON.stringify(measured));
  else if (args.includes('--record')) writeResults('ratios', { ratios: measured });
  else if (table.some((row) => row.verdict === 'LOST')) process.exitCode = 1;
}

async function measure(): Promise<Record<string, number>> {
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
  for (let round = -3; round < 15; round++) {
    const kernel = time(() => fast.signMany(texts)) / texts.length;
    const reference = time(() => slow.signMany(some)) / some.length;
    if (round >= 0) speedups.push(reference / kernel);
  }
  const [memcpy, , hashed, full] = (await measureRoofline(4, 25)).map((step) => Math.min(...step.seconds)) as [
    number,
    number,
    number,
    number,
  ];
  return {
    'kernel / reference': median(speedups),
    'tokenise and hash / memcpy': memcpy / hashed,
    'kernel / memcpy': memcpy / full,
    'full signature / tokenise and hash': hashed / full,
  };
}

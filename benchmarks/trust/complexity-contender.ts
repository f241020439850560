import type { Library } from './case.js';
import { CASES } from './cases.js';
import { takeNewWords } from './shapes.js';

/** What one size took. */
export interface Measurement {
  n: number;
  /** CPU time of the fastest of a few runs, in seconds. */
  seconds: number;
  /** Most memory that the process has held so far, in bytes. */
  peak: number;
}

/** A run that takes longer than this is the last. */
const LONGEST_SECONDS = 1.5;
/** Each size runs twice, one that takes less four times, and the fastest counts: noise and the collector only ever add. */
const SHORT_SECONDS = 0.3;

const peak = () => process.resourceUsage().maxRSS * 1024;

async function cpuSeconds(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

// One case in a process of its own, so that its memory and its compiled code are its own: prints an array of measurements.
const chosen = CASES[Number(process.argv[2])];
if (chosen === undefined) throw new Error(`there is no case ${process.argv[2]}`);
const library = (await import('../../dist/index.js' as string)) as Library;
const measured: Measurement[] = [];
const warm = await chosen.prepare(chosen.from, library);
for (let i = 0; i < 3; i++) await warm();
measured.push({ n: 0, seconds: 0, peak: peak() });
for (let n = chosen.from; n <= chosen.to; n *= 2) {
  let seconds = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 2 || (i < 4 && seconds < SHORT_SECONDS); i++) {
    takeNewWords();
    seconds = Math.min(seconds, await cpuSeconds(await chosen.prepare(n, library)));
  }
  measured.push({ n, seconds, peak: peak() });
  if (seconds > LONGEST_SECONDS) break;
}
console.log(JSON.stringify(measured));

/**
 * How time and memory grow with what a sender controls: `npm run bench -- complexity [words of a case] [--quick] [--all]`.
 *
 * Each case is a public function and an axis (see cases.ts); its input is doubled, time is CPU time, memory the growth of the most that
 * the process held. The exponent is that of the last three doublings: 1 is linear, 2 quadratic. `--quick` measures a sample of the cases.
 * What was measured before of other cases stays in the results.
 * Fails where an exponent is above what is allowed. Needs the built package.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { printTable, readResults, writeResults } from '../speed/report.js';
import { CASES } from './cases.js';
import type { Measurement } from './complexity-contender.js';

/** Exponent that any case may have. What is linear is measured up to 1.1 where more of it leaves the caches. */
const ALLOWED = 1.15;
/** What takes less than this is not fitted: it is mostly the clock and the collector. */
const LEAST_SECONDS = 0.01;
const LEAST_BYTES = 16e6;
/** Cases between two that the short form measures. */
const QUICK_STEP = 9;

export interface Growth {
  of: string;
  along: string;
  unit: string;
  largest: number;
  seconds: number;
  megabytes: number;
  /** Undefined where the largest input takes too little to be fitted. */
  time: number | undefined;
  memory: number | undefined;
  allowed: number;
}

/** The exponent of a power law through the last doublings, or undefined where there are too few of them. */
export function exponent(points: readonly (readonly [number, number])[], least: number): number | undefined {
  const last = points.filter(([, value]) => value >= least).slice(-4);
  if (last.length < 3) return undefined;
  const xs = last.map(([n]) => Math.log(n));
  const ys = last.map(([, value]) => Math.log(value));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const slope = xs.reduce((sum, x, i) => sum + (x - mx) * ((ys[i] as number) - my), 0);
  return slope / xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
}

const round = (value: number | undefined, digits = 2) =>
  value === undefined ? undefined : Number(value.toFixed(digits));

async function measure(number: number): Promise<Growth> {
  const { of, along, unit, bound } = CASES[number] as (typeof CASES)[number];
  const contender = fileURLToPath(new URL('./complexity-contender.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', contender, String(number)], {
    maxBuffer: 1e8,
    timeout: 1_200_000,
  });
  const [base, ...points] = JSON.parse(stdout) as Measurement[];
  const last = points[points.length - 1] as Measurement;
  const held = (peak: number) => peak - (base as Measurement).peak;
  return {
    of,
    along,
    unit,
    largest: last.n,
    seconds: round(last.seconds, 3) as number,
    megabytes: Math.round(held(last.peak) / 1e6),
    time: round(
      exponent(
        points.map(({ n, seconds }) => [n, seconds]),
        LEAST_SECONDS,
      ),
    ),
    memory: round(
      exponent(
        points.map(({ n, peak }) => [n, held(peak)]),
        LEAST_BYTES,
      ),
    ),
    allowed: bound?.exponent ?? ALLOWED,
  };
}

/** Of the case that a row is of, so that rows stand in the order of the cases; none, where there is no such case any more. */
const numberOf = (row: Growth) => CASES.findIndex(({ of, along }) => of === row.of && along === row.along);

export async function main(args: readonly string[]): Promise<void> {
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const chosen = CASES.flatMap(({ of, along }, number) =>
    wanted.every((word) => `${of}: ${along}`.includes(word)) ? [number] : [],
  ).filter((_, i) => !args.includes('--quick') || i % QUICK_STEP === 0);
  const rows: Growth[] = [];
  const known = readResults<{ rows: Growth[] }>('complexity') ?? { rows: [] };
  for (const number of chosen) {
    const { of, along } = CASES[number] as (typeof CASES)[number];
    try {
      const row = await measure(number);
      rows.push(row);
      const others = known.rows.filter((other) => other.of !== of || other.along !== along);
      known.rows = [...others, row].sort((x, y) => numberOf(x) - numberOf(y)).filter((kept) => numberOf(kept) >= 0);
      writeResults('complexity', known);
      console.log(
        `${row.time ?? '-'}\t${row.memory ?? '-'}\t${row.seconds} s\t${row.megabytes} MB\t${of}: ${along} (${row.largest})`,
      );
    } catch (error) {
      console.log(`failed\t${of}: ${along}: ${(error as Error).message.slice(0, 400)}`);
      process.exitCode = 1;
    }
  }
  const over = rows.filter(({ time, memory, allowed }) => (time ?? 0) > allowed || (memory ?? 0) > allowed);
  console.log(`\n${rows.length} cases; ${over.length} above what is allowed`);
  if (over.length > 0) printTable(over);
  if (over.length > 0) process.exitCode = 1;
}

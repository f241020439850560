import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The median. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

/**
 * Seconds of processor time of this process until now, its collector's and compiler's threads included: what other
 * processes take of a shared machine is no part of it.
 */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** How far the slowest run is from the fastest, in per cent of the median. */
export function spread(values: readonly number[]): string {
  return `${Math.round(((Math.max(...values) - Math.min(...values)) / median(values)) * 100)} %`;
}

/** Prints rows as columns. */
export function printTable(rows: readonly object[]): void {
  const lines = rows as readonly Record<string, unknown>[];
  const columns = [...new Set(lines.flatMap((row) => Object.keys(row)))];
  const cells = [columns, ...lines.map((row) => columns.map((column) => String(row[column] ?? '')))];
  const widths = columns.map((_, c) => Math.max(...cells.map((row) => (row[c] as string).length)));
  for (const row of cells)
    console.log(
      row
        .map((cell, c) => cell.padEnd(widths[c] as number))
        .join('  ')
        .trimEnd(),
    );
  console.log();
}

const recordings = fileURLToPath(new URL('../results/', import.meta.url));
let folder = recordings;

/** From here on results go to `results/quick/`, which git does not see: a short form never replaces a recording. */
export function keepRecordings(): void {
  folder = `${recordings}quick/`;
}

/** The most memory that this process held, in MB. */
export function peakMegabytes(): number {
  return Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);
}

/** Writes `benchmarks/results/<name>.json` (`results/quick/` for the short form), with what the figures depend on. */
export function writeResults(name: string, data: object): void {
  mkdirSync(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify({ machine, ...data }, undefined, 2)}\n`);
}

/** What was recorded under that name, if anything. */
export function readResults<T>(name: string): T | undefined {
  try {
    return JSON.parse(readFileSync(`${recordings}${name}.json`, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Writes `benchmarks/results/<name>.svg`: a horizontal bar a value on a logarithmic scale. */
export function barChart(name: string, title: string, bars: readonly { label: string; value: number }[]): void {
  const sorted = [...bars].sort((a, b) => b.value - a.value);
  const low = Math.log10(Math.min(...sorted.map((bar) => bar.value))) - 0.3;
  const high = Math.log10(Math.max(...sorted.map((bar) => bar.value)));
  const text = (s: string) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const body = sorted.map(({ label, value }, i) => {
    const width = Math.max(2, ((Math.log10(value) - low) / (high - low)) * 380);
    const y = 44 + i * 24;
    const fill = label.startsWith('twicetold') ? '#0b7285' : '#adb5bd';
    return `<text x="270" y="${y + 13}" text-anchor="end">${text(label)}</text><rect x="278" y="${y}" width="${width.toFixed(1)}" height="17" fill="${fill}"/><text x="${(284 + width).toFixed(1)}" y="${y + 13}">${value.toPrecision(3)}</text>`;
  });
  const height = 54 + sorted.length * 24;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    `${folder}${name}.svg`,
    `<svg xmlns="http://www.w3.org/2000/svg" width="740" height="${height}" font-family="system-ui, sans-serif" font-size="12"><rect width="740" height="${height}" fill="#fff"/><text x="12" y="24" font-size="14">${text(title)}</text>${body.join('')}</svg>\n`,
  );
}

/** What a contender measured, or why it did not. */
export type Attempt<T> = { name: string; result: T } | { name: string; missing: string };

/** Runs a contender in a process of its own, on one thread, and reads the JSON that it prints. */
export function attempt<T>(name: string, command: () => string[]): Attempt<T> {
  process.stderr.write(`${name} ...\n`);
  try {
    const [file, ...args] = command() as [string, ...string[]];
    const text = execFileSync(file, args, {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, RAYON_NUM_THREADS: '1', OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    });
    return { name, result: JSON.parse(text) as T };
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer | string };
    return {
      name,
      missing: (
        String(stderr ?? '')
          .trim()
          .split('\n')
          .pop() || message
      ).slice(0, 160),
    };
  }
}

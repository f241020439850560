import { readFileSync, writeFileSync } from 'node:fs';

/** What every evaluation of documents and sentences takes. */
export interface EvalOptions {
  /** The data folder. */
  readonly data: string;
  /** One of so many cases is looked at. */
  readonly every: number;
  /** The value of a further option. */
  option(name: string): string | undefined;
}

/** Reads `<data folder> [--every n] [--json file] [--svg file] [--gate file]` and what else an evaluation takes. */
export function evalOptions(name: string, args: readonly string[], further = ''): EvalOptions {
  const usage = `usage: npm run eval -- ${name} <data folder> [--every n] [--json file] [--svg file] [--gate file]${further}`;
  const data = args[0];
  if (data === undefined || data.startsWith('--')) throw new Error(usage);
  const option = (option: string) => (args.includes(option) ? args[args.indexOf(option) + 1] : undefined);
  const every = Number(option('--every') ?? 1);
  if (!Number.isInteger(every) || every < 1) throw new Error(`--every must be a whole number from 1 on, got ${every}`);
  return { data, every, option };
}

/** Writes a result where it was asked for. */
export function record(file: string | undefined, result: unknown): void {
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}

/** A figure that may not fall by more than so much against the one on record. */
export interface Held {
  readonly name: string;
  readonly now: number;
  readonly before: number;
  readonly slack: number;
}

/** Compares a result with the one on record, made with the same `every`; throws where a figure fell. */
export function gate<T extends { every: number }>(
  file: string | undefined,
  result: T,
  figures: (result: T, recorded: T) => readonly Held[],
): void {
  if (file === undefined) return;
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as T;
  if (recorded.every !== result.every)
    throw new Error(`the record is of one in ${recorded.every}, the result of one in ${result.every}`);
  const held = figures(result, recorded);
  for (const { name, now, before, slack } of held)
    if (!(now >= before - slack))
      throw new Error(
        `${name} fell from ${before.toFixed(4)} to ${now.toFixed(4)}, and ${slack} is what it may fall by`,
      );
  console.log(`holds: ${held.map(({ name, before }) => `${name} ${before.toFixed(4)}`).join(', ')} on record`);
}

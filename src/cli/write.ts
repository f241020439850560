import { writeFile } from 'node:fs/promises';
import { listed } from '../report/words.js';
import type { DocumentPair, Report } from '../types.js';
import { usage } from './exit.js';
import type { Host } from './host.js';
import { unwritable } from './outputs.js';
import { jsonLine, printableJson, printableLines } from './terminal.js';

/** Where else the findings go: a file, or `-` for standard output. */
export interface OutputFlags {
  json?: string;
  jsonl?: string;
  csv?: string;
  html?: string;
  quiet?: boolean;
}

/**
 * Whether standard output is taken by one of the formats, so that nothing else may be printed there.
 *
 * @throws TwicetoldError where more than one would be printed
 */
export function takesStdout(flags: OutputFlags): boolean {
  const taken = (['json', 'jsonl', 'csv', 'html'] as const).filter((format) => flags[format] === '-');
  if (taken.length > 1)
    throw usage(
      `only one of ${listed(taken.map((format) => `--${format}`))} can be printed; write the others to files`,
    );
  return taken.length === 1;
}

/**
 * Writes to a file, or to standard output for `-`; in pieces what may be longer than a string can be. A terminal gets no control characters:
 * CSV and markup have no escapes that would be the same data, as JSON has, so there they are replaced. Files and pipes get the data as they are.
 */
export async function put(target: string, content: string | Iterable<string>, host: Host): Promise<void> {
  if (target === '-') {
    for (const piece of typeof content === 'string' ? [content] : content)
      await new Promise<void>((resolve) =>
        host.stdout.write(host.stdout.isTTY ? printableLines(piece) : piece, () => resolve()),
      );
    return;
  }
  await writeFile(target, content).catch((cause: Error) => {
    throw unwritable(target, cause);
  });
}

/** Writes a report in every format that was asked for; returns the files, with what they are. */
export async function writeReport(
  report: Report,
  texts: ReadonlyMap<string, string>,
  flags: OutputFlags,
  host: Host,
): Promise<string[]> {
  const written: string[] = [];
  const write = async (
    target: string | undefined,
    what: string,
    content: () => string | Iterable<string> | Promise<string>,
  ) => {
    if (target === undefined) return;
    await put(target, await content(), host);
    if (target !== '-') written.push(`${what}: ${target}`);
  };
  await write(flags.json, 'Full report', () => reportJson(report));
  await write(flags.jsonl, 'Pairs', () => linesOfPairs(report.pairs));
  await write(flags.csv, 'Pairs', () => pairCsv(report.pairs));
  await write(flags.html, 'Report to look at', async () => {
    const { renderHtml } = await import('../report/html.js');
    return renderHtml(report, { documents: texts });
  });
  return written;
}

/** Items that are made text of at once. */
const TOGETHER = 256;

/** A report as JSON, indented, in pieces: that on a hundred thousand articles is longer than a string can be. */
export function* reportJson(report: Report): Generator<string> {
  let before = '{\n';
  for (const [key, value] of Object.entries(report) as [string, unknown][]) {
    if (value === undefined) continue;
    yield `${before}  ${JSON.stringify(key)}: `;
    before = ',\n';
    if (!Array.isArray(value) || value.length === 0) {
      yield indented(value, '  ');
      continue;
    }
    for (let from = 0; from < value.length; from += TOGETHER) {
      const some = value.slice(from, from + TOGETHER).map((item) => `    ${indented(item, '    ')}`);
      yield `${from === 0 ? '[' : ','}\n${some.join(',\n')}`;
    }
    yield '\n  ]';
  }
  yield '\n}\n';
}

/** A value as JSON within a longer one. */
function indented(value: unknown, by: string): string {
  return printableJson(value).trimEnd().replaceAll('\n', `\n${by}`);
}

/** A pair a line, as JSON. */
export function pairLines(pairs: readonly DocumentPair[]): string {
  return [...linesOfPairs(pairs)].join('');
}

function* linesOfPairs(pairs: readonly DocumentPair[]): Generator<string> {
  for (let from = 0; from < pairs.length; from += TOGETHER)
    yield pairs
      .slice(from, from + TOGETHER)
      .map(jsonLine)
      .join('');
}

const COLUMNS = [
  'a',
  'b',
  'relation',
  'score',
  'resemblance',
  'containment_a',
  'containment_b',
  'passages',
  'original',
] as const;

/** A pair a row, as RFC 4180 has it; without its passages. */
export function pairCsv(pairs: readonly DocumentPair[]): string {
  const rows = pairs.map((pair) => [
    pair.a,
    pair.b,
    pair.relation,
    pair.score,
    pair.resemblance,
    pair.containment.a,
    pair.containment.b,
    pair.passages.length,
    pair.original === undefined ? '' : pair[pair.original],
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A cell in quotes where it must be. A leading sign that spreadsheets would take for a formula is defused. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

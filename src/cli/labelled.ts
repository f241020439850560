import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { LabelledPair } from '../calibrate/calibrate.js';
import { TwicetoldError } from '../errors.js';
import { readDocuments } from '../node/read.js';
import { type TableRow, tableRows } from '../node/readers/csv.js';
import { decompressed, fileChunks } from '../node/readers/input.js';
import type { SourceDocument } from '../types.js';
import { type ReadFlags, readOptions } from './flags.js';

/** What the cells of columns a and b are. */
export type Cells = 'texts' | 'files';

/** What a label says. */
const LABELS: ReadonlyMap<string, boolean> = new Map([
  ...['1', 'true', 'yes', 'same'].map((label) => [label, true] as const),
  ...['0', 'false', 'no', 'different'].map((label) => [label, false] as const),
]);

/** Most of a cell that is shown in a message. */
const SHOWN = 40;

/**
 * The labelled pairs of a table with the columns a, b and label. Cells are the texts themselves, or the names of files with one document
 * each, beside the table or as seen from here; where it is not said which, the first row tells: files are there, texts are not.
 *
 * @param onFile called with each file before it is read
 */
export async function* labelledPairs(
  path: string,
  cells: Cells | undefined,
  flags: ReadFlags,
  onFile: (path: string) => void = () => {},
): AsyncGenerator<LabelledPair & { name: string }> {
  const folder = path === '-' ? '.' : dirname(path);
  const table = path === '-' ? 'standard input' : path;
  const chunks = decompressed(table, path === '-' ? process.stdin : fileChunks(path));
  let columns: Columns | undefined;
  let kind = cells;
  const lines = lineCounter();
  for await (const row of tableRows({ name: table, chunks: () => chunks })) {
    const name = `${table} line ${lines(row)}`;
    if (row.surplus !== undefined) throw new TwicetoldError('MALFORMED', `${table} ${row.surplus}`);
    columns ??= columnsOf(row.record, table);
    const [a, b] = [cellOf(row, columns.a, name), cellOf(row, columns.b, name)];
    const same = LABELS.get(cellOf(row, columns.label, name).trim().toLowerCase());
    if (same === undefined)
      throw new TwicetoldError(
        'MALFORMED',
        `${name}: the label must be 1 or 0, true or false, yes or no, same or different, got ${shown(row.record[columns.label] as string)}`,
      );
    kind ??= findFile(a, folder) !== undefined && findFile(b, folder) !== undefined ? 'files' : 'texts';
    if (kind === 'texts') yield { a, b, same, name };
    else {
      const [one, other] = [fileOf(a, folder, name), fileOf(b, folder, name)];
      onFile(one);
      onFile(other);
      yield { a: await read(one, a, name, flags), b: await read(other, b, name, flags), same, name };
    }
  }
}

interface Columns {
  readonly a: string;
  readonly b: string;
  readonly label: string;
}

function columnsOf(record: TableRow['record'], table: string): Columns {
  const names = Object.keys(record);
  const find = (wanted: string): string => {
    const name = names.find((column) => column.trim().toLowerCase() === wanted);
    if (name === undefined)
      throw new TwicetoldError(
        'MALFORMED',
        `${table} line 1: there is no column ${wanted}; the first line must name the columns a, b and label, and names ${names.map(shown).join(', ')}`,
      );
    return name;
  };
  return { a: find('a'), b: find('b'), label: find('label') };
}

function cellOf({ record }: TableRow, column: string, name: string): string {
  const cell = record[column];
  if (cell === undefined || cell.trim() === '')
    throw new TwicetoldError('MALFORMED', `${name}: the column ${column.trim()} is empty`);
  return cell;
}

/** The line that each row begins on, asked for row by row. */
function lineCounter(): (row: TableRow) => number {
  let twice = 0;
  return ({ record, breaks }) => {
    const ends = Object.values(record).flatMap((cell) => cell.match(/\r\n|[\r\n]/g) ?? []);
    const line = breaks + 1 - twice - ends.join('').length;
    twice += ends.filter((end) => end.length === 2).length;
    return line;
  };
}

function findFile(cell: string, folder: string): string | undefined {
  if (cell.length > 4096 || /[\n\r\0]/.test(cell)) return undefined;
  return [resolve(folder, cell.trim()), resolve(cell.trim())].find(
    (path) => existsSync(path) && statSync(path).isFile(),
  );
}

function fileOf(cell: string, folder: string, name: string): string {
  const path = findFile(cell, folder);
  if (path === undefined)
    throw new TwicetoldError('UNREADABLE', `${name}: ${shown(cell)} cannot be read: there is no such file`);
  return path;
}

async function read(path: string, cell: string, name: string, flags: ReadFlags): Promise<SourceDocument> {
  const found: SourceDocument[] = [];
  try {
    for await (const doc of readDocuments([path], readOptions(flags))) if (found.push(doc) > 1) break;
  } catch (cause) {
    if (!(cause instanceof TwicetoldError)) throw cause;
    throw new TwicetoldError(cause.code, `${name}: ${cause.message}`, { cause });
  }
  const [doc, another] = found;
  if (doc === undefined || another !== undefined)
    throw new TwicetoldError(
      'MALFORMED',
      `${name}: ${shown(cell)} holds ${doc === undefined ? 'no document' : 'several documents'}, and must hold one`,
    );
  return doc;
}

function shown(cell: string): string {
  return JSON.stringify(cell.length > SHOWN ? `${cell.slice(0, SHOWN)}…` : cell);
}

import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { TwicetoldError } from '../../errors.js';
import { type Input, MAX_RECORD, malformed, type Reader, tooLarge } from './input.js';
import { neededColumns, recordDocument } from './record.js';

/** Columns of one table. */
const MAX_COLUMNS = 10_000;

/** A row of a table, by column. */
export interface TableRow {
  readonly record: Record<string, string>;
  /** Its number: the first, 1, names the columns. */
  readonly row: number;
  /** Ends of lines before its end; of a quoted one of two characters, as Windows has it, both. */
  readonly breaks: number;
  /** What is wrong with it where it has more fields than there are columns, as a text with a comma and without quotes. */
  readonly surplus?: string;
}

/** Comma-separated values whose first line names the columns; semicolons and tabs are seen by that line. Read row by row. */
export const readCsv: Reader = async function* (input) {
  for await (const { record, row, surplus } of tableRows(input)) {
    if (surplus !== undefined) {
      input.bad(malformed(input.name, surplus));
      continue;
    }
    const doc = recordDocument(input, record, `row ${row}`);
    if (doc !== undefined) yield doc;
  }
};

/** The rows of a table, one after the other. */
export async function* tableRows(
  input: Pick<Input, 'name' | 'chunks'> & Partial<Pick<Input, 'fields'>>,
): AsyncGenerator<TableRow> {
  const { name } = input;
  const iterator = withEncoding(input)[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) throw malformed(name, 'is empty: its first line should name the columns');
  const head = first.value.subarray(0, 65_536);
  async function* all(): AsyncGenerator<Uint8Array> {
    yield first.value;
    for (;;) {
      const { value, done } = await iterator.next();
      if (done) return;
      yield value;
    }
  }
  const tooMany = () => tooLarge(name, `has more than ${MAX_COLUMNS.toLocaleString('en-US')} columns`);
  const { delimiter, columns } = delimiterOf(new TextDecoder().decode(head));
  // Before the parser, which takes its time over every field, has read them all.
  if (columns > MAX_COLUMNS && !new TextDecoder().decode(head).includes('"')) throw tooMany();
  const parser = parse({
    bom: true,
    info: true,
    delimiter,
    max_record_size: MAX_RECORD,
    skip_empty_lines: true,
    relax_column_count: true,
    columns: (header: string[]) => {
      if (header.length > MAX_COLUMNS) throw tooMany();
      const seen = new Set<string>();
      for (const column of neededColumns(header, input.fields ?? {})) {
        if (seen.has(column))
          throw malformed(name, `has more than one column ${column}; all but one must go, or have another name`);
        seen.add(column);
      }
      return header;
    },
  });
  // Errors of the source end the parser, which is read below.
  pipeline(Readable.from(all()), parser, () => {});
  let row = 1;
  try {
    for await (const { record, info } of parser) {
      row++;
      const fields = fieldsOf(info.error);
      // Empty fields at the end are commas too many, and lose nothing.
      const more = fields.slice(Object.keys(record).length).some((field) => field !== '');
      yield {
        record,
        row,
        breaks: info.lines - 1,
        ...(more
          ? {
              surplus: `has ${fields.length} fields in row ${row}, and its first line names ${info.columns.length} columns; a text with ${JSON.stringify(delimiter)} in it must stand in quotes`,
            }
          : {}),
      };
    }
  } catch (cause) {
    if (cause instanceof TwicetoldError) throw cause;
    if (cause instanceof CsvError && cause.code === 'CSV_MAX_RECORD_SIZE')
      throw tooLarge(name, `has a row of more than ${MAX_RECORD / 2 ** 20} MiB after row ${row}`);
    throw malformed(
      name,
      `is no table of comma-separated values after row ${row}: ${(cause as Error).message.slice(0, 200)}`,
      cause,
    );
  }
}

/** The fields of a row that has others than there are columns. */
function fieldsOf(error: CsvError | undefined): readonly string[] {
  const record: unknown = error?.record;
  return Array.isArray(record) ? record : [];
}

/** The mark that stands most often in the first line, and how many columns it would make. */
function delimiterOf(head: string): { delimiter: string; columns: number } {
  const line = head.split(/\r?\n/, 1)[0] as string;
  const counts = [',', ';', '\t', '|'].map((mark) => [line.split(mark).length, mark] as const);
  const [columns, delimiter] = counts.reduce((best, next) => (next[0] > best[0] ? next : best));
  return { delimiter, columns };
}

/** The bytes as they are where they are UTF-8, which the parser takes; UTF-16 with a mark is turned into it. */
async function* withEncoding({ name, chunks }: Pick<Input, 'name' | 'chunks'>): AsyncGenerator<Uint8Array> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  const encoder = new TextEncoder();
  const decode = (bytes?: Uint8Array): Uint8Array => {
    try {
      return encoder.encode(bytes === undefined ? decoder?.decode() : decoder?.decode(bytes, { stream: true }));
    } catch (cause) {
      throw new TwicetoldError('NOT_UTF8', `${name} is not UTF-8 text; convert it first, for example with iconv`, {
        cause,
      });
    }
  };
  for await (const chunk of chunks()) {
    if (chunk.length === 0) continue;
    if (decoder === undefined) {
      const label =
        chunk[0] === 0xff && chunk[1] === 0xfe
          ? 'utf-16le'
          : chunk[0] === 0xfe && chunk[1] === 0xff
            ? 'utf-16be'
            : 'utf-8';
      decoder = new TextDecoder(label, { fatal: true });
    }
    const text = decode(chunk);
    if (text.length > 0) yield text;
  }
  if (decoder !== undefined) {
    const text = decode();
    if (text.length > 0) yield text;
  }
}

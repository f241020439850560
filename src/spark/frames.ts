import type { Readable } from 'node:stream';
import type * as Arrow from 'apache-arrow';
import { TwicetoldError } from '../errors.js';
import { type ArrowModule, batchOf, type Cell, type Columns, type Row, rowsOf, schemaOf } from './columns.js';

/** Rows of a batch that goes out, at most, and bytes from which one is not added to. */
const MOST_ROWS = 1024;
const MOST_BYTES = 4 << 20;

/** Loads the package that frames are read and written with. */
export async function loadArrow(): Promise<ArrowModule> {
  return import('apache-arrow').catch((cause: Error) => {
    throw new TwicetoldError(
      'MISSING_PACKAGE',
      `twicetold worker needs the package apache-arrow, which cannot be loaded (npm install apache-arrow): ${cause.message}`,
      { cause },
    );
  });
}

/** The rows of an Arrow IPC stream, as they arrive; the next batch is read when those before are done with. */
export async function* readFrames(
  arrow: ArrowModule,
  input: Readable,
  takes: Columns,
  optional: Columns = {},
): AsyncGenerator<Row> {
  let rows = 0;
  try {
    const reader = await arrow.RecordBatchReader.from(input);
    await reader.open({ autoDestroy: true });
    for await (const batch of reader) {
      yield* rowsOf(arrow, batch, takes, optional, rows);
      rows += batch.numRows;
    }
  } catch (cause) {
    if (cause instanceof TwicetoldError) throw cause;
    throw new TwicetoldError(
      'MALFORMED',
      `standard input is no Arrow IPC stream that can be read, after row ${rows}: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** Writes rows as an Arrow IPC stream, in batches of bounded size, and waits where the reader is slower. */
export async function writeFrames(
  arrow: ArrowModule,
  output: NodeJS.WritableStream,
  columns: Columns,
  rows: AsyncIterable<Readonly<Record<string, Cell>>>,
): Promise<void> {
  const schema = schemaOf(arrow, columns);
  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      output.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  const whole = (batches: readonly Arrow.RecordBatch[]): Uint8Array => {
    const writer = new arrow.RecordBatchStreamWriter();
    writer.reset(undefined, schema);
    for (const batch of batches) writer.write(batch);
    return writer.finish().toUint8Array(true);
  };
  const empty = whole([]);
  // A stream is its schema, its batches and an end; each batch is cut out of a stream of its own.
  const head = empty.subarray(0, empty.length - END);
  await write(head);
  let waiting: Readonly<Record<string, Cell>>[] = [];
  let bytes = 0;
  const flush = async () => {
    const framed = whole([batchOf(arrow, schema, columns, waiting)]);
    waiting = [];
    bytes = 0;
    await write(framed.subarray(head.length, framed.length - END));
  };
  for await (const row of rows) {
    waiting.push(row);
    for (const cell of Object.values(row)) bytes += typeof cell === 'object' && cell !== null ? 4 * cell.length : 8;
    for (const cell of Object.values(row)) if (typeof cell === 'string') bytes += cell.length;
    if (waiting.length >= MOST_ROWS || bytes >= MOST_BYTES) await flush();
  }
  if (waiting.length > 0) await flush();
  await write(empty.subarray(empty.length - END));
}

/** Bytes of the mark that ends a stream. */
const END = 8;

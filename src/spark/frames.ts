import type { Readable } from 'node:stream';
import type * as Arrow from 'apache-arrow';
import { TwicetoldError } from '../errors.js';
import {
  type ArrowModule,
  batchOf,
  type Cell,
  type Columns,
  type ColumnType,
  type Row,
  rowsOf,
  schemaOf,
} from './columns.js';

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

/** The rows of an Arrow IPC stream, as they arrive; the next batch is read when those before are done with. A stream must have its end. */
export async function* readFrames(
  arrow: ArrowModule,
  input: Readable,
  takes: Columns,
  optional: Columns = {},
): AsyncGenerator<Row> {
  let rows = 0;
  try {
    const chunks: AsyncIterator<Uint8Array> = input[Symbol.asyncIterator]();
    const reader = await arrow.RecordBatchReader.from(oneStream(arrow, chunks));
    await reader.open();
    for await (const batch of reader) {
      yield* rowsOf(arrow, batch, takes, optional, rows);
      rows += batch.numRows;
    }
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next())
      if (next.value.length > 0) throw new Error(BEHIND);
  } catch (cause) {
    if (cause instanceof TwicetoldError) throw cause;
    throw new TwicetoldError(
      'MALFORMED',
      `standard input is no Arrow IPC stream that can be read, after row ${rows}: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** What is said of bytes that nobody would read. */
const BEHIND = 'something stands behind the end of the stream';

/**
 * Passes the bytes of one stream on, and throws where they are not one from its schema to the mark of its end: the package takes
 * a stream that is cut off between two messages, or within a length, for one that ends there, and reads nothing behind the mark.
 */
async function* oneStream(arrow: ArrowModule, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  // A message: -1 (not in streams of old), the length of its head, the head, the body whose length the head says. The end: a head of none.
  let part: 'length' | 'head' | 'body' = 'length';
  let wanted = 4;
  let held: Uint8Array[] = [];
  let messages = 0;
  let ended = false;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    const chunk = next.value;
    for (let at = 0; at < chunk.length; ) {
      if (ended) throw new Error(BEHIND);
      const some = chunk.subarray(at, at + wanted);
      at += some.length;
      wanted -= some.length;
      if (part !== 'body') held.push(some);
      if (wanted > 0) continue;
      const whole = Buffer.concat(held);
      held = [];
      if (part === 'length') {
        wanted = whole.readInt32LE();
        ended = wanted === 0;
        if (wanted < -1) throw new Error(`a message of ${wanted} bytes`);
        if (wanted === -1) wanted = 4;
        else part = 'head';
      } else {
        wanted = part === 'head' ? Number(arrow.Message.decode(whole).bodyLength) : 0;
        part = wanted > 0 ? 'body' : 'length';
        if (wanted === 0) wanted = 4;
        messages++;
      }
    }
    yield chunk;
    if (ended) break;
  }
  if (!ended) throw new Error('it is cut off before its end');
  if (messages === 0) throw new Error('it has no schema');
}

/** Writes rows as an Arrow IPC stream, in batches of bounded size, and waits where the reader is slower. */
export async function writeFrames(
  arrow: ArrowModule,
  output: NodeJS.WritableStream,
  columns: Columns,
  rows: AsyncIterable<Readonly<Record<string, Cell>>>,
): Promise<void> {
  const schema = schemaOf(arrow, columns);
  const types = Object.entries(columns);
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
    for (const [name, type] of types) bytes += bytesOf(row[name], type);
    if (waiting.length >= MOST_ROWS || bytes >= MOST_BYTES) await flush();
  }
  if (waiting.length > 0) await flush();
  await write(empty.subarray(empty.length - END));
}

/** About what a cell takes in a batch. */
function bytesOf(cell: Cell, type: ColumnType): number {
  if (typeof cell === 'string') return 8 + cell.length;
  if (typeof cell !== 'object' || cell === null) return 8;
  if (ArrayBuffer.isView(cell)) return cell.byteLength;
  if (type !== 'list<utf8>') return (type === 'list<int64>' ? 8 : 4) * cell.length;
  return (cell as readonly string[]).reduce((sum, { length }) => sum + 8 + length, 0);
}

/** Bytes of the mark that ends a stream. */
const END = 8;

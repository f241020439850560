import { promises as fs } from 'node:fs';
import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { TwicetoldError } from '../../errors.js';
import { allBytes, growsTooLarge, isTooMuch, malformed, type Reader, tooLarge } from './input.js';
import { neededColumns, recordDocument } from './record.js';

/** Bytes that the columns which are read may take in one group of rows, as the file says. */
const MAX_GROUP = 1024 * 1024 * 1024;

/** Parquet: a document a row; only the columns that are needed are read, one group of rows at a time. */
export const readParquet: Reader = async function* (input) {
  const { name, path, fields } = input;
  const handle = path === undefined ? undefined : await fs.open(path);
  try {
    const file = handle === undefined ? inMemory(await allBytes(input)) : await onDisk(handle);
    const metadata = await parquetMetadataAsync(file);
    const columns = neededColumns(
      parquetSchema(metadata).children.map(({ element }) => element.name),
      fields,
    );
    let start = 0;
    let given = 0;
    for (const group of metadata.row_groups) {
      const bytes = group.columns
        .filter(({ meta_data }) => columns.includes(meta_data?.path_in_schema[0] ?? ''))
        .reduce((sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size ?? 0), 0);
      if (bytes > MAX_GROUP) throw tooLarge(name, `has a group of rows of more than ${MAX_GROUP / 2 ** 30} GiB`);
      const end = start + Number(group.num_rows);
      const rows = await parquetReadObjects({ file, metadata, columns, rowStart: start, rowEnd: end, compressors });
      for (const [i, row] of rows.entries()) {
        // A text that stands once in a dictionary is one in memory, and one more wherever a row is made a document.
        given += characters(row);
        if (isTooMuch(given, file.byteLength)) throw growsTooLarge(name, 'its columns');
        const doc = recordDocument(input, row, `row ${start + i + 1}`);
        if (doc !== undefined) yield doc;
      }
      start = end;
    }
  } catch (cause) {
    if (cause instanceof TwicetoldError) throw cause;
    throw malformed(name, `is no Parquet file that can be read: ${(cause as Error).message.slice(0, 200)}`, cause);
  } finally {
    await handle?.close();
  }
};

/** Characters of all texts in a value. */
function characters(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return 0;
  return Object.values(value).reduce((sum: number, part) => sum + characters(part), 0);
}

function inMemory(bytes: Uint8Array): AsyncBuffer {
  return {
    byteLength: bytes.length,
    // A copy: the bytes may be a view into a larger buffer.
    slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
  };
}

async function onDisk(handle: fs.FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  async function slice(start: number, end: number): Promise<ArrayBuffer> {
    if (!(start >= 0 && end >= start && end <= size)) throw new Error('it points beyond its end');
    const bytes = new Uint8Array(end - start);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
    if (bytesRead !== bytes.length) throw new Error('it ends too early');
    return bytes.buffer;
  }
  return {
    byteLength: size,
    slice(start, end = size) {
      const bytes = slice(start, end);
      // Several are asked for at once and waited for in turn: once one has failed, nobody waits for the rest, and Node ends on those.
      bytes.catch(() => {});
      return bytes;
    },
  };
}

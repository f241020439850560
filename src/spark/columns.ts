import type * as Arrow from 'apache-arrow';
import { TwicetoldError } from '../errors.js';

/** The module that is loaded when a worker starts. */
export type ArrowModule = typeof Arrow;

/** Types of columns. Unsigned numbers of 32 bits travel as the `int32` of the same bits: Spark has no unsigned ones. */
export type ColumnType =
  | 'utf8'
  | 'binary'
  | 'int32'
  | 'int64'
  | 'float64'
  | 'list<int32>'
  | 'list<int64>'
  | 'list<utf8>';

/** Columns by name. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** What stands in a cell. */
export type Cell =
  | string
  | number
  | readonly number[]
  | Uint32Array
  | Uint8Array
  | readonly string[]
  | null
  | undefined;

/** A row that came in: `number` counts the rows of the stream from 1. */
export interface Row {
  readonly number: number;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** Reads the columns of a batch that are asked for, row by row; those that may be missing are undefined where they are. */
export function* rowsOf(
  arrow: ArrowModule,
  batch: Arrow.RecordBatch,
  takes: Columns,
  optional: Columns,
  before: number,
): Generator<Row> {
  const columns = Object.entries({ ...takes, ...optional }).flatMap(([name, type]) => {
    const vector = batch.getChild(name);
    if (vector === null && name in optional) return [];
    if (vector === null)
      throw new TwicetoldError(
        'MALFORMED',
        `the stream has no column ${name}; it has ${batch.schema.names.join(', ') || 'none'}, and must have ${Object.keys(takes).join(', ')}`,
      );
    return [{ name, cell: cellsOf(arrow, name, vector, type) }];
  });
  for (let row = 0; row < batch.numRows; row++) {
    const cells: Record<string, Cell> = {};
    for (const { name, cell } of columns) cells[name] = cell(row);
    yield { number: before + row + 1, cells };
  }
}

/** A function that reads a column's cells; throws where the column is of another type than it should be. */
function cellsOf(arrow: ArrowModule, name: string, vector: Arrow.Vector, type: ColumnType): (row: number) => Cell {
  const { DataType } = arrow;
  const isText = (t: Arrow.DataType) => DataType.isUtf8(t) || DataType.isLargeUtf8(t);
  const list = /^list<(.*)>$/.exec(type);
  const of: Arrow.DataType = DataType.isList(vector.type) ? vector.type.children[0]?.type : vector.type;
  const wanted = list?.[1] ?? type;
  const isBytes = (t: Arrow.DataType) => DataType.isBinary(t) || DataType.isLargeBinary(t);
  const isOf: Record<string, (t: Arrow.DataType) => boolean> = {
    utf8: isText,
    binary: isBytes,
    float64: DataType.isFloat,
  };
  const fits = (isOf[wanted] ?? DataType.isInt)(of);
  if (!fits || DataType.isList(vector.type) !== (list !== null))
    throw new TwicetoldError('MALFORMED', `the column ${name} must be of type ${type}, got ${vector.type}`);
  if (type === 'utf8') return textsOf(vector);
  if (type === 'binary') return (row) => vector.get(row);
  if (list === null)
    return (row) => {
      const value = vector.get(row);
      return typeof value === 'bigint' ? Number(value) : value;
    };
  return (row) => {
    const values = vector.get(row) as Arrow.Vector | null;
    if (values === null) return null;
    if (wanted === 'utf8') return Array.from({ length: values.length }, (_, n) => textsOf(values)(n) as string);
    const numbers = values.toArray();
    if (numbers instanceof Int32Array) return new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
    return Array.from(numbers as ArrayLike<number | bigint>, Number);
  };
}

/** Reads texts as they are. The package's own decoder takes a U+FEFF that a text begins with for a mark, and drops it. */
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

function textsOf(vector: Arrow.Vector): (row: number) => string | null {
  // A column of a batch, or a list, is one piece.
  const { valueOffsets, values } = vector.data[0] as Arrow.Data<Arrow.Utf8 | Arrow.LargeUtf8>;
  return (row) =>
    vector.isValid(row) ? UTF8.decode(values.subarray(Number(valueOffsets[row]), Number(valueOffsets[row + 1]))) : null;
}

/** The schema of a stream that goes out. */
export function schemaOf(arrow: ArrowModule, columns: Columns): Arrow.Schema {
  return new arrow.Schema(
    Object.entries(columns).map(([name, type]) => new arrow.Field(name, arrowType(arrow, type), true)),
  );
}

/** A batch of rows, column by column. */
export function batchOf(
  arrow: ArrowModule,
  schema: Arrow.Schema,
  columns: Columns,
  rows: readonly Readonly<Record<string, Cell>>[],
): Arrow.RecordBatch {
  const children = Object.entries(columns).map(([name, type]) =>
    dataOf(
      arrow,
      type,
      rows.map((row) => row[name] ?? null),
    ),
  );
  const struct = arrow.makeData({ type: new arrow.Struct(schema.fields), length: rows.length, nullCount: 0, children });
  return new arrow.RecordBatch(schema, struct);
}

function arrowType(arrow: ArrowModule, type: ColumnType): Arrow.DataType {
  const list = /^list<(.*)>$/.exec(type);
  if (list !== null)
    return new arrow.List(new arrow.Field('element', arrowType(arrow, list[1] as ColumnType), true) as never);
  if (type === 'utf8') return new arrow.Utf8();
  if (type === 'binary') return new arrow.Binary();
  if (type === 'float64') return new arrow.Float64();
  return type === 'int64' ? new arrow.Int64() : new arrow.Int32();
}

function dataOf(arrow: ArrowModule, type: ColumnType, values: readonly (Cell | null)[]): Arrow.Data {
  const length = values.length;
  const nullCount = values.reduce<number>((count, value) => count + (value === null ? 1 : 0), 0);
  const nullBitmap = new Uint8Array(Math.ceil(length / 64) * 8);
  values.forEach((value, row) => {
    if (value !== null) nullBitmap[row >>> 3] = (nullBitmap[row >>> 3] as number) | (1 << (row & 7));
  });
  const common = { length, nullCount, ...(nullCount > 0 ? { nullBitmap } : {}) };
  const list = /^list<(.*)>$/.exec(type);
  if (list !== null) {
    const lists = values.map((value) => (value ?? []) as ArrayLike<number | string>);
    const items = list[1] as 'int32' | 'int64' | 'utf8';
    const flat: (number | string)[] | Int32Array = items === 'int32' ? flatNumbers(lists) : [];
    if (Array.isArray(flat))
      for (const each of lists) for (let i = 0; i < each.length; i++) flat.push(each[i] as never);
    const child =
      items === 'int32'
        ? arrow.makeData({ type: new arrow.Int32(), length: flat.length, nullCount: 0, data: flat as Int32Array })
        : dataOf(arrow, items, flat as string[]);
    return arrow.makeData({
      ...common,
      type: arrowType(arrow, type) as Arrow.List,
      valueOffsets: offsetsOf(lists),
      child: child as never,
    }) as never;
  }
  if (type === 'utf8' || type === 'binary') {
    const bytes = values.map((value) =>
      typeof value === 'string' ? Buffer.from(value) : ((value ?? Buffer.alloc(0)) as Uint8Array),
    );
    return arrow.makeData({
      ...common,
      type: arrowType(arrow, type) as Arrow.Utf8,
      valueOffsets: offsetsOf(bytes),
      data: Buffer.concat(bytes),
    });
  }
  const numbers = values.map((value) => (value ?? 0) as number);
  if (type === 'float64')
    return arrow.makeData({ ...common, type: new arrow.Float64(), data: Float64Array.from(numbers) });
  if (type === 'int64')
    return arrow.makeData({ ...common, type: new arrow.Int64(), data: BigInt64Array.from(numbers, BigInt) });
  return arrow.makeData({ ...common, type: new arrow.Int32(), data: Int32Array.from(numbers) });
}

function flatNumbers(lists: readonly ArrayLike<number | string>[]): Int32Array {
  const out = new Int32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const each of lists) {
    out.set(each as ArrayLike<number>, at);
    at += each.length;
  }
  return out;
}

function offsetsOf(parts: readonly { length: number }[]): Int32Array {
  const offsets = new Int32Array(parts.length + 1);
  parts.forEach(({ length }, n) => {
    offsets[n + 1] = (offsets[n] as number) + length;
  });
  return offsets;
}

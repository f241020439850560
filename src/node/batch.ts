import type { MinHasherOptions } from '../sketch/minhash.js';

/** What a worker is started with. */
export interface WorkerStart {
  readonly options: MinHasherOptions;
  /** The compiled kernel, so that the worker's code need not carry it; empty where it cannot run. */
  readonly wasm: Uint8Array;
}

/** Documents on their way to a worker, and their signatures on the way back: handed over, never copied. */
export interface Batch {
  /** Documents in it; the arrays may have room for more. */
  readonly count: number;
  /** UTF-8, one document after the other: document i is bytes `ends[i - 1]` to `ends[i]`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly column: Uint32Array<ArrayBuffer>;
}

/** The memory of a batch, to hand over with it. */
export function buffersOf({ bytes, ends, column }: Batch): ArrayBuffer[] {
  return [bytes.buffer, ends.buffer, column.buffer];
}

import { parentPort, workerData } from 'node:worker_threads';
import { setSharedKernel } from '../kernel/kernel.js';
import { MinHasher, type MinHasherOptions } from '../sketch/minhash.js';

/** What a worker is started with. */
export interface WorkerStart {
  readonly options: MinHasherOptions;
  /** The compiled kernel, so that the worker's code need not carry it; empty where it cannot run. */
  readonly wasm: Uint8Array;
}

/** Documents, one after the other: document i is bytes `ends[i - 1]` to `ends[i]`. */
export interface Batch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array;
}

const { options, wasm } = workerData as WorkerStart;
setSharedKernel(wasm);
const hasher = new MinHasher(options);

parentPort?.on('message', ({ bytes, ends }: Batch) => {
  const documents: Uint8Array[] = [];
  let from = 0;
  for (const end of ends) {
    documents.push(bytes.subarray(from, end));
    from = end;
  }
  const column = hasher.signMany(documents);
  parentPort?.postMessage(column, [column.buffer as ArrayBuffer]);
});

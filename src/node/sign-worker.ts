import { parentPort, workerData } from 'node:worker_threads';
import { setSharedKernel } from '../kernel/kernel.js';
import { MinHasher } from '../sketch/minhash.js';
import { type Batch, buffersOf, type WorkerStart } from './batch.js';

const { options, wasm } = workerData as WorkerStart;
setSharedKernel(wasm);
const hasher = new MinHasher(options);

parentPort?.on('message', (batch: Batch) => {
  const { bytes, ends, column, count } = batch;
  const documents: Uint8Array[] = [];
  let from = 0;
  for (let i = 0; i < count; i++) {
    const end = ends[i] as number;
    documents.push(bytes.subarray(from, end));
    from = end;
  }
  hasher.signMany(documents, { out: column });
  parentPort?.postMessage(batch, buffersOf(batch));
});

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { checkInteger, describe, TwicetoldError } from '../errors.js';
import { kernelBytes } from '../kernel/kernel.js';
import { MinHasher, type MinHasherOptions } from '../sketch/minhash.js';
import type { Batch, WorkerStart } from './sign-worker.js';
import { WORKER_CODE } from './worker-code.js';

/** Options of {@link SignPool} and {@link signMany}. */
export interface SignPoolOptions extends MinHasherOptions {
  /** Threads that sign, 1 to 256. Default: as many as the machine has cores. */
  workers?: number;
}

/** Bytes that a worker gets at a time: enough to outweigh the message, little enough to spread. */
const BATCH_BYTES = 1 << 19;
const BATCH_DOCUMENTS = 4096;

interface Thread {
  readonly worker: Worker;
  /** Batches on their way, oldest first: the document that each begins with. */
  readonly pending: { first: number; count: number }[];
}

/**
 * Signs documents on worker threads, with the same result as {@link MinHasher.signMany} on one. Threads start with
 * the pool (some 50 ms) and wait for the next call until {@link close}; one call at a time.
 *
 * @example
 * ```ts
 * import { SignPool } from 'twicetold/node';
 * const pool = new SignPool({ workers: 2, permutations: 64 });
 * const column = await pool.signMany(['one two three', 'four five six']);
 * await pool.close();
 * console.log(column.length); // 128
 * ```
 */
export class SignPool {
  readonly #hasher: MinHasher;
  readonly #threads: Thread[] = [];
  #busy = false;

  /**
   * @param options see {@link SignPoolOptions}
   * @throws TwicetoldError `OUT_OF_RANGE` or `INVALID_ARGUMENT`, naming the option
   */
  constructor(options: SignPoolOptions = {}) {
    const { workers = availableParallelism(), ...hashing } = options;
    checkInteger('workers', workers, 1, 256);
    this.#hasher = new MinHasher(hashing);
    // From source there is no worker code, and this thread signs.
    if (WORKER_CODE === '') return;
    const workerData: WorkerStart = { options: hashing, wasm: kernelBytes() };
    for (let i = 0; i < workers; i++) {
      const worker = new Worker(WORKER_CODE, { eval: true, workerData });
      // Waiting threads do not keep the process alive.
      worker.unref();
      this.#threads.push({ worker, pending: [] });
    }
  }

  /**
   * The signatures of many documents in one column, as {@link MinHasher.signMany} gives them.
   *
   * @param documents strings, or their UTF-8; copied
   * @returns `documents.length * permutations` minima
   * @throws TwicetoldError `INVALID_ARGUMENT` when a document is neither, or the pool is at work
   */
  async signMany(documents: readonly (string | Uint8Array)[]): Promise<Uint32Array> {
    if (this.#busy)
      throw new TwicetoldError('INVALID_ARGUMENT', 'the pool signs one collection at a time; await the call before');
    if (this.#threads.length === 0) return this.#hasher.signMany(documents);
    checkDocuments(documents);
    this.#busy = true;
    try {
      return await this.#spread(documents);
    } finally {
      this.#busy = false;
    }
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.splice(0).map(({ worker }) => worker.terminate()));
  }

  #spread(documents: readonly (string | Uint8Array)[]): Promise<Uint32Array> {
    const k = this.#hasher.permutations;
    const out = new Uint32Array(documents.length * k);
    let next = 0;
    let done = 0;
    return new Promise((resolve, reject) => {
      const feed = (thread: Thread) => {
        if (next === documents.length) return;
        const batch = makeBatch(documents, next);
        thread.pending.push({ first: next, count: batch.ends.length });
        next += batch.ends.length;
        thread.worker.postMessage(batch, [batch.bytes.buffer]);
      };
      const stop: (() => void)[] = [];
      const finish = (settle: () => void) => {
        for (const undo of stop) undo();
        settle();
      };
      for (const thread of this.#threads) {
        const { worker, pending } = thread;
        const onMessage = (column: Uint32Array) => {
          const { first, count } = pending.shift() as { first: number; count: number };
          out.set(column, first * k);
          done += count;
          if (done === documents.length) finish(() => resolve(out));
          else feed(thread);
        };
        const onError = (error: Error) => finish(() => void this.close().then(() => reject(error)));
        const onExit = () => finish(() => reject(new TwicetoldError('ABORTED', 'the pool was closed')));
        worker.on('message', onMessage).on('error', onError).on('exit', onExit).ref();
        stop.push(() => {
          worker.off('message', onMessage).off('error', onError).off('exit', onExit).unref();
          pending.length = 0;
        });
      }
      if (documents.length === 0) finish(() => resolve(out));
      // Two batches a thread, so that none waits for the post.
      for (let i = 0; i < 2; i++) for (const thread of this.#threads) feed(thread);
    });
  }
}

/**
 * Signs a corpus on all cores: {@link SignPool.signMany} with a pool of its own.
 *
 * @param documents strings, or their UTF-8
 * @param options see {@link SignPoolOptions}
 * @returns `documents.length * permutations` minima, document by document
 * @throws TwicetoldError `OUT_OF_RANGE` or `INVALID_ARGUMENT`
 *
 * @example
 * ```ts
 * import { signMany } from 'twicetold/node';
 * const column = await signMany(['one two three', 'four five six'], { permutations: 64 });
 * console.log(column.length); // 128
 * ```
 */
export async function signMany(
  documents: readonly (string | Uint8Array)[],
  options: SignPoolOptions = {},
): Promise<Uint32Array> {
  const pool = new SignPool(options);
  try {
    return await pool.signMany(documents);
  } finally {
    await pool.close();
  }
}

/** The documents from `first` on that make one batch, at least one, as one run of UTF-8. */
function makeBatch(documents: readonly (string | Uint8Array)[], first: number): Batch {
  let room = 0;
  let count = 0;
  while (first + count < documents.length && count < BATCH_DOCUMENTS) {
    const document = documents[first + count] as string | Uint8Array;
    const most = typeof document === 'string' ? document.length * 3 : document.length;
    if (count > 0 && room + most > BATCH_BYTES) break;
    room += most;
    count++;
  }
  const bytes = new Uint8Array(room);
  const ends = new Uint32Array(count);
  const encoder = new TextEncoder();
  let at = 0;
  for (let i = 0; i < count; i++) {
    const document = documents[first + i] as string | Uint8Array;
    if (typeof document === 'string') at += encoder.encodeInto(document, bytes.subarray(at)).written;
    else {
      bytes.set(document, at);
      at += document.length;
    }
    ends[i] = at;
  }
  return { bytes, ends };
}

function checkDocuments(documents: readonly unknown[]): void {
  if (!Array.isArray(documents))
    throw new TwicetoldError('INVALID_ARGUMENT', `documents must be an array, got ${describe(documents)}`);
  for (let i = 0; i < documents.length; i++)
    if (typeof documents[i] !== 'string' && !(documents[i] instanceof Uint8Array))
      throw new TwicetoldError(
        'INVALID_ARGUMENT',
        `documents[${i}] must be a string or a Uint8Array, got ${describe(documents[i])}`,
      );
}

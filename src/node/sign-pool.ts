import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { checkInteger, describe, TwicetoldError } from '../errors.js';
import { kernelBytes } from '../kernel/kernel.js';
import { MinHasher, type MinHasherOptions } from '../sketch/minhash.js';
import { type Batch, buffersOf, type WorkerStart } from './batch.js';
import { WORKER_CODE } from './worker-code.js';

/** Options of {@link SignPool} and {@link signMany}. */
export interface SignPoolOptions extends MinHasherOptions {
  /** Threads that sign, 1 to 256. Default: as many as the machine has cores. */
  workers?: number;
}

/** Bytes that a worker gets at a time: enough to outweigh the message, little enough to spread. */
const BATCH_BYTES = 1 << 20;
const BATCH_DOCUMENTS = 4096;
/** Batches that a worker is given at once, so that it has the next one when it has done one. */
const AHEAD = 2;

interface Thread {
  readonly worker: Worker;
  /** Memory of finished batches, for the next ones. */
  readonly idle: Batch[];
  /** Batches on their way, oldest first. */
  readonly pending: { first: number; count: number }[];
}

/**
 * Signs documents on worker threads, with the same result as {@link MinHasher.signMany} on one, whatever their number.
 *
 * The threads start with the pool (some 50 ms each) and wait for the next call until {@link close}; waiting ones do not
 * keep the process alive. Each takes the next batch of about 1 MB when it has done one, so that slow documents hold up
 * nobody else. Cost: the documents are copied once, into at most two batches a thread (some 1.4 MB each at 128
 * permutations; a larger document makes its batch as large); a tenth of a thread's work is handing them over. Pays
 * from a few megabytes on.
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
   * @param options how many threads, and how they hash; see {@link SignPoolOptions}
   * @throws TwicetoldError `OUT_OF_RANGE` or `INVALID_ARGUMENT`, naming the option and what it accepts
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
      this.#threads.push({ worker, idle: [], pending: [] });
    }
  }

  /**
   * The signatures of many documents in one column, as {@link MinHasher.signMany} gives them.
   *
   * @param documents strings, or their UTF-8; not to be changed until the call is done
   * @returns `documents.length * permutations` unsigned 32-bit minima: `i * permutations` to `(i + 1) * permutations`
   * are document i's
   * @throws TwicetoldError `INVALID_ARGUMENT` when a document is neither, or the pool is at work on another call;
   * `ABORTED` when the pool is closed meanwhile
   *
   * @example
   * ```ts
   * import { MinHasher } from 'twicetold';
   * import { SignPool } from 'twicetold/node';
   * const pool = new SignPool({ workers: 2 });
   * const texts = ['one two three four', 'five six seven eight'];
   * const column = await pool.signMany(texts);
   * await pool.close();
   * console.log(column.every((minimum, i) => minimum === new MinHasher().signMany(texts)[i])); // true
   * ```
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

  /** Ends the threads, and a call in progress with `ABORTED`. What is asked of the pool later, the calling thread signs. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.splice(0).map(({ worker }) => worker.terminate()));
  }

  #spread(documents: readonly (string | Uint8Array)[]): Promise<Uint32Array> {
    const k = this.#hasher.permutations;
    const out = new Uint32Array(documents.length * k);
    let next = 0;
    let done = 0;
    return new Promise((resolve, reject) => {
      const feed = ({ worker, idle, pending }: Thread) => {
        if (next === documents.length) return;
        const batch = fillBatch(documents, next, k, idle.pop());
        pending.push({ first: next, count: batch.count });
        next += batch.count;
        worker.postMessage(batch, buffersOf(batch));
      };
      const stop: (() => void)[] = [];
      const finish = (settle: () => void) => {
        for (const undo of stop) undo();
        settle();
      };
      for (const thread of this.#threads) {
        const { worker, idle, pending } = thread;
        const onMessage = (batch: Batch) => {
          const { first, count } = pending.shift() as Thread['pending'][number];
          out.set(batch.column.subarray(0, count * k), first * k);
          idle.push(batch);
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
      for (let i = 0; i < AHEAD; i++) for (const thread of this.#threads) feed(thread);
    });
  }
}

/**
 * Signs a corpus on all cores: {@link SignPool.signMany} with a pool of its own, closed at the end. Starting the
 * threads takes some 50 ms; keep a {@link SignPool} to sign collection after collection.
 *
 * @param documents strings, or their UTF-8; not to be changed until the call is done
 * @param options how many threads (default: one a core), and how they hash; see {@link SignPoolOptions}
 * @returns `documents.length * permutations` unsigned 32-bit minima, document by document, the same as
 * {@link MinHasher.signMany} gives
 * @throws TwicetoldError `OUT_OF_RANGE` or `INVALID_ARGUMENT`, naming the option or the document
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

const encoder = new TextEncoder();

/**
 * The documents from `first` on that make one batch, at least one, in the memory of a batch before if it is large enough:
 * memory from the system costs more than what is written to it. It is handed over and back, not shared, because V8
 * copies shared memory byte by byte.
 */
function fillBatch(documents: readonly (string | Uint8Array)[], first: number, k: number, used?: Batch): Batch {
  let room = 0;
  let count = 0;
  while (first + count < documents.length && count < BATCH_DOCUMENTS) {
    const document = documents[first + count] as string | Uint8Array;
    // A UTF-16 code unit takes at most three bytes.
    const most = typeof document === 'string' ? document.length * 3 : document.length;
    if (count > 0 && room + most > BATCH_BYTES) break;
    room += most;
    count++;
  }
  const batch =
    used !== undefined && used.bytes.length >= room && used.ends.length >= count ? used : emptyBatch(room, count, k);
  const { bytes, ends } = batch;
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
  return { ...batch, count };
}

function emptyBatch(room: number, count: number, k: number): Batch {
  // With room to spare, so that the next batch, of other documents, fits too.
  const most = Math.min(BATCH_DOCUMENTS, count * 2);
  return {
    bytes: new Uint8Array(Math.max(room, BATCH_BYTES)),
    ends: new Uint32Array(most),
    column: new Uint32Array(most * k),
    count,
  };
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

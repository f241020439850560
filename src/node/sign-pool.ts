import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { checkInteger, checkOptions, TwicetoldError } from '../errors.js';
import { kernelBytes } from '../kernel/kernel.js';
import { checkDocuments, newColumn } from '../sketch/columns.js';
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
  /** What ended it, if it did not wait to be closed. */
  failure: Error | undefined;
}

/**
 * Signs documents on worker threads, with the same result as {@link MinHasher.signMany} on one, whatever their number.
 *
 * The threads start with the pool (some 50 ms each) and wait for the next call until {@link close}; waiting ones do not
 * keep the process alive. Each takes the next batch of about 1 MB when it has done one, so that slow documents hold up
 * nobody else. Cost: the documents are copied once, into at most two batches a thread (1 MB of text and the signatures of at
 * most 4,096 documents each; a larger document makes its batch as large). Handing over takes a fifth to a third of the work
 * again, strings the more, since they are encoded here (`npm run bench -- threads`). Pays from a few megabytes on.
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
  readonly #workers: number;
  readonly #start: WorkerStart;
  readonly #threads: Thread[] = [];
  #busy = false;

  /**
   * @param options how many threads, and how they hash; see {@link SignPoolOptions}
   * @throws TwicetoldError `OUT_OF_RANGE` or `INVALID_ARGUMENT`, naming the option and what it accepts
   */
  constructor(options: SignPoolOptions = {}) {
    checkOptions('SignPool options', options, ['workers', 'permutations', 'shingleSize', 'seed']);
    const { workers = availableParallelism(), ...hashing } = options;
    this.#workers = checkInteger('workers', workers, 1, 256);
    this.#hasher = new MinHasher(hashing);
    // One seed for all threads, where it was drawn.
    this.#start = { options: { ...hashing, seed: this.#hasher.seed }, wasm: kernelBytes() };
    this.#open();
  }

  /** Seed of all hashing: that of the options, or the one that was drawn. */
  get seed(): number {
    return this.#hasher.seed;
  }

  #open(): void {
    // From source there is no worker code, and this thread signs.
    if (WORKER_CODE === '') return;
    while (this.#threads.length < this.#workers) {
      // Without the flags of this process: under --input-type=module the code of the worker would be taken for a module.
      const worker = new Worker(WORKER_CODE, { eval: true, execArgv: [], workerData: this.#start });
      const thread: Thread = { worker, idle: [], pending: [], failure: undefined };
      worker.on('error', (error) => {
        thread.failure = error;
      });
      // Waiting threads do not keep the process alive.
      worker.unref();
      this.#threads.push(thread);
    }
  }

  /**
   * The signatures of many documents in one column, as {@link MinHasher.signMany} gives them.
   *
   * @param documents strings, or their UTF-8; not to be changed until the call is done
   * @returns `documents.length * permutations` unsigned 32-bit minima: `i * permutations` to `(i + 1) * permutations`
   * are document i's
   * @throws TwicetoldError `INVALID_ARGUMENT` when a document is neither, or the pool is at work on another call;
   * `ABORTED` when the pool is closed meanwhile; `WORKER_FAILED` when a thread ended with an error
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
    checkDocuments(documents, false);
    if (this.#threads.length === 0) return this.#hasher.signMany(documents);
    this.#busy = true;
    try {
      if (this.#threads.some((thread) => thread.failure !== undefined)) await this.#renew();
      // A copy, so that a caller that changes the array meanwhile gets what it asked for.
      return await this.#spread(documents.slice());
    } finally {
      this.#busy = false;
    }
  }

  /** Ends the threads, and a call in progress with `ABORTED`. What is asked of the pool later, the calling thread signs. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.splice(0).map(({ worker }) => worker.terminate()));
  }

  /** New threads in place of those there are, with nothing on its way. */
  async #renew(): Promise<void> {
    await this.close();
    this.#open();
  }

  #spread(documents: readonly (string | Uint8Array)[]): Promise<Uint32Array> {
    const k = this.#hasher.permutations;
    const out = newColumn(documents.length, k);
    let next = 0;
    let done = 0;
    return new Promise((resolve, reject) => {
      const stop: (() => void)[] = [];
      const finish = (settle: () => void) => {
        for (const undo of stop.splice(0)) undo();
        settle();
      };
      /** Ends the call; what is on its way belongs to threads that are gone. */
      const fail = (error: Error) => finish(() => void this.#renew().then(() => reject(error), reject));
      const feed = ({ worker, idle, pending }: Thread) => {
        if (next === documents.length) return;
        const batch = fillBatch(documents, next, k, idle.pop());
        pending.push({ first: next, count: batch.count });
        next += batch.count;
        worker.postMessage(batch, buffersOf(batch));
      };
      const guarded = (work: () => void) => {
        try {
          work();
        } catch (cause) {
          const why = (cause as Error).message;
          fail(
            new TwicetoldError('INVALID_ARGUMENT', `a document cannot be read (was its buffer transferred?): ${why}`, {
              cause,
            }),
          );
        }
      };
      for (const thread of this.#threads) {
        const { worker, idle, pending } = thread;
        const onMessage = (batch: Batch) =>
          guarded(() => {
            const { first, count } = pending.shift() as Thread['pending'][number];
            out.set(batch.column.subarray(0, count * k), first * k);
            idle.push(batch);
            done += count;
            if (done === documents.length) finish(() => resolve(out));
            else feed(thread);
          });
        const onError = (cause: Error) =>
          fail(new TwicetoldError('WORKER_FAILED', `a worker thread ended with an error: ${cause.message}`, { cause }));
        const onExit = () => finish(() => reject(new TwicetoldError('ABORTED', 'the pool was closed')));
        worker.on('message', onMessage).on('error', onError).on('exit', onExit).ref();
        stop.push(() => {
          worker.off('message', onMessage).off('error', onError).off('exit', onExit).unref();
          pending.length = 0;
        });
      }
      if (documents.length === 0) finish(() => resolve(out));
      guarded(() => {
        for (let i = 0; i < AHEAD; i++) for (const thread of this.#threads) feed(thread);
      });
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

import { Worker } from 'node:worker_threads';
import type { Analyser, Lexicons } from '../corpus/analyser.js';
import type { Job, Results } from '../corpus/jobs.js';
import type { Crew } from '../corpus/work.js';
import { Workbench } from '../corpus/workbench.js';
import { type ErrorCode, TwicetoldError } from '../errors.js';
import { kernelBytes } from '../kernel/kernel.js';
import type { Settings } from '../settings/options.js';
import { SpillFiles, SpillStore } from './spill.js';

/** What a thread is started with. */
export interface CrewStart {
  readonly settings: Settings;
  /** The compiled kernel; empty where it cannot run. */
  readonly wasm: Uint8Array;
  /** The files of all threads, and which is its own. */
  readonly descriptors: readonly number[];
  readonly own: number;
  /** By language, the memory of its lexicon. */
  readonly lexicons: readonly { language: string; buffer: ArrayBuffer }[];
}

/** What a thread answers a job with. */
export interface JobAnswer {
  result?: Results[Job['op']];
  failed?: { code: ErrorCode | undefined; message: string; stack: string | undefined };
}

/** Documents, or pairs, that a thread is given at a time. */
const BATCH = 32;

/** A crew that has to be sent home. */
export interface HiredCrew extends Crew {
  close(): Promise<void>;
}

/** One thread, this one, with its documents in a file. */
export function soloCrew(settings: Settings, analyser: Analyser, lexicons: Lexicons): HiredCrew {
  const files = new SpillFiles(1);
  const bench = new Workbench(settings, analyser, new SpillStore(files.descriptors, 0, lexicons));
  return { batch: 1, ahead: 1, do: (job) => bench.do(job), close: async () => files.close() };
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: { resolve(result: never): void; reject(error: Error): void }[];
}

/** Threads that do jobs, each the next one when it has done one. Where their code is not there (from source), this thread does them. */
export async function threadCrew(
  settings: Settings,
  analyser: Analyser,
  lexicons: Lexicons,
  workers: number,
): Promise<HiredCrew> {
  const { DETECT_WORKER_CODE } = await import('./detect-worker-code.js');
  if (workers === 1 || DETECT_WORKER_CODE === '') return soloCrew(settings, analyser, lexicons);
  const files = new SpillFiles(workers);
  const wasm = kernelBytes();
  const buffers = [...lexicons].map(([language, { ids }]) => ({ language, buffer: ids.buffer as ArrayBuffer }));
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure ??= error;
    for (const { waiting } of threads) for (const { reject } of waiting.splice(0)) reject(error);
  };
  const threads: Thread[] = Array.from({ length: workers }, (_, own) => {
    const start: CrewStart = { settings, wasm, descriptors: files.descriptors, own, lexicons: buffers };
    // Without the flags of this process: under --input-type=module the code of the worker would be taken for a module.
    const worker = new Worker(DETECT_WORKER_CODE, { eval: true, execArgv: [], workerData: start });
    const thread: Thread = { worker, waiting: [] };
    worker.on('message', ({ result, failed }: JobAnswer) => {
      const asked = thread.waiting.shift();
      if (failed === undefined) asked?.resolve(result as never);
      else if (failed.code !== undefined) asked?.reject(new TwicetoldError(failed.code, failed.message));
      else
        asked?.reject(
          new TwicetoldError('WORKER_FAILED', `a worker thread failed: ${failed.message}`, { cause: failed }),
        );
    });
    worker.on('error', (cause) =>
      fail(new TwicetoldError('WORKER_FAILED', `a worker thread ended with an error: ${cause.message}`, { cause })),
    );
    return thread;
  });
  return {
    batch: BATCH,
    ahead: 2 * workers,
    do(job) {
      return new Promise((resolve, reject) => {
        if (failure !== undefined) throw failure;
        const [least] = [...threads].sort((x, y) => x.waiting.length - y.waiting.length) as [Thread];
        least.waiting.push({ resolve, reject });
        least.worker.postMessage(job);
      });
    },
    async close() {
      fail(new TwicetoldError('ABORTED', 'the run was ended'));
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
      files.close();
    },
  };
}

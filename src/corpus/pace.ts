import { TwicetoldError } from '../errors.js';
import { timedOut } from '../settings/deadline.js';
import type { Progress, RunOptions } from '../types.js';
import { orAborted, valuesOf } from './waiting.js';

/** Milliseconds of work between two looks at the caller's signal. */
const TURN = 40;

/** Reports progress, and lets timers, input and the caller's signal have their turn. */
export class Pace {
  #last = 0;
  #stage: Progress['stage'] | undefined;

  /** When the run must have ended, on the clock of `performance.now`. */
  readonly end: number;

  /**
   * @param run of the caller
   * @param timeoutMs milliseconds that the run may take
   */
  constructor(
    readonly run: RunOptions,
    readonly timeoutMs = Number.POSITIVE_INFINITY,
  ) {
    this.end = performance.now() + timeoutMs;
  }

  /** What a run gives, or `TIMEOUT` once its time is over, whatever it waits for. */
  async within<T>(running: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(timedOut(this.timeoutMs)), this.timeoutMs);
    });
    try {
      return await Promise.race([running, over]);
    } finally {
      clearTimeout(timer);
    }
  }

  async step(progress: Progress): Promise<void> {
    const { stage, done, total } = progress;
    const now = performance.now();
    if (now - this.#last < TURN && stage === this.#stage && done !== total) return;
    this.#last = now;
    this.#stage = stage;
    const { onProgress, signal } = this.run;
    onProgress?.(progress);
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    if (performance.now() >= this.end) throw timedOut(this.timeoutMs);
    if (signal?.aborted) throw aborted(progress, signal);
  }

  /** The values of a source. The caller's signal ends the waiting for the next one too, and the source is told. */
  async *waiting<T>(source: Iterable<T> | AsyncIterable<T>, done: () => number): AsyncGenerator<T> {
    const { signal } = this.run;
    if (signal === undefined || !(Symbol.asyncIterator in source)) {
      yield* source;
      return;
    }
    const end = () => aborted({ stage: 'read', done: done() }, signal);
    yield* valuesOf(source, (value) => orAborted(value, signal, end));
  }
}

function aborted({ stage, done, total }: Progress, signal: AbortSignal): TwicetoldError {
  return new TwicetoldError(
    'ABORTED',
    `the run was ended by its signal in stage ${stage}, after ${done} of ${total ?? 'an unknown number of'} steps`,
    { cause: signal.reason },
  );
}

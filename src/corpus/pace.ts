import { TwicetoldError } from '../errors.js';
import { timedOut } from '../settings/deadline.js';
import type { Progress, RunOptions } from '../types.js';

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
    const values = source[Symbol.asyncIterator]();
    const end = () => aborted({ stage: 'read', done: done() }, signal);
    let given = false;
    let ended = false;
    try {
      for (;;) {
        given = false;
        const next = await orAborted(Promise.resolve(values.next()), signal, end);
        ended = next.done === true;
        if (ended) return;
        given = true;
        yield next.value as T;
      }
    } finally {
      // One that gives no other value would never end either; else it is waited for, as by any loop that is left.
      const over = ended ? undefined : Promise.resolve(values.return?.());
      if (given) await over;
      else over?.catch(() => undefined);
    }
  }
}

function aborted({ stage, done, total }: Progress, signal: AbortSignal): TwicetoldError {
  return new TwicetoldError(
    'ABORTED',
    `the run was ended by its signal in stage ${stage}, after ${done} of ${total ?? 'an unknown number of'} steps`,
    { cause: signal.reason },
  );
}

/** What is waited for, unless the signal comes first. A listener for each, since a promise that all were raced with would remember all. */
function orAborted<T>(value: Promise<T>, signal: AbortSignal, error: () => TwicetoldError): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(error());
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

import { TwicetoldError } from './errors.js';
import type { Progress, RunOptions } from './types.js';

/** Milliseconds of work between two looks at the caller's signal. */
const TURN = 40;

/** Reports progress, and lets timers, input and the caller's signal have their turn. */
export class Pace {
  #last = 0;
  #stage: Progress['stage'] | undefined;

  constructor(readonly run: RunOptions) {}

  async step(progress: Progress): Promise<void> {
    const { stage, done, total } = progress;
    const now = Date.now();
    if (now - this.#last < TURN && stage === this.#stage && done !== total) return;
    this.#last = now;
    this.#stage = stage;
    const { onProgress, signal } = this.run;
    onProgress?.(progress);
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    if (signal?.aborted)
      throw new TwicetoldError(
        'ABORTED',
        `the run was ended by its signal in stage ${stage}, after ${done} of ${total ?? 'an unknown number of'} steps`,
        {
          cause: signal.reason,
        },
      );
  }
}

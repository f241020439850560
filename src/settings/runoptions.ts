import type { RunOptions } from '../types.js';

/** The options of one run. */
export const RUN_OPTIONS = ['onProgress', 'signal', 'onAbort', 'workers', 'encoder', 'maxEncodedPairs'] as const;

/** Tells options of a run from those of its detector, where both are given in one; what is undefined is not given. */
export function splitOptions<T extends RunOptions>(options: T): { run: RunOptions; rest: Omit<T, keyof RunOptions> } {
  const names: readonly string[] = RUN_OPTIONS;
  const entries = Object.entries(options);
  return {
    run: Object.fromEntries(entries.filter(([name, value]) => names.includes(name) && value !== undefined)),
    rest: Object.fromEntries(entries.filter(([name]) => !names.includes(name))) as Omit<T, keyof RunOptions>,
  };
}

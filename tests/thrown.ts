import { TwicetoldError } from '../src/errors.js';

/** The TwicetoldError that `run` throws; anything else, and nothing, fails the test. */
export function thrownBy(run: () => unknown): TwicetoldError {
  try {
    run();
  } catch (error) {
    if (error instanceof TwicetoldError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

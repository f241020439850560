import { TwicetoldError } from '../errors.js';

/**
 * Exit codes: `FOUND` with `--fail-on` only; `INPUT` where anything could not be read or written; `FAULT` of the program itself, by the name of
 * sysexits EX_SOFTWARE, lest it pass for `FOUND`; `STOPPED` by a signal.
 */
export const EXIT = { CLEAN: 0, FOUND: 1, USAGE: 2, INPUT: 3, FAULT: 70, STOPPED: 130 } as const;

/** The exit code of an error: usage where an option or argument is wrong, else input. */
export function exitCodeOf(error: TwicetoldError): number {
  return ['OUT_OF_RANGE', 'INVALID_ARGUMENT', 'UNSUPPORTED_LANGUAGE'].includes(error.code) ? EXIT.USAGE : EXIT.INPUT;
}

/** Refuses options that do not go together, or an argument that is none. */
export function usage(message: string): TwicetoldError {
  return new TwicetoldError('INVALID_ARGUMENT', message);
}

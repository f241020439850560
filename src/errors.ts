/**
 * What can go wrong, as stable codes to branch on; the message says the rest in words.
 *
 * - `INVALID_ARGUMENT`: an argument or option is of the wrong type.
 * - `OUT_OF_RANGE`: an option is of the right type and outside the accepted range.
 * - `DUPLICATE_ID`: two documents carry one id.
 * - `SIGNATURE_MISMATCH`: two signatures of different lengths were compared.
 * - `UNSUPPORTED_LANGUAGE`: a language that no stemmer is shipped for was asked for.
 * - `NOT_UTF8`: a file or buffer is not UTF-8.
 * - `MALFORMED`: a file or record is not of the format that it should be.
 * - `TOO_LARGE`: a file, record or text is beyond what is read of its kind.
 * - `TOO_MANY`: there are more documents, or pairs to compare, than an option allows.
 * - `TIMEOUT`: the work took longer than `timeoutMs`.
 * - `NO_DOCUMENTS`: there was nothing to read where documents were expected.
 * - `UNREADABLE`: a file or folder could not be read.
 * - `UNWRITABLE`: a file could not be written.
 * - `WORKER_FAILED`: a worker thread ended with an error, which is the `cause`.
 * - `IN_USE`: another process writes what was to be written.
 * - `ENCODER_FAILED`: the caller's encoder failed, which is the `cause`, or gave something else than a vector for each sentence.
 * - `MISSING_PACKAGE`: an optional package that is needed for this is not installed.
 * - `ABORTED`: the caller's `AbortSignal` ended the run.
 */
export type ErrorCode =
  | 'INVALID_ARGUMENT'
  | 'OUT_OF_RANGE'
  | 'DUPLICATE_ID'
  | 'SIGNATURE_MISMATCH'
  | 'UNSUPPORTED_LANGUAGE'
  | 'NOT_UTF8'
  | 'MALFORMED'
  | 'TOO_LARGE'
  | 'TOO_MANY'
  | 'TIMEOUT'
  | 'NO_DOCUMENTS'
  | 'UNREADABLE'
  | 'UNWRITABLE'
  | 'WORKER_FAILED'
  | 'IN_USE'
  | 'ENCODER_FAILED'
  | 'MISSING_PACKAGE'
  | 'ABORTED';

/**
 * The one error class of this library: a stable {@link ErrorCode} and a sentence that says what was
 * wrong, where, and what would be right.
 *
 * @example
 * ```ts
 * import { MinHasher, TwicetoldError } from 'twicetold';
 * try {
 *   new MinHasher({ permutations: 0 });
 * } catch (error) {
 *   console.log(error instanceof TwicetoldError && error.code); // OUT_OF_RANGE
 * }
 * ```
 */
export class TwicetoldError extends Error {
  override readonly name = 'TwicetoldError';

  /**
   * @param code the stable code
   * @param message the sentence
   * @param options a `cause`, where there is one
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** How a document is named in a message: by its id, which is often a path or an address, whole unless it is longer than those are. */
export function quoted(id: string): string {
  return JSON.stringify(id.length > 200 ? `${id.slice(0, 200)}…` : id);
}

/** How a refused value is shown in a message: short, and never the caller's whole text. */
export function describe(value: unknown): string {
  if (typeof value === 'string')
    return value.length > 40 ? `a string of ${value.length} characters` : JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value == null) return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  try {
    if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
    if (typeof value === 'object')
      return `an object (${Object.getPrototypeOf(value)?.constructor?.name ?? 'no prototype'})`;
  } catch {
    // A revoked proxy, or a name that throws when it is read.
  }
  return `a ${typeof value}`;
}

/** Throws unless `value` is a whole number in `[min, max]`. */
export function checkInteger(name: string, value: unknown, min: number, max: number): number {
  if (typeof value !== 'number')
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `${name} must be a whole number from ${min} to ${max}, got ${describe(value)}`,
    );
  if (!Number.isInteger(value) || value < min || value > max)
    throw new TwicetoldError('OUT_OF_RANGE', `${name} must be a whole number from ${min} to ${max}, got ${value}`);
  return value;
}

/** Throws unless `value` is a number in `[min, max]`. */
export function checkNumber(name: string, value: unknown, min: number, max: number): number {
  if (typeof value !== 'number')
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `${name} must be a number from ${min} to ${max}, got ${describe(value)}`,
    );
  if (!(value >= min && value <= max))
    throw new TwicetoldError('OUT_OF_RANGE', `${name} must be a number from ${min} to ${max}, got ${value}`);
  return value;
}

/** Throws unless `value` is one of the accepted words. */
export function checkChoice<T extends string>(name: string, value: unknown, choices: readonly T[]): T {
  if (!choices.includes(value as T))
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `${name} must be one of ${choices.map((c) => `'${c}'`).join(', ')}, got ${describe(value)}`,
    );
  return value as T;
}

/** Throws unless `value` is a string. */
export function checkString(name: string, value: unknown): string {
  if (typeof value !== 'string')
    throw new TwicetoldError('INVALID_ARGUMENT', `${name} must be a string, got ${describe(value)}`);
  return value;
}

/** Throws unless `options` is a plain object with none but the known keys, so that a misspelt option is not passed over in silence. */
export function checkOptions(name: string, options: unknown, known: readonly string[]): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TwicetoldError('INVALID_ARGUMENT', `${name} must be an object, got ${describe(options)}`);
  for (const [key, value] of Object.entries(options)) {
    if (!known.includes(key))
      throw new TwicetoldError(
        'INVALID_ARGUMENT',
        `${name} has no option ${describe(key)}; it knows ${known.join(', ')}`,
      );
    if (value === null)
      throw new TwicetoldError('INVALID_ARGUMENT', `${key} must not be null; without it the default stands`);
  }
}

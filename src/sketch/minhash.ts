import { checkInteger, checkOptions, checkString, describe, TwicetoldError } from '../errors.js';
import { checkDocuments, checkHere, isBytes, isColumn, newColumn } from './columns.js';
import { seedOf } from './seed.js';
import { createSigner, type Signer, signatureSettings } from './signer.js';

export { EMPTY_MINIMUM, minima, shingleHashes } from './reference.js';

/** Options of {@link MinHasher}. Two signatures can be compared only where all three agree. */
export interface MinHasherOptions {
  /** Minima a signature, 1 to 1,024. The estimate's standard error is sqrt(J(1-J)/permutations). Default 128. */
  permutations?: number;
  /** Words a shingle, 1 to 12. Default 3. */
  shingleSize?: number;
  /**
   * Seed of all hashing, a whole number from 0 to 2^32 - 1, or `'random'`: one that {@link MinHasher.seed} tells. With a seed
   * that is known, texts can be made that seem alike and are not; so it should be secret where texts come from strangers. Default 1.
   */
  seed?: number | 'random';
}

/** Options of {@link MinHasher.signMany}. */
export interface SignManyOptions {
  /** A column to write to, instead of a new one. */
  out?: Uint32Array;
}

/** Version of the signature format: the same text, options and version give the same bytes on every machine. */
export const SIGNATURE_FORMAT = 1;

/**
 * Signs texts: k minima under k random permutations of the hashes of the text's word shingles (Broder, "On the
 * resemblance and containment of documents", 1997; "Min-wise independent permutations", 1998). The share of places
 * in which two signatures agree estimates the resemblance of the two texts without bias, with a standard
 * error of sqrt(J(1-J)/k).
 *
 * Every shingle meets every permutation; nothing is sampled. Cost: linear in the text times k.
 *
 * @example
 * ```ts
 * import { estimateJaccard, MinHasher } from 'twicetold';
 * const hasher = new MinHasher({ permutations: 128, shingleSize: 2 });
 * const a = hasher.sign('the quick brown fox jumps over the lazy dog');
 * const b = hasher.sign('The quick, brown fox jumps over the lazy dog!');
 * console.log(a.length, estimateJaccard(a, b)); // 128 1
 * ```
 */
export class MinHasher {
  /** Minima a signature. */
  readonly permutations: number;
  /** Words a shingle. */
  readonly shingleSize: number;
  /** Seed of all hashing. */
  readonly seed: number;
  #signer: Signer | undefined;

  /**
   * @param options see {@link MinHasherOptions}
   * @throws TwicetoldError `OUT_OF_RANGE` or `INVALID_ARGUMENT`, naming the option and what it accepts
   */
  constructor(options: MinHasherOptions = {}) {
    checkOptions('MinHasher options', options, ['permutations', 'shingleSize', 'seed']);
    this.permutations = checkInteger('permutations', options.permutations ?? 128, 1, MOST_MINIMA);
    this.shingleSize = checkInteger('shingleSize', options.shingleSize ?? 3, 1, 12);
    this.seed = seedOf(options.seed);
  }

  /** Made on first use, so that importing and constructing compile nothing. */
  get #sign(): Signer {
    this.#signer ??= createSigner(signatureSettings(this.permutations, this.shingleSize, this.seed));
    return this.#signer;
  }

  /**
   * The signature of a text.
   *
   * @param text any string; a lone surrogate parts words
   * @returns `permutations` unsigned 32-bit minima; all 2^32 - 1 when the text has no words
   * @throws TwicetoldError `INVALID_ARGUMENT` when `text` is not a string
   *
   * @example
   * ```ts
   * import { MinHasher } from 'twicetold';
   * console.log(new MinHasher({ permutations: 64 }).sign('one two three four').length); // 64
   * ```
   */
  sign(text: string): Uint32Array {
    const out = new Uint32Array(this.permutations);
    this.#sign.text(checkString('text', text), out, 0);
    return out;
  }

  /**
   * The signature of a text given as UTF-8, the same as {@link sign} of its string. Bytes that are not UTF-8
   * part words, as U+FFFD does.
   *
   * @param utf8 the bytes
   * @returns `permutations` unsigned 32-bit minima
   * @throws TwicetoldError `INVALID_ARGUMENT` when `utf8` is not a Uint8Array
   *
   * @example
   * ```ts
   * import { estimateJaccard, MinHasher } from 'twicetold';
   * const hasher = new MinHasher();
   * const utf8 = new TextEncoder().encode('Straße, naïve café');
   * console.log(estimateJaccard(hasher.signBytes(utf8), hasher.sign('Straße, naïve café'))); // 1
   * ```
   */
  signBytes(utf8: Uint8Array): Uint32Array {
    const out = new Uint32Array(this.permutations);
    this.#sign.bytes(checkBytes('utf8', utf8), out, 0);
    return out;
  }

  /**
   * The signatures of many documents in one column, without an object a document: minima `i * permutations` to
   * `(i + 1) * permutations` are document i's, the same as {@link sign} or {@link signBytes} gives.
   *
   * @param documents strings, their UTF-8, or sets of ready hashes as {@link signHashes} takes them
   * @param options `out`, a column to write to instead of a new one, of `documents.length * permutations` minima or more
   * @returns the column
   * @throws TwicetoldError `INVALID_ARGUMENT` when a document is none of them, or `out` is no Uint32Array, `OUT_OF_RANGE`
   * when `out` is too short, or one column cannot be as long; `out` is as it was then
   *
   * @example
   * ```ts
   * import { MinHasher } from 'twicetold';
   * const hasher = new MinHasher({ permutations: 64 });
   * const column = hasher.signMany(['one two three', new TextEncoder().encode('four five six')]);
   * console.log(column.length, column.subarray(0, 64).length); // 128 64
   * ```
   */
  signMany(documents: readonly (string | Uint8Array | Uint32Array)[], options: SignManyOptions = {}): Uint32Array {
    checkOptions('signMany options', options, ['out']);
    const k = this.permutations;
    if (options.out !== undefined && !isColumn(options.out))
      throw new TwicetoldError('INVALID_ARGUMENT', `out must be a Uint32Array, got ${describe(options.out)}`);
    if (!Array.isArray(documents)) checkDocuments(documents, true);
    const out = options.out ?? newColumn(documents.length, k);
    if (out.length < documents.length * k)
      throw new TwicetoldError(
        'OUT_OF_RANGE',
        `out must have room for ${documents.length} signatures of ${k} minima, got ${out.length}`,
      );
    checkDocuments(documents, true);
    const signer = this.#sign;
    for (let i = 0; i < documents.length; i++) {
      const document = documents[i] as string | Uint8Array | Uint32Array;
      if (typeof document === 'string') signer.text(document, out, i * k);
      else if (isColumn(document)) signer.hashes(document, out, i * k);
      else signer.bytes(document, out, i * k);
    }
    return out;
  }

  /**
   * The signature of a set of ready 32-bit hashes, for shingles of the caller's own making. The hashes must be well
   * mixed: their order is what the permutations permute. Repeats count once; `shingleSize` plays no part.
   *
   * @param hashes unsigned 32-bit hashes
   * @returns `permutations` unsigned 32-bit minima
   * @throws TwicetoldError `INVALID_ARGUMENT` when `hashes` is not a Uint32Array
   *
   * @example
   * ```ts
   * import { estimateJaccard, MinHasher } from 'twicetold';
   * const hasher = new MinHasher();
   * const a = hasher.signHashes(Uint32Array.of(0x9e3779b9, 0x3c6ef372));
   * console.log(estimateJaccard(a, hasher.signHashes(Uint32Array.of(0x3c6ef372, 0x9e3779b9)))); // 1
   * ```
   */
  signHashes(hashes: Uint32Array): Uint32Array {
    if (!isColumn(hashes))
      throw new TwicetoldError('INVALID_ARGUMENT', `hashes must be a Uint32Array, got ${describe(hashes)}`);
    checkHere('hashes', hashes);
    const out = new Uint32Array(this.permutations);
    this.#sign.hashes(hashes, out, 0);
    return out;
  }
}

function checkBytes(name: string, value: unknown): Uint8Array {
  if (!isBytes(value))
    throw new TwicetoldError('INVALID_ARGUMENT', `${name} must be a Uint8Array, got ${describe(value)}`);
  checkHere(name, value);
  return value;
}

/**
 * The estimated resemblance of two texts: the share of places in which their signatures agree, in [0, 1]. An
 * estimate, with a standard error of sqrt(J(1-J)/k); {@link jaccard} is exact.
 *
 * @param a a signature
 * @param b a signature made with the same options
 * @returns the share of equal minima, in [0, 1]
 * @throws TwicetoldError `SIGNATURE_MISMATCH` when the lengths differ, `INVALID_ARGUMENT` when either is no signature
 *
 * @example
 * ```ts
 * import { estimateJaccard, MinHasher } from 'twicetold';
 * const hasher = new MinHasher();
 * console.log(estimateJaccard(hasher.sign('one two three'), hasher.sign('four five six'))); // 0
 * ```
 */
export function estimateJaccard(a: Uint32Array, b: Uint32Array): number {
  checkSignature('a', a);
  checkSignature('b', b);
  if (a.length !== b.length)
    throw new TwicetoldError(
      'SIGNATURE_MISMATCH',
      `signatures must be made with the same options, got ${a.length} and ${b.length} minima`,
    );
  return (a.length - unequalPlaces(a, b, 0)) / a.length;
}

/**
 * In how many places a signature differs from the one at `from` of a column. Without a branch: whether two minima agree
 * is a toss, and a wrong guess costs more than the comparison.
 */
export function unequalPlaces(signature: Uint32Array, column: Uint32Array, from: number): number {
  let unequal = 0;
  for (let i = 0; i < signature.length; i++) {
    const difference = (signature[i] as number) ^ (column[from + i] as number);
    unequal += (difference | -difference) >>> 31;
  }
  return unequal;
}

/** Minima that a signature has at most. */
const MOST_MINIMA = 1024;

/** Throws unless `value` is a Uint32Array as long as signatures are. */
export function checkSignature(name: string, value: unknown): asserts value is Uint32Array {
  if (!isColumn(value))
    throw new TwicetoldError('INVALID_ARGUMENT', `${name} must be a signature (a Uint32Array), got ${describe(value)}`);
  checkHere(name, value);
  if (value.length === 0 || value.length > MOST_MINIMA)
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `${name} must be a signature of 1 to ${MOST_MINIMA} minima, got a Uint32Array of ${value.length}`,
    );
}

import { checkInteger, checkOptions, checkString, describe, TwicetoldError } from '../errors.js';
import type { SignatureSettings } from '../kernel/kernel.js';
import { wordKey } from './hash.js';
import { permutations } from './permutations.js';
import { createSigner, type Signer } from './signer.js';

/** Options of {@link MinHasher}. Two signatures can be compared only where all three agree. */
export interface MinHasherOptions {
  /** Minima a signature, 1 to 1,024. The estimate's standard error is sqrt(J(1-J)/permutations). Default 128. */
  permutations?: number;
  /** Words a shingle, 1 to 12. Default 3. */
  shingleSize?: number;
  /** Seed of all hashing, a whole number from 0 to 2^32 - 1. Default 1. */
  seed?: number;
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
  readonly #settings: SignatureSettings;
  #signer: Signer | undefined;

  /**
   * @param options see {@link MinHasherOptions}
   * @throws TwicetoldError `OUT_OF_RANGE` or `INVALID_ARGUMENT`, naming the option and what it accepts
   */
  constructor(options: MinHasherOptions = {}) {
    checkOptions('MinHasher options', options, ['permutations', 'shingleSize', 'seed']);
    this.permutations = checkInteger('permutations', options.permutations ?? 128, 1, 1024);
    this.shingleSize = checkInteger('shingleSize', options.shingleSize ?? 3, 1, 12);
    this.seed = checkInteger('seed', options.seed ?? 1, 0, 0xffffffff);
    this.#settings = {
      shingleSize: this.shingleSize,
      key: wordKey(this.seed),
      family: permutations(this.permutations, this.seed),
    };
  }

  /** Made on first use, so that importing and constructing compile nothing. */
  get #sign(): Signer {
    this.#signer ??= createSigner(this.#settings);
    return this.#signer;
  }

  /**
   * The signature of a text.
   *
   * @param text any string; a lone surrogate parts words
   * @returns `permutations` unsigned 32-bit minima; all 2^32 - 1 when the text has no words
   * @throws TwicetoldError `INVALID_ARGUMENT` when `text` is not a string
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
   */
  signBytes(utf8: Uint8Array): Uint32Array {
    if (!(utf8 instanceof Uint8Array))
      throw new TwicetoldError('INVALID_ARGUMENT', `utf8 must be a Uint8Array, got ${describe(utf8)}`);
    const out = new Uint32Array(this.permutations);
    this.#sign.bytes(utf8, out, 0);
    return out;
  }
}

/**
 * The estimated resemblance of two texts: the share of places in which their signatures agree, in [0, 1]. An
 * estimate, with a standard error of sqrt(J(1-J)/k); {@link jaccard} is exact.
 *
 * @param a a signature; @param b a signature made with the same options
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
  let same = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) same++;
  return same / a.length;
}

/** Throws unless `value` is a non-empty Uint32Array. */
export function checkSignature(name: string, value: unknown): asserts value is Uint32Array {
  if (!(value instanceof Uint32Array) || value.length === 0)
    throw new TwicetoldError('INVALID_ARGUMENT', `${name} must be a signature (a Uint32Array), got ${describe(value)}`);
}

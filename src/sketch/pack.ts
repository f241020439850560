import { checkInteger, describe, TwicetoldError } from '../errors.js';
import { checkSignature } from './minhash.js';

/** Bits kept of each minimum. */
export type PackedBits = 1 | 2 | 4 | 8 | 16;

const BITS: readonly PackedBits[] = [1, 2, 4, 8, 16];

/**
 * Keeps `bits` bits of each minimum: a signature in `32 / bits` times less memory, at the price of chance agreements,
 * which {@link estimatePackedJaccard} takes out again (Li and König, "b-Bit Minwise Hashing", 2010). The bits are the
 * top ones of the minimum times an odd constant, so that every bit of the minimum has a say in them.
 *
 * Layout: `Math.ceil(signature.length * bits / 32)` words, minimum i at bit `i * bits`, lowest bits first, zeros at the end.
 *
 * @param signature a signature
 * @param bits 1, 2, 4, 8 or 16
 * @throws TwicetoldError `INVALID_ARGUMENT` when `signature` is none, or `bits` is another number
 *
 * @example
 * ```ts
 * import { MinHasher, packSignature } from 'twicetold';
 * const signature = new MinHasher({ permutations: 128 }).sign('to be or not to be');
 * console.log(packSignature(signature, 4).byteLength); // 64
 * ```
 */
export function packSignature(signature: Uint32Array, bits: PackedBits): Uint32Array {
  checkSignature('signature', signature);
  checkChoiceOfBits(bits);
  const perWord = 32 / bits;
  const packed = new Uint32Array(Math.ceil(signature.length / perWord));
  for (let i = 0; i < signature.length; i++) {
    const kept = Math.imul(signature[i] as number, 0x9e3779b1) >>> (32 - bits);
    const word = Math.floor(i / perWord);
    packed[word] = (packed[word] as number) | (kept << ((i % perWord) * bits));
  }
  return packed;
}

/**
 * The estimated resemblance of two texts from their packed signatures, without bias: of a share p of equal places
 * `2^-bits` of the unequal ones are equal by chance, so that the estimate is `(p - 2^-bits) / (1 - 2^-bits)`. It may come
 * out a little below zero. Its standard error is that of `k` minima divided by about `1 - 2^-bits`, and more where
 * texts share little.
 *
 * @param a a packed signature
 * @param b a packed signature made with the same options
 * @param bits bits kept of each minimum
 * @param permutations minima that were packed. Default: as many as fit, which is right for multiples of 32
 * @returns the estimate, at most 1
 * @throws TwicetoldError `INVALID_ARGUMENT`, `OUT_OF_RANGE` or `SIGNATURE_MISMATCH`
 *
 * @example
 * ```ts
 * import { estimatePackedJaccard, MinHasher, packSignature } from 'twicetold';
 * const hasher = new MinHasher();
 * const packed = packSignature(hasher.sign('to be or not to be'), 8);
 * console.log(estimatePackedJaccard(packed, packed, 8)); // 1
 * ```
 */
export function estimatePackedJaccard(
  a: Uint32Array,
  b: Uint32Array,
  bits: PackedBits,
  permutations = a instanceof Uint32Array ? (a.length * 32) / bits : 0,
): number {
  checkSignature('a', a);
  checkSignature('b', b);
  checkChoiceOfBits(bits);
  checkInteger('permutations', permutations, 1, 1024);
  if (a.length !== b.length || a.length !== Math.ceil((permutations * bits) / 32))
    throw new TwicetoldError(
      'SIGNATURE_MISMATCH',
      `packed signatures of ${permutations} minima must have ${Math.ceil((permutations * bits) / 32)} words, got ${a.length} and ${b.length}`,
    );
  // Places past the last minimum are zero in both and must not count as equal.
  const spare = (a.length * 32) / bits - permutations;
  let same = -spare;
  for (let i = 0; i < a.length; i++) same += zeroFields(((a[i] as number) ^ (b[i] as number)) >>> 0, bits);
  const chance = 2 ** -bits;
  return (same / permutations - chance) / (1 - chance);
}

/** How many of the fields of `bits` bits in a word are zero. */
function zeroFields(word: number, bits: PackedBits): number {
  let any = word;
  for (let shift = bits >> 1; shift > 0; shift >>= 1) any |= any >>> shift;
  return 32 / bits - popcount(any & LOWEST[bits]);
}

/** The lowest bit of every field. */
const LOWEST = { 1: 0xffffffff, 2: 0x55555555, 4: 0x11111111, 8: 0x01010101, 16: 0x00010001 } as const;

function popcount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function checkChoiceOfBits(bits: unknown): void {
  if (!BITS.includes(bits as PackedBits))
    throw new TwicetoldError('INVALID_ARGUMENT', `bits must be one of ${BITS.join(', ')}, got ${describe(bits)}`);
}

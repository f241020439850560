import { checkInteger, describe, TwicetoldError } from '../errors.js';
import { sharedKernel } from '../kernel/kernel.js';
import { checkHere, isColumn } from './columns.js';
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
 * @returns the packed signature
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
  const packed = new Uint32Array(Math.ceil((signature.length * bits) / 32));
  for (let word = 0, i = 0; word < packed.length; word++) {
    let fields = 0;
    for (let at = 0; at < 32 && i < signature.length; at += bits, i++)
      fields |= (Math.imul(signature[i] as number, 0x9e3779b1) >>> (32 - bits)) << at;
    packed[word] = fields;
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
 * @param permutations minima that were packed, 1 to 1,024: packed signatures do not tell, since the last word may be part empty
 * @returns the estimate, at most 1
 * @throws TwicetoldError `INVALID_ARGUMENT`, `OUT_OF_RANGE` or `SIGNATURE_MISMATCH`
 *
 * @example
 * ```ts
 * import { estimatePackedJaccard, MinHasher, packSignature } from 'twicetold';
 * const hasher = new MinHasher();
 * const packed = packSignature(hasher.sign('to be or not to be'), 8);
 * console.log(estimatePackedJaccard(packed, packed, 8, 128)); // 1
 * ```
 */
export function estimatePackedJaccard(a: Uint32Array, b: Uint32Array, bits: PackedBits, permutations: number): number {
  checkSignature('a', a);
  checkSignature('b', b);
  checkPacking(bits, permutations, a.length, b.length);
  if (b.length !== a.length)
    throw new TwicetoldError('SIGNATURE_MISMATCH', `b must have ${a.length} words, as a has, got ${b.length}`);
  return packedEstimate(unequalFields(a, b, 0, bits), bits, permutations);
}

/**
 * {@link estimatePackedJaccard} of one packed signature with each of a column of them, one after the other. Cost: one pass
 * over the column, in the kernel where there is one.
 *
 * @param packed a packed signature
 * @param column packed signatures made with the same options, one after the other
 * @param bits bits kept of each minimum
 * @param permutations minima that were packed, 1 to 1,024
 * @returns an estimate a packed signature of the column, at most 1
 * @throws TwicetoldError `INVALID_ARGUMENT`, `OUT_OF_RANGE` or `SIGNATURE_MISMATCH`
 *
 * @example
 * ```ts
 * import { compareManyPacked, MinHasher, packSignature } from 'twicetold';
 * const hasher = new MinHasher({ permutations: 64 });
 * const packed = packSignature(hasher.sign('to be or not to be'), 8);
 * console.log(compareManyPacked(packed, packed, 8, 64)); // Float64Array(1) [ 1 ]
 * ```
 */
export function compareManyPacked(
  packed: Uint32Array,
  column: Uint32Array,
  bits: PackedBits,
  permutations: number,
): Float64Array {
  checkSignature('packed', packed);
  if (!isColumn(column))
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      'column must be a Uint32Array of packed signatures, one after the other',
    );
  checkHere('column', column);
  checkPacking(bits, permutations, packed.length, column.length);
  const unequal = new Uint32Array(column.length / packed.length);
  const kernel = sharedKernel();
  if (kernel !== undefined) kernel.comparePacked(packed, column, bits, unequal);
  else for (let i = 0; i < unequal.length; i++) unequal[i] = unequalFields(packed, column, i * packed.length, bits);
  const estimates = new Float64Array(unequal.length);
  for (let i = 0; i < estimates.length; i++) estimates[i] = packedEstimate(unequal[i] as number, bits, permutations);
  return estimates;
}

/** Throws unless `one` and `other` words hold packed signatures, one and any number of them. */
function checkPacking(bits: unknown, permutations: unknown, one: number, other: number): asserts bits is PackedBits {
  checkChoiceOfBits(bits);
  const words = Math.ceil((checkInteger('permutations', permutations, 1, 1024) * (bits as PackedBits)) / 32);
  if (one !== words || other % words !== 0)
    throw new TwicetoldError(
      'SIGNATURE_MISMATCH',
      `packed signatures of ${permutations} minima must have ${words} words, got ${one} and ${other}`,
    );
}

/** Places past the last minimum are zero in both, and so never unequal. */
function packedEstimate(unequal: number, bits: PackedBits, permutations: number): number {
  const chance = 2 ** -bits;
  return ((permutations - unequal) / permutations - chance) / (1 - chance);
}

/** In how many fields of `bits` bits a packed signature differs from the one at `from` of a column. */
function unequalFields(packed: Uint32Array, column: Uint32Array, from: number, bits: PackedBits): number {
  const lowest = LOWEST[bits];
  let unequal = 0;
  for (let i = 0; i < packed.length; i++) {
    let any = (packed[i] as number) ^ (column[from + i] as number);
    for (let shift = bits >> 1; shift > 0; shift >>= 1) any |= any >>> shift;
    unequal += popcount(any & lowest);
  }
  return unequal;
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

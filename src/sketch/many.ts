import { TwicetoldError } from '../errors.js';
import { sharedKernel } from '../kernel/kernel.js';
import { checkHere, isColumn } from './columns.js';
import { checkSignature, unequalPlaces } from './minhash.js';

/**
 * Estimates the resemblance of one signature to each of a column of them, as {@link MinHasher.signMany} makes it:
 * {@link estimateJaccard} without a view a document. Cost: one pass over the column, in the kernel where there is one.
 *
 * @param signature a signature
 * @param column signatures made with the same options, one after the other
 * @returns an estimate a signature of the column, in [0, 1]
 * @throws TwicetoldError `INVALID_ARGUMENT` when either is no Uint32Array, `SIGNATURE_MISMATCH` when the column is
 * not a whole number of signatures of that length
 *
 * @example
 * ```ts
 * import { compareMany, MinHasher } from 'twicetold';
 * const hasher = new MinHasher({ shingleSize: 1 });
 * const column = hasher.signMany(['to be or not to be', 'that is the question']);
 * console.log(compareMany(hasher.sign('To be, or not to be'), column)); // Float64Array(2) [ 1, 0 ]
 * ```
 */
export function compareMany(signature: Uint32Array, column: Uint32Array): Float64Array {
  checkSignature('signature', signature);
  const k = signature.length;
  if (!isColumn(column) || column.length % k !== 0)
    throw isColumn(column)
      ? new TwicetoldError(
          'SIGNATURE_MISMATCH',
          `column must hold signatures of ${k} minima, got ${column.length} minima`,
        )
      : new TwicetoldError('INVALID_ARGUMENT', 'column must be a Uint32Array of signatures, one after the other');
  checkHere('column', column);
  const unequal = new Uint32Array(column.length / k);
  const kernel = sharedKernel();
  if (kernel !== undefined) kernel.compareMany(signature, column, unequal);
  else for (let i = 0; i < unequal.length; i++) unequal[i] = unequalPlaces(signature, column, i * k);
  const estimates = new Float64Array(unequal.length);
  for (let i = 0; i < estimates.length; i++) estimates[i] = (k - (unequal[i] as number)) / k;
  return estimates;
}

import { randomStream } from './hash.js';

/**
 * The k permutations of signature format 1. Permutation i maps a 32-bit shingle hash x to
 *
 *     ((a[i] * (x >>> 16) + b[i]) mod 2^16) * 2^16 + (x mod 2^16)        a[i] odd
 *
 * which is a bijection on 32 bits: an odd factor permutes the upper half, the lower half tells apart the few
 * hashes whose upper halves agree. The estimator's error is that of k independent permutations or a little less (see
 * benchmarks), and eight permutations fit in one 128-bit register, where the textbook's 32-bit `a * x + b` fits four.
 *
 * Of every sixteen the last eight are the first eight mirrored: they put the upper halves in reverse order
 * (a' = -a, b' = -b - 1), so that the greatest under one is the least under the other. That saves half of
 * the products, and the first and the last of an order are drawn without replacement, so that the estimate stays
 * unbiased and its error becomes a little smaller (Ji, Li, Yan, Tian, Zhang, "Min-Max Hash for Jaccard
 * Similarity", 2013).
 */
export interface Permutations {
  /** Odd 16-bit factors, one a permutation. */
  readonly factors: Uint16Array;
  /** 16-bit addends, one a permutation. */
  readonly addends: Uint16Array;
}

/** The first `count` permutations of a seed; a longer family begins with the shorter one. */
export function permutations(count: number, seed: number): Permutations {
  const next = randomStream(seed ^ 0x74776963);
  const factors = new Uint16Array(count);
  const addends = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    if ((i & 8) !== 0) {
      factors[i] = -(factors[i - 8] as number);
      addends[i] = ~(addends[i - 8] as number);
      continue;
    }
    const bits = next();
    factors[i] = bits | 1;
    addends[i] = bits >>> 16;
  }
  return { factors, addends };
}

import { checkInteger, checkNumber } from '../errors.js';

/** How a signature is cut for banding: `bands` runs of `rows` minima each. */
export interface Banding {
  bands: number;
  rows: number;
}

/**
 * The bands and rows that make a banded index propose pairs at about a resemblance `threshold`.
 *
 * With b bands of r rows a pair of resemblance s is proposed with probability P(s) = 1 - (1 - s^r)^b (Leskovec,
 * Rajaraman, Ullman, "Mining of Massive Datasets", 3.4). Of all b and r with b * r <= permutations the one is
 * taken that makes the least of `integral of P below the threshold` (false positives) plus `integral of 1 - P
 * above it` (false negatives), pairs being spread evenly over s; of equals, the one with fewer bands.
 * Cost: about permutations * ln(permutations) integrals of 64 points.
 *
 * @param threshold resemblance in (0, 1) from which pairs are wanted
 * @param permutations minima a signature, 1 to 1,024
 * @returns bands and rows, with `bands * rows` at most `permutations`
 * @throws TwicetoldError `OUT_OF_RANGE` or `INVALID_ARGUMENT`, naming the argument
 *
 * @example
 * ```ts
 * import { bandsFor } from 'twicetold';
 * console.log(bandsFor(0.8, 128)); // { bands: 9, rows: 13 }
 * ```
 */
export function bandsFor(threshold: number, permutations: number): Banding {
  checkNumber('threshold', threshold, 0.001, 0.999);
  checkInteger('permutations', permutations, 1, 1024);
  let best: Banding = { bands: 1, rows: 1 };
  let least = Number.POSITIVE_INFINITY;
  for (let bands = 1; bands <= permutations; bands++) {
    for (let rows = 1; rows * bands <= permutations; rows++) {
      const error = bandingError(threshold, bands, rows);
      if (error < least - 1e-12) {
        least = error;
        best = { bands, rows };
      }
    }
  }
  return best;
}

/** False positives below the threshold plus false negatives above it, each by Simpson's rule. */
export function bandingError(threshold: number, bands: number, rows: number): number {
  const proposed = (s: number) => 1 - (1 - s ** rows) ** bands;
  return simpson(proposed, 0, threshold) + simpson((s) => 1 - proposed(s), threshold, 1);
}

function simpson(f: (s: number) => number, from: number, to: number): number {
  const steps = 32;
  const h = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * h);
  return (sum * h) / 3;
}

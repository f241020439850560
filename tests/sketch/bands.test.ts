import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandingError, bandsFor } from '../../src/sketch/bands.js';
import { thrownBy } from '../thrown.js';
import '../arbitraries.js';

/** The same error by plain midpoints, far finer than need be. */
function errorByMidpoints(threshold: number, bands: number, rows: number): number {
  const steps = 4000;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const s = (i + 0.5) / steps;
    const missed = (1 - s ** rows) ** bands;
    sum += s < threshold ? 1 - missed : missed;
  }
  return sum / steps;
}

function bruteForce(threshold: number, permutations: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let rows = 1; rows <= permutations; rows++)
    for (let bands = 1; bands <= permutations / rows; bands++)
      least = Math.min(least, errorByMidpoints(threshold, bands, rows));
  return least;
}

describe('bandsFor', () => {
  it.each([
    [0.1, 32],
    [0.3, 64],
    [0.5, 64],
    [0.7, 48],
    [0.8, 128],
    [0.9, 32],
    [0.95, 16],
  ])('finds for threshold %d and %d permutations what brute force finds', (threshold, permutations) => {
    const { bands, rows } = bandsFor(threshold, permutations);
    expect(bands * rows).toBeLessThanOrEqual(permutations);
    expect(errorByMidpoints(threshold, bands, rows) - bruteForce(threshold, permutations)).toBeLessThan(1e-3);
  });

  it('gives what its documentation says', () => {
    expect(bandsFor(0.8, 128)).toEqual({ bands: 9, rows: 13 });
  });

  it('never asks for more minima than there are, and puts the middle of the curve near the threshold', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 0.9, noNaN: true }), fc.constantFrom(64, 128, 256), (threshold, k) => {
        const { bands, rows } = bandsFor(threshold, k);
        expect(bands * rows).toBeLessThanOrEqual(k);
        const middle = (1 - 0.5 ** (1 / bands)) ** (1 / rows);
        expect(Math.abs(middle - threshold)).toBeLessThan(0.1);
      }),
      { numRuns: 30 },
    );
  });

  it('has one answer where there is one permutation', () => {
    expect(bandsFor(0.5, 1)).toEqual({ bands: 1, rows: 1 });
  });

  it.each([
    ['OUT_OF_RANGE', 0, 128, /threshold must be a number from 0.001 to 0.999, got 0/],
    ['OUT_OF_RANGE', 1, 128, /threshold .* got 1/],
    ['OUT_OF_RANGE', Number.NaN, 128, /threshold .* got NaN/],
    ['INVALID_ARGUMENT', '0.5', 128, /threshold .* got "0.5"/],
    ['OUT_OF_RANGE', 0.5, 0, /permutations must be a whole number from 1 to 1024, got 0/],
    ['OUT_OF_RANGE', 0.5, 1025, /permutations .* got 1025/],
    ['INVALID_ARGUMENT', 0.5, undefined, /permutations .* got undefined/],
  ])('refuses with %s: %j, %j', (code, threshold, permutations, message) => {
    expect(thrownBy(() => bandsFor(threshold as number, permutations as number))).toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});

describe('bandingError', () => {
  it.each([
    [0.5, 1, 1, 0.25],
    [0.5, 2, 1, 0.25],
    [0.8, 1, 2, 0.8 ** 3 / 3 + (0.2 - (1 - 0.8 ** 3) / 3)],
  ])('at threshold %d with %d bands of %d rows is the integral', (threshold, bands, rows, exact) => {
    expect(bandingError(threshold, bands, rows)).toBeCloseTo(exact, 6);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureValue, isRounded, roundings } from '../../src/align/rounding.js';
import '../arbitraries.js';

describe('rounding', () => {
  it('reads a figure as it is written', () => {
    expect(['1,248', '12.4', '7', 'seven', '3rd'].map(figureValue)).toEqual([1248, 12.4, 7, undefined, 3]);
  });

  it.each([
    [12, 12.4],
    [1900, 1934],
    [1.25, 1248],
    [9, 9012],
    [87, 1987],
  ])('knows %d as %d with fewer digits', (x, y) => {
    expect(isRounded(x, y)).toBe(true);
    expect(isRounded(y, x)).toBe(false);
  });

  it.each([
    [13, 12.4],
    [45, 12],
    [1.26, 1248],
    [34, 1234],
    [0, 7],
    [7, 0],
  ])('does not take %d for %d', (x, y) => {
    expect(isRounded(x, y)).toBe(false);
  });

  it('finds by keys what is rounded, whatever the thousands, but in years', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(2),
        (n, digits, thousands) => {
          fc.pre(n < 1900 || n >= 2100);
          const short = Number(n.toPrecision(digits));
          const counted = short * 1000 ** thousands;
          fc.pre(counted < 1900 || counted >= 2100);
          expect(roundings(n).rounded).toContain(roundings(counted).own);
        },
      ),
    );
    expect(roundings(1987).rounded).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaUnderRoc,
  averagePrecision,
  type LabelledScore,
  pointAt,
  precisionRecall,
} from '../../src/calibrate/curve.js';
import { shareInterval } from '../../src/calibrate/interval.js';
import { reliability } from '../../src/calibrate/reliability.js';
import '../arbitraries.js';

const score = fc.oneof(
  fc.integer({ min: 0, max: 10_000 }).map((n) => n / 10_000),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const labelled = fc.array(fc.record({ score, same: fc.boolean() }), { minLength: 1, maxLength: 60 });
const withBoth = labelled.filter((pairs) => new Set(pairs.map(({ same }) => same)).size === 2);

describe('precision and recall', () => {
  it('hold for the pairs that score the threshold or more', () => {
    fc.assert(
      fc.property(labelled, (pairs) => {
        const all = pairs.filter(({ same }) => same).length;
        for (const point of precisionRecall(pairs)) {
          const found = pairs.filter((pair) => pair.score >= point.threshold);
          const right = found.filter(({ same }) => same).length;
          expect(point).toMatchObject({ found: found.length, right });
          expect(point.precision).toBeCloseTo(right / found.length, 12);
          expect(point.recall).toBeCloseTo(all > 0 ? right / all : 0, 12);
          expect(point).toEqual(pointAt(pairs, point.threshold));
        }
      }),
    );
  });

  it('have a point for each score, highest first, the last of which finds all', () => {
    fc.assert(
      fc.property(labelled, (pairs) => {
        const points = precisionRecall(pairs);
        expect(points).toHaveLength(new Set(pairs.map((pair) => pair.score)).size);
        for (const [n, { threshold, found }] of points.entries())
          if (n > 0) {
            expect(threshold).toBeLessThan(points[n - 1]?.threshold as number);
            expect(found).toBeGreaterThan(points[n - 1]?.found as number);
          }
        expect(points.at(-1)?.found).toBe(pairs.length);
      }),
    );
  });

  it('are as counted by hand', () => {
    const pairs: LabelledScore[] = [
      { score: 0.9, same: true },
      { score: 0.8, same: false },
      { score: 0.8, same: true },
      { score: 0.2, same: true },
    ];
    expect(precisionRecall(pairs).map(({ threshold, found, right }) => [threshold, found, right])).toEqual([
      [0.85, 1, 1],
      [0.5, 3, 2],
      [0.1, 4, 3],
    ]);
    expect(averagePrecision(precisionRecall(pairs))).toBeCloseTo(1 / 3 + 2 / 9 + 3 / 12, 12);
    expect(pointAt(pairs, 0.95)).toEqual({ threshold: 0.95, found: 0, right: 0, precision: 1, recall: 0, f1: 0 });
  });
});

it('the area under the curve is the share of pairs of pairs in the right order, half of the equal ones', () => {
  fc.assert(
    fc.property(withBoth, (pairs) => {
      let sum = 0;
      let all = 0;
      for (const x of pairs)
        for (const y of pairs) {
          if (!x.same || y.same) continue;
          all++;
          sum += x.score > y.score ? 1 : x.score === y.score ? 0.5 : 0;
        }
      expect(areaUnderRoc(pairs)).toBeCloseTo(sum / all, 10);
    }),
  );
});

describe('reliability', () => {
  it('has every pair in one tenth, which its score lies in', () => {
    fc.assert(
      fc.property(labelled, (pairs) => {
        const bins = reliability(pairs);
        expect(bins).toHaveLength(10);
        expect(bins.reduce((sum, bin) => sum + bin.pairs, 0)).toBe(pairs.length);
        for (const { pairs: n, mean, from, to, share, low, high } of bins) {
          expect(mean).toBeGreaterThanOrEqual(from - 1e-12);
          expect(mean).toBeLessThanOrEqual(to + 1e-12);
          if (n === 0) continue;
          expect(low).toBeLessThanOrEqual(share);
          expect(high).toBeGreaterThanOrEqual(share);
        }
      }),
    );
  });

  it('counts what is the same', () => {
    const bins = reliability([
      { score: 1, same: true },
      { score: 0.95, same: false },
      { score: 0.05, same: false },
    ]);
    expect(bins.at(-1)).toMatchObject({ pairs: 2, mean: 0.975, share: 0.5 });
    expect(bins[0]).toMatchObject({ pairs: 1, mean: 0.05, share: 0 });
    expect(bins[4]).toMatchObject({ pairs: 0, low: 0, high: 1 });
  });
});

describe('the interval of a share', () => {
  it.each([
    // Newcombe 1998, table I: Wilson's score interval.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d of %d is as published', (right, all, low, high) => {
    const interval = shareInterval(right, all);
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });

  it('of nothing is everything', () => {
    expect(shareInterval(0, 0)).toEqual([0, 1]);
  });
});

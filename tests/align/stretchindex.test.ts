import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StretchIndex } from '../../src/align/stretchindex.js';

const stretch = fc.tuple(fc.nat(5000), fc.nat(700)).map(([from, length]) => ({ from, to: from + length }));

describe('StretchIndex', () => {
  it('names every stretch that overlaps or touches another, in the order in which they were added', () => {
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 120 }), stretch, (stretches, asked) => {
        const index = new StretchIndex();
        stretches.forEach(({ from, to }, number) => void index.add(2 * number, from, to));
        const near = index.near(asked.from, asked.to);
        const overlapping = stretches.flatMap(({ from, to }, n) =>
          from <= asked.to && to >= asked.from ? [2 * n] : [],
        );
        expect(near).toEqual([...new Set(near)].sort((x, y) => x - y));
        expect(near).toEqual(expect.arrayContaining(overlapping));
        expect(index.most(asked.from, asked.to)).toBeGreaterThanOrEqual(near.length);
      }),
    );
  });

  it('names few of many that lie elsewhere', () => {
    const index = new StretchIndex();
    for (let n = 0; n < 10_000; n++) index.add(n, 30 * n, 30 * n + 30);
    expect(index.near(150_000, 150_030).length).toBeLessThan(8);
    expect(index.near(-40, -20)).toEqual([]);
    expect(index.most(150_000, 150_030)).toBeLessThan(12);
    expect(index.most(-40, -20)).toBe(0);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rows } from '../src/columns.js';
import './arbitraries.js';

const row = fc.array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: 40 });

describe('Rows', () => {
  it('gives back what was added and what was put in its place', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), fc.array(fc.tuple(fc.nat(), row)), (added, changes) => {
        const rows = new Rows();
        for (const numbers of added) rows.add(Uint32Array.from(numbers));
        const expected = [...added];
        for (const [which, numbers] of added.length > 0 ? changes : []) {
          expected[which % added.length] = numbers;
          rows.replace(which % added.length, Uint32Array.from(numbers));
        }
        expect(Array.from({ length: rows.length }, (_, r) => [...rows.at(r)])).toEqual(expected);
      }),
    );
  });

  it('keeps rows whole where a chunk ends, and rows longer than a chunk', () => {
    const rows = new Rows();
    const lengths = [10_000, 3_000_000, 1, 1_048_575, 2, 700_000];
    for (const [n, length] of lengths.entries()) rows.add(new Uint32Array(length).fill(n));
    lengths.forEach((length, n) => {
      expect(rows.at(n).length).toBe(length);
      expect(rows.at(n).every((value) => value === n)).toBe(true);
    });
    rows.shorten(1, 2);
    expect([...rows.at(1)]).toEqual([1, 1]);
  });

  it('has room for thousands of rows without an object for each', () => {
    const rows = new Rows();
    for (let n = 0; n < 50_000; n++) rows.add(Uint32Array.of(n));
    expect(rows.length).toBe(50_000);
    expect([...rows.at(49_999)]).toEqual([49_999]);
    expect(rows.bytes).toBeLessThan(8e6);
  });
});

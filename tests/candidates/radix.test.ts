import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortByKey, sortNumbers } from '../../src/candidates/radix.js';
import '../arbitraries.js';

describe('sortByKey', () => {
  it('sorts as Array.sort does, stable, on any columns', () => {
    const key = fc.oneof(fc.nat(5), fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(0, 0xffffffff, 1 << 24));
    fc.assert(
      fc.property(fc.array(key, { maxLength: 400 }), (unsorted) => {
        const keys = Uint32Array.from(unsorted);
        const values = Uint32Array.from(unsorted.keys());
        sortByKey(keys, values);
        const expected = unsorted.map((k, i) => [k, i] as const).sort((x, y) => x[0] - y[0]);
        expect([...keys].map((k, i) => [k, values[i]])).toEqual(expected);
      }),
    );
  });

  it('does so in fewer passes where the first byte is the same', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffffff }), { maxLength: 400 }), (lower) => {
        const unsorted = lower.map((key) => key + 0xab000000);
        const keys = Uint32Array.from(unsorted);
        const values = Uint32Array.from(unsorted.keys());
        sortByKey(keys, values, 24);
        const expected = unsorted.map((k, i) => [k, i] as const).sort((x, y) => x[0] - y[0]);
        expect([...keys].map((k, i) => [k, values[i]])).toEqual(expected);
      }),
    );
  });
});

describe('sortNumbers', () => {
  it('sorts as the engine does', () => {
    const number = fc.oneof(
      fc.nat(5),
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.constantFrom(0, 0xffffffff, 1 << 24),
    );
    fc.assert(
      fc.property(fc.array(number, { maxLength: 600 }), (unsorted) => {
        expect(sortNumbers(Uint32Array.from(unsorted))).toEqual(Uint32Array.from(unsorted).sort());
      }),
    );
  });
});

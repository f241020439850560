import { describe, expect, it } from 'vitest';
import { TermNumbering } from '../../src/align/numbering.js';

describe('the numbering of terms', () => {
  it('gives equal ids one number, in the order in which they come, however many there are', () => {
    for (const distinct of [3, 1000, 200_000]) {
      const ids = Uint32Array.from({ length: 2 * distinct }, (_, n) => Math.imul(n % distinct, 0x9e3779b1));
      const numbering = new TermNumbering(ids.length);
      const numbers = numbering.ofAll(ids);
      expect(numbering.size).toBe(distinct);
      expect(numbers.every((number, n) => number === n % distinct)).toBe(true);
    }
  });
});

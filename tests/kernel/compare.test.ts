import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  compareMany,
  compareManyPacked,
  estimateJaccard,
  estimatePackedJaccard,
  MinHasher,
  type PackedBits,
  packSignature,
} from '../../src/index.js';
import { kernelBytes, setSharedKernel } from '../../src/kernel/kernel.js';
import { thrownBy } from '../thrown.js';
import '../arbitraries.js';

const ENGINES = { kernel: () => kernelBytes(), reference: () => undefined };

afterEach(() => setSharedKernel(kernelBytes()));

/** One signature and a column of others that agree with it here and there. */
const signatures = fc.integer({ min: 1, max: 1024 }).chain((k) =>
  fc.record({
    k: fc.constant(k),
    one: fc.uint32Array({ minLength: k, maxLength: k }),
    seeds: fc.array(fc.integer(), { maxLength: 40 }),
  }),
);

/** Signatures that differ from `one` in places that the seeds choose. */
const columnOf = ({ k, one, seeds }: { k: number; one: Uint32Array; seeds: number[] }) =>
  seeds
    .map((seed) => one.map((minimum, i) => (Math.imul(seed, i + 1) % 3 === 0 ? minimum : minimum ^ (seed | 1))))
    .map((each) => each.subarray(0, k));

const joined = (arrays: readonly Uint32Array[]) => Uint32Array.from(arrays.flatMap((array) => [...array]));

describe.each(Object.entries(ENGINES))('one against a column, by the %s', (_, engine) => {
  it('is one against each, for signatures of any length', () => {
    setSharedKernel(engine());
    fc.assert(
      fc.property(signatures, (given) => {
        const others = columnOf(given);
        const exact = (other: Uint32Array) => given.one.filter((minimum, i) => minimum === other[i]).length / given.k;
        expect([...compareMany(given.one, joined(others))]).toEqual(others.map(exact));
        expect(others.map((other) => estimateJaccard(given.one, other))).toEqual(others.map(exact));
      }),
    );
  });

  it('is one against each, packed to any number of bits', () => {
    setSharedKernel(engine());
    fc.assert(
      fc.property(signatures, fc.constantFrom<PackedBits>(1, 2, 4, 8, 16), (given, bits) => {
        const one = packSignature(given.one, bits);
        const others = columnOf(given).map((other) => packSignature(other, bits));
        const fields = (packed: Uint32Array) =>
          Array.from({ length: given.k }, (_, i) => {
            const word = packed[Math.floor((i * bits) / 32)] as number;
            return (word >>> ((i * bits) % 32)) % 2 ** bits;
          });
        const chance = 2 ** -bits;
        const exact = (other: Uint32Array) => {
          const there = fields(other);
          const same = fields(one).filter((field, i) => field === there[i]).length;
          return (same / given.k - chance) / (1 - chance);
        };
        expect([...compareManyPacked(one, joined(others), bits, given.k)]).toEqual(others.map(exact));
        expect(others.map((other) => estimatePackedJaccard(one, other, bits, given.k))).toEqual(others.map(exact));
      }),
    );
  });

  it('takes columns longer than its memory', () => {
    setSharedKernel(engine());
    for (const k of [1, 5, 128, 1024]) {
      const column = new Uint32Array(5000 * k).map((_, i) => i % 7);
      const one = column.slice(3 * k, 4 * k);
      const estimates = compareMany(one, column);
      expect(estimates.length).toBe(5000);
      for (const i of [0, 3, 2303, 2304, 4999])
        expect(estimates[i]).toBe(estimateJaccard(one, column.subarray(i * k, (i + 1) * k)));
    }
  });

  it('and signing do not disturb each other', () => {
    setSharedKernel(engine());
    const hasher = new MinHasher({ permutations: 64 });
    const before = hasher.sign('one two three four five six');
    compareMany(before, new Uint32Array(64 * 300).fill(0xdeadbeef));
    expect(hasher.sign('one two three four five six')).toEqual(before);
  });

  it('refuses what is no column of such signatures', () => {
    setSharedKernel(engine());
    const packed = new Uint32Array(4);
    const codeOf = (run: () => unknown) => thrownBy(run).code;
    expect(codeOf(() => compareManyPacked(packed, new Uint32Array(6), 1, 128))).toBe('SIGNATURE_MISMATCH');
    expect(codeOf(() => compareManyPacked(packed, packed, 1, 64))).toBe('SIGNATURE_MISMATCH');
    expect(codeOf(() => compareManyPacked(packed, [] as never, 1, 128))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => compareManyPacked(packed, packed, 3 as never, 128))).toBe('INVALID_ARGUMENT');
    expect(compareManyPacked(packed, new Uint32Array(0), 1, 128).length).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import {
  compareMany,
  estimateJaccard,
  estimatePackedJaccard,
  MinHasher,
  type PackedBits,
  packSignature,
} from '../../src/index.js';
import { randomStream } from '../../src/sketch/hash.js';

/** Two sets of random hashes of which `both` are in both and `either` in one or the other or both. */
function pair(next: () => number, both: number, either: number): [Uint32Array, Uint32Array] {
  const all = Uint32Array.from({ length: either }, next);
  const onlyA = both + Math.ceil((either - both) / 2);
  const b = new Uint32Array(either - onlyA + both);
  b.set(all.subarray(0, both));
  b.set(all.subarray(onlyA), both);
  return [all.subarray(0, onlyA), b];
}

const LEVELS = [0.05, 0.1, 0.3, 0.5, 0.8, 0.95];

describe('the estimate', () => {
  for (const [name, sizes] of [
    ['small sets', [2, 5, 10, 20, 50]],
    ['large sets', [200, 1500]],
  ] as const)
    it(`has no bias, and the error that theory gives it: ${name}`, () => {
      const next = randomStream(7);
      const k = 64;
      for (const level of LEVELS) {
        let bias = 0;
        let squares = 0;
        let variance = 0;
        let runs = 0;
        for (const size of sizes) {
          const both = Math.round(level * size);
          const jaccard = both / size;
          if (both === 0 || both === size) continue;
          // A seed of its own for every pair, so that the permutations are drawn anew too.
          for (let i = 0; i < 150; i++) {
            const hasher = new MinHasher({ permutations: k, seed: next() });
            const [a, b] = pair(next, both, size);
            const error = estimateJaccard(hasher.signHashes(a), hasher.signHashes(b)) - jaccard;
            bias += error;
            squares += error * error;
            variance += (jaccard * (1 - jaccard)) / k;
            runs++;
          }
        }
        if (runs === 0) continue;
        expect(Math.abs(bias / runs)).toBeLessThan((4 * Math.sqrt(variance)) / runs);
        expect(Math.sqrt(squares / variance)).toBeLessThan(1.12);
      }
    });

  it('of one against many is that of each pair', () => {
    const hasher = new MinHasher({ permutations: 32, shingleSize: 1 });
    const texts = ['a b c d', 'a b c', 'x y', '', 'd c b a'];
    const column = hasher.signMany(texts);
    const query = hasher.sign('a b c d e');
    expect([...compareMany(query, column)]).toEqual(texts.map((text) => estimateJaccard(query, hasher.sign(text))));
    expect(() => compareMany(query, column.subarray(1))).toThrow(
      expect.objectContaining({ code: 'SIGNATURE_MISMATCH' }),
    );
    expect(() => compareMany(query, [] as unknown as Uint32Array)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
  });
});

describe('packed signatures', () => {
  it('estimate without bias from 1, 2, 4, 8 or 16 bits of each minimum', () => {
    const next = randomStream(11);
    for (const bits of [1, 2, 4, 8, 16] as PackedBits[])
      for (const level of [0.1, 0.5, 0.9]) {
        const size = 60;
        const both = Math.round(level * size);
        const runs = 200;
        let bias = 0;
        for (let i = 0; i < runs; i++) {
          const hasher = new MinHasher({ permutations: 128, seed: next() });
          const [a, b] = pair(next, both, size).map((set) => packSignature(hasher.signHashes(set), bits)) as [
            Uint32Array,
            Uint32Array,
          ];
          expect(a.length).toBe(4 * bits);
          bias += (estimatePackedJaccard(a, b, bits, 128) - both / size) / runs;
        }
        const chance = 2 ** -bits;
        const share = chance + (1 - chance) * (both / size);
        const deviation = Math.sqrt((share * (1 - share)) / 128 / runs) / (1 - chance);
        expect(Math.abs(bias)).toBeLessThan(4.5 * deviation);
      }
  });

  it('count places past the last minimum neither way', () => {
    const hasher = new MinHasher({ permutations: 37, shingleSize: 1 });
    const [a, b] = [hasher.sign('one two three'), hasher.sign('four five six')];
    for (const bits of [1, 2, 4, 8, 16] as PackedBits[]) {
      const packed = packSignature(a, bits);
      expect(estimatePackedJaccard(packed, packed, bits, 37)).toBe(1);
      expect(estimatePackedJaccard(packed, packSignature(b, bits), bits, 37)).toBeLessThan(0.6);
    }
  });

  it('are not estimated without the number of minima, which they do not tell', () => {
    const hasher = new MinHasher({ permutations: 37, shingleSize: 1 });
    const [a, b] = [hasher.sign('one two three'), hasher.sign('four five six')].map((each) => packSignature(each, 8));
    const estimate = estimatePackedJaccard as (...args: unknown[]) => number;
    expect(() => estimate(a, b, 8)).toThrow('permutations must be a whole number from 1 to 1024, got undefined');
  });

  it('refuse other numbers of bits and other lengths', () => {
    const signature = new MinHasher().sign('text');
    expect(() => packSignature(signature, 3 as PackedBits)).toThrow('bits must be one of 1, 2, 4, 8, 16, got 3');
    const packed = packSignature(signature, 4);
    expect(() => estimatePackedJaccard(packed, packed.subarray(1), 4, 128)).toThrow(
      expect.objectContaining({ code: 'SIGNATURE_MISMATCH' }),
    );
    expect(() => estimatePackedJaccard(packed, packed, 4, 100)).toThrow(
      expect.objectContaining({ code: 'SIGNATURE_MISMATCH' }),
    );
  });
});

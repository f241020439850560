import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minima } from '../../src/sketch/minhash.js';
import { permutations } from '../../src/sketch/permutations.js';
import '../arbitraries.js';

const uint32 = fc.nat(0xffffffff);

describe('permutations', () => {
  it('give a longer family that begins with the shorter one', () => {
    fc.assert(
      fc.property(uint32, fc.integer({ min: 1, max: 64 }), fc.integer({ min: 0, max: 64 }), (seed, count, more) => {
        const short = permutations(count, seed);
        const long = permutations(count + more, seed);
        expect(long.factors.slice(0, count)).toEqual(short.factors);
        expect(long.addends.slice(0, count)).toEqual(short.addends);
      }),
    );
  });

  it('differ from seed to seed, and are the same for one', () => {
    expect(permutations(16, 1)).toEqual(permutations(16, 1));
    expect(permutations(16, 1)).not.toEqual(permutations(16, 2));
    expect(permutations(16, 0)).not.toEqual(permutations(16, 0xffffffff));
  });

  it('have odd factors, and 128 of them hardly ever twice the same', () => {
    const { factors, addends } = permutations(128, 1);
    for (const factor of factors) expect(factor % 2).toBe(1);
    const pairs = new Set(Array.from(factors, (factor, i) => `${factor} ${addends[i]}`));
    expect(pairs.size).toBe(128);
  });

  it('are bijections: every upper half is reached once, and the lower half stays', () => {
    const family = permutations(8, 1);
    const reached = Array.from({ length: 8 }, () => new Uint8Array(65_536));
    for (let upper = 0; upper < 65_536; upper++) {
      const lower = (upper * 40_503) & 0xffff;
      const mapped = minima(Uint32Array.of(((upper << 16) | lower) >>> 0), family);
      for (let i = 0; i < 8; i++) {
        const to = mapped[i] as number;
        if ((to & 0xffff) !== lower) expect.fail(`permutation ${i} changed the lower half of ${upper}`);
        (reached[i] as Uint8Array)[to >>> 16] = 1;
      }
    }
    for (const seen of reached) expect(seen.indexOf(0)).toBe(-1);
  });
});

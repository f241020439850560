import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashShingle, hashWord, mix32, randomStream, type WordKey, wordKey } from '../../src/sketch/hash.js';
import { fold } from '../../src/text/fold.js';
import { anyText, randomWord, seededRandom } from '../arbitraries.js';

const encoder = new TextEncoder();
const ONE = wordKey(1);
const hash = (word: string, key: WordKey = ONE): number => {
  const bytes = encoder.encode(word);
  return hashWord(bytes, bytes.length, key);
};
const uint32 = fc.nat(0xffffffff);

/** Of n values thrown at random into 2^32 places, n(n-1)/2^33 pairs meet; more than this many meet once in a million times. */
const collisionsAllowed = (n: number): number => {
  const expected = (n * (n - 1)) / 2 ** 33;
  return Math.ceil(expected + 5 * Math.sqrt(expected) + 3);
};

describe('mix32', () => {
  it('is a bijection: no two of a million neighbours meet', () => {
    const seen = new Set<number>();
    for (let i = 0; i < 1_000_000; i++) seen.add(mix32(i));
    expect(seen.size).toBe(1_000_000);
  });

  it('changes about half of its bits when one bit of its input changes', () => {
    const random = seededRandom(7);
    let changed = 0;
    const rounds = 2000;
    for (let i = 0; i < rounds; i++) {
      const x = random() * 2 ** 32;
      let difference = mix32(x) ^ mix32(x ^ (1 << (i % 32)));
      for (; difference !== 0; difference &= difference - 1) changed++;
    }
    expect(changed / rounds).toBeGreaterThan(15.5);
    expect(changed / rounds).toBeLessThan(16.5);
  });
});

describe('hashWord', () => {
  it('gives 32 bits, the same every time, and does not read past the length', () => {
    fc.assert(
      fc.property(anyText(), uint32, uint32, (text, seed, rest) => {
        const bytes = encoder.encode(fold(text));
        const longer = new Uint8Array(bytes.length + 12).fill(rest);
        longer.set(bytes);
        const h = hashWord(bytes, bytes.length, wordKey(seed));
        expect(h).toBe(h >>> 0);
        expect(hashWord(longer, bytes.length, wordKey(seed))).toBe(h);
      }),
    );
  });

  it('depends on the seed', () => {
    const hashes = new Set(Array.from({ length: 1000 }, (_, seed) => hash('ceasefire', wordKey(seed))));
    expect(hashes.size).toBe(1000);
  });

  it('tells apart words that a seed of another kind would not: two seeds share no collisions', () => {
    const random = seededRandom(3);
    const words = [...new Set(Array.from({ length: 50_000 }, () => randomWord(random)))];
    const two = wordKey(2);
    const both = new Set(words.map((word) => `${hash(word)} ${hash(word, two)}`));
    expect(both.size).toBe(words.length);
  });

  it.each([
    ['words as they are generated', (random: () => number) => randomWord(random)],
    ['long words made of two', (random: () => number) => `${randomWord(random)}${randomWord(random)}ly`],
    ['figures', (random: () => number) => String(Math.floor(random() * 1e9))],
    [
      'long words that differ in two places',
      (random: () => number) => {
        const letters = [...'internationalisation'];
        for (let i = 0; i < 4; i++) letters[Math.floor(random() * 20)] = String.fromCharCode(97 + random() * 26);
        return letters.join('');
      },
    ],
    [
      'Chinese words',
      (random: () => number) =>
        Array.from({ length: 2 + random() * 2 }, () => String.fromCharCode(0x4e00 + random() * 3000)).join(''),
    ],
  ])('tells 200,000 %s apart as well as 32 bits can', (_, make) => {
    const random = seededRandom(11);
    const words = new Set<string>();
    while (words.size < 200_000) words.add(make(random));
    const hashes = new Set<number>();
    for (const word of words) hashes.add(hash(word));
    expect(words.size - hashes.size).toBeLessThanOrEqual(collisionsAllowed(words.size));
  });
});

describe('hashShingle', () => {
  it('reads its words from the given place on, in order', () => {
    const words = Uint32Array.of(1, 2, 3, 4);
    expect(hashShingle(words, 1, 2)).toBe(hashShingle([2, 3], 0, 2));
    expect(hashShingle([2, 3], 0, 2)).not.toBe(hashShingle([3, 2], 0, 2));
    expect(hashShingle([2, 3], 0, 2)).not.toBe(hashShingle([2, 3, 3], 0, 3));
  });

  it('tells 200,000 shingles of a small vocabulary apart as well as 32 bits can', () => {
    const random = seededRandom(5);
    const vocabulary = Array.from({ length: 500 }, (_, i) => hash(`w${i}`));
    const shingles = new Map<string, number[]>();
    while (shingles.size < 200_000) {
      const words = Array.from({ length: 3 }, () => Math.floor(random() * 500));
      shingles.set(words.join(' '), words);
    }
    const hashes = new Set<number>();
    for (const words of shingles.values())
      hashes.add(
        hashShingle(
          words.map((w) => vocabulary[w] as number),
          0,
          3,
        ),
      );
    expect(shingles.size - hashes.size).toBeLessThanOrEqual(collisionsAllowed(shingles.size));
  });
});

describe('randomStream', () => {
  it('gives the same numbers for a seed, and others for another', () => {
    const take = (seed: number) => Array.from({ length: 100 }, randomStream(seed));
    expect(take(1)).toEqual(take(1));
    expect(take(1)).not.toEqual(take(2));
    for (const n of take(3)) expect(n).toBe(n >>> 0);
  });

  it('fills every bit half of the time', () => {
    const next = randomStream(1);
    const counts = new Uint32Array(32);
    for (let i = 0; i < 10_000; i++) {
      const n = next();
      for (let bit = 0; bit < 32; bit++) counts[bit] = (counts[bit] as number) + ((n >>> bit) & 1);
    }
    for (const count of counts) expect(Math.abs(count - 5000)).toBeLessThan(250);
  });
});

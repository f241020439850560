import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MinHasher, SIGNATURE_FORMAT, TwicetoldError } from '../../src/index.js';
import { createKernel, kernelBytes, setSharedKernel, sharedKernel } from '../../src/kernel/kernel.js';
import { hashWord, wordKey } from '../../src/sketch/hash.js';
import { referenceSigner, signatureSettings } from '../../src/sketch/signer.js';

interface Golden {
  format: number;
  signatures: { text: string; permutations: number; shingleSize: number; seed: number; signature: number[] }[];
}

const golden = JSON.parse(
  readFileSync(new URL('../fixtures/golden-signatures.json', import.meta.url), 'utf8'),
) as Golden;

describe('signature format', () => {
  it('gives the bytes it gave when it was fixed, by the kernel and by the reference', () => {
    expect(golden.format).toBe(SIGNATURE_FORMAT);
    expect(sharedKernel()).toBeDefined();
    for (const { text, signature, ...options } of golden.signatures) {
      const hasher = new MinHasher(options);
      expect([...hasher.sign(text)]).toEqual(signature);
      const out = new Uint32Array(options.permutations);
      referenceSigner(signatureSettings(options.permutations, options.shingleSize, options.seed)).text(text, out, 0);
      expect([...out]).toEqual(signature);
    }
  });

  it('does not depend on how the text comes: string, bytes, alone or among others', () => {
    const encoder = new TextEncoder();
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 80 }), { maxLength: 8 }), (texts) => {
        const hasher = new MinHasher({ permutations: 24, shingleSize: 2 });
        const column = hasher.signMany(texts.map((text, i) => (i % 2 === 0 ? text : encoder.encode(text))));
        texts.forEach((text, i) => {
          expect(hasher.sign(text)).toEqual(column.subarray(i * 24, i * 24 + 24));
          expect(hasher.signBytes(encoder.encode(text))).toEqual(column.subarray(i * 24, i * 24 + 24));
        });
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('begins a longer signature with the shorter one', () => {
    const text = 'a longer family of permutations begins with the shorter one';
    const long = new MinHasher({ permutations: 200 }).sign(text);
    for (const permutations of [1, 8, 9, 16, 100])
      expect(new MinHasher({ permutations }).sign(text)).toEqual(long.slice(0, permutations));
  });

  it('signs with the reference where the kernel cannot run', () => {
    const text = 'Naïve hosts without SIMD sign the same bytes, only slower.';
    const expected = new MinHasher().sign(text);
    expect(createKernel(new Uint8Array(0))).toBeUndefined();
    expect(createKernel(new Uint8Array([0, 97, 115, 109, 9, 9, 9, 9]))).toBeUndefined();
    const host = (globalThis as { WebAssembly?: unknown }).WebAssembly;
    try {
      (globalThis as { WebAssembly?: unknown }).WebAssembly = undefined;
      expect(createKernel(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))).toBeUndefined();
    } finally {
      (globalThis as { WebAssembly?: unknown }).WebAssembly = host;
    }
    setSharedKernel(undefined);
    try {
      expect(sharedKernel()).toBeUndefined();
      const hasher = new MinHasher();
      expect(hasher.sign(text)).toEqual(expected);
      expect(hasher.signBytes(new TextEncoder().encode(text))).toEqual(expected);
    } finally {
      setSharedKernel(kernelBytes());
    }
  });

  it('refuses what it cannot sign, naming it', () => {
    const hasher = new MinHasher();
    const refused = (run: () => unknown) => expect(run).toThrow(TwicetoldError);
    refused(() => hasher.sign(1 as unknown as string));
    refused(() => hasher.signBytes('text' as unknown as Uint8Array));
    refused(() => hasher.signHashes([1] as unknown as Uint32Array));
    refused(() => hasher.signMany('text' as unknown as string[]));
    refused(() => hasher.signMany(['a', 1 as unknown as string]));
    refused(() => hasher.signMany(['a'], { out: new Uint32Array(127) }));
    refused(() => hasher.signMany(['a'], { out: [] as unknown as Uint32Array }));
  });
});

/** Pairs among n words that share a 32-bit hash when hashing is random: n * (n - 1) / 2^33. */
function collisions(words: Iterable<string>, seed: number): { found: number; expected: number } {
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(256);
  const key = wordKey(seed);
  const hashes: number[] = [];
  for (const word of words) hashes.push(hashWord(bytes, encoder.encodeInto(word, bytes).written, key));
  const sorted = Uint32Array.from(hashes).sort();
  let found = 0;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) found++;
  return { found, expected: (sorted.length * (sorted.length - 1)) / 2 ** 33 };
}

describe('word hashes', () => {
  const n = 200_000;
  const range = (make: (i: number) => string) => Array.from({ length: n }, (_, i) => make(i));
  const letters = (i: number, length: number, alphabet: string) => {
    let out = '';
    for (let rest = i; out.length < length; rest = Math.floor(rest / alphabet.length))
      out += alphabet[rest % alphabet.length];
    return out;
  };
  const families: Record<string, string[]> = {
    'counting numbers': range((i) => String(i)),
    'numbers after a long stem': range((i) => `pneumonoultramicroscopic${i}`),
    'all words of four letters': range((i) => letters(i, 4, 'abcdefghijklmnopqrstuvwxyz')),
    'eighteen places of two letters, which differ in a bit of high weight': range((i) => letters(i, 18, 'pq')),
    'thirty-two places of a letter and a digit one bit apart': range((i) => letters(i, 32, 'p0')),
    'runs of one letter': Array.from({ length: 250 }, (_, i) => 'a'.repeat(i + 1)),
    'Cyrillic and Greek': range((i) => letters(i, 7, 'абвгдежзαβγδεζηθ')),
  };
  for (const [name, words] of Object.entries(families))
    it(`collide no more than chance has it: ${name}`, () => {
      for (const seed of [1, 2, 0xdeadbeef]) {
        const { found, expected } = collisions(words, seed);
        expect(found).toBeLessThanOrEqual(expected + 5 * Math.sqrt(expected) + 3);
      }
    });
});

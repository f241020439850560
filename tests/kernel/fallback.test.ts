import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { MinHasher } from '../../src/index.js';
import { createKernel, kernelBytes, setSharedKernel, sharedKernel } from '../../src/kernel/kernel.js';
import { randomStream } from '../../src/sketch/hash.js';

const host = globalThis as { WebAssembly?: { validate(bytes: Uint8Array): boolean; Module: unknown } | undefined };
const { WebAssembly } = host;
const encoder = new TextEncoder();
const next = randomStream(3);

const texts = [
  '',
  'one',
  'Straße, naïve café; Ελλάδα, Жизнь 東京タワー \u00ad\u200d 🙂 x',
  'many words '.repeat(30_000),
];
const documents = [
  ...texts,
  ...texts.map((text) => encoder.encode(text)),
  Uint8Array.of(0x61, 0xff, 0x62, 0x20, 0xe2, 0x82, 0x63, 0xf0, 0x9f),
  Uint32Array.from({ length: 600 }, next),
  Uint32Array.from({ length: 3000 }, next),
];

/** What hosts without the kernel lack, or refuse. */
const HOSTS: Record<string, () => void> = {
  'there is no WebAssembly': () => {
    delete host.WebAssembly;
  },
  'it has no SIMD': () => {
    host.WebAssembly = { ...WebAssembly, validate: () => false } as typeof WebAssembly;
  },
  'a policy forbids to compile': () => {
    const Module = class {
      constructor() {
        throw new EvalError('refused');
      }
    };
    host.WebAssembly = { validate: () => true, Module } as unknown as typeof WebAssembly;
  },
};

afterEach(() => {
  host.WebAssembly = WebAssembly;
  setSharedKernel(kernelBytes());
});

describe('where the kernel cannot run', () => {
  for (const [name, prepare] of Object.entries(HOSTS))
    it(`${name}: the same bytes come from the reference`, () => {
      expect(sharedKernel()).toBeDefined();
      const options = { permutations: 72, shingleSize: 2, seed: 5 };
      const expected = new MinHasher(options).signMany(documents);
      prepare();
      expect(createKernel(kernelBytes())).toBeUndefined();
      setSharedKernel(kernelBytes());
      expect(sharedKernel()).toBeUndefined();
      expect(new MinHasher(options).signMany(documents)).toEqual(expected);
    });

  it('the golden signatures come out too', () => {
    setSharedKernel(undefined);
    const path = new URL('../fixtures/golden-signatures.json', import.meta.url);
    const { signatures } = JSON.parse(readFileSync(path, 'utf8')) as {
      signatures: { text: string; permutations: number; shingleSize: number; seed: number; signature: number[] }[];
    };
    for (const { text, signature, ...options } of signatures) {
      expect([...new MinHasher(options).sign(text)]).toEqual(signature);
      expect([...new MinHasher(options).signBytes(encoder.encode(text))]).toEqual(signature);
    }
  });
});

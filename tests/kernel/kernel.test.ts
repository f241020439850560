import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../src/kernel/compile.js';
import { createKernel, type Kernel, type SignatureSettings } from '../../src/kernel/kernel.js';
import { kernelSigner, referenceSigner, signatureSettings } from '../../src/sketch/signer.js';

const wasm = await compileKernel();
const kernel = createKernel(wasm) as Kernel;
const kernels = [4, 5, 7, 16, 63, 1000, 8191].map((bytes) => createKernel(wasm, bytes) as Kernel).concat(kernel);

const settingsOf = (k = 128, shingleSize = 3, seed = 1) => signatureSettings(k, shingleSize, seed);
const settings = fc
  .record({
    k: fc.integer({ min: 1, max: 1024 }),
    w: fc.integer({ min: 1, max: 12 }),
    seed: fc.integer({ min: 0, max: 0xffffffff }),
  })
  .map(({ k, w, seed }) => settingsOf(k, w, seed));

const encoder = new TextEncoder();

function expectSame(input: string | Uint8Array, chosen: SignatureSettings, engines: readonly Kernel[] = kernels): void {
  const k = chosen.family.factors.length;
  const expected = new Uint32Array(k);
  const reference = referenceSigner(chosen);
  if (typeof input === 'string') reference.text(input, expected, 0);
  else reference.bytes(input, expected, 0);
  for (const engine of engines) {
    const signer = kernelSigner(engine, chosen);
    const actual = new Uint32Array(k);
    if (typeof input === 'string') signer.text(input, actual, 0);
    else signer.bytes(input, actual, 0);
    expect(actual).toEqual(expected);
  }
}

/** Sequences that only a lax reader takes for a character: too long a form of a short one, surrogates, beyond the last. */
const forbidden = fc.oneof(
  fc.tuple(fc.integer({ min: 0xc0, max: 0xc1 }), fc.integer({ min: 0x80, max: 0xbf })),
  fc.tuple(fc.constant(0xe0), fc.integer({ min: 0x80, max: 0x9f }), fc.integer({ min: 0x80, max: 0xbf })),
  fc.tuple(fc.constant(0xed), fc.integer({ min: 0xa0, max: 0xbf }), fc.integer({ min: 0x80, max: 0xbf })),
  fc.tuple(
    fc.constant(0xf0),
    fc.integer({ min: 0x80, max: 0x8f }),
    fc.constant(0x81),
    fc.integer({ min: 0x80, max: 0xbf }),
  ),
  fc.tuple(
    fc.constant(0xf4),
    fc.integer({ min: 0x90, max: 0xbf }),
    fc.constant(0x81),
    fc.integer({ min: 0x80, max: 0xbf }),
  ),
  fc.tuple(fc.integer({ min: 0xf5, max: 0xff }), fc.constant(0x81), fc.constant(0x81), fc.constant(0x81)),
);

/** Bytes that are nearly UTF-8: whole characters of every length, cut ones, forbidden ones, and stray bytes between them. */
const bytes = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }).map((text) => encoder.encode(text)),
      fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => encoder.encode(text)),
      fc.stringMatching(/^[a-zA-Z0-9 .,'’é-]{0,60}$/).map((text) => encoder.encode(text)),
      fc.uint8Array({ maxLength: 8 }),
      fc.tuple(fc.constantFrom('a', 'b ', ''), forbidden).map(([before, form]) => [...encoder.encode(before), ...form]),
      fc
        .tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.nat(3))
        .map(([text, n]) => encoder.encode(text).subarray(0, n)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

describe('the kernel signs as the reference does', () => {
  it('any bytes, options and pieces', () => {
    fc.assert(
      fc.property(bytes, settings, (input, chosen) => expectSame(input, chosen)),
      { seed: 1, numRuns: 100 },
    );
  });

  it('any string, lone surrogates included', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
        ),
        settings,
        (input, chosen) => expectSame(input, chosen),
      ),
      { seed: 2, numRuns: 100 },
    );
  });

  it('every code point, alone and inside a word', () => {
    const chosen = settingsOf(8, 1);
    for (let page = 0; page < 0x1100; page++) {
      let text = '';
      for (let i = 0; i < 256; i++) text += `a${String.fromCodePoint(page * 256 + i)}b${i} `;
      expectSame(text, chosen, [kernel]);
    }
  });

  it('words and separators of every length at every place in a block of 16', () => {
    const chosen = settingsOf(16, 2);
    for (let before = 0; before < 66; before++)
      for (const length of [1, 7, 8, 9, 15, 16, 17, 24, 25, 31, 32, 33, 63, 64, 65, 127, 128])
        expectSame(`${' '.repeat(before)}${'Word'.repeat(40).slice(0, length)} x`, chosen, [kernel]);
  });

  it('words longer than a block, and words that end where a piece does', () => {
    const chosen = settingsOf(16, 1);
    for (const length of [4079, 4080, 4081, 4095, 4096, 4097, 4112, 8192, 65535, 65536, 65537, 200_001])
      for (const tail of ['', ' ', ' tail', '\u00ad', '\u00adx', 'é'])
        expectSame(encoder.encode(`${'abcdefghi'.repeat(length / 8).slice(0, length)}${tail}`), chosen);
  });

  it('a word, then more ignored code points than a piece holds, then the rest of the word', () => {
    const chosen = settingsOf(16, 1);
    for (const length of [7, 15, 16, 17, 26])
      expectSame(`${'abcdefghijklmnopqrstuvwxyz'.slice(0, length)}${'\u00ad'.repeat(9000)}end`, chosen);
  });

  it('sets on both sides of the border between comparing and searching, and beyond all 65,536 upper halves', () => {
    for (const words of [1023, 1024, 1025, 1026, 1027, 1100, 5000, 30_000, 90_000]) {
      let text = '';
      for (let i = 0; i < words; i++) text += `${(i * 2654435761) >>> 0} `;
      for (const chosen of [settingsOf(128, 3), settingsOf(5, 1, 7)])
        expectSame(encoder.encode(text), chosen, [kernel, kernels[3] as Kernel]);
    }
  });

  it('counts words and shingles', () => {
    const text = encoder.encode('It’s a tale, told twice.');
    kernel.use(settingsOf());
    expect([kernel.scan(text, 'words'), kernel.scan(text, 'shingles')]).toEqual([6, 4]);
  });

  it('long texts of few shingles', () => {
    expectSame('the same thing again and again '.repeat(5000), settingsOf(), [kernel]);
    expectSame('one '.repeat(20_000), settingsOf(64, 12), [kernel]);
  });

  it('ready hashes', () => {
    fc.assert(
      fc.property(fc.uint32Array({ maxLength: 3000 }), settings, (hashes, chosen) => {
        const k = chosen.family.factors.length;
        const expected = new Uint32Array(k);
        referenceSigner(chosen).hashes(hashes, expected, 0);
        for (const engine of kernels) {
          const actual = new Uint32Array(k);
          kernelSigner(engine, chosen).hashes(hashes, actual, 0);
          expect(actual).toEqual(expected);
        }
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it('more documents than an epoch has numbers', () => {
    const chosen = settingsOf(8, 1);
    const signer = kernelSigner(kernel, chosen);
    const out = new Uint32Array(8);
    for (let i = 0; i < 66_000; i++) signer.text('ab', out, 0);
    expectSame('some other text of a few words', chosen, [kernel]);
  });

  it('a document that has a number for the second time knows nothing of the one that had it first', () => {
    const chosen = settingsOf(8, 1);
    const fresh = createKernel(wasm) as Kernel;
    const signer = kernelSigner(fresh, chosen);
    const expected = new Uint32Array(8);
    const actual = new Uint32Array(8);
    // The same upper half, a smaller lower half in the first of all documents, and a greater one in the first of the second epoch.
    signer.hashes(Uint32Array.of(0x0001_0005), actual, 0);
    for (let i = 1; i < 65_535; i++) signer.hashes(Uint32Array.of(0xffff_0000), actual, 0);
    for (let i = 0; i < 3; i++) {
      const hashes = Uint32Array.of(0x0001_0009 + i);
      referenceSigner(chosen).hashes(hashes, expected, 0);
      signer.hashes(hashes, actual, 0);
      expect(actual).toEqual(expected);
    }
  });
});

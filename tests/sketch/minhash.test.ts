import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_MINIMUM, estimateJaccard, MinHasher, minima, shingleHashes } from '../../src/sketch/minhash.js';
import { permutations } from '../../src/sketch/permutations.js';
import { anyText, seededRandom } from '../arbitraries.js';
import { thrownBy } from '../thrown.js';

const uint32 = fc.nat(0xffffffff);
const options = fc.record({
  permutations: fc.integer({ min: 1, max: 40 }),
  shingleSize: fc.integer({ min: 1, max: 12 }),
  seed: uint32,
});

describe('minima', () => {
  const family = permutations(32, 1);

  it('do not depend on the order of the hashes, nor on repeats', () => {
    fc.assert(
      fc.property(fc.array(uint32, { maxLength: 60 }), uint32, (hashes, seed) => {
        const random = seededRandom(seed);
        const shuffled = [...hashes, ...hashes.slice(0, 5)].sort(() => random() - 0.5);
        expect(minima(Uint32Array.from(shuffled), family)).toEqual(minima(Uint32Array.from(hashes), family));
      }),
    );
  });

  it('of a union are the smaller of both in each place', () => {
    const hashes = fc.array(uint32, { maxLength: 40 }).map((list) => Uint32Array.from(list));
    fc.assert(
      fc.property(hashes, hashes, (a, b) => {
        const left = minima(a, family);
        const right = minima(b, family);
        expect(minima(Uint32Array.from([...a, ...b]), family)).toEqual(
          left.map((value, i) => Math.min(value, right[i] as number)),
        );
      }),
    );
  });

  it('of nothing are all as large as can be', () => {
    expect(minima(new Uint32Array(0), family)).toEqual(new Uint32Array(32).fill(EMPTY_MINIMUM));
  });
});

describe('MinHasher', () => {
  it('has 128 permutations, shingles of 3 words and seed 1 unless said otherwise', () => {
    const { permutations: count, shingleSize, seed } = new MinHasher();
    expect([count, shingleSize, seed]).toEqual([128, 3, 1]);
    expect(new MinHasher().sign('one two three').length).toBe(128);
  });

  it('signs a text the same way every time, in every instance', () => {
    fc.assert(
      fc.property(anyText(), options, (text, given) => {
        const hasher = new MinHasher(given);
        const signature = hasher.sign(text);
        expect(signature.length).toBe(given.permutations);
        hasher.sign('something else');
        expect(hasher.sign(text)).toEqual(signature);
        expect(new MinHasher(given).sign(text)).toEqual(signature);
      }),
    );
  });

  it('signs with more permutations so that the signature begins with that of fewer', () => {
    fc.assert(
      fc.property(anyText(), options, (text, given) => {
        const longer = new MinHasher({ ...given, permutations: given.permutations + 9 }).sign(text);
        expect(longer.slice(0, given.permutations)).toEqual(new MinHasher(given).sign(text));
      }),
    );
  });

  it('signs text and its UTF-8 alike, lone surrogates and all', () => {
    fc.assert(
      fc.property(anyText(), options, (text, given) => {
        const hasher = new MinHasher(given);
        expect(hasher.signBytes(new TextEncoder().encode(text))).toEqual(hasher.sign(text));
      }),
    );
  });

  it('signs bytes that are no UTF-8 as the text that TextDecoder makes of them', () => {
    const bytes = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 8 }),
        fc.constantFrom('talks', ' ', 'é', '中', '😀').map((piece) => new TextEncoder().encode(piece)),
        fc.constantFrom([0xc3], [0xe4, 0xb8], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xff]),
      ),
      { maxLength: 20 },
    );
    const hasher = new MinHasher({ permutations: 8, shingleSize: 2 });
    fc.assert(
      fc.property(bytes, (pieces) => {
        const utf8 = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
        expect(hasher.signBytes(utf8)).toEqual(hasher.sign(new TextDecoder().decode(utf8)));
      }),
    );
  });

  it('signs from a view into a larger buffer', () => {
    const hasher = new MinHasher();
    const all = new TextEncoder().encode('xxx one two three four yyy');
    expect(hasher.signBytes(all.subarray(4, -4))).toEqual(hasher.sign('one two three four'));
  });

  it.skipIf(typeof Buffer === 'undefined')('signs from a Buffer', () => {
    const hasher = new MinHasher();
    expect(hasher.signBytes(Buffer.from('one two three four'))).toEqual(hasher.sign('one two three four'));
  });

  it('signs the words, not their case, accents, punctuation or byte order mark', () => {
    const hasher = new MinHasher();
    const signature = hasher.sign('The élysée said: “No ceasefire”.');
    expect(hasher.sign('\ufeffTHE E\u0301LYSE\u0301E SAID — no cease\u00adfire')).toEqual(signature);
    expect(hasher.sign('The élysée said: a ceasefire')).not.toEqual(signature);
  });

  it('signs a text with fewer words than a shingle by all of them', () => {
    const hasher = new MinHasher({ shingleSize: 5 });
    expect(estimateJaccard(hasher.sign('One two'), hasher.sign('one, two!'))).toBe(1);
    expect(estimateJaccard(hasher.sign('one two'), hasher.sign('one three'))).toBe(0);
    expect(hasher.sign('one')).not.toEqual(hasher.sign(''));
  });

  it('signs texts without words alike, as the empty set', () => {
    const hasher = new MinHasher({ permutations: 4 });
    const empty = new Uint32Array(4).fill(EMPTY_MINIMUM);
    for (const text of ['', ' \n', '“”.', '\0', '\ud800', '\u0301']) expect(hasher.sign(text)).toEqual(empty);
    expect(hasher.signBytes(new Uint8Array(0))).toEqual(empty);
  });

  it('signs otherwise with another seed', () => {
    const text = 'the two sides agreed on a prisoner swap';
    const seeds = [0, 1, 2, 3, 0xffffffff];
    const signatures = seeds.map((seed) => new MinHasher({ seed }).sign(text));
    for (let i = 0; i < seeds.length; i++)
      for (let j = 0; j < i; j++)
        expect(estimateJaccard(signatures[i] as Uint32Array, signatures[j] as Uint32Array)).toBe(0);
  });

  it('signs the same set of shingles alike whatever their order in the text', () => {
    const hasher = new MinHasher({ shingleSize: 1 });
    expect(hasher.sign('three one two one')).toEqual(hasher.sign('one two three'));
  });

  it('is the minima of the hashes of the shingles', () => {
    fc.assert(
      fc.property(anyText(), options, (text, given) => {
        expect(new MinHasher(given).sign(text)).toEqual(
          minima(shingleHashes(text, given.shingleSize, given.seed), permutations(given.permutations, given.seed)),
        );
      }),
    );
  });

  it.each([
    ['OUT_OF_RANGE', { permutations: 0 }, /permutations must be a whole number from 1 to 1024, got 0/],
    ['OUT_OF_RANGE', { permutations: 1025 }, /permutations .* got 1025/],
    ['OUT_OF_RANGE', { permutations: 1.5 }, /permutations .* got 1.5/],
    ['OUT_OF_RANGE', { permutations: Number.POSITIVE_INFINITY }, /permutations .* got Infinity/],
    ['INVALID_ARGUMENT', { permutations: '128' }, /permutations .* got "128"/],
    ['INVALID_ARGUMENT', { permutations: 128n }, /permutations .* got 128n/],
    ['OUT_OF_RANGE', { shingleSize: 13 }, /shingleSize must be a whole number from 1 to 12, got 13/],
    ['INVALID_ARGUMENT', { shingleSize: {} }, /shingleSize .* got an object \(Object\)/],
    ['OUT_OF_RANGE', { seed: -1 }, /seed must be a whole number from 0 to 4294967295, got -1/],
    ['OUT_OF_RANGE', { seed: 2 ** 32 }, /seed .* got 4294967296/],
    ['INVALID_ARGUMENT', { seed: true }, /seed .* got true/],
    ['INVALID_ARGUMENT', { numPerm: 64 }, /no option "numPerm"; it knows permutations, shingleSize, seed/],
    ['INVALID_ARGUMENT', null, /MinHasher options must be an object, got null/],
    ['INVALID_ARGUMENT', 128, /MinHasher options must be an object, got 128/],
  ])('refuses with %s and says what is accepted: case %#', (code, given, message) => {
    expect(thrownBy(() => new MinHasher(given as object))).toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('refuses to sign what is no text and no bytes', () => {
    const hasher = new MinHasher();
    expect(thrownBy(() => hasher.sign(null as unknown as string))).toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: 'text must be a string, got null',
    });
    expect(thrownBy(() => hasher.signBytes('text' as unknown as Uint8Array))).toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: 'utf8 must be a Uint8Array, got "text"',
    });
    expect(thrownBy(() => hasher.signBytes([1] as unknown as Uint8Array)).message).toMatch(/got an array/);
  });
});

describe('estimateJaccard', () => {
  it('is the share of places that agree', () => {
    expect(estimateJaccard(Uint32Array.of(1, 2, 3, 4), Uint32Array.of(1, 2, 4, 3))).toBe(0.5);
    expect(estimateJaccard(Uint32Array.of(7), Uint32Array.of(7))).toBe(1);
  });

  it('refuses signatures of different lengths', () => {
    const error = thrownBy(() => estimateJaccard(new Uint32Array(128), new Uint32Array(64)));
    expect(error.code).toBe('SIGNATURE_MISMATCH');
    expect(error.message).toMatch(/same options, got 128 and 64 minima/);
  });

  it.each([
    ['a', [1], new Uint32Array(1)],
    ['b', new Uint32Array(1), new Uint8Array(1)],
    ['a', new Uint32Array(0), new Uint32Array(0)],
    ['b', new Uint32Array(1), new Uint32Array(1025)],
    ['b', new Uint32Array(1), undefined],
  ])('refuses %s where it is no signature', (name, a, b) => {
    const error = thrownBy(() => estimateJaccard(a as Uint32Array, b as Uint32Array));
    expect(error.code).toBe('INVALID_ARGUMENT');
    expect(error.message).toMatch(
      new RegExp(`^${name} must be a signature (\\(a Uint32Array\\)|of 1 to 1024 minima), got `),
    );
  });
});

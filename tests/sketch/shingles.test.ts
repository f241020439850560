import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shingleHashes } from '../../src/sketch/minhash.js';
import { foldedWords, jaccard, shingles } from '../../src/sketch/shingles.js';
import { anyText } from '../arbitraries.js';
import { thrownBy } from '../thrown.js';

const size = fc.integer({ min: 1, max: 12 });

describe('shingles', () => {
  it('are the runs of words of a text, folded, repeats included', () => {
    expect(shingles('The Cat sat. The cat!', { shingleSize: 2 })).toEqual(['the cat', 'cat sat', 'sat the', 'the cat']);
  });

  it('are of three words unless said otherwise', () => {
    expect(shingles('one two three four')).toEqual(['one two three', 'two three four']);
  });

  it('are all the words at once where there are fewer than a shingle has', () => {
    expect(shingles('One two')).toEqual(['one two']);
    expect(shingles('One')).toEqual(['one']);
  });

  it('are none where there are no words', () => {
    expect(shingles('')).toEqual([]);
    expect(shingles(' “”. \n')).toEqual([]);
  });

  it('number one for every word that begins a run', () => {
    fc.assert(
      fc.property(anyText(), size, (text, shingleSize) => {
        const words = foldedWords(text);
        const found = shingles(text, { shingleSize });
        expect(found.length).toBe(words.length === 0 ? 0 : Math.max(1, words.length - shingleSize + 1));
        expect(shingleHashes(text, shingleSize, 1).length).toBe(found.length);
        if (words.length > 0) expect(found.at(-1)).toBe(words.slice(-shingleSize).join(' '));
      }),
    );
  });

  it('are hashed alike exactly where they are alike', () => {
    fc.assert(
      fc.property(anyText(), size, (text, shingleSize) => {
        const found = shingles(text, { shingleSize });
        const hashes = shingleHashes(text, shingleSize, 1);
        const byShingle = new Map(found.map((shingle, i) => [shingle, hashes[i]]));
        expect(new Set(byShingle.values()).size).toBe(byShingle.size);
        expect(Array.from(hashes)).toEqual(found.map((shingle) => byShingle.get(shingle)));
      }),
    );
  });

  it.each([
    ['INVALID_ARGUMENT', 5, {}, /text must be a string, got 5/],
    ['INVALID_ARGUMENT', undefined, {}, /text must be a string, got undefined/],
    ['INVALID_ARGUMENT', 'a', null, /shingles options must be an object, got null/],
    ['INVALID_ARGUMENT', 'a', [3], /shingles options must be an object, got an array/],
    ['INVALID_ARGUMENT', 'a', { size: 3 }, /no option "size"; it knows shingleSize/],
    ['INVALID_ARGUMENT', 'a', { shingleSize: '3' }, /shingleSize must be a whole number from 1 to 12, got "3"/],
    ['OUT_OF_RANGE', 'a', { shingleSize: 0 }, /shingleSize must be a whole number from 1 to 12, got 0/],
    ['OUT_OF_RANGE', 'a', { shingleSize: 13 }, /shingleSize .* got 13/],
    ['OUT_OF_RANGE', 'a', { shingleSize: 2.5 }, /shingleSize .* got 2.5/],
    ['OUT_OF_RANGE', 'a', { shingleSize: Number.NaN }, /shingleSize .* got NaN/],
  ])('refuse with %s: %j, %j', (code, text, options, message) => {
    expect(thrownBy(() => shingles(text as string, options as object))).toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});

describe('jaccard', () => {
  it('is the share of members that both have', () => {
    expect(jaccard(['a', 'b', 'c'], ['b', 'c', 'd'])).toBe(0.5);
    expect(jaccard([1, 2], new Set([3]))).toBe(0);
    expect(jaccard(['a', 'a', 'b'], ['b', 'a'])).toBe(1);
    expect(jaccard([], [])).toBe(1);
    expect(jaccard([], ['a'])).toBe(0);
  });

  it('is symmetric, in [0, 1], and 1 for equal sets alone', () => {
    const set = fc.array(fc.nat(8));
    fc.assert(
      fc.property(set, set, (a, b) => {
        const resemblance = jaccard(a, b);
        expect(jaccard(b, a)).toBe(resemblance);
        expect(resemblance).toBeGreaterThanOrEqual(0);
        expect(resemblance).toBeLessThanOrEqual(1);
        expect(jaccard(a, a)).toBe(1);
        expect(resemblance === 1).toBe([...new Set(a)].sort().join() === [...new Set(b)].sort().join());
      }),
    );
  });

  it('makes 1 - jaccard a distance: the triangle inequality holds', () => {
    const set = fc.array(fc.nat(6));
    fc.assert(
      fc.property(set, set, set, (a, b, c) => {
        const far = (x: number[], y: number[]) => 1 - jaccard(x, y);
        expect(far(a, c)).toBeLessThanOrEqual(far(a, b) + far(b, c) + 1e-12);
      }),
    );
  });

  it.each([
    ['a text', 'one two', ['x'], /a must be an array or set of shingles, got "one two"/],
    ['nothing', ['x'], undefined, /b must be an array or set of shingles, got undefined/],
    ['a number', ['x'], 7, /b must be an array or set of shingles, got 7/],
    ['an object', {}, ['x'], /a must be an array or set of shingles, got an object/],
  ])('refuses %s', (_, a, b, message) => {
    expect(thrownBy(() => jaccard(a as string[], b as string[]))).toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching(message),
    });
  });
});

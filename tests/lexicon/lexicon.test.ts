import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { readBase64 } from '../../src/lexicon/base64.js';
import { load } from '../../src/lexicon/en.js';
import { knownWords } from '../../src/lexicon/known.js';
import { HEADER, LEXICON_MAGIC, LEXICON_VERSION, Lexicon } from '../../src/lexicon/lexicon.js';
import { loadLexicon } from '../../src/lexicon/load.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import '../arbitraries.js';

const english = await load();
const table = new TermTable(await loadLanguage('en'));
const row = (word: string) => english.rowOf(table.of(word).id);
const nearest = (word: string) =>
  [...english.neighbours.subarray(english.first[row(word)], english.first[row(word) + 1])].map((n) => n);

describe('base64', () => {
  it('reads what Node writes, of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64').replace(/=+$/, '');
        expect(new Uint8Array(readBase64(text))).toEqual(bytes);
      }),
    );
  });
});

describe('the English lexicon', () => {
  it('finds every one of its terms, and no other', () => {
    for (let r = 0; r < english.words; r++) if (english.rowOf(english.ids[r] as number) !== r) expect(r).toBe('found');
    expect(row('Kyslytsya')).toBe(-1);
    expect(english.rowOf(0)).toBe(-1);
  });

  it('knows how rare words are', () => {
    expect(english.rarity(row('company'))).toBeLessThan(english.rarity(row('brewery')));
    expect(english.rarity(row('brewery'))).toBeLessThan(english.rarity(row('Kyslytsya')));
  });

  it.each([
    ['died', 'death'],
    ['company', 'firm'],
    ['film', 'movie'],
    ['reject', 'refuse'],
    ['murder', 'homicide'],
  ])('knows that %s is near %s', (word, other) => {
    expect(nearest(word)).toContain(row(other));
  });

  it('lists neighbours likest first, none of them the word itself', () => {
    for (let r = 0; r < english.words; r += 97) {
      const from = english.first[r] as number;
      const to = english.first[r + 1] as number;
      expect(english.neighbours.subarray(from, to)).not.toContain(r);
      for (let e = from + 1; e < to; e++)
        expect(english.likeness[e] as number).toBeLessThanOrEqual(english.likeness[e - 1] as number);
    }
  });

  it('has vectors of one length', () => {
    for (let r = 0; r < english.words; r += 101) {
      let sum = 0;
      for (let d = 0; d < english.dimensions; d++) sum += (english.vectors[r * english.dimensions + d] as number) ** 2;
      if (r === 0) continue;
      expect(Math.sqrt(sum)).toBeGreaterThan(100);
    }
  });

  it('is loaded once, and at most 6 MB', async () => {
    expect(await load()).toBe(english);
    expect(await loadLexicon('en-GB')).toBe(english);
    expect(readFileSync('lexicon/en/data.js').length).toBeLessThan(6_000_000);
  });

  it('says nothing of common words and figures', () => {
    const { rows } = knownWords(analyse('The company sold 12,000 of them', table), english);
    expect([...rows].map((r) => r >= 0)).toEqual([false, true, true, false, false, false]);
  });
});

describe('a lexicon buffer', () => {
  it('of another kind, version or length is refused', () => {
    for (const header of [
      [1, LEXICON_VERSION, 0, 0, 0],
      [LEXICON_MAGIC, LEXICON_VERSION + 1, 0, 0, 0],
      [LEXICON_MAGIC, LEXICON_VERSION, 1, 0, 0],
      [LEXICON_MAGIC],
    ]) {
      const buffer = new ArrayBuffer(4 * HEADER + 4);
      new Uint32Array(buffer).set(header);
      expect(() => new Lexicon('en', buffer.slice(0, header.length === 1 ? 4 : undefined))).toThrow(
        /one buffer of version 1, whole/,
      );
    }
  });
});

describe('a detector', () => {
  const texts = [
    { id: 'a', text: 'One text of some words.' },
    { id: 'b', text: 'Ein Text.', language: 'de' },
  ];

  it('says which lexicons it used', async () => {
    const both = await createDetector({ languages: ['en', 'de'] });
    expect((await both.detect(texts)).stats.lexicon).toEqual(['en']);
    const without = await createDetector({ languages: ['en', 'de'], lexicon: false });
    expect((await without.detect(texts)).stats.lexicon).toEqual([]);
  });

  it('refuses a lexicon option that is neither true nor false', async () => {
    await expect(createDetector({ lexicon: 'en' as never })).rejects.toThrow(/lexicon must be true or false, got/);
  });
});

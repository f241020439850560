import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classOf, fold, foldPage, IGNORED, MAX_FOLDED_BYTES, SEPARATOR, SOLO, WORD } from '../../src/text/fold.js';
import { wordSpans } from '../../src/text/words.js';
import { anyText, latinWord } from '../arbitraries.js';

const foldedWords = (text: string): string[] => {
  const spans = wordSpans(text);
  return Array.from({ length: spans.length / 2 }, (_, i) => fold(text.slice(spans[2 * i], spans[2 * i + 1])));
};

/** Scripts that have been in Unicode for long, so that every engine knows them alike: first and last code points of blocks. */
const BLOCKS: [string, number, number][] = [
  ['Latin', 0x20, 0x24f],
  ['accents', 0x300, 0x36f],
  ['Greek and Cyrillic', 0x370, 0x4ff],
  ['Hebrew and Arabic', 0x590, 0x6ff],
  ['Thai', 0xe00, 0xe5b],
  ['Georgian, Hangul letters', 0x10d0, 0x11ff],
  ['Latin and Greek with marks', 0x1e00, 0x1fff],
  ['letters in circles, roman numbers', 0x2150, 0x24ff],
  ['kana', 0x3040, 0x30ff],
  ['Han', 0x4e00, 0x51ff],
  ['Hangul', 0xac00, 0xaeff],
  ['ligatures and Arabic forms', 0xfb00, 0xfefc],
  ['full-width letters', 0xff00, 0xffee],
];

describe('fold', () => {
  it('folds each letter as it did when this was written', async () => {
    const lines = BLOCKS.map(([name, from, to]) => {
      const points = Array.from({ length: to - from + 1 }, (_, n) => from + n);
      const all = points.map((point) => [classOf(point), fold(String.fromCodePoint(point))]);
      return `${name} ${createHash('sha1').update(JSON.stringify(all)).digest('hex').slice(0, 12)}`;
    });
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../fixtures/folded.txt');
    // What would fold to more than fits its column stays as it is.
    expect(fold('\ufdfa')).toBe('\ufdfa');
    expect(fold('각')).toBe('각');
    expect(fold('が')).toBe('が');
  });

  it.each([
    ['case', 'ISTANBUL', 'istanbul'],
    ['accents', 'Élysée', 'elysee'],
    ['accents written as marks of their own', 'E\u0301lyse\u0301e', 'elysee'],
    ['sharp s', 'Straße', 'strasse'],
    ['ligatures', 'ﬁnal', 'final'],
    ['full-width letters', 'ＡＢＣ', 'abc'],
    ['final sigma', 'ΛΟΓΟΣ λόγος', 'λογοσλογοσ'],
    ['Cyrillic accents', 'Йод', 'иод'],
    ['Arabic vowel points', 'مَرْحَبًا', 'مرحبا'],
    ['soft hyphens', 'cease\u00adfire', 'ceasefire'],
    ['zero-width spaces and joiners', 'cease\u200b\u200dfire', 'ceasefire'],
    ['punctuation', "don't", 'dont'],
    ['half of a surrogate pair', '\ud800a', 'a'],
  ])('passes over %s', (_, word, folded) => {
    expect(fold(word)).toBe(folded);
  });

  it('keeps the marks that carry the vowels of a script', () => {
    expect(fold('हिन्दी')).toBe('हिन्दी');
    expect(fold('नमस्ते')).not.toBe(fold('नमस्ता'));
    expect(fold('か\u3099')).not.toBe(fold('か'));
  });

  it('is idempotent for every code point, and no folded form is longer than the kernel holds', () => {
    const encoder = new TextEncoder();
    // Above this plane there are no letters yet.
    for (let cp = 0; cp <= 0x3ffff; cp++) {
      const kind = classOf(cp);
      if (kind !== WORD && kind !== SOLO) continue;
      const once = foldPage(cp >>> 8).folded[cp & 255] as string;
      if (once === '' || fold(once) !== once || encoder.encode(once).length > MAX_FOLDED_BYTES)
        expect.fail(`U+${cp.toString(16)} folds to ${JSON.stringify(once)}`);
    }
  });

  it('is idempotent for arbitrary text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });

  it('folds composed and decomposed Latin alike', () => {
    fc.assert(
      fc.property(latinWord(), (word) => {
        expect(fold(word.normalize('NFD'))).toBe(fold(word));
      }),
    );
  });

  it('gives NFC and NFD of Latin text the same words', () => {
    fc.assert(
      fc.property(fc.array(latinWord()), (list) => {
        const text = list.join(' ');
        expect(foldedWords(text.normalize('NFD'))).toEqual(foldedWords(text));
      }),
    );
  });

  it('is blind to soft hyphens, zero-width characters and byte order marks anywhere in a text', () => {
    const invisible = fc.constantFrom('\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff');
    fc.assert(
      fc.property(anyText(), fc.array(fc.tuple(fc.nat(), invisible), { maxLength: 5 }), (text, additions) => {
        let dirty = text;
        const clean = foldedWords(dirty);
        for (const [at, char] of additions) {
          let i = at % (dirty.length + 1);
          if (/[\udc00-\udfff]/.test(dirty[i] ?? '') && /[\ud800-\udbff]/.test(dirty[i - 1] ?? '')) i--; // not inside a pair
          dirty = dirty.slice(0, i) + char + dirty.slice(i);
        }
        expect(foldedWords(dirty)).toEqual(clean);
      }),
    );
  });
});

describe('classOf', () => {
  it.each([
    ['a letter', 'a', WORD],
    ['a digit', '7', WORD],
    ['a vowel sign of Devanagari', '\u093f', WORD],
    ['an accent', '\u0301', IGNORED],
    ['a soft hyphen', '\u00ad', IGNORED],
    ['a Han character', '中', SOLO],
    ['a Han character outside the basic plane', '𠮷', SOLO],
    ['a Thai letter', 'ภ', SOLO],
    ['an apostrophe', '’', SEPARATOR],
    ['a hyphen', '-', SEPARATOR],
    ['a blank', ' ', SEPARATOR],
    ['NUL', '\0', SEPARATOR],
    ['the replacement character', '\ufffd', SEPARATOR],
    ['a lone surrogate', '\ud800', SEPARATOR],
    ['an emoji', '😀', SEPARATOR],
  ])('knows %s', (_, char, kind) => {
    expect(classOf(char.codePointAt(0) as number)).toBe(kind);
  });
});

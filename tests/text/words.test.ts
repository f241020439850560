import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/text/fold.js';
import { wordSpans } from '../../src/text/words.js';
import { anyText } from '../arbitraries.js';

const wordsOf = (text: string): string[] => {
  const spans = wordSpans(text);
  return Array.from({ length: spans.length / 2 }, (_, i) => text.slice(spans[2 * i], spans[2 * i + 1]));
};

describe('wordSpans', () => {
  it.each<[string, string, string[]]>([
    ['nothing in an empty text', '', []],
    ['nothing in white space and punctuation', ' \n“”. … —', []],
    ['words between blanks and punctuation', 'No ceasefire, he said.', ['No', 'ceasefire', 'he', 'said']],
    ['two words about an apostrophe, straight or curly', "don't don’t", ['don', 't', 'don', 't']],
    ['two words about a hyphen', '30-day', ['30', 'day']],
    ['the groups of a figure', '12,000', ['12', '000']],
    ['a word through a soft hyphen', 'cease\u00adfire', ['cease\u00adfire']],
    ['a word with its accents', 'e\u0301te\u0301 x', ['e\u0301te', 'x']],
    ['Han character by character', '中国人', ['中', '国', '人']],
    ['Thai letter by letter', 'ไทย', ['ไ', 'ท', 'ย']],
    ['Han and Latin apart', 'ABC中文d', ['ABC', '中', '文', 'd']],
    ['Arabic, right to left, in the order of writing', 'مرحبا بالعالم', ['مرحبا', 'بالعالم']],
    ['Devanagari with its vowel signs', 'हिन्दी भाषा', ['हिन्दी', 'भाषा']],
    ['Hangul by blanks', '한국 사람', ['한국', '사람']],
    ['letters outside the basic plane whole', '𝒜𝒷 𠮷', ['𝒜𝒷', '𠮷']],
    ['words about a lone surrogate', 'a\ud800b', ['a', 'b']],
    ['words about NUL', 'a\0b', ['a', 'b']],
    ['words about an emoji', 'a😀b', ['a', 'b']],
  ])('finds %s', (_, text, expected) => {
    expect(wordsOf(text)).toEqual(expected);
  });

  it('gives spans in order, in bounds, without overlap, each of which folds to a word', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const spans = wordSpans(text);
        expect(spans.length % 2).toBe(0);
        let last = 0;
        for (let i = 0; i < spans.length; i += 2) {
          const start = spans[i] as number;
          const end = spans[i + 1] as number;
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(fold(text.slice(start, end))).not.toBe('');
          last = end;
        }
      }),
    );
  });

  it('leaves nothing that folds to a word between its spans', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const spans = wordSpans(text);
        let gaps = '';
        let last = 0;
        for (let i = 0; i < spans.length; i += 2) {
          gaps += `${text.slice(last, spans[i])} `;
          last = spans[i + 1] as number;
        }
        expect(fold(`${gaps}${text.slice(last)}`)).toBe('');
      }),
    );
  });

  it('finds in two texts with a blank between them the words of the one and then of the other', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (a, b) => {
        expect(wordsOf(`${a} ${b}`)).toEqual([...wordsOf(a), ...wordsOf(b)]);
      }),
    );
  });
});

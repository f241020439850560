import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/text/fold.js';
import { termId } from '../../src/text/terms.js';
import {
  BEYOND_ASCII,
  FIRST_CAPITAL,
  FIRST_DIGIT,
  NOT_ALL_CAPITALS,
  SOLO_LETTER,
  wordColumns,
} from '../../src/text/wordcolumns.js';
import { wordSpans } from '../../src/text/words.js';
import { anyText } from '../arbitraries.js';

const wordsOf = (text: string) => {
  const spans = wordSpans(text);
  return Array.from({ length: spans.length / 2 }, (_, w) => text.slice(spans[2 * w], spans[2 * w + 1]));
};

describe('word columns', () => {
  it('hold the words that wordSpans finds, and the hash of each as it folds', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const { count, starts, ends, hashes } = wordColumns(text);
        const words = Array.from({ length: count }, (_, w) => text.slice(starts[w], ends[w]));
        expect(words).toEqual(wordsOf(text));
        expect([...hashes]).toEqual(words.map((word) => termId(fold(word))));
      }),
    );
  });

  it('mark capitals, figures, and letters that are words', () => {
    const { marks } = wordColumns('US Rain 12th 雨');
    expect((marks[0] as number) & NOT_ALL_CAPITALS).toBe(0);
    expect((marks[1] as number) & (FIRST_CAPITAL | NOT_ALL_CAPITALS)).toBe(FIRST_CAPITAL | NOT_ALL_CAPITALS);
    expect((marks[2] as number) & FIRST_DIGIT).toBe(FIRST_DIGIT);
    expect((marks[3] as number) & SOLO_LETTER).toBe(SOLO_LETTER);
  });

  it('mark what is beyond ASCII, whose hash does not tell how it is spelt', () => {
    const { marks } = wordColumns('Resume Résumé École');
    const expected = [0, BEYOND_ASCII, BEYOND_ASCII].map((mark) => mark | FIRST_CAPITAL | NOT_ALL_CAPITALS);
    expected[2] = (expected[2] as number) & ~FIRST_CAPITAL;
    expect([...marks]).toEqual(expected);
  });

  it('grow where nearly every character is a word', () => {
    expect(wordColumns('雨'.repeat(10_000)).count).toBe(10_000);
    expect(wordColumns('a '.repeat(10_000)).count).toBe(10_000);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passageKind, wordAgreement } from '../../src/align/wording.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import { words } from '../arbitraries.js';

const table = new TermTable(await loadLanguage('en'));
const analysed = (text: string) => analyse(text, table);
const agreement = (a: string, b: string) => wordAgreement(analysed(a), 0, analysed(b), 0);

/** The textbook's recursion, with a memory. */
function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  const known = new Map<string, number>();
  const of = (i: number, j: number): number => {
    if (i === a.length || j === b.length) return 0;
    const key = `${i} ${j}`;
    const value = known.get(key) ?? (a[i] === b[j] ? 1 + of(i + 1, j + 1) : Math.max(of(i + 1, j), of(i, j + 1)));
    known.set(key, value);
    return value;
  };
  return of(0, 0);
}

describe('wordAgreement', () => {
  it('is the longest common subsequence of the words, and counts them all', () => {
    fc.assert(
      fc.property(words(20), words(20), (a, b) => {
        fc.pre(a.length > 0 && b.length > 0);
        expect(agreement(a.join(' '), b.join(' '))).toEqual({
          same: longestCommonSubsequence(a, b),
          words: a.length + b.length,
        });
      }),
    );
  });

  it('passes over case, accents and punctuation', () => {
    expect(agreement('“Café society”, he said', 'CAFE SOCIETY he said')).toEqual({ same: 4, words: 8 });
  });

  it('keeps to the order of words in very long sentences too', () => {
    const many = Array.from({ length: 2100 }, (_, n) => `word${n}`);
    expect(agreement(many.join(' '), [...many].reverse().join(' ')).same).toBeLessThan(10);
    expect(agreement(many.join(' '), many.join(' ')).same).toBe(many.length);
    const some = many.slice(0, 520);
    expect(agreement(some.join(' '), [...some].reverse().join(' ')).same).toBe(1);
  });
});

describe('passageKind', () => {
  it.each([
    [95, 'verbatim'],
    [94, 'edited'],
    [60, 'edited'],
    [59, 'paraphrased'],
    [0, 'paraphrased'],
  ])('of %i %% of the words in order is %s', (percent, kind) => {
    expect(passageKind([{ same: percent, words: 200 }])).toBe(kind);
  });

  it('weighs sentences by their words', () => {
    expect(
      passageKind([
        { same: 99, words: 200 },
        { same: 0, words: 6 },
      ]),
    ).toBe('verbatim');
    expect(
      passageKind([
        { same: 3, words: 6 },
        { same: 0, words: 200 },
      ]),
    ).toBe('paraphrased');
    expect(passageKind([])).toBe('paraphrased');
  });
});

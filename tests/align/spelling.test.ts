import { describe, expect, it } from 'vitest';
import { spellingVariants } from '../../src/align/spelling.js';
import { type AnalysedText, analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));

/** The variants of two texts, as words. */
function variants(left: string, right: string): [string, string][] {
  const numbering = new Map<number, number>();
  const spelt: string[] = [];
  const [a, b] = [left, right].map((text) => {
    const doc = analyse(text, table);
    const local = doc.termIds.map((id, t) => {
      const number = numbering.get(id) ?? numbering.size;
      numbering.set(id, number);
      spelt[number] ??= text.slice(doc.termSpans[2 * t], doc.termSpans[2 * t + 1]);
      return number;
    });
    return { doc, local };
  }) as [{ doc: AnalysedText; local: Uint32Array }, { doc: AnalysedText; local: Uint32Array }];
  const found = spellingVariants(a.doc, a.local, b.doc, b.local);
  return [...found].map(([from, to]) => [spelt[from] as string, spelt[to] as string]);
}

/** Whether two documents that differ by a name alone are taken to speak of one. */
function isOneName(left: string, right: string): boolean {
  const sentence = (name: string) => `Yesterday the minister met ${name} for talks on trade.`;
  return variants(sentence(left), sentence(right)).length > 0;
}

describe('spellingVariants', () => {
  it.each([
    ['Zelensky', 'Zelenskyy'],
    ['Zelenskyy', 'Zelensky'],
    ['Kyslytsia', 'Kyslytsya'],
    ['Gaddafi', 'Gadafi'],
  ])('takes %s and %s for one name', (left, right) => {
    expect(isOneName(left, right)).toBe(true);
  });

  it.each([
    ['Iran', 'Iraq'],
    ['Austria', 'Australia'],
    ['Niger', 'Nigeria'],
    ['Paris', 'Boris'],
    ['1987', '1986'],
    ['bridges', 'bridged'],
  ])('tells %s from %s', (left, right) => {
    expect(isOneName(left, right)).toBe(false);
  });

  it('compares only names that the other document lacks', () => {
    expect(variants('We met Hansen and Hanson there.', 'They met Hanson and Hansen here.')).toEqual([]);
  });

  it('takes the nearest of several', () => {
    expect(variants('We met Alexandrov and Aleksandrow there.', 'They met Aleksandrov here.')).toEqual([
      ['Aleksandrov', 'Aleksandrow'],
    ]);
  });
});

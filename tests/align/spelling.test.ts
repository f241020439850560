import { describe, expect, it } from 'vitest';
import { spellingVariants } from '../../src/align/spelling.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));

/** Whether two documents that differ by a name alone are taken to speak of one. */
function isOneName(left: string, right: string): boolean {
  const a = analyse(`Yesterday the minister met ${left} for talks on trade.`, table);
  const b = analyse(`Yesterday the minister met ${right} for talks on trade.`, table);
  return spellingVariants(a, a.termIds, b, b.termIds).size > 0;
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
    const a = analyse('We met Hansen and Hanson there.', table);
    const b = analyse('They met Hanson and Hansen here.', table);
    expect(spellingVariants(a, a.termIds, b, b.termIds).size).toBe(0);
  });

  it('takes the nearest of several', () => {
    const a = analyse('We met Alexandrov and Aleksandrow there.', table);
    const b = analyse('They met Aleksandrov here.', table);
    const idOf = (doc: typeof a, name: string) =>
      [...doc.termIds].find((_, t) => doc.text.slice(doc.termSpans[2 * t], doc.termSpans[2 * t + 1]) === name);
    expect([...spellingVariants(a, a.termIds, b, b.termIds)]).toEqual([[idOf(b, 'Aleksandrov'), idOf(a, 'Aleksandrow')]]);
  });
});

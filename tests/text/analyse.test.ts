import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage, UNKNOWN_LANGUAGE } from '../../src/text/language.js';
import { CAPITAL, NAME, NUMBER, numberId, STOP, TermTable } from '../../src/text/terms.js';
import { anyText } from '../arbitraries.js';

const en = new TermTable(await loadLanguage('en'));
const und = new TermTable(UNKNOWN_LANGUAGE);

interface Seen {
  text: string;
  id: number;
  flags: number;
}

/** The terms of a text that are not stop words, as they stand in it. */
function termsOf(text: string, table = en): Seen[] {
  const { termIds, termFlags, termSpans } = analyse(text, table);
  return Array.from(termIds, (id, t) => ({
    text: text.slice(termSpans[2 * t], termSpans[2 * t + 1]),
    id,
    flags: termFlags[t] as number,
  })).filter((term) => !(term.flags & STOP));
}
const ids = (text: string, table = en): number[] => termsOf(text, table).map((term) => term.id);
const namesIn = (text: string): string[] =>
  termsOf(text)
    .filter((term) => term.flags & NAME)
    .map((term) => term.text);

describe('figures', () => {
  it.each([
    ['12,000', '12000'],
    ['12\u00a0000', '12000'],
    ['12\u202f000', '12000'],
    ['12’000', '12000'],
    ['1,234,567.50', '1234567.5'],
    ['twenty-five', '25'],
    ['Twenty-Five', '25'],
    ['18th', '18'],
    ['1980s', '1980'],
    ['3.1bn', '3.1 billion'],
    ['3.1bn', '3.1 Billion'],
    ['50pc', '50 percent'],
    ['£5.05', '£5.050'],
    ['two- or three-day', 'two to three days'],
    ['30-day truce', '30-days truce'],
    ['thirty days', '30-day'],
  ])('%s is %s', (a, b) => {
    expect(ids(a)).toEqual(ids(b));
  });

  it.each([
    ['12,00', '1200'],
    ['12, 000', '12000'],
    ['12 000', '12000'],
    ['1.5', '15'],
    ['twenty five', '25'],
    ['3.1bn', '3.1'],
    ['3xy', '3'],
  ])('%s is not %s', (a, b) => {
    expect(ids(a)).not.toEqual(ids(b));
  });

  it('span all their digits, and their unit by itself', () => {
    expect(termsOf('paid £12,000.50 for 3.1bn or twenty-five').map((term) => term.text)).toEqual([
      'paid',
      '12,000.50',
      '3.1',
      'bn',
      'twenty-five',
    ]);
    expect(termsOf('12,000')[0]).toEqual({ text: '12,000', id: numberId('12000'), flags: NUMBER });
  });
});

describe('names', () => {
  it('with full stops are names without', () => {
    expect(ids('the U.S. army')).toEqual(ids('the US army'));
    expect(ids('the U.S. army')).not.toEqual(ids('the us army'));
    expect(termsOf('the U.S. army')[0]?.text).toBe('U.S');
  });

  it('are words with a capital inside a sentence, and then at its beginning too', () => {
    expect(namesIn('Peace is far, said Goncharenko of Kyiv. Kyiv is calm. Peace, too.')).toEqual([
      'Goncharenko',
      'Kyiv',
      'Kyiv',
    ]);
  });

  it('are not told by headings in title case', () => {
    expect(namesIn('Peace Talks Fail Again In City\nThe talks fail and peace is far again.')).toEqual([]);
  });

  it('in lower case are none', () => {
    expect(namesIn('he left at five p.m. today')).toEqual([]);
  });
});

describe('names among many capitals', () => {
  it('are none in Title Case, which three capitals of five words are not yet', () => {
    expect(namesIn('She told Anna Porto lied.')).toEqual(['Anna', 'Porto']);
    expect(namesIn('Then Anna told Bruno Porto.')).toEqual([]);
  });
});

describe('letters by themselves', () => {
  it('are no acronyms: an article stays a stop word', () => {
    expect(termsOf('They bought a bridge.').map(({ text }) => text)).toEqual(['bought', 'bridge']);
    expect(ids('vitamin c')).toEqual(ids('Vitamin C'));
    expect(ids('the U.S. army')).toEqual(ids('the US army'));
  });
});

describe('terms of scripts without spaces', () => {
  it('are the words that Intl.Segmenter finds', () => {
    const terms = termsOf('中国人民和平。', und).map((term) => term.text);
    expect(terms.join('')).toBe('中国人民和平');
    expect(terms.length).toBeLessThan(6);
  });

  it('hold every letter of runs longer than are segmented at once', () => {
    const text = `${'中国人民'.repeat(700)} and ${'ภาษาไทย'.repeat(300)}`;
    expect(
      termsOf(text, und)
        .map((term) => term.text)
        .join(''),
    ).toBe(text.replaceAll(' ', ''));
  });
});

describe('analyse', () => {
  it('finds nothing in an empty text', () => {
    const { sentences, firstTerm, termIds } = analyse('', en);
    expect([sentences.length, firstTerm.length, termIds.length]).toEqual([0, 1, 0]);
  });

  it('gives every term in order, in bounds, without overlap, inside its sentence', () => {
    fc.assert(
      fc.property(anyText(), fc.constantFrom(en, und), (text, table) => {
        const { sentences, firstTerm, termIds, termFlags, termSpans } = analyse(text, table);
        const count = sentences.length / 2;
        expect(firstTerm.length).toBe(count + 1);
        expect(firstTerm[count]).toBe(termIds.length);
        expect(termFlags.length).toBe(termIds.length);
        expect(termSpans.length).toBe(2 * termIds.length);
        let last = 0;
        for (let s = 0; s < count; s++) {
          expect(firstTerm[s]).toBeLessThanOrEqual(firstTerm[s + 1] as number);
          for (let t = firstTerm[s] as number; t < (firstTerm[s + 1] as number); t++) {
            const start = termSpans[2 * t] as number;
            const end = termSpans[2 * t + 1] as number;
            expect(start).toBeGreaterThanOrEqual(Math.max(last, sentences[2 * s] as number));
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(sentences[2 * s + 1] as number);
            last = end;
          }
        }
      }),
    );
  });

  it('gives the same whether its table has seen other texts or not', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(analyse(text, en)).toEqual(analyse(text, new TermTable(en.language)));
      }),
    );
  });

  it('takes capitals throughout for names in the shortest sentences only', () => {
    const names = (text: string) => termsOf(text).flatMap((term) => (term.flags & NAME ? [term.text] : []));
    expect(names('Meet Ada Lovelace.')).toEqual(['Ada', 'Lovelace']);
    expect(names('Bridge Repairs Close Harbour Road.')).toEqual([]);
  });

  it('takes initials in capitals for a name, and others for none', () => {
    const flagsOf = (written: string) =>
      termsOf(`Talks in Porto began with a ${written} note.`).find(({ text }) => `${text}.` === written)?.flags;
    expect(flagsOf('U.S.')).toBe(NAME | CAPITAL);
    expect(flagsOf('w.r.')).toBe(0);
  });

  it('names what stands with a capital, and nothing else', () => {
    for (const file of readdirSync('seeds')) {
      const text = readFileSync(`seeds/${file}`, 'utf8');
      const terms = termsOf(text);
      const names = terms.filter((term) => term.flags & NAME);
      expect(names.length).toBeGreaterThan(terms.length * 0.05);
      for (const name of names) expect(name.flags & CAPITAL).toBe(CAPITAL);
      for (const name of names) expect(name.text).toMatch(/^\p{Lu}/u);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage, UNKNOWN_LANGUAGE } from '../../src/text/language.js';
import { CAPITAL, NAME, NUMBER, numberId, STOP, TermTable, termId } from '../../src/text/terms.js';
import { anyText, latinWord, randomWord, seededRandom } from '../arbitraries.js';

const english = await loadLanguage('en');
const en = new TermTable(english);
const fr = new TermTable(await loadLanguage('fr'));
const und = new TermTable(UNKNOWN_LANGUAGE);

describe('TermTable', () => {
  it('gives the forms of a word one id, and other words others', () => {
    expect(en.of('negotiated').id).toBe(en.of('Negotiating').id);
    expect(en.of('talks').id).toBe(en.of('TALK').id);
    expect(en.of('talks').id).not.toBe(en.of('walks').id);
    expect(und.of('talks').id).not.toBe(und.of('talk').id);
  });

  it.each([
    ['wizptggns', 'apemutges'],
    ['mtimfevis', 'nbwayhues'],
  ])('gives %s one id whatever was read before it, though %s has its hash', (word, other) => {
    // Found among 700,000 made words; the stems of the two have other hashes.
    expect(termId(word)).toBe(termId(other));
    const idsOf = (text: string) => [...analyse(text, new TermTable(english)).termIds];
    const [id, otherId] = [en.of(word).id, en.of(other).id];
    expect(id).not.toBe(otherId);
    expect(idsOf(`${word} ${other}`)).toEqual([id, otherId]);
    expect(idsOf(`${other} ${word}`)).toEqual([otherId, id]);
  });

  it('lets the stemmer see the accents of its language, however they are written', () => {
    expect(fr.of('négociée').id).toBe(fr.of('négocier').id);
    expect(fr.of('ne\u0301gocie\u0301e').id).toBe(fr.of('négociée').id);
  });

  it('stems a word with soft hyphens and zero-width characters in it as without', () => {
    expect(en.of('negoti\u00adating\u200b')).toEqual(en.of('negotiating'));
    expect(en.of('t\u00adhe')).toEqual(en.of('the'));
    expect(en.of('twen\u00adty')).toEqual(en.of('20'));
  });

  it('knows stop words, but not in capitals, which are names', () => {
    expect(en.of('us').flags).toBe(STOP);
    expect(en.of('The').flags).toBe(STOP | CAPITAL);
    expect(en.of('US').flags).toBe(NAME | CAPITAL);
    expect(en.of('US').id).not.toBe(en.of('us').id);
    expect(en.of('talks').flags).toBe(0);
    expect(en.of('Kyiv').flags).toBe(CAPITAL);
  });

  it('reads figures in words and digits alike', () => {
    expect(en.of('three')).toEqual({ id: numberId('3'), flags: NUMBER });
    expect(en.of('Three')).toEqual(en.of('3'));
    expect(en.of('007')).toEqual(en.of('7'));
    expect(en.of('３')).toEqual(en.of('3'));
  });

  it('answers the same for a word it remembers, and after it has forgotten', () => {
    fc.assert(
      fc.property(anyText(), (word) => {
        const first = en.of(word);
        expect(en.of(word)).toEqual(first);
        expect(new TermTable(en.language).of(word)).toEqual(first);
      }),
    );
  });

  it('gives composed and decomposed Latin words one term', () => {
    fc.assert(
      fc.property(latinWord(), fc.constantFrom(en, fr, und), (word, table) => {
        expect(table.of(word.normalize('NFD'))).toEqual(table.of(word));
      }),
    );
  });

  it('gives ids of 32 bits', () => {
    fc.assert(
      fc.property(anyText(), (word) => {
        const { id } = en.of(word);
        expect(id).toBe(id >>> 0);
      }),
    );
  });
});

describe('numberId', () => {
  it.each([
    ['012', '12'],
    ['3.10', '3.1'],
    ['3.0', '3'],
    ['3.', '3'],
    ['000', '0'],
    ['0.50', '00.5'],
  ])('passes over the zeros of %s that count for nothing', (a, b) => {
    expect(numberId(a)).toBe(numberId(b));
  });

  it.each([
    ['120', '12'],
    ['3.01', '3.1'],
    ['0.5', '5'],
    ['0', '1'],
    ['1.5', '15'],
  ])('tells %s from %s', (a, b) => {
    expect(numberId(a)).not.toBe(numberId(b));
  });

  it('is no id of a word', () => {
    expect(numberId('7')).not.toBe(termId('7'));
  });
});

describe('termId', () => {
  it('tells 200,000 words apart as well as 32 bits can', () => {
    const random = seededRandom(1);
    const words = new Set<string>();
    while (words.size < 200_000) words.add(randomWord(random));
    const ids = new Set([...words].map(termId));
    // n(n-1)/2^33 = 4.7 expected.
    expect(words.size - ids.size).toBeLessThanOrEqual(15);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { disagreements } from '../../benchmarks/trust/splitters.js';
import { loadLanguage } from '../../src/text/language.js';

const en = await loadLanguage('en');
const differ = (text: string) => disagreements(text, en, 'en').map(({ by, because }) => `${by}: ${because}`);

describe('our splitter and Intl.Segmenter', () => {
  it.each(readdirSync('seeds'))('differ on a real article only where it is known why: %s', (name) => {
    expect(differ(readFileSync(`seeds/${name}`, 'utf8')).filter((class_) => class_.includes('unexplained'))).toEqual(
      [],
    );
  });

  it('agree on plain prose', () => {
    expect(
      differ('The council voted. Did it? It did! “So it goes,” he said. Rain fell for 3.5 days in the U.K.'),
    ).toEqual([]);
  });

  it.each([
    ['He met Mr. Gates and Gen. Smith in the city.', 'Intl.Segmenter: an abbreviation'],
    ['It was said by J. Smith of the bank.', 'Intl.Segmenter: an initial or an acronym'],
    [
      '“Why now?” said the minister.',
      'Intl.Segmenter: what follows a question or an exclamation goes on in lower case',
    ],
    ['1. Heat the oil.', 'Intl.Segmenter: the number of a list item'],
    [
      'They are very angry at low wages...And they will strike.',
      'Intl.Segmenter: no space after several full stops, or before a bracket or a quotation',
    ],
    ['So said the judges.The court will sit.', 'ours: no space after the full stop'],
    ['The rate fell. 12 of them were hurt.', 'ours: a figure opens the sentence, and lower case follows'],
    ['Prices rose. - Next week they fall.', 'ours: a dash or another sign opens the sentence'],
  ])('differ on %j, and it is known why', (text, why) => {
    expect(differ(text)).toContain(why);
    expect(differ(text).filter((class_) => class_.includes('unexplained'))).toEqual([]);
  });
});

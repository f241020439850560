import { describe, expect, it } from 'vitest';
import { contradiction } from '../../src/align/contradiction.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));
const kinds = (x: string, y: string, language = 'en') => {
  const [a, b] = [x, y].map((text) => analyse(text, table));
  const there = contradiction(a as never, 0, b as never, 0, language);
  const back = contradiction(b as never, 0, a as never, 0, language);
  expect(back).toEqual(there);
  return there?.kinds ?? [];
};

describe('contradiction', () => {
  it.each([
    ['negated', 'The council will close the old bridge in May.', 'The council will not close the old bridge in May.'],
    ['negated', "It wasn't clear whether the pilot had been told.", 'It was clear whether the pilot had been told.'],
    [
      'swapped',
      'Ana Lopes beat Rui Tavares in the final on Sunday.',
      'Rui Tavares beat Ana Lopes in the final on Sunday.',
    ],
    [
      'swapped',
      'Northline bought the ferry from Saltire for 18m pounds last year.',
      'Saltire bought the ferry from Northline for 18m pounds last year.',
    ],
    ['figures', 'The fire killed 12 people in the old harbour.', 'The fire killed 31 people in the old harbour.'],
    ['figures', 'Repairs of the bridge will take three weeks.', 'Repairs of the bridge will take seven weeks.'],
  ])('finds it %s: %s', (kind, x, y) => {
    expect(kinds(x, y)).toEqual([kind]);
  });

  it.each([
    ['the same', 'The council will not close the bridge.', 'The council will not close the bridge.'],
    ['a speaker put last', 'Mr Sullivan said that Ana Lopes was right.', 'Ana Lopes was right, Mr Sullivan said.'],
    ['another unit', 'Profit rose to 1.25 billion dollars in June.', 'Profit rose to 1,248 million dollars in June.'],
    ['digits for words', 'Three died and 12 were injured on Monday.', '3 died and twelve were injured on Monday.'],
    ['no fewer than', 'No fewer than 40 people were hurt in the fire.', 'At least 40 people were hurt in the fire.'],
    ['not until', 'The bridge will not open until May next year.', 'The bridge will open in May next year.'],
    ['not only', 'The plan was not only expensive but also late.', 'The plan was both expensive and also late.'],
    ['not ruled out', 'The union has not ruled out a strike in May.', 'The union has left open a strike in May.'],
    ['a list in another order', 'Ana Lopes and Rui Tavares left Porto.', 'Rui Tavares and Ana Lopes left Porto.'],
    [
      'the passive',
      'Ana Lopes beat Rui Tavares in the final in Porto on Sunday.',
      'Rui Tavares was beaten by Ana Lopes in the final in Porto on Sunday.',
    ],
    [
      'the passive of a verb with one form for both',
      'Northline acquired Saltire last year for 18m pounds in a deal that surprised the boards of the two firms.',
      'Saltire was acquired by Northline last year for 18m pounds in a deal that surprised the boards of the two firms.',
    ],
    ['a rounded figure', 'The firm has 1,934 staff in Leeds.', 'The firm has 1,900 staff in Leeds.'],
    ['a figure written otherwise', 'The deal is worth $1.25bn to Leeds.', 'The deal is worth $1.25 billion to Leeds.'],
    ['a figure spelt out', 'Some 59% of shoppers are worried.', 'Some fifty nine percent of shoppers are worried.'],
    ['a figure left out', 'The 31-year-old ferry broke down on Monday.', 'The ferry broke down on Monday.'],
    [
      'an apposition put first',
      '"We are surprised that the index fell so far," Bernd Weidensteiner, an economist at Lanten Bank, said.',
      '"We are surprised that the index fell so far," said Lanten Bank economist Bernd Weidensteiner.',
    ],
    [
      'a clause of its own',
      'Mr Ebbers, who pleads not guilty, is on trial for fraud.',
      'Mr Ebbers is on trial for fraud.',
    ],
    ['a hyphen', 'Some fifty-nine of the members were worried.', 'Some fifty nine of the members were worried.'],
    [
      'a year in two digits',
      "The plant made a loss in Feb '87 and closed.",
      'The plant made a loss in Feb 1987 and closed.',
    ],
    ['other words', 'He failed to persuade anyone at the meeting.', 'Nobody in the room was won over by him.'],
  ])('finds none in %s', (_, x, y) => {
    expect(kinds(x, y)).toEqual([]);
  });

  it('takes a sentence of hundreds of words for a list, whose names and figures contradict nothing', () => {
    const totals = (last: number, count: number) =>
      `The totals were ${Array.from({ length: count }, (_, n) => `${1001 + n} litres of oil`).join(', ')} and ${last}.`;
    expect(kinds(totals(17, 20), totals(23, 20))).toEqual(['figures']);
    expect(kinds(totals(17, 100), totals(23, 100))).toEqual([]);
    const taxes = (verb: string) =>
      `The council said it ${verb} raise ${'the tax on salt and '.repeat(80)}the tax on oil.`;
    expect(kinds(taxes('will'), taxes('will not'))).toEqual(['negated']);
  });

  it('knows no negations where it does not know the language', () => {
    expect(kinds('The council will close the bridge.', 'The council will not close the bridge.', 'xx')).toEqual([]);
  });
});

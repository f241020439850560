import { describe, expect, it } from 'vitest';
import { alignDocuments } from '../../src/align/align.js';
import { createDetector } from '../../src/index.js';
import { knownWords } from '../../src/lexicon/known.js';
import type { Lexicon } from '../../src/lexicon/lexicon.js';
import { loadLexicon } from '../../src/lexicon/load.js';
import { fillOneForm, ofOneMatter, passageFillsForm } from '../../src/relate/form.js';
import type { KnownText } from '../../src/relate/voices.js';
import { type AnalysedText, analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));
const analysed = (text: string) => analyse(text, table);
const form = (company: string, place: string, profit: number, sales: number) =>
  analysed(
    `Shares of ${company} rose after the company from ${place} said that its profit for the quarter was ${profit} million dollars. ` +
      `Sales of ${company} were ${sales} million dollars, and the board in ${place} expects more of the same next year.`,
  );

/** Tells enough to be of one matter with itself wherever it stands. */
const report = analysed(
  'The council of Porto voted on Monday to close the Arrábida bridge for 18 months, after the engineer Rui Tavares had found cracks in 14 of its 40 cables. ' +
    'Mayor Ana Sequeira promised 3,750 shopkeepers in Gaia 2.65 million euros, and sends lorries over the Freixo crossing from September 1987.',
);

describe('fillOneForm', () => {
  it('tells texts of one form with other names and figures', () => {
    expect(fillOneForm(form('Infera', 'Leipzig', 12, 310), form('Corvex', 'Dayton', 45, 882))).toBe(true);
  });

  it('does not take a copy for a form, nor one with a figure changed', () => {
    const wire = form('Infera', 'Leipzig', 12, 310);
    expect(fillOneForm(wire, wire)).toBe(false);
    expect(fillOneForm(wire, form('Infera', 'Leipzig', 13, 310))).toBe(false);
  });

  it('says nothing of texts without facts', () => {
    expect(fillOneForm(analysed('it rained all day.'), analysed('it rained all night.'))).toBe(false);
  });

  it('does not depend on which comes first', () => {
    const [a, b] = [form('Infera', 'Leipzig', 12, 310), form('Infera', 'Dayton', 45, 882)];
    expect(fillOneForm(a, b)).toBe(fillOneForm(b, a));
  });
});

describe('ofOneMatter', () => {
  const matter = (a: AnalysedText, b: AnalysedText) =>
    ofOneMatter({ content: a }, { content: b }, alignDocuments(a, b).matches, 'some');

  it('is nothing for one form with other facts, and all for a text with itself', () => {
    const wire = form('Infera', 'Leipzig', 12, 310);
    expect(matter(wire, form('Corvex', 'Dayton', 45, 882))).toBe(0);
    expect(matter(wire, wire)).toBe(1);
  });

  it('is all for texts without facts', () => {
    expect(matter(analysed('it rained all day.'), analysed('it rained all night.'))).toBe(1);
  });

  it('is nothing where few facts are shared, and next to no words beside', () => {
    expect(matter(analysed('It rained in Leipzig on Monday.'), analysed('It rained in Dayton on Monday.'))).toBe(0);
  });

  it('takes a figure that is rounded, or counted in millions for billions, for the same', () => {
    const results = (profit: string, sales: string, rise: string) =>
      analysed(`Profit rose ${rise} percent to $${profit} in the quarter to June 30. Sales were flat at $${sales}.`);
    const source = results('1,248 million', '9,012 million', '12.4');
    expect(matter(source, results('1.25 billion', '9 billion', '12'))).toBeGreaterThan(0.5);
    expect(matter(source, results('3.75 billion', '7 billion', '45'))).toBe(0);
  });

  it('is less than all for other facts in a text of few words, however few the facts', () => {
    expect(
      matter(analysed('Heavy rain fell in Leipzig all day.'), analysed('Heavy rain fell in Dayton all day.')),
    ).toBe(0);
  });

  it('asks more among others: a dividend and a day are all that one form shares', () => {
    const [a, b] = ['seven', 'seven'].map((cents, n) =>
      analysed(`The board set a regular quarterly dividend of ${cents} cents${n === 0 ? ' a share' : ' per share'}.`),
    ) as [AnalysedText, AnalysedText];
    const { matches } = alignDocuments(a, b);
    expect(ofOneMatter({ content: a }, { content: b }, matches, 'some')).toBe(1);
    expect(ofOneMatter({ content: a }, { content: b }, matches, 'others')).toBeLessThan(0.5);
    const known = { content: report };
    expect(ofOneMatter(known, known, alignDocuments(report, report).matches, 'others')).toBeGreaterThan(0.5);
  });

  it('grows with the facts that both have, whichever text comes first', () => {
    const wire = form('Infera', 'Leipzig', 12, 310);
    const others = [
      form('Corvex', 'Dayton', 45, 882),
      form('Corvex', 'Dayton', 45, 310),
      form('Corvex', 'Dayton', 12, 310),
      form('Corvex', 'Leipzig', 12, 310),
    ];
    const left = others.map((other) => matter(wire, other));
    expect([...left].sort((x, y) => x - y)).toEqual(left);
    expect(left[3]).toBeGreaterThan(left[0] as number);
    expect(others.map((other) => matter(other, wire))).toEqual(left);
  });

  it('weighs facts by how rare a lexicon says they are', async () => {
    const lexicon = (await loadLexicon('en')) as Lexicon;
    const known = (a: AnalysedText, b: AnalysedText) => {
      const [x, y] = [a, b].map((content) => ({ content, known: knownWords(content, lexicon) })) as [
        KnownText,
        KnownText,
      ];
      return ofOneMatter(x, y, alignDocuments(a, b, x.known, y.known).matches, 'some');
    };
    const notice = (holder: string, month: string) =>
      analysed(
        `The board of ${holder} pays its holders the usual quarterly dividend on the first of ${month}, it said.`,
      );
    const source = notice('Quillfeather', 'April');
    expect(known(source, notice('Quillfeather', 'May'))).toBeGreaterThan(known(source, notice('Brandywine', 'April')));
  });
});

describe('dividends of two companies', () => {
  it('are no rewrite of each other, though nearly all of their words are the same', async () => {
    const detector = await createDetector();
    const { relation } = detector.compare(
      'Qtly div 14 cts vs 14 cts prior. Pay May 20. Record April 22.',
      'Qtly div 31 cts vs 31 cts prior. Pay May 20. Record April 30.',
    );
    expect(relation).toBe('unrelated');
  });
});

describe('compare', () => {
  it('takes a retelling for one, though one of the two is in capitals throughout', async () => {
    const wire =
      'The city council of Porto voted on Monday to close the Arrábida bridge for 18 months. Engineer Rui Tavares found cracks in 14 of its 40 cables last winter.';
    const retold =
      'Last winter the engineer Rui Tavares had discovered that 14 of the 40 cables were cracked. Councillors in Porto decided on Monday that the Arrábida bridge would shut for 18 months.';
    const detector = await createDetector();
    expect(detector.compare(wire.toUpperCase(), retold).relation).toBe('rewrite');
    expect(detector.compare(wire, retold).relation).toBe('rewrite');
  });

  it('takes a retelling for one though its town, its day or its voices are others, where hardly anything is named', async () => {
    const wire =
      'The mayor opened the refurbished library in Dunmore on Saturday, eighteen months after a burst pipe ruined thousands of books and forced the building to close. ' +
      'Volunteers spent the winter drying what could be saved, and local schools lent shelves, desks and a piano. ' +
      'Visitors queued along the pavement before the doors opened, many of them with books that they had kept at home since the flood. ' +
      'The librarian thanked everybody who had helped and promised that the reading room would stay open late in the evenings.';
    const retold =
      'Eighteen months after a burst pipe destroyed thousands of books and closed the building, the renovated library in Dunmore was opened by the mayor on Saturday. ' +
      'All winter long volunteers dried what could be rescued, while nearby schools provided shelving, desks and even a piano. ' +
      'There was a queue along the pavement before opening time, and many people brought books which they had kept at home ever since the flood. ' +
      'The librarian, who thanked all the helpers, promised late evening hours for the reading room.';
    const detector = await createDetector();
    for (const text of [
      retold,
      retold.replace('Dunmore', 'Belcastle'),
      retold.replace('Dunmore', 'Belcastle').replace('Saturday', 'Monday'),
      retold.replace('the mayor', 'mayor Piet Dekker').replace('The librarian', 'Librarian Ana Kovacs'),
    ])
      expect(detector.compare(wire, text)).toMatchObject({ relation: 'rewrite' });
  });

  it('does not take two briefs of one form for a rewrite', async () => {
    const brief = (company: string, cents: number, paid: string, record: string) =>
      `${company} said its board declared a quarterly dividend of ${cents} cents a share, payable on ${paid} to holders of record on ${record}.`;
    const detector = await createDetector();
    const wire = brief('Harcourt Mills', 12, 'May 1', 'April 10');
    expect(detector.compare(wire, brief('Lenox Tool', 27, 'June 15', 'May 29')).relation).toBe('unrelated');
    expect(
      detector.compare(wire, brief('Harcourt Mills', 12, 'May 1', 'April 10').replace('said its', 'said that its'))
        .relation,
    ).not.toBe('unrelated');
  });
});

describe('a brief with its facts changed', () => {
  const brief = (place: string, dead: number, day: string) =>
    `A fire in the old harbour of ${place} killed ${dead} people late on ${day}, the coastguard said. ` +
    'The cause of the blaze is not yet known, and residents of nearby streets have been asked to stay at home until the smoke has cleared.';
  const wire = brief('Ardness', 12, 'Monday');

  it('scores the less, the more of them were, and is an edited copy by itself', async () => {
    const detector = await createDetector();
    const found = [
      brief('Ardness', 31, 'Monday'),
      brief('Belcastle', 31, 'Monday'),
      brief('Belcastle', 31, 'Friday'),
    ].map((text) => detector.compare(wire, text));
    for (const { relation, score } of found) {
      expect(['near-duplicate', 'rewrite']).toContain(relation);
      expect(score).toBeGreaterThan(0.4);
    }
    const scores = found.map(({ score }) => score);
    expect([...scores].sort((x, y) => y - x)).toEqual(scores);
    expect(
      found.at(-1)?.passages.flatMap(({ sentences }) => sentences.flatMap(({ contradicts = [] }) => contradicts)),
    ).toContain('figures');
  });

  it('is no less of one where only a sentence is left', async () => {
    const detector = await createDetector();
    const [first] = wire.split('. ');
    expect(
      detector.compare(`${first}.`, `${first?.replace('Ardness', 'Belcastle').replace('12', '31')}.`).relation,
    ).toBe('rewrite');
  });
});

describe('passageFillsForm', () => {
  const whole = (a: AnalysedText, b: AnalysedText) => ({
    fromA: 0,
    toA: a.termIds.length,
    fromB: 0,
    toB: b.termIds.length,
    score: 0,
  });
  const fills = (a: AnalysedText, b: AnalysedText) => passageFillsForm({ content: a }, { content: b }, whole(a, b));

  it('tells a passage with other names and figures from one with the same', () => {
    const wire = form('Infera', 'Leipzig', 12, 310);
    expect(fills(wire, form('Corvex', 'Dayton', 45, 882))).toBe(true);
    expect(fills(report, report)).toBe(false);
  });

  it('asks nothing of what stands beside the passage', () => {
    const wire = 'Shares of Infera rose after the company from Leipzig said that its profit was 1,214 million dollars.';
    const beside = 'Rain fell in Oslo on 12 May 1987, and 45 farmers of Bergen lost 882 tonnes of their hay.';
    const [a, b] = [analysed(wire), analysed(`${wire} ${beside}`)];
    expect(fills(a, a)).toBe(passageFillsForm({ content: a }, { content: b }, whole(a, a)));
  });
});

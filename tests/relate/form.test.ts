import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { fillOneForm, ofOneMatter } from '../../src/relate/form.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));
const analysed = (text: string) => analyse(text, table);
const form = (company: string, place: string, profit: number, sales: number) =>
  analysed(
    `Shares of ${company} rose after the company from ${place} said that its profit for the quarter was ${profit} million dollars. ` +
      `Sales of ${company} were ${sales} million dollars, and the board in ${place} expects more of the same next year.`,
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
  it('is nothing for one form with other facts, and all for a text with itself and for texts without facts', () => {
    const wire = form('Infera', 'Leipzig', 12, 310);
    expect(ofOneMatter(wire, form('Corvex', 'Dayton', 45, 882))).toBe(0);
    expect(ofOneMatter(wire, wire)).toBe(1);
    expect(ofOneMatter(analysed('it rained all day.'), analysed('it rained all night.'))).toBe(1);
  });

  it('grows with the facts that both have, whichever text comes first', () => {
    const wire = form('Infera', 'Leipzig', 12, 310);
    const others = [
      form('Corvex', 'Dayton', 45, 882),
      form('Corvex', 'Dayton', 45, 310),
      form('Corvex', 'Dayton', 12, 310),
      form('Corvex', 'Leipzig', 12, 310),
    ];
    const left = others.map((other) => ofOneMatter(wire, other));
    expect([...left].sort((x, y) => x - y)).toEqual(left);
    expect(left[3]).toBeGreaterThan(left[0] as number);
    expect(others.map((other) => ofOneMatter(other, wire))).toEqual(left);
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

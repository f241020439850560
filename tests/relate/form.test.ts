import { describe, expect, it } from 'vitest';
import { fillOneForm } from '../../src/relate/form.js';
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

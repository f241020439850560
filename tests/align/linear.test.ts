import { expect, it } from 'vitest';
import { scoreAlone } from '../../src/align/align.js';
import { matchingWords } from '../../src/align/evidence.js';
import { type AnalysedText, analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));

/** Fastest of two runs, in seconds of CPU time. */
function time(run: () => unknown): number {
  const once = () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  return Math.min(once(), once());
}

it('looks at no more sentences alone than a hundred of each text', () => {
  const others = 'Rain fell. '.repeat(100);
  const [near, far] = [`Lorries cross. ${others}`, `${others}Lorries cross.`].map((text) => analyse(text, table));
  const asked = analyse('Lorries cross.', table);
  expect(scoreAlone(asked, near as AnalysedText)).toBeGreaterThan(0.5);
  expect(scoreAlone(asked, far as AnalysedText)).toBeLessThan(0.1);
});

it('finds the words that match in time in proportion to the text, however often a word is repeated', () => {
  const seconds = [5_000, 20_000].map((times) => {
    const text = 'fox hen '.repeat(times);
    const doc = analyse(text, table);
    const whole = { start: 0, end: text.length };
    return time(() => matchingWords(doc, whole, doc, whole));
  });
  // Four times as long, and sixteen where it is quadratic.
  expect(seconds[1]).toBeLessThan(12 * Math.max(0.02, seconds[0] as number));
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapping } from '../../src/text/lines.js';
import { anyText } from '../arbitraries.js';

/** Breaks prose at a margin, as typewriters and news wires did. */
function hardWrap(text: string, margin: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) as string;
    if (line !== '' && line.length + 1 + word.length > margin) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

const PROSE =
  'The two sides agreed on Monday to exchange all prisoners of war who are seriously ill or wounded and all who are ' +
  'younger than twenty-five years, but made no headway towards a ceasefire that Kyiv and its allies had asked for, ' +
  'although both delegations said afterwards that they were ready to meet again before the end of the month.';

describe('wrapping', () => {
  it.each([40, 60, 72, 80])('finds a margin of %i characters', (margin) => {
    const { width } = wrapping(hardWrap(PROSE, margin));
    expect(width).toBeGreaterThan(margin - 12);
    expect(width).toBeLessThanOrEqual(margin);
  });

  it('finds none where every paragraph is a line', () => {
    expect(wrapping(`${PROSE}\n${PROSE}\n${PROSE}\n${PROSE}\n${PROSE}`).width).toBe(0);
  });

  it('finds none in a list of short lines', () => {
    expect(wrapping('Home\nNews\nSport\nWeather\nContact us\n'.repeat(5)).width).toBe(0);
  });

  it('finds none where full lines end their sentences', () => {
    expect(wrapping('This line is one whole sentence of a list.\n'.repeat(8)).width).toBe(0);
  });

  it('finds none in a few lines, which prove nothing', () => {
    expect(wrapping('').width).toBe(0);
    expect(wrapping(hardWrap(PROSE, 60).split('\n').slice(0, 3).join('\n')).width).toBe(0);
  });

  it('sees whether paragraphs are indented', () => {
    const lines = hardWrap(PROSE, 60);
    expect(wrapping(`${lines}\n${lines}`).indented).toBe(false);
    expect(wrapping(`${lines}\n    ${lines}`).indented).toBe(true);
  });

  it('says 0 or a margin between 30 and 120 for any text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const { width } = wrapping(text);
        expect(width === 0 || (width >= 30 && width <= 120)).toBe(true);
      }),
    );
  });
});

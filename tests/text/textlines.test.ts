import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textLines } from '../../src/text/textlines.js';
import { wordColumns } from '../../src/text/wordcolumns.js';
import { anyText } from '../arbitraries.js';

const linesOf = (text: string) => textLines(text, wordColumns(text));
const texts = (text: string) => linesOf(text).map(({ start, end }) => text.slice(start, end));

describe('the lines of a text', () => {
  it('are those with words, without the white space around them', () => {
    expect(texts('One.\n\n  Two words. \r\n***\n\tThree\u2028four ')).toEqual(['One.', 'Two words.', 'Three', 'four']);
    expect(texts('***\n')).toEqual([]);
  });

  it('lie in the text, in order, and hold every word once', () => {
    fc.assert(
      fc.property(fc.array(anyText(), { maxLength: 4 }), (pieces) => {
        const text = pieces.join('\n');
        const words = wordColumns(text);
        let at = 0;
        let count = 0;
        for (const { start, end, words: many } of textLines(text, words)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          for (let w = count; w < count + many; w++) {
            expect(words.starts[w]).toBeGreaterThanOrEqual(start);
            expect(words.starts[w]).toBeLessThan(end);
          }
          [at, count] = [end, count + many];
        }
        expect(at).toBeLessThanOrEqual(text.length);
        expect(count).toBe(words.count);
      }),
    );
  });

  it('have one key where they have the same words in the same order', () => {
    const [a, b, c, d] = linesOf('Share this story\nSHARE this — story!\nthis share story\nShare this').map(
      ({ key }) => key,
    );
    expect(b).toBe(a);
    expect(new Set([a, c, d]).size).toBe(3);
  });

  it('are running text with five words and a full stop, or two dozen words', () => {
    const prose = (text: string) => linesOf(text).map((line) => line.prose);
    expect(
      prose('The old bridge was closed.\nThe bridge was closed.\nThe old bridge was closed\nShare the old bridge now!'),
    ).toEqual([true, false, false, false]);
    expect(prose('word '.repeat(24))).toEqual([true]);
    expect(prose('word '.repeat(23))).toEqual([false]);
  });

  it('go on where a margin broke them, to a full stop at the end of a line or an empty line', () => {
    const wire =
      'AUSTRALIA faces a major medium term\nadjustment to reduce debt and improve its economic performance,\nthe Organisation ' +
      'for Economic Cooperation and Development said\nin its latest review, which goes on to compare it with other OECD\n' +
      'countries.\n    A shift of resources was required for\nthe economy to expand in line with potential, and for\n' +
      'employment to grow in the years to come\n\n REUTER\n';
    expect(texts(wire).map((line) => line.replaceAll('\n', ' '))).toEqual([
      expect.stringMatching(/^AUSTRALIA faces .* other OECD countries\.$/),
      expect.stringMatching(/^A shift .* in the years to come$/),
      'REUTER',
    ]);
    expect(linesOf(wire).map(({ prose }) => prose)).toEqual([true, true, false]);
  });
});

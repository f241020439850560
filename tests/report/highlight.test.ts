import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pieces } from '../../src/report/app/highlight.js';
import { sharedWords } from '../../src/report/sharedwords.js';
import type { PassagePair } from '../../src/types.js';
import { anyText } from '../arbitraries.js';

const whole = (text: string) => ({ start: 0, end: text.length });
const shared = (a: string, b: string) =>
  sharedWords(a, whole(a), b, whole(b)).map(({ start, end }) => a.slice(start, end));

describe('sharedWords', () => {
  it('are those of the counterpart, without case, accents and possessives, each as often as it stands there', () => {
    expect(shared('Café prices: Café, 12,000 Euros', "The CAFE's 12,000 prices")).toEqual(['Café', 'prices', '12,000']);
  });

  it('leave out short words but beside a word that both share there', () => {
    expect(shared('a bridge of the city', 'the city of a bridge')).toEqual(['a', 'bridge', 'the', 'city']);
    expect(shared('it is on the', 'the on is it')).toEqual([]);
  });
});

describe('pieces', () => {
  const passage = (a: [number, number], b: [number, number]): PassagePair => ({
    a: { start: a[0], end: a[1] },
    b: { start: b[0], end: b[1] },
    score: 1,
    kind: 'edited',
    sentences: [],
  });

  it('are the whole text but its line ends, in order, whatever the spans', () => {
    const span = fc.tuple(fc.integer({ min: -5, max: 60 }), fc.integer({ min: -5, max: 60 }));
    fc.assert(
      fc.property(anyText(), anyText(), fc.array(fc.tuple(span, span), { maxLength: 5 }), (a, b, spans) => {
        const passages = spans.map(([x, y]) => passage(x, y));
        const shown = pieces(a, b, passages, 'a').map((paragraph) => paragraph.map(({ text }) => text).join(''));
        expect(shown).toEqual(a.split('\n').filter((line) => line.trim() !== ''));
      }),
    );
  });

  it('give what two passages cover to the first of them', () => {
    const found = pieces('abcdef', 'abcdef', [passage([1, 4], [1, 4]), passage([3, 6], [3, 6])], 'b');
    expect(found.flat().map(({ text, passage }) => [text, passage])).toEqual([
      ['a', -1],
      ['bcd', 0],
      ['ef', 1],
    ]);
  });

  it('know the sentence that a piece lies in', () => {
    const sentence = { a: { start: 0, end: 3 }, b: { start: 0, end: 3 }, score: 1 };
    const found = pieces('One. Two.', 'One. Two.', [{ ...passage([0, 9], [0, 9]), sentences: [sentence] }], 'a');
    expect(found.flat().map(({ text, sentence, shared }) => [text, sentence, shared])).toEqual([
      ['One', 0, false],
      ['. Two.', -1, false],
    ]);
  });
});

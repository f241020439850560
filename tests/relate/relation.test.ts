import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable } from '../../src/relate/document.js';
import { relate, swapped } from '../../src/relate/relation.js';
import { exactResemblance } from '../../src/relate/shares.js';
import { jaccard, shingles } from '../../src/sketch/shingles.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import { words } from '../arbitraries.js';

const table = new TermTable(await loadLanguage('en'));
const doc = (text: string) => comparable({ source: { id: 'x', text }, text: analyse(text, table) }, [], 3, 1);
const relation = (a: string, b: string) => relate(doc(a), doc(b), 0.35);

const wire = [
  'The city council of Porto voted on Monday to close the Arrábida bridge for 18 months of repairs.',
  'Engineer Rui Tavares found cracks in 14 of its 40 cables during an inspection last winter.',
  'Lorries will be sent over the Freixo crossing, while buses take the lower deck, mayor Ana Sequeira said.',
  'Shopkeepers on the south bank fear for their trade and have asked the government for 3m euros.',
  'The bridge, which opened in 1963, was once the longest concrete arch in the world.',
];
const other = [
  'Rain is expected in the north by the weekend, forecasters in Oslo said on Tuesday.',
  'Snow may fall above 800 metres, and drivers should fit winter tyres before they cross the passes.',
  'A storm in the previous week had cut power to 9,000 homes along the western fjords.',
  'Repairs took three days because fallen trees blocked the roads to several villages.',
  'The institute will publish its next warning at noon on Thursday.',
  'Farmers hope that the potatoes can be lifted before the ground freezes.',
];

describe('relate', () => {
  it('calls the same words a duplicate, whatever their case and punctuation', () => {
    expect(relation(wire.join(' '), wire.join('\n\n').toUpperCase())).toMatchObject({
      relation: 'duplicate',
      score: 1,
      resemblance: 1,
      containment: { a: 1, b: 1 },
    });
  });

  it('calls a copy with a few words changed a near-duplicate', () => {
    const copy = wire.join(' ').replace('longest', 'largest');
    const found = relation(wire.join(' '), copy);
    expect(found.relation).toBe('near-duplicate');
    expect(found.resemblance).toBeGreaterThanOrEqual(0.8);
    expect(found.resemblance).toBeCloseTo(jaccard(shingles(wire.join(' ')), shingles(copy)), 4);
  });

  it('calls a retelling a rewrite, with a resemblance near none', () => {
    const retold = [
      'Shopkeepers south of the river worry about their trade; from the government they want 3m euros.',
      'The Arrábida bridge in Porto is to be shut for repairs that last 18 months, the city council decided on Monday.',
      'An inspection in winter by the engineer Rui Tavares had shown that 14 of the 40 cables were cracked.',
      'Buses will use the lower deck and lorries the crossing at Freixo, according to mayor Ana Sequeira.',
    ];
    const found = relation(wire.join(' '), retold.join(' '));
    expect(found.relation).toBe('rewrite');
    expect(found.resemblance).toBeLessThan(0.2);
    expect(found.passages.flatMap(({ sentences }) => sentences)).toHaveLength(4);
  });

  it('calls a part of one in another story an excerpt', () => {
    const long = [...other, ...other.map((line) => line.replace(/[a-z]{6,}/g, (word) => [...word].reverse().join('')))];
    const mixed = [...long.slice(0, 6), ...wire.slice(0, 3), ...long.slice(6)].join(' ');
    const host = [
      ...wire.slice(0, 3),
      ...Array.from(
        { length: 9 },
        (_, i) =>
          `Paragraph ${i} of a column about gardens, compost heaps, tulips, hedges and patient beetles number ${i}.`,
      ),
    ].join(' ');
    const found = relation(mixed, host);
    expect(found.relation).toBe('excerpt');
    expect(found.passages).toHaveLength(1);
    const [passage] = found.passages;
    expect(mixed.slice(passage?.a.start, passage?.a.end)).toBe(wire.slice(0, 3).join(' '));
    expect(host.slice(passage?.b.start, passage?.b.end)).toBe(wire.slice(0, 3).join(' '));
  });

  it('calls two stories unrelated, without passages or original', () => {
    expect(relation(wire.join(' '), other.join(' '))).toEqual({
      relation: 'unrelated',
      score: 0,
      resemblance: 0,
      containment: { a: 0, b: 0 },
      passages: [],
    });
  });

  it('calls texts without words unrelated to everything, themselves too', () => {
    expect(relation('', '').relation).toBe('unrelated');
    expect(relation('...', wire.join(' ')).relation).toBe('unrelated');
  });

  it('swaps a and b and changes nothing else when the documents change places', () => {
    const prose = fc
      .array(
        fc.oneof(
          words(10).map((list) => `${list.join(' ')}.`),
          fc.constantFrom(...wire),
        ),
        { maxLength: 8 },
      )
      .map((sentences) => sentences.join(' '));
    fc.assert(
      fc.property(prose, prose, (a, b) => {
        expect(relation(b, a)).toEqual(swapped(relation(a, b)));
      }),
    );
  });

  it('compares a text with itself symmetrically', () => {
    const prose = fc.array(fc.constantFrom(...wire, 'Alpha beta.', 'Alpha beta gamma.'), { maxLength: 8 });
    fc.assert(
      fc.property(prose, (sentences) => {
        const found = relation(sentences.join(' '), sentences.join(' '));
        expect(swapped(found)).toEqual(found);
      }),
    );
  });
});

describe('exactResemblance', () => {
  it('is the Jaccard similarity of two ascending columns, and 0 where both are empty', () => {
    const column = fc.uniqueArray(fc.nat(9)).map((list) => Uint32Array.from(list).sort());
    fc.assert(
      fc.property(column, column, (a, b) => {
        expect(exactResemblance(a, b)).toBe(a.length + b.length === 0 ? 0 : jaccard(a, b));
      }),
    );
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, createDetector, shingles } from '../src/index.js';
import { swapped } from '../src/relate/relation.js';
import { anyText } from './arbitraries.js';

const detector = await createDetector();
const seeds = readdirSync('seeds')
  .sort()
  .map((id) => ({ id, text: readFileSync(`seeds/${id}`, 'utf8') }));

const SENTENCES = [
  'The city council of Porto voted on Monday to close the Arrábida bridge for 18 months.',
  'Councillors in Porto decided on Monday that the Arrábida bridge would shut for 18 months.',
  'Engineer Rui Tavares found cracks in 14 of its 40 cables last winter.',
  'He said, “It is old.”.',
  '\nShare\nComments\n',
  'Rain is expected in the north by the weekend.',
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...SENTENCES), { maxLength: 8 }).map((list) => list.join(' ')),
  anyText(),
);
const date = fc.constantFrom('2025-06-01', '2025-06-02', undefined);

describe('compare', () => {
  it('of b with a is that of a with b with the two swapped, on the seeds', () => {
    for (const a of seeds)
      for (const b of seeds)
        expect(JSON.stringify(detector.compare(b, a))).toBe(JSON.stringify(swapped(detector.compare(a, b))));
  });

  it('of b with a is that of a with b with the two swapped, on any texts and dates', () => {
    fc.assert(
      fc.property(text, text, date, date, (x, y, dateX, dateY) => {
        const a = { id: 'a', text: x, ...(dateX === undefined ? {} : { published: dateX }) };
        const b = { id: 'b', text: y, ...(dateY === undefined ? {} : { published: dateY }) };
        expect(detector.compare(b, a)).toEqual(swapped(detector.compare(a, b)));
      }),
    );
  });

  it('takes strings and documents alike, whatever their ids', async () => {
    const [a, b] = seeds as [(typeof seeds)[number], (typeof seeds)[number]];
    const found = detector.compare(a, b);
    expect(detector.compare(a.text, b.text)).toEqual(found);
    expect(detector.compare({ id: 'same', text: a.text }, { id: 'same', text: b.text })).toEqual(found);
    expect(await compare(a, b)).toEqual(found);
    expect(await compare(a, b, {})).toEqual(found);
  });

  it('gives spans that slice to the same words where a passage is verbatim', () => {
    fc.assert(
      fc.property(text, text, (x, y) => {
        for (const { kind, a, b } of detector.compare(x, y).passages) {
          const words = shingles(x.slice(a.start, a.end), { shingleSize: 1 });
          // In a longer passage a word in twenty may differ, or be missing.
          if (kind === 'verbatim' && words.length < 15)
            expect(words).toEqual(shingles(y.slice(b.start, b.end), { shingleSize: 1 }));
        }
      }),
    );
  });

  it('finds a rewrite where it is asked for weaker ones, and none where only for stronger', async () => {
    const [a, b] = SENTENCES.slice(0, 2) as [string, string];
    const extra = ' Farmers hope that the potatoes can be lifted soon. Nobody knows when the ground will freeze.';
    const score = detector.compare(a, b + extra).score;
    expect(score).toBeGreaterThan(0.05);
    expect((await compare(a, b + extra, { rewriteThreshold: Math.max(0.05, score - 0.01) })).relation).toBe('rewrite');
    expect((await compare(a, b + extra, { rewriteThreshold: Math.min(1, score + 0.01) })).relation).toBe('unrelated');
  });

  it('sets aside what both carry in unlike surroundings', () => {
    const furniture = '\n\nOrange background\nTry our new features\nComments\n';
    const a = `The council closed the bridge for repairs on Monday.${furniture}Lorries will take the ring road.`;
    const b = `Rain is expected in the north by the weekend.${furniture}Snow may fall on the higher hills.`;
    expect(detector.compare(a, b)).toMatchObject({ relation: 'unrelated', resemblance: 0, passages: [] });
  });
});

describe('similarity', () => {
  it('is symmetric, in [0, 1], and highest between a sentence and itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SENTENCES), fc.constantFrom(...SENTENCES), (a, b) => {
        const score = detector.similarity(a, b);
        expect(score).toBe(detector.similarity(b, a));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(detector.similarity(a, a));
        expect(detector.similarity(a, a)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is 0 where there is nothing to compare', () => {
    expect(detector.similarity('', '')).toBe(0);
    expect(detector.similarity('Porto', 'Oslo')).toBe(0);
  });
});

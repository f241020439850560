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

  it('makes no passage of what would be most of two unrelated texts', () => {
    const ours =
      'A freight train left the rails near Orton on Tuesday night. Nobody was hurt, the railway said. Twelve wagons with grain turned over beside the ' +
      'station. "We will clear the line by Friday", said its spokeswoman Ada Lind. Commuters go by bus until then.';
    const theirs =
      'Residents of Orton woke to a din on Tuesday. Grain lay knee-deep on the platform when the sun came up. Trains to the coast will not run for days, ' +
      'spokeswoman Ada Lind warned. Mayor Tom Berg wants to know why old wagons still pass the station at night. The railway would not comment on speed.';
    const found = detector.compare(ours, theirs);
    expect(found.relation).toBe('unrelated');
    expect(Math.min(found.containment.a, found.containment.b)).toBeLessThan(0.31);
  });

  it('counts in the containment the words that lie in passages, and calls a copy verbatim wherever it is cut', () => {
    const host =
      'Farmers expect a poor harvest of apples this year. A late frost killed most of the blossom in April. ';
    const wire =
      'Divers found the wreck of a merchant ship near the harbour on Saturday. Its hold was full of amphorae that once carried olive oil from Carthage. ' +
      'The museum plans to raise three of them before storms set in. Work will begin on Monday if the sea is calm.';
    const cut = wire.slice(0, wire.indexOf('before storms'));
    const { containment, passages } = detector.compare(`${host}${cut}`, wire);
    expect(passages.map(({ kind }) => kind)).toEqual(['verbatim']);
    const all = shingles(`${host}${cut}`, { shingleSize: 1 }).length;
    expect(containment.a).toBeCloseTo(shingles(cut, { shingleSize: 1 }).length / all, 1);
  });

  it('takes a date without a time zone as UTC, whatever the zone of the machine', () => {
    const text = 'The council voted on Monday to close the old bridge for repairs until the spring.';
    const zone = process.env.TZ;
    try {
      for (process.env.TZ of ['Asia/Tokyo', 'America/Los_Angeles', 'UTC']) {
        const a = { id: 'a', text, published: '2025-06-01 12:00' };
        const b = { id: 'b', text, published: '2025-06-01T08:00:00Z' };
        expect(detector.compare(a, b).original).toBe('b');
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
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

describe('sentenceSimilarities', () => {
  it('gives the sentences of both texts and the pairs that share a content word, the same whichever comes first', () => {
    const a = 'The bridge closed on Monday. Nobody knows why. Trams run.';
    const b = 'It was dry. Trams run again. A bridge was closed.';
    const there = detector.sentenceSimilarities(a, b);
    expect(there.a.map(({ start, end }) => a.slice(start, end))).toEqual([
      'The bridge closed on Monday.',
      'Nobody knows why.',
      'Trams run.',
    ]);
    expect(there.pairs.map((pair) => [pair.a, pair.b])).toEqual([
      [0, 2],
      [2, 1],
    ]);
    for (const { similarity } of there.pairs) expect(similarity).toBeGreaterThan(0.5);
    const back = detector.sentenceSimilarities(b, a);
    expect(back.b).toEqual(there.a);
    expect(back.pairs).toEqual(
      there.pairs.map((pair) => ({ ...pair, a: pair.b, b: pair.a })).sort((x, y) => x.a - y.a || x.b - y.b),
    );
  });
});

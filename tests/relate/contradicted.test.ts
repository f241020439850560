import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { explain } from '../../src/report/index.js';

const detector = await createDetector();

const wire = [
  'Ferry services between Ardness and the island of Holm were suspended on Monday after a crack was discovered in the hull of the MV Saltire.',
  'The vessel, which carries up to 240 passengers, was inspected by divers on Sunday night when crew members reported an unusual vibration.',
  'Operator Northline said repairs could take as long as three weeks, because a replacement plate has to be shipped from Rotterdam.',
  'Around 1,900 people live on Holm and most of them depend on the crossing for food, medicine and work.',
  'The island council has asked the coastguard to bring in supplies by helicopter in the meantime.',
  'Morag Tulloch sold her shop in the harbour to Alan Keir last spring.',
];
/** The wire as a sub-editor leaves it. */
const edited = [
  'Ferry services between Ardness and the island of Holm were suspended on Monday when a crack was found in the hull of the MV Saltire.',
  'The ship, which carries up to 240 passengers, was inspected by divers on Sunday night after crew members reported unusual vibration.',
  'Operator Northline said the repairs could take as long as three weeks because a new plate has to be shipped from Rotterdam.',
  'Some 1,900 people live on Holm and most depend on the crossing for food, medicine and work.',
  'The island council asked the coastguard to bring in supplies by helicopter in the meantime.',
  'Morag Tulloch had sold her shop in the harbour to Alan Keir last spring.',
];
const changes: [number, string, string, string][] = [
  [0, 'were suspended', 'were not suspended', 'negated'],
  [3, 'most depend', 'most do not depend', 'negated'],
  [1, '240', '310', 'figures'],
  [
    5,
    'Morag Tulloch had sold her shop in the harbour to Alan Keir',
    'Alan Keir had sold her shop in the harbour to Morag Tulloch',
    'swapped',
  ],
];

const compare = (sentences: readonly string[]) =>
  detector.compare(wire.join(' '), sentences.join(' '), { evidence: true });
const changed = (some: readonly [number, string, string, string][]) => {
  const out = [...edited];
  for (const [n, from, to] of some) out[n] = (out[n] as string).replace(from, to);
  return out;
};

describe('an edited text that says otherwise', () => {
  const plain = compare(edited);

  it.each(changes)('is told so where sentence %d has %s as %s', (n, from, to, kind) => {
    const text = changed([[n, from, to, kind]]);
    const found = compare(text);
    const whole = text.join(' ');
    const pairs = found.passages.flatMap(({ sentences }) => sentences);
    const contradicted = pairs.filter(({ contradicts }) => contradicts !== undefined);
    expect(contradicted.map(({ b, contradicts }) => [whole.slice(b.start, b.end), contradicts])).toEqual([
      [text[n], [kind]],
    ]);
    const before = plain.passages
      .flatMap(({ sentences }) => sentences)
      .find(({ b }) => edited.join(' ').slice(b.start, b.end) === edited[n]);
    expect(contradicted[0]?.score).toBeLessThan((before?.score as number) - 0.2);
    expect(found.score).toBeLessThan(plain.score);
    expect(found.relation).toBe(plain.relation);
    expect(explain(found).reasons.filter((reason) => /otherwise/.test(reason))).toHaveLength(1);
  });

  it('scores the less, the more it does so, and is a rewrite of it all the same', () => {
    const scores = changes.map((_, n) => compare(changed(changes.slice(0, n))).score);
    scores.push(compare(changed(changes)).score);
    expect([...scores].sort((x, y) => y - x)).toEqual(scores);
    expect(new Set(scores).size).toBe(scores.length);
    expect(compare(changed(changes)).relation).toBe('rewrite');
  });

  it('is told in words how', () => {
    const { reasons } = explain(compare(changed(changes)));
    expect(reasons).toContain(
      '4 of them say otherwise in much the same words: 2 negated in one of the texts, 1 with names in each other’s places and 1 with other figures.',
    );
  });

  it('is told nothing where none of it is so', () => {
    expect(plain.passages.flatMap(({ sentences }) => sentences).some(({ contradicts }) => contradicts)).toBe(false);
    expect(explain(plain).reasons.join(' ')).not.toMatch(/otherwise/);
  });

  it('is none where figures that are spelt out stand in another order', () => {
    const text = 'Three men and four women were rescued from the ferry near Holm by the coastguard on Monday night.';
    const turned = 'Four women and three men were rescued from the ferry near Holm by the coastguard on Monday night.';
    const found = detector.compare([...wire, text].join(' '), [...edited, turned].join(' '));
    expect(found.passages.flatMap(({ sentences }) => sentences.flatMap((pair) => pair.contradicts ?? []))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { findBlocks } from '../../src/align/blocks.js';
import { similarityMatrix } from '../../src/align/similarity.js';
import { pairVectors } from '../../src/align/vectors.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));

const PARAGRAPHS = [
  'Divers found the wreck of a Carthaginian merchant ship near the harbour of Marsala on Saturday, at a depth of forty metres. The weather had kept boats ashore for a week before that, and fishermen were mending nets on the quay.',
  'Its hold was full of amphorae that once carried olive oil across the strait, many of them still sealed with resin. Restorers expect to spend years cleaning them; the laboratory has room for two at a time and a budget for one.',
  'Archaeologists date the vessel to the third century before our era by coins and by the shape of its anchors. Nobody had looked in that part of the bay, where currents are strong and the sea bed is covered with weed.',
  'The regional museum plans to raise three of the jars before autumn storms set in, with a crane borrowed from a shipyard. Schoolchildren were promised a visit, and the mayor a ribbon to cut, once insurance has been settled.',
];
const SOURCE = PARAGRAPHS.join(' ');
const SUMMARY =
  'Divers found a Carthaginian merchant wreck near the harbour of Marsala. Its hold was full of sealed olive oil amphorae. ' +
  'Coins and the shape of its anchors date the vessel to the third century. The regional museum plans to raise three jars before the autumn storms.';
const HOST =
  'The orchestra opened its season with a long forgotten symphony. Critics praised the strings and complained about acoustics. ' +
  'Tickets for the concerts go on sale in October. The conductor returns from a tour of Asia next month. Rehearsals begin on Tuesday mornings. ';
const OTHER =
  'Farmers in the valley expect a poor harvest of apples. A late frost killed most of the blossom in April. ' +
  'The cooperative will buy fruit from abroad to keep its presses running. Prices of juice have doubled since spring. ';

function blocksOf(left: string, right: string) {
  const a = analyse(left, table);
  const b = analyse(right, table);
  const vectors = pairVectors(a, b);
  const span = (doc: typeof a, from: number, to: number) => [doc.termSpans[2 * from], doc.termSpans[2 * to - 1]];
  return findBlocks(vectors, similarityMatrix(vectors)).map(({ fromA, toA, fromB, toB }) => ({
    a: span(a, fromA, toA) as [number, number],
    b: span(b, fromB, toB) as [number, number],
  }));
}

describe('summaries', () => {
  const text = `${HOST}${SUMMARY} ${HOST}`;
  const source = `${SOURCE} ${OTHER}`;
  const [begin, end] = [HOST.length, HOST.length + SUMMARY.length];

  it('are one passage on both sides, whatever was left out between their sentences', () => {
    const blocks = blocksOf(text, source);
    expect(blocks).toHaveLength(1);
    const { a, b } = blocks[0] as (typeof blocks)[0];
    expect(Math.abs(a[0] - begin)).toBeLessThan(20);
    expect(Math.abs(a[1] - end)).toBeLessThan(20);
    expect(b[1] - b[0]).toBeGreaterThan(0.7 * SOURCE.length);
  });

  it('are found the same when the long text comes first', () => {
    const there = blocksOf(text, source);
    const back = blocksOf(source, text).map(({ a, b }) => ({ a: b, b: a }));
    expect(back).toEqual(there);
  });

  it('are not made of a text that only shares its subject', () => {
    const subject =
      'A museum by the sea shows amphorae from wrecks. Divers like the harbour in autumn. Olive oil was carried in ships for centuries.';
    expect(blocksOf(`${HOST}${subject} ${HOST}`, source)).toEqual([]);
  });
});

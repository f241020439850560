import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BLOCK_SETTINGS, density, findBlocks } from '../../src/align/blocks.js';
import { similarityMatrix } from '../../src/align/similarity.js';
import { pairVectors } from '../../src/align/vectors.js';
import { type AnalysedText, analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));
const HOST_A =
  'The orchestra opened its season with a long forgotten symphony. Critics praised the strings and complained about the hall. ' +
  'Tickets for the winter concerts go on sale in October. The conductor returns from a tour of Asia next month. ';
const HOST_B =
  'Farmers in the valley expect a poor harvest of apples. A late frost killed most of the blossom in April. ' +
  'The cooperative will buy fruit from abroad to keep its presses running. Prices of juice have doubled since spring. ';
const PASSAGE =
  'Divers found the wreck of a merchant ship near the harbour on Saturday. Its hold was full of amphorae that once carried olive oil ' +
  'from Carthage to Rome. The museum plans to raise three of them before storms set in.';
const SHUFFLED =
  'On Saturday near the harbour a wreck was found by divers: a merchant ship. Olive oil from Carthage once filled the amphorae in its hold, ' +
  'bound for Rome. Before storms set in, three of them are to be raised by the museum.';

function blocksOf(left: string, right: string) {
  const a = analyse(left, table);
  const b = analyse(right, table);
  const vectors = pairVectors(a, b);
  return { a, b, blocks: findBlocks(vectors, similarityMatrix(vectors)) };
}

const words = (doc: AnalysedText, from: number, to: number) =>
  doc.text.slice(doc.termSpans[2 * from], doc.termSpans[2 * to - 1]);

describe('findBlocks', () => {
  it('finds a copied passage to the word, wherever it stands', () => {
    const { a, b, blocks } = blocksOf(`${HOST_A}${PASSAGE} ${HOST_A}`, `${PASSAGE} ${HOST_B}`);
    expect(blocks).toHaveLength(1);
    const [block] = blocks;
    expect(words(a, block?.fromA as number, block?.toA as number)).toBe(PASSAGE.slice(0, -1));
    expect(words(b, block?.fromB as number, block?.toB as number)).toBe(PASSAGE.slice(0, -1));
  });

  it('finds it with its words in another order', () => {
    const { a, blocks } = blocksOf(`${HOST_A}${SHUFFLED} ${HOST_A}`, `${HOST_B}${PASSAGE} ${HOST_B}`);
    expect(blocks).toHaveLength(1);
    const found = words(a, blocks[0]?.fromA as number, blocks[0]?.toA as number);
    expect(found).toContain('wreck was found by divers');
    expect(found).toContain('raised by the museum');
    expect(found.length).toBeLessThan(SHUFFLED.length + 20);
    expect(density(blocks[0] as (typeof blocks)[0])).toBeGreaterThan(0.7);
  });

  it('finds nothing between texts on different subjects', () => {
    expect(blocksOf(HOST_A.repeat(3), HOST_B.repeat(3)).blocks).toEqual([]);
  });

  it('begins at pairs of sentences that are alike enough, and at no others', () => {
    const vectors = pairVectors(analyse(`${HOST_A}${PASSAGE}`, table), analyse(`${HOST_B}${PASSAGE}`, table));
    const matrix = similarityMatrix(vectors);
    const found = (seedCosine: number) => findBlocks(vectors, matrix, { ...BLOCK_SETTINGS, seedCosine });
    expect(found(0.99)).toHaveLength(1);
    expect(found(1.01)).toEqual([]);
  });

  it('gives each word one counterpart at most', () => {
    const { blocks } = blocksOf(`${PASSAGE} ${HOST_A}${PASSAGE}`, `${HOST_B}${PASSAGE} ${HOST_B}`);
    expect(blocks).toHaveLength(1);
  });

  it('gives no words of a good passage to a poor one around it', () => {
    const source = [PASSAGE, HOST_B, PASSAGE.replace('wreck', 'hull').replace('Rome', 'Ostia')].join(' ');
    const { blocks } = blocksOf(`${HOST_A}${PASSAGE} ${HOST_A}${SHUFFLED} ${HOST_A}`, source);
    expect(blocks.length).toBeGreaterThan(0);
    for (const x of blocks)
      for (const y of blocks) {
        const over = Math.min(x.toB, y.toB) - Math.max(x.fromB, y.fromB);
        if (x !== y) expect(over).toBeLessThanOrEqual(0.3 * Math.min(x.toB - x.fromB, y.toB - y.fromB));
      }
  });

  it('finds two passages that stand side by side in the one text and a few sentences apart in the other', () => {
    const second =
      'A bakery in Lisbon won the prize for the best custard tarts. Its owner, Inês Falcão, credits a wood-fired oven from 1911 and eggs from ' +
      'Alentejo. Queues reached the tram stop by noon, and the shop sold out at three.';
    const between = HOST_B.slice(0, HOST_B.indexOf(' The cooperative'));
    const { a, blocks } = blocksOf(`${HOST_A}${PASSAGE} ${second} ${HOST_A}`, `${PASSAGE} ${between} ${second}`);
    const found = blocks.map(({ fromA, toA }) => words(a, fromA, toA));
    expect(found).toEqual([PASSAGE.slice(0, -1), second.slice(0, -1)]);
  });

  it('finds no large block between independent reports among the seeds', () => {
    const [, , second, , fourth] = ['000_f0c481dc8f7ce29f', '', '002_c69a9569748683a6', '', '004_41a53be4fc2a22b0'].map(
      (id) => (id === '' ? '' : readFileSync(`seeds/${id}.txt`, 'utf8')),
    );
    expect(blocksOf(second as string, fourth as string).blocks).toEqual([]);
  });
});

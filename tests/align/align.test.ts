import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignSentences, alignWithin, scoreAlone } from '../../src/align/align.js';
import { FEATURES } from '../../src/align/features.js';
import { LEXICON_MODEL, scorePairs } from '../../src/align/model.js';
import { scoreRetelling } from '../../src/align/sentences.js';
import { similarityMatrix } from '../../src/align/similarity.js';
import { pairVectors } from '../../src/align/vectors.js';
import { load } from '../../src/lexicon/en.js';
import { knownWords } from '../../src/lexicon/known.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import { anyText, words } from '../arbitraries.js';
import { entryAt } from './entryat.js';

const table = new TermTable(await loadLanguage('en'));
const lexicon = await load();
const analysed = (text: string) => analyse(text, table);

const story = [
  'The city council of Porto voted on Monday to close the bridge for 18 months.',
  'Engineer Rui Tavares found cracks in 14 of its 40 cables last winter.',
  'Lorries will be sent over the Freixo crossing, mayor Ana Sequeira said.',
  'Shopkeepers at the river fear for their trade and ask for help from the state.',
];
const retold = [
  'Traders by the river worry about business and want state help.',
  'Councillors in Porto decided on Monday that the bridge would be closed for 18 months.',
  'In winter the engineer Rui Tavares had discovered that 14 of the 40 cables were cracked.',
  'According to mayor Ana Sequeira, the Freixo crossing will take the lorries.',
];

const prose = fc
  .array(words(12), { minLength: 1, maxLength: 6 })
  .map((sentences) => sentences.map((list) => `${list.join(' ')}. `).join(''));

describe('alignSentences', () => {
  it('finds each sentence of a story in a retelling of another order', () => {
    const matches = alignSentences(analysed(story.join(' ')), analysed(retold.join(' ')));
    expect(matches.map(({ i, j }) => [i, j])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0],
    ]);
    for (const { score } of matches) expect(score).toBeGreaterThan(0.5);
  });

  it('lets a sentence answer to the two that it was made of', () => {
    const parts = 'The council of Porto closed the old bridge. Engineer Rui Tavares had found cracks in its cables.';
    const merged =
      'The council of Porto closed the old bridge, as engineer Rui Tavares had found cracks in its cables.';
    expect(alignSentences(analysed(parts), analysed(merged)).map(({ i, j }) => [i, j])).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });

  it('finds nothing between two stories, and nothing in empty texts', () => {
    const other = 'Rain is expected in the north by the weekend. Snow may fall on the higher hills of Norway.';
    expect(alignSentences(analysed(story.join(' ')), analysed(other))).toEqual([]);
    expect(alignSentences(analysed(''), analysed(''))).toEqual([]);
    expect(alignSentences(analysed(''), analysed(other))).toEqual([]);
  });

  it('gives every match once, in order, with a score in [0.45, 1] and places that exist, on any texts', () => {
    fc.assert(
      fc.property(fc.oneof(prose, anyText()), fc.oneof(prose, anyText()), (left, right) => {
        const a = analysed(left);
        const b = analysed(right);
        const matches = alignSentences(a, b);
        const places = matches.map(({ i, j }) => i * 10_000 + j);
        expect(places).toEqual([...new Set(places)].sort((x, y) => x - y));
        for (const { i, j, score } of matches) {
          expect(score).toBeGreaterThanOrEqual(0.45);
          expect(score).toBeLessThanOrEqual(1);
          expect(i).toBeLessThan(a.sentences.length / 2);
          expect(j).toBeLessThan(b.sentences.length / 2);
        }
      }),
    );
  });
});

describe('scoreAlone', () => {
  it('is symmetric and in [0, 1] on any texts', () => {
    fc.assert(
      fc.property(fc.oneof(prose, anyText()), fc.oneof(prose, anyText()), (left, right) => {
        const score = scoreAlone(analysed(left), analysed(right));
        expect(score).toBe(scoreAlone(analysed(right), analysed(left)));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('puts the same above a retelling, a retelling above another sentence, and knows figures by their value', () => {
    const alone = (left: string, right: string) => scoreAlone(analysed(left), analysed(right));
    const [first, second] = story as [string, string];
    expect(alone(first, first)).toBeGreaterThan(alone(first, retold[1] as string));
    expect(alone(first, retold[1] as string)).toBeGreaterThan(alone(first, second));
    const sum = 'The court fined the bank 12,000 euros.';
    expect(alone(sum, 'The bank was fined 12000 euros by a court.')).toBeGreaterThan(
      alone(sum, 'The bank was fined 15000 euros by a court.'),
    );
  });
});

describe('one sentence against one', () => {
  it('is no match for the names and the figure that both have, nor for the same words turned round', () => {
    const pairs = (left: string, right: string) => alignSentences(analysed(left), analysed(right));
    const offer = "Foster's offered 3.1bn dollars for Southcorp.";
    expect(
      pairs(offer, "Southcorp turned down the 3.1bn dollars of Foster's, and its shares rose by a tenth."),
    ).toEqual([]);
    expect(pairs('Liverpool beat Chelsea 3-2.', 'Chelsea beat Liverpool 3-2.')).toEqual([]);
    expect(
      pairs('The court fined the bank 20m euros.', 'The bank was fined 20 million euros by a court.'),
    ).toHaveLength(1);
  });
});

describe('alignWithin', () => {
  it('finds a sentence told twice, the earlier first', () => {
    const twice = `${story.join(' ')} On Monday the city council of Porto voted to close the bridge for 18 months.`;
    expect(alignWithin(analysed(twice)).map(({ i, j }) => [i, j])).toEqual([[0, 4]]);
  });

  it('finds nothing in a story without repetition, nor a headline that its story repeats', () => {
    expect(alignWithin(analysed(story.join(' ')))).toEqual([]);
    const headline = 'City council of Porto votes to close the bridge for 18 months';
    expect(alignWithin(analysed(`${headline}\n${story.join(' ')}`))).toEqual([]);
    const heading = (story[0] as string).slice(0, -1);
    expect(alignWithin(analysed(`${story.join(' ')}\n\n${heading}\n\nRain is expected in Norway.`))).toEqual([]);
  });

  it('finds every sentence with its best partner, on any text', () => {
    fc.assert(
      fc.property(prose, (text) => {
        for (const { i, j, score } of alignWithin(analysed(text))) {
          expect(i).toBeLessThan(j);
          expect(score).toBeGreaterThanOrEqual(0.38);
          expect(score).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });
});

describe('similarityMatrix', () => {
  it('holds the cosine of weighted terms of every pair that shares one, as a naive count finds it', () => {
    fc.assert(
      fc.property(prose, prose, (left, right) => {
        const vectors = pairVectors(analysed(left), analysed(right));
        const matrix = similarityMatrix(vectors);
        const { a, b, weights } = vectors;
        const termsOf = (side: typeof a, s: number) => [...side.terms.slice(side.first[s], side.first[s + 1])];
        const square = (terms: number[]) => terms.reduce((sum, t) => sum + (weights[t] as number) ** 2, 0);
        for (let i = 0; i < a.count; i++) {
          for (let j = 0; j < b.count; j++) {
            const other = new Set(termsOf(b, j));
            const both = square(termsOf(a, i).filter((t) => other.has(t)));
            const cosine = both === 0 ? 0 : both / Math.sqrt(square(termsOf(a, i)) * square(termsOf(b, j)));
            const at = entryAt(matrix, i, j);
            if (cosine < 0.0399) expect(at).toBe(-1);
            else if (cosine > 0.0401) expect(matrix.cosine[at]).toBeCloseTo(cosine, 9);
          }
        }
      }),
    );
  });
});

describe.each([true, false])('scoreRetelling, with a lexicon: %s', (known) => {
  const scored = (a: ReturnType<typeof analysed>, b: ReturnType<typeof analysed>) => {
    const vectors = pairVectors(a, b);
    const words = similarityMatrix(vectors);
    return known
      ? scoreRetelling(vectors, words, knownWords(a, lexicon), knownWords(b, lexicon))
      : scoreRetelling(vectors, words, undefined, undefined);
  };

  it('has features from -1 to 1, and the same when the documents change places', () => {
    fc.assert(
      fc.property(prose, prose, (left, right) => {
        const [there, back] = [scored(analysed(left), analysed(right)), scored(analysed(right), analysed(left))];
        const k = FEATURES.length;
        expect(there.known).toBe(known);
        expect(back.features.length).toBe(there.features.length);
        for (let i = 0; i < there.matrix.rows; i++) {
          for (let e = there.matrix.first[i] as number; e < (there.matrix.first[i + 1] as number); e++) {
            const twin = entryAt(back.matrix, there.matrix.column[e] as number, i);
            for (let f = 0; f < k; f++) {
              const value = there.features[e * k + f] as number;
              expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-6);
              expect(back.features[twin * k + f]).toBeCloseTo(value, 6);
            }
          }
        }
      }),
    );
  });

  it('finds sentences in other words likelier the more of them a lexicon knows', () => {
    const source = analysed('The firm turned down the offer on Monday. Rain fell in the hills.');
    const other = analysed('On Monday the company rejected the bid. The hills saw heavy rain.');
    const { matrix, scores } = scored(source, other);
    const at = (i: number, j: number) => scores[entryAt(matrix, i, j)] ?? 0;
    expect(at(0, 0)).toBeGreaterThan(at(0, 1));
    expect(at(1, 1)).toBeGreaterThan(at(1, 0));
  });
});

describe('scorePairs', () => {
  it('is the logistic of the weighted features', () => {
    const features = Float64Array.from(FEATURES, (_, f) => f / 20);
    const z = FEATURES.reduce((sum, name, f) => sum + (LEXICON_MODEL[name] * f) / 20, LEXICON_MODEL.intercept);
    expect(scorePairs(features, LEXICON_MODEL)[0]).toBeCloseTo(1 / (1 + Math.exp(-z)), 12);
  });
});

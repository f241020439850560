import { describe, expect, it } from 'vitest';
import { ownFacts, ownFigureShare, ownNameShare } from '../../src/align/facts.js';
import { pairVectors } from '../../src/align/vectors.js';
import { type KnownWords, knownWords } from '../../src/lexicon/known.js';
import { type Lexicon, LIKENESS_STEPS } from '../../src/lexicon/lexicon.js';
import { type AnalysedText, analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));
const text = (sentences: string) => analyse(sentences, table);

/** The term of a text's last word. */
const lastTerm = (doc: AnalysedText) => doc.termIds[doc.termIds.length - 1] as number;

/** A lexicon of two words that are as alike as it is said, each a row. */
function lexiconOf(words: readonly [number, number], likeness: number): Lexicon {
  return {
    words: 2,
    first: Uint32Array.of(0, 1, 2),
    neighbours: Uint32Array.of(1, 0),
    likeness: Uint8Array.of(likeness, likeness),
    rowOf: (term: number) => words.indexOf(term),
  } as unknown as Lexicon;
}

describe('ownFacts', () => {
  const a = text('The ministers met in Oslo on 12 and 14 May. Later they called the President of Vexmoria.');
  const b = text('Ministers were in Oslo on 12 May. All of them are Vexmorian.');
  const vectors = pairVectors(a, b);

  it('counts the names and figures that the other text lacks, summed up by sentence', () => {
    const { a: ofA, b: ofB } = ownFacts(vectors);
    expect([...ofA.figures]).toEqual([0, 2, 2]);
    expect([...ofA.ownFigures]).toEqual([0, 1, 1]);
    expect([...ofB.ownFigures]).toEqual([0, 0, 0]);
    expect(ofA.ownNames[1]).toBe(0);
    expect((ofA.ownNames[2] as number) - (ofA.ownNames[1] as number)).toBe(2);
    expect(ofB.ownNames[2]).toBe(1);
    expect(ownFigureShare(ofA, 0, 1)).toBeCloseTo((1 + 0.6) / (2 + 3), 12);
    expect(ownFigureShare(ofA, 1, 2)).toBeCloseTo(0.2, 12);
    expect(ownNameShare(ofB, 1, 2)).toBeCloseTo((1 + 0.6) / (1 + 3), 12);
  });

  it('takes a name of which the other text has another form for none of its own, whatever its row', () => {
    const [short, long] = [lastTerm(a), lastTerm(b)];
    for (const words of [
      [short, long],
      [long, short],
    ] as const)
      for (const [likeness, own] of [
        [0.6 * LIKENESS_STEPS, 0],
        [0.6 * LIKENESS_STEPS - 1, 1],
      ] as const) {
        const lexicon = lexiconOf(words, Math.ceil(likeness));
        const known = (doc: AnalysedText): KnownWords => knownWords(doc, lexicon);
        const { a: ofA, b: ofB } = ownFacts(vectors, known(a), known(b));
        expect((ofA.ownNames[2] as number) - (ofA.ownNames[1] as number)).toBe(1 + own);
        expect(ofB.ownNames[2]).toBe(own);
      }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describePassage, evidence, joinPassages } from '../../src/align/passages.js';
import type { SentenceMatch } from '../../src/align/select.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import '../arbitraries.js';

const table = new TermTable(await loadLanguage('en'));
const analysed = (text: string) => analyse(text, table);
const match = (i: number, j: number, score = 0.9): SentenceMatch => ({ i, j, score });

/** Two matches touch when both places are at most two apart; a passage is what touching joins. */
function naivePassages(matches: readonly SentenceMatch[]): SentenceMatch[][] {
  const left = new Set(matches);
  const groups: SentenceMatch[][] = [];
  for (const first of matches) {
    if (!left.delete(first)) continue;
    const group = [first];
    for (const m of group)
      for (const o of left) if (Math.abs(m.i - o.i) <= 2 && Math.abs(m.j - o.j) <= 2 && left.delete(o)) group.push(o);
    groups.push(group.sort((x, y) => x.i - y.i || x.j - y.j));
  }
  return groups;
}

describe('joinPassages', () => {
  it('joins what lies together in both documents, in the order of a', () => {
    const place = fc.record({ i: fc.nat(15), j: fc.nat(15), score: fc.constant(0.9) });
    fc.assert(
      fc.property(fc.uniqueArray(place, { selector: ({ i, j }) => i * 16 + j, maxLength: 15 }), (unsorted) => {
        const matches = unsorted.sort((x, y) => x.i - y.i || x.j - y.j);
        const joined = joinPassages(matches);
        expect(joined.map((passage) => passage.matches)).toEqual(naivePassages(matches));
        for (const { matches: inside, firstA, lastA, firstB, lastB } of joined) {
          expect([firstA, lastA]).toEqual([Math.min(...inside.map((m) => m.i)), Math.max(...inside.map((m) => m.i))]);
          expect([firstB, lastB]).toEqual([Math.min(...inside.map((m) => m.j)), Math.max(...inside.map((m) => m.j))]);
        }
      }),
    );
  });

  it('bridges one sentence that was left out, not two', () => {
    expect(joinPassages([match(0, 0), match(2, 2)])).toHaveLength(1);
    expect(joinPassages([match(0, 0), match(3, 3)])).toHaveLength(2);
    expect(joinPassages([match(0, 0), match(1, 9)])).toHaveLength(2);
  });
});

describe('describePassage', () => {
  const a = analysed('The council met. It closed the old bridge for repairs. Then it rained.');
  const b = analysed('Rain fell. It closed the old bridge for repairs. The council met.');
  const [passage] = joinPassages([match(0, 2, 0.5), match(1, 1, 1)]);

  it('spans its sentences from the first to the last on each side', () => {
    const described = describePassage(passage as NonNullable<typeof passage>, a, b);
    expect(a.text.slice(described.a.start, described.a.end)).toBe(
      'The council met. It closed the old bridge for repairs.',
    );
    expect(b.text.slice(described.b.start, described.b.end)).toBe(
      'It closed the old bridge for repairs. The council met.',
    );
    expect(described.sentences.map((pair) => b.text.slice(pair.b.start, pair.b.end))).toEqual([
      'The council met.',
      'It closed the old bridge for repairs.',
    ]);
  });

  it('is scored by its sentences, weighted by their words', () => {
    expect(describePassage(passage as NonNullable<typeof passage>, a, b)).toMatchObject({
      score: 0.85, // (0.5 * 6 + 1 * 14) / 20
      kind: 'verbatim',
    });
  });

  it('proves as many words as exceed even chance on its shorter side', () => {
    expect(evidence(passage as NonNullable<typeof passage>, a, b)).toBe(7);
    expect(evidence({ matches: [match(1, 0, 0.75)], firstA: 1, lastA: 1, firstB: 0, lastB: 0 }, a, b)).toBe(1);
    expect(evidence({ matches: [match(1, 0, 0.3)], firstA: 1, lastA: 1, firstB: 0, lastB: 0 }, a, b)).toBe(0);
  });
});

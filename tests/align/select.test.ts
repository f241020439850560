import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIKELY, SURE, selectMatches } from '../../src/align/select.js';
import { similarityMatrix } from '../../src/align/similarity.js';
import { pairVectors } from '../../src/align/vectors.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import { words } from '../arbitraries.js';

const table = new TermTable(await loadLanguage('und'));

/** Chooses among sentences whose scores are given by their places. */
function chosen(left: string, right: string, scoreOf: (i: number, j: number) => number, choice = SURE) {
  const vectors = pairVectors(analyse(left, table), analyse(right, table));
  const matrix = similarityMatrix(vectors);
  const scores = new Float64Array(matrix.column.length);
  for (let i = 0; i < matrix.rows; i++)
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++)
      scores[e] = scoreOf(i, matrix.column[e] as number);
  return selectMatches(vectors, matrix, scores, choice).map(({ i, j }) => [i, j]);
}

const prose = fc
  .array(words(6), { minLength: 2, maxLength: 6 })
  .map((sentences) => sentences.map((list) => `${list.join(' ')}. `).join(''));

/** Scores no two of which are equal, by their places in a permutation. */
const SCORES = fc
  .shuffledSubarray(
    Array.from({ length: 64 }, (_, n) => 0.4 + n / 110),
    { minLength: 64 },
  )
  .map((scores) => (i: number, j: number) => scores[8 * (i % 8) + (j % 8)] as number);

describe('selectMatches', () => {
  it('chooses the same whichever text comes first', () => {
    fc.assert(
      fc.property(prose, prose, SCORES, fc.constantFrom(SURE, LIKELY), (left, right, scoreOf, choice) => {
        const there = chosen(left, right, scoreOf, choice);
        const back = chosen(right, left, (i, j) => scoreOf(j, i), choice);
        expect(there).toEqual(back.map(([i, j]) => [j, i]).sort(([i = 0, j = 0], [k = 0, l = 0]) => i - k || j - l));
      }),
      { numRuns: 500 },
    );
  });

  it('gives a sentence that another accounts for no second partner, unless that tells a good part of it', () => {
    const told = 'Alpha beta gamma delta epsilon.';
    const again = `${told} Alpha beta zeta eta theta iota kappa lambda mu nu xi omicron.`;
    const scoreOf = (_: number, j: number) => (j === 0 ? 0.95 : 0.9);
    expect(chosen(told, again, scoreOf)).toEqual([[0, 0]]);
    expect(chosen(again, told, (i) => scoreOf(0, i))).toEqual([[0, 0]]);
    const shorter = `${told} Alpha beta gamma delta zeta.`;
    expect(chosen(told, shorter, scoreOf)).toEqual([
      [0, 0],
      [0, 1],
    ]);
    expect(chosen(shorter, told, (i) => scoreOf(0, i))).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });
});

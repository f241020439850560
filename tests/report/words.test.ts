import { describe, expect, it } from 'vitest';
import { count, countRelation, listed, percent, statement } from '../../src/report/words.js';
import type { DocumentPair, Relation } from '../../src/types.js';

const pair = (relation: Relation, original?: 'a' | 'b'): DocumentPair => ({
  a: 'x',
  b: 'y',
  relation,
  score: 0.5,
  resemblance: 0.05,
  containment: { a: 0.5, b: 0.25 },
  passages: [
    { a: { start: 0, end: 9 }, b: { start: 0, end: 9 }, score: 0.9, kind: 'verbatim', sentences: [] },
    {
      a: { start: 9, end: 19 },
      b: { start: 9, end: 19 },
      score: 0.9,
      kind: 'paraphrased',
      sentences: [{ a: { start: 9, end: 19 }, b: { start: 9, end: 19 }, score: 0.95 }],
    },
  ],
  ...(original === undefined ? {} : { original }),
});

describe('numbers in words', () => {
  it('fit their number', () => {
    expect([count(1, 'pair'), count(1234, 'pair'), countRelation(2, 'duplicate'), countRelation(1, 'rewrite')]).toEqual(
      ['1 pair', '1,234 pairs', '2 copies', '1 rewrite'],
    );
    expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });

  it('round no share to nothing or to all', () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(percent)).toEqual(['0 %', '< 1 %', '50 %', '> 99 %', '100 %']);
  });
});

describe('statement', () => {
  it.each([
    ['duplicate', 'b', 'x is a copy of y.'],
    ['duplicate', undefined, 'x and y have the same words.'],
    ['near-duplicate', 'a', 'y is nearly a copy of x.'],
    ['near-duplicate', undefined, 'x and y have nearly the same words.'],
    ['rewrite', 'a', 'y is a rewrite of x.'],
    ['rewrite', undefined, 'x and y tell the same in other words.'],
    ['excerpt', 'a', 'A part of x is in y.'],
    ['excerpt', undefined, 'A part of the one is in the other: x, y.'],
    ['unrelated', undefined, 'x and y are not related as wholes, though they tell something in common.'],
  ] as const)('of %s with original %s', (relation, original, sentence) => {
    expect(statement(pair(relation, original), 'x', 'y')).toBe(sentence);
  });
});

it('says of no copy that was cut or added to that it is in other words', () => {
  const copied = (original?: 'a') => {
    const found = pair('rewrite', original);
    return { ...found, passages: found.passages.slice(0, 1) };
  };
  expect(statement(copied('a'), 'x', 'y')).toBe('y takes from x word for word.');
  expect(statement(copied(), 'x', 'y')).toBe('x and y have a good part word for word in common.');
});

it('says of texts without a passage that they are not related', () => {
  expect(statement({ ...pair('unrelated', undefined), passages: [] }, 'x', 'y')).toBe('x and y are not related.');
});

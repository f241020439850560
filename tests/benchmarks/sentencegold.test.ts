import { describe, expect, it } from 'vitest';
import {
  carried,
  countPairs,
  type GoldText,
  quality,
  sourceTells,
  tellSame,
} from '../../benchmarks/quality/sentencegold.js';

/** Sentences of ten characters each, with one between. */
const spansOf = (n: number): [number, number][] => Array.from({ length: n }, (_, s) => [11 * s, 11 * s + 10]);
const sourceOf = (n: number, foreign = false): GoldText => ({
  text: '',
  spans: spansOf(n),
  tells: sourceTells(n, foreign),
});
const rewriteOf = (source: GoldText, from: number[][]): GoldText => ({
  text: '',
  spans: spansOf(from.length),
  tells: from.map((sentences) => carried(sentences, source.tells)),
});
const spanOf = (s: number) => ({ start: 11 * s, end: 11 * s + 10 });
const pair = (i: number, j: number) => ({ a: spanOf(i), b: spanOf(j) });

describe('the measure of sentence pairs', () => {
  const source = sourceOf(4);

  it('counts what was labelled as right, and nothing else', () => {
    const rewrite = rewriteOf(source, [[1], [2, 3], []]);
    expect(countPairs(rewrite, source, [pair(0, 1), pair(1, 2), pair(2, 3)])).toEqual({ found: 3, right: 2, gold: 3 });
    expect(countPairs(rewrite, source, [])).toEqual({ found: 0, right: 0, gold: 3 });
  });

  it('takes headline and lead for each other, whichever is labelled and whichever is found', () => {
    for (const labelled of [[0], [1], [0, 1]])
      for (const found of [[0], [1], [0, 1]])
        expect(
          countPairs(
            rewriteOf(source, [labelled]),
            source,
            found.map((j) => pair(0, j)),
          ),
        ).toEqual({ found: 1, right: 1, gold: 1 });
    expect(countPairs(rewriteOf(source, [[2]]), source, [pair(0, 0), pair(0, 1)])).toEqual({
      found: 1,
      right: 0,
      gold: 1,
    });
  });

  it('counts a headline of another story neither way', () => {
    const foreign = sourceOf(4, true);
    const rewrite = rewriteOf(foreign, [[0], [1]]);
    expect(countPairs(rewrite, foreign, [pair(0, 0), pair(1, 1)])).toEqual({ found: 1, right: 1, gold: 1 });
    expect(tellSame(rewrite, spanOf(0), foreign, spanOf(0))).toBeUndefined();
    expect(tellSame(rewrite, spanOf(0), foreign, spanOf(1))).toBe(false);
  });

  it('counts a labelled sentence once that was found in two pieces', () => {
    const rewrite = rewriteOf(source, [[2], [3]]);
    const pieces = [
      { a: { start: 0, end: 5 }, b: spanOf(2) },
      { a: { start: 5, end: 10 }, b: spanOf(2) },
    ];
    expect(countPairs(rewrite, source, pieces)).toEqual({ found: 1, right: 1, gold: 2 });
  });

  it('takes a span over two labelled sentences for both', () => {
    const rewrite = rewriteOf(source, [[2], [3]]);
    const both = { start: 0, end: 21 };
    expect(countPairs(rewrite, source, [{ a: both, b: spanOf(2) }])).toEqual({ found: 2, right: 1, gold: 2 });
    expect(tellSame(rewrite, both, source, spanOf(3))).toBe(true);
  });

  it('is the harmonic mean of precision and recall', () => {
    expect(quality({ found: 4, right: 2, gold: 8 })).toEqual({ precision: 0.5, recall: 0.25, f1: 1 / 3 });
    expect(quality({ found: 0, right: 0, gold: 0 })).toEqual({ precision: 0, recall: 0, f1: 0 });
  });
});

import { describe, expect, it } from 'vitest';
import { clusterPassages } from '../../src/cluster/passages.js';
import type { DocumentPair, Span } from '../../src/types.js';

const span = (start: number, end: number): Span => ({ start, end });

const pair = (a: string, b: string, ...passages: [Span, Span, number][]): DocumentPair => ({
  a,
  b,
  relation: 'rewrite',
  score: 0.9,
  resemblance: 0,
  containment: { a: 1, b: 1 },
  passages: passages.map(([inA, inB, score]) => ({ a: inA, b: inB, score, kind: 'edited', sentences: [] })),
});

describe('clusterPassages', () => {
  it('joins the passages of three documents that tell the same', () => {
    const pairs = [
      pair('a', 'b', [span(0, 100), span(50, 160), 0.9]),
      pair('a', 'c', [span(0, 100), span(10, 90), 0.8]),
      pair('b', 'c', [span(50, 160), span(10, 90), 0.7]),
    ];
    const members = [
      { document: 'a', start: 0, end: 100 },
      { document: 'b', start: 50, end: 160 },
      { document: 'c', start: 10, end: 90 },
    ];
    expect(clusterPassages(pairs, 'average')).toEqual([
      {
        members,
        representative: members[0],
        linkage: 'average',
        lowestScore: 0.7,
        weakestLink: { a: members[0], b: members[2], score: 0.8 },
      },
    ]);
  });

  it('takes spans that overlap by half of the shorter as one passage, and others as two', () => {
    const pairs = [
      pair('a', 'b', [span(0, 100), span(0, 100), 0.9]),
      pair('a', 'c', [span(60, 140), span(0, 80), 0.9]),
      pair('a', 'd', [span(139, 300), span(0, 160), 0.9]),
    ];
    const places = clusterPassages(pairs, 'single').map(({ members }) =>
      members.map(({ document, start, end }) => `${document} ${start}-${end}`),
    );
    expect(places).toEqual([
      ['a 0-140', 'b 0-100', 'c 0-80'],
      ['a 139-300', 'd 0-160'],
    ]);
  });

  it('links two passages by the likeliest of the pairs that they have', () => {
    const twice: [Span, Span, number][] = [
      [span(0, 100), span(0, 100), 0.9],
      [span(0, 90), span(0, 90), 0.6],
    ];
    for (const passages of [twice, [...twice].reverse()])
      expect(clusterPassages([pair('a', 'b', ...passages)], 'average')).toMatchObject([
        { lowestScore: 0.9, weakestLink: { score: 0.9 } },
      ]);
  });

  it('represents a passage by that which is most like the others of its own', () => {
    const pairs = [
      pair('a', 'b', [span(0, 100), span(0, 100), 0.6]),
      pair('b', 'c', [span(0, 100), span(0, 100), 0.9]),
      pair('a', 'c', [span(0, 100), span(0, 100), 0.7]),
      // Of another cluster, in the same documents.
      pair('a', 'd', [span(500, 600), span(0, 100), 1]),
    ];
    const representatives = (of: DocumentPair[], linkage: 'average' | 'complete') =>
      clusterPassages(of, linkage).map(({ representative }) => representative.document);
    expect(representatives(pairs, 'average')).toEqual(['c', 'a']);
    // What is like a passage of the cluster, and in none itself, has no say.
    const chain = [
      pair('a', 'b', [span(0, 100), span(0, 100), 0.9]),
      pair('b', 'c', [span(0, 100), span(0, 100), 0.8]),
    ];
    expect(representatives(chain, 'complete')).toEqual(['a']);
  });

  it('does not depend on the order of the pairs', () => {
    const pairs = [
      pair('a', 'b', [span(0, 100), span(0, 100), 0.9], [span(200, 300), span(110, 220), 0.6]),
      pair('a', 'c', [span(40, 100), span(0, 60), 0.7]),
      pair('b', 'c', [span(0, 100), span(0, 60), 0.8]),
    ];
    expect(clusterPassages([...pairs].reverse(), 'average')).toEqual(clusterPassages(pairs, 'average'));
  });

  it('leaves the spans of its pairs as they are', () => {
    const pairs = [pair('a', 'b', [span(0, 50), span(0, 50), 0.9], [span(20, 90), span(20, 90), 0.9])];
    const before = structuredClone(pairs);
    clusterPassages(pairs, 'average');
    expect(pairs).toEqual(before);
  });

  it.each([
    ['passages of many pairs', (n: number) => pair(`a${n}`, `b${n}`, [span(0, 90), span(5, 99), 0.9])],
    [
      'many passages of two documents',
      (n: number) => pair('a', 'b', [span(100 * n, 100 * n + 90), span(100 * n, 100 * n + 60), 0.9]),
    ],
  ])('takes 60,000 %s in a few seconds', (_, one) => {
    const pairs = Array.from({ length: 60_000 }, (_, n) => one(n));
    const before = process.cpuUsage();
    const clusters = clusterPassages(pairs, 'average');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(5);
    expect(clusters.length).toBe(60_000);
    expect(clusters.every(({ members }) => members.length === 2)).toBe(true);
  });

  it('finds nothing in no pairs', () => {
    expect(clusterPassages([], 'average')).toEqual([]);
  });
});

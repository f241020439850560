import { describe, expect, it } from 'vitest';
import { clusterDocuments } from '../../src/cluster/documents.js';
import type { DocumentPair } from '../../src/types.js';

const pair = (a: string, b: string, score: number, more: Partial<DocumentPair> = {}): DocumentPair => ({
  a,
  b,
  relation: 'rewrite',
  score,
  resemblance: 0,
  containment: { a: score, b: score },
  passages: [],
  ...more,
});

describe('clusterDocuments', () => {
  it('lists members by id, with linkage, lowest score and weakest link', () => {
    const pairs = [pair('a', 'b', 0.9), pair('a', 'c', 0.7), pair('b', 'c', 0.8)];
    expect(clusterDocuments(['a', 'b', 'c', 'd'], pairs, 'average')).toEqual([
      {
        members: ['a', 'b', 'c'],
        representative: 'b',
        linkage: 'average',
        lowestScore: 0.7,
        weakestLink: { a: 'b', b: 'c', score: 0.8 },
      },
    ]);
  });

  it('takes the original that most members go back to as representative', () => {
    const pairs = [pair('a', 'b', 0.9), pair('a', 'c', 0.7, { original: 'b' }), pair('b', 'c', 0.8, { original: 'b' })];
    expect(clusterDocuments(['a', 'b', 'c'], pairs, 'average')[0]?.representative).toBe('c');
    const first = pairs.map((one) => ({ ...one, original: 'a' as const }));
    expect(clusterDocuments(['a', 'b', 'c'], first, 'average')[0]?.representative).toBe('a');
    // b was made from a, and c from b: b as often taken from as taking.
    const chain = [pair('a', 'b', 0.9, { original: 'a' }), pair('b', 'c', 0.9, { original: 'a' })];
    expect(clusterDocuments(['a', 'b', 'c'], chain, 'single')[0]?.representative).toBe('a');
  });

  it('takes documents of the same words for one, though not every two of them were compared', () => {
    const same = (a: string, b: string) => pair(a, b, 1, { relation: 'duplicate' });
    const [found] = clusterDocuments(
      ['a', 'b', 'c', 'd'],
      [same('a', 'b'), same('b', 'c'), pair('c', 'd', 0.8)],
      'complete',
    );
    expect(found).toMatchObject({ members: ['a', 'b', 'c', 'd'], lowestScore: 0.8 });
    expect(clusterDocuments(['a', 'b', 'c'], [same('a', 'b'), same('b', 'c')], 'complete')).toMatchObject([
      { members: ['a', 'b', 'c'], lowestScore: 1 },
    ]);
  });

  it('takes the first by id where all are alike', () => {
    const pairs = [pair('a', 'b', 1), pair('a', 'c', 1), pair('b', 'c', 1)];
    expect(clusterDocuments(['a', 'b', 'c'], pairs, 'complete')[0]?.representative).toBe('a');
  });

  it('does not make one story of two documents that share an excerpt', () => {
    const pairs = [pair('a', 'b', 0.9, { relation: 'excerpt' }), pair('c', 'd', 0.5)];
    expect(clusterDocuments(['a', 'b', 'c', 'd'], pairs, 'single').map(({ members }) => members)).toEqual([['c', 'd']]);
  });

  it('puts the largest cluster first, then by the first id, whatever the order of the pairs', () => {
    const pairs = [
      pair('e', 'f', 1),
      pair('a', 'b', 0.4),
      pair('c', 'd', 0.9),
      pair('c', 'g', 0.9),
      pair('d', 'g', 0.9),
    ];
    const ids = [...'abcdefg'];
    const found = clusterDocuments(ids, pairs, 'average');
    expect(found.map(({ members }) => members.join(''))).toEqual(['cdg', 'ab', 'ef']);
    expect(clusterDocuments(ids, [...pairs].reverse(), 'average')).toEqual(found);
  });

  it('takes ids that objects have members of', () => {
    expect(
      clusterDocuments(['__proto__', 'constructor'], [pair('__proto__', 'constructor', 1)], 'average'),
    ).toMatchObject([{ members: ['__proto__', 'constructor'], representative: '__proto__' }]);
  });
});

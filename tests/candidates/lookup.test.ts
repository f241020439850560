import { describe, expect, it } from 'vitest';
import { PLACES, TermLookup } from '../../src/candidates/lookup.js';
import { Postings } from '../../src/candidates/postings.js';

/** Eight sentences of eight terms each, of which every one stands in one document of the index. */
const SENTENCES = Array.from({ length: 8 }, (_, s) => Array.from({ length: 8 }, (_, n) => 100 * (s + 1) + n));
const ROW = Uint32Array.from(SENTENCES.flatMap((sentence) => [sentence.length, ...sentence]));

/** What is found by that text in an index where documents have some of its terms in one sentence; the rest stand in document 99, one a sentence. */
function found(
  has: Record<number, readonly number[]>,
  {
    size = 2000,
    least = 3,
    terms = () => 64,
  }: { size?: number; least?: number; terms?: (document: number) => number } = {},
) {
  const postings = new Postings(() => true);
  const taken = new Set<number>();
  for (const [document, some] of Object.entries(has))
    for (const term of some) {
      postings.add(term, Number(document) * PLACES);
      taken.add(term);
    }
  let sentence = 0;
  for (const term of SENTENCES.flat()) if (!taken.has(term)) postings.add(term, 99 * PLACES + (sentence++ % PLACES));
  return new TermLookup()
    .find(ROW, postings, { least, numbers: 100, size }, terms)
    .filter(({ document }) => document !== 99)
    .map(({ document, sharedKeys }) => [document, sharedKeys]);
}

describe('looking up by rare terms', () => {
  it('counts the pairs of terms in one sentence, most first', () => {
    expect(found({ 3: [100, 101, 102], 4: [200, 201, 202, 203], 5: [300, 301] }, { size: 500 })).toEqual([
      [4, 6],
      [3, 3],
    ]);
    expect(found({ 3: [100, 101, 102], 5: [300, 301] }, { size: 500, least: 1 })).toEqual([
      [3, 3],
      [5, 1],
    ]);
  });

  it('counts none of terms in sentences of their own', () => {
    expect(found({ 3: [100, 200, 300] }, { size: 500, least: 1 })).toEqual([]);
  });

  it('passes over documents that share little of what is rare, where the index knows what that is', () => {
    // 6 of 64 terms weigh less than a fifth of all; 14 of them more.
    const has = {
      3: SENTENCES[0]?.slice(0, 6) as number[],
      4: [...(SENTENCES[1]?.slice(0, 7) ?? []), ...(SENTENCES[2]?.slice(0, 7) ?? [])],
    };
    expect(found(has, { size: 999 })).toEqual([
      [4, 42],
      [3, 15],
    ]);
    expect(found(has, { size: 1000 })).toEqual([[4, 42]]);
  });

  it('asks less of a document that is shorter', () => {
    const has = { 3: SENTENCES[0]?.slice(0, 6) as number[] };
    expect(found(has, { terms: () => 63 })).toEqual([]);
    expect(found(has, { terms: () => 16 })).toEqual([[3, 15]]);
  });

  it('keeps one with a passage of the same terms, however little that is of all', () => {
    expect(found({ 3: SENTENCES[0] as number[] })).toEqual([[3, 28]]);
  });

  it('has room for more places than it began with', () => {
    const postings = new Postings(() => true);
    for (let document = 0; document < 5000; document++)
      for (const term of [1, 2]) postings.add(term, document * PLACES);
    const all = new TermLookup().find(
      Uint32Array.of(2, 1, 2),
      postings,
      { least: 1, numbers: 5000, size: 900 },
      () => 2,
    );
    expect(all).toEqual([]);
    const some = new Postings(() => true);
    for (let document = 0; document < 900; document++)
      for (const term of Array.from({ length: 8 }, (_, n) => n + 1)) some.add(term, document * PLACES + term);
    const one = new TermLookup().find(
      Uint32Array.of(8, 1, 2, 3, 4, 5, 6, 7, 8),
      some,
      { least: 1, numbers: 900, size: 900 },
      () => 8,
    );
    expect(one).toEqual([]);
    for (let document = 0; document < 900; document++) some.add(9, document * PLACES + 1);
    const two = new TermLookup().find(
      Uint32Array.of(8, 1, 2, 3, 4, 5, 6, 7, 9),
      some,
      { least: 1, numbers: 900, size: 900 },
      () => 8,
    );
    expect(two.map(({ sharedKeys }) => sharedKeys)).toEqual(Array(900).fill(1));
  });
});

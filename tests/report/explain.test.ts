import { describe, expect, it } from 'vitest';
import { createDetector, TwicetoldError } from '../../src/index.js';
import { explain } from '../../src/report/index.js';
import type { Comparison, DocumentPair, Relation, SentencePair, Span } from '../../src/types.js';
import { thrownBy } from '../thrown.js';

const detector = await createDetector();

/** Sentence `n` of a text of sentences of ten characters. */
const at = (n: number): Span => ({ start: 10 * n, end: 10 * n + 9 });

/** A pair whose sentences `i` of `a` and `j` of `b` tell the same. */
function pairOf(matches: readonly (readonly [i: number, j: number, score?: number])[], more: Partial<Comparison> = {}) {
  const sentences: SentencePair[] = matches.map(([i, j, score = 0.8]) => ({ a: at(i), b: at(j), score }));
  const comparison: Comparison = {
    relation: 'rewrite' as Relation,
    score: 0.5,
    resemblance: 0.05,
    containment: { a: 0.5, b: 0.25 },
    passages: [{ a: at(0), b: at(0), score: 0.9, kind: 'paraphrased', sentences }],
    ...more,
  };
  return comparison;
}

describe('explain', () => {
  it('says how many sentences of the later text retell the earlier, and in which order', () => {
    const names = ['x', 'y'] as const;
    const first = (pair: Comparison, sentences?: readonly [number, number]) =>
      explain(pair, { names, ...(sentences ? { sentences } : {}) }).reasons[0];
    const inOrder = [
      [0, 1],
      [2, 3],
      [3, 5],
    ] as const;
    expect(first(pairOf(inOrder, { original: 'b' }))).toBe('3 sentences of x retell y, in the same order.');
    expect(first(pairOf(inOrder, { original: 'a' }), [9, 46])).toBe(
      '3 of 46 sentences of y retell x, in the same order.',
    );
    expect(
      first(
        pairOf([
          [0, 5],
          [1, 1],
          [2, 3],
          [3, 2],
          [4, 4],
        ]),
      ),
    ).toBe('5 sentences of x retell y, 3 of them in the same order.');
    expect(first(pairOf([[0, 1]]), [1, 4])).toBe('1 of 1 sentence of x retells y.');
  });

  it('counts a sentence once, whatever number of others it answers to, and names the sure ones', () => {
    const pair = pairOf([
      [0, 1, 0.95],
      [0, 2, 0.5],
      [1, 3, 0.5],
    ]);
    expect(explain(pair).reasons[0]).toBe(
      '2 sentences of a retell b, in the same order; 1 with a probability of 90 % or more.',
    );
  });

  it('takes the text of which more is in the other for the later one, where nothing else says', () => {
    const pair = pairOf([[0, 1]], { containment: { a: 0.2, b: 0.9 } });
    expect(explain(pair).reasons[0]).toBe('1 sentence of b retells a.');
  });

  it('does not say of unrelated texts that one retells the other', () => {
    const pair = pairOf(
      [
        [0, 0],
        [1, 1],
      ],
      { relation: 'unrelated' },
    );
    expect(explain(pair).reasons[0]).toBe('2 sentences of a tell what b tells, in the same order.');
    expect(explain({ ...pair, passages: [] }).reasons).toEqual(['No passage of the one tells what the other tells.']);
  });

  it('calls the texts by their ids, or as it is told to', () => {
    const pair: DocumentPair = { ...pairOf([[0, 0]]), a: 'one.txt', b: 'two.txt' };
    expect(explain(pair).statement).toBe('one.txt and two.txt tell the same in other words.');
    expect(explain(pair, { names: ['x', 'y'] }).statement).toBe('x and y tell the same in other words.');
  });

  it('is drawn from the figures of the pair', () => {
    const passages: Comparison['passages'] = [
      { a: at(0), b: at(0), score: 0.9, kind: 'verbatim', sentences: [] },
      {
        a: at(1),
        b: at(1),
        score: 0.9,
        kind: 'paraphrased',
        sentences: [{ a: at(1), b: at(1), score: 0.8 }],
        words: [
          { a: { start: 10, end: 14 }, b: { start: 10, end: 14 }, rarity: 15 },
          { a: { start: 15, end: 18 }, b: { start: 15, end: 18 }, rarity: 3 },
        ],
      },
    ];
    const facts: Comparison['facts'] = {
      a: { sentences: 4, quotations: 0, names: 1, figures: 2, shared: 9 },
      b: { sentences: 6, quotations: 3, names: 4, figures: 0, shared: 9 },
    };
    expect(explain(pairOf([], { passages, facts, original: 'b' }), { names: ['x', 'y'] }).reasons).toEqual([
      '1 of 4 sentences of x retells y.',
      '1 of them shares a phrase that is rare in the language at large.',
      '50 % of the words of x and 25 % of those of y lie in 2 passages that both tell: 1 word for word and 1 in other words.',
      '5 % of all runs of words stand in both.',
      'Of its own x brings no quotation, 1 name and 2 figures, y 3 quotations, 4 names and no figure.',
      'Dates, or the marks that rewriting leaves, say that y came first.',
    ]);
  });

  it('says in few words that neither has anything of its own', () => {
    const none = { sentences: 2, quotations: 0, names: 0, figures: 0, shared: 9 };
    expect(explain(pairOf([[0, 0]], { facts: { a: none, b: none } })).reasons).toContain(
      'Neither brings a quotation, a name or a figure of its own.',
    );
  });

  it('calls the wording another only where nothing is word for word', () => {
    expect(explain(pairOf([[0, 0]])).reasons).toContain(
      '5 % of all runs of words stand in both: the wording is another.',
    );
  });

  it('says of copies that were compared as wholes how much they share', () => {
    const pair = pairOf([], { relation: 'near-duplicate', passages: [], resemblance: 0.9, original: 'a' });
    expect(explain(pair).reasons).toEqual([
      '90 % of all runs of words stand in both.',
      'Dates, or the marks that rewriting leaves, say that a came first.',
    ]);
  });

  it('says the same of the texts in either order', () => {
    const a =
      'The council voted on Monday to close the old bridge for repairs until the spring. Traffic will use the ring road, engineers said. The mayor called it "a painful but necessary step".';
    const b =
      'On Monday councillors decided that the old bridge will be closed for repairs until spring. Engineers said that traffic would take the ring road. It was "a painful but necessary step", the mayor said.';
    const there = explain(detector.compare(a, b, { evidence: true }), { names: ['x', 'y'] });
    const back = explain(detector.compare(b, a, { evidence: true }), { names: ['y', 'x'] });
    // Where nothing says which came first and both hold equally much, the second one is told of.
    const unordered = ({ reasons }: typeof there) => reasons.filter((reason) => /^No|rare|Nothing/.test(reason));
    expect(unordered(there)).toEqual(unordered(back));
    expect(there.reasons.join(' ')).toMatch(/Of its own x brings no quotation|Neither brings a quotation/);
  });

  it('refuses what is no pair, and options that it does not know', () => {
    for (const call of [
      () => explain(undefined as never),
      () => explain({} as never),
      () => explain({ ...pairOf([]), containment: undefined } as never),
      () => explain({ ...pairOf([]), passages: [null] } as never),
      () => explain(pairOf([]), { name: ['a', 'b'] } as never),
      () => explain(pairOf([]), { names: ['a'] as never }),
      () => explain(pairOf([]), { sentences: ['1', '2'] as never }),
    ])
      expect(thrownBy(call)).toMatchObject({ code: 'INVALID_ARGUMENT', constructor: TwicetoldError });
  });
});

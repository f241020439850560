import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchingWords } from '../../src/align/evidence.js';
import { createDetector } from '../../src/index.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));
const detector = await createDetector();
const whole = (text: string) => ({ start: 0, end: text.length });

/** The words that match, as they stand in each text. */
function matches(left: string, right: string): [string, string][] {
  const a = analyse(left, table);
  const b = analyse(right, table);
  return matchingWords(a, whole(left), b, whole(right)).map(({ a: x, b: y }) => [
    left.slice(x.start, x.end),
    right.slice(y.start, y.end),
  ]);
}

describe('matching words', () => {
  it('are runs, across inflection', () => {
    expect(
      matches(
        'Divers found an old wreck near the harbour on Saturday.',
        'On Saturday an old wreck was found near the harbours.',
      ),
    ).toEqual([
      ['found', 'found'],
      ['an old wreck', 'an old wreck'],
      ['near the harbour', 'near the harbours'],
      ['on Saturday', 'On Saturday'],
    ]);
  });

  it('take a phrase with its copy, not its words with others', () => {
    expect(
      matches('The red fox saw a red barn.', 'A red barn stood there. The red fox saw it.').map(([words]) => words),
    ).toEqual(['The red fox saw', 'a red barn']);
  });

  it('are not common words alone', () => {
    expect(matches('It is one of the best of all.', 'Some of the rain fell on it.')).toEqual([]);
  });

  it('slice words out of both texts, in order, each word once', () => {
    const word = fc.constantFrom('fox', 'hen', 'barn', 'night', 'the', 'of', 'run', 'running', 'Ägypten', 'naïve');
    const text = fc.array(word, { minLength: 1, maxLength: 60 }).map((words) => `${words.join(' ')}.`);
    fc.assert(
      fc.property(text, text, (left, right) => {
        const a = analyse(left, table);
        const b = analyse(right, table);
        const found = matchingWords(a, whole(left), b, whole(right));
        let end = 0;
        for (const pair of found) {
          expect(pair.a.start).toBeGreaterThanOrEqual(end);
          end = pair.a.end;
          const terms = (doc: typeof a, span: { start: number; end: number }) =>
            [...doc.termIds].filter(
              (_, t) =>
                (doc.termSpans[2 * t] as number) >= span.start && (doc.termSpans[2 * t + 1] as number) <= span.end,
            );
          expect(terms(a, pair.a)).toEqual(terms(b, pair.b));
        }
        const there = [...found].sort((x, y) => x.b.start - y.b.start);
        there.forEach((pair, k) => {
          if (k > 0) expect(pair.b.start).toBeGreaterThanOrEqual((there[k - 1] as typeof pair).b.end);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('take time in proportion to the text, however often a word is repeated', () => {
    const text = 'fox hen '.repeat(20_000);
    const doc = analyse(text, table);
    const begun = performance.now();
    matchingWords(doc, whole(text), doc, whole(text));
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});

describe('compare with evidence', () => {
  const a =
    'The council voted on Monday to close the old bridge for repairs until the spring. Traffic will use the ring road, engineers said.';
  const b =
    'On Monday councillors decided: the old bridge will be closed for repairs until spring. Engineers said that traffic would take the ring road.';

  it('gives the words of each passage, the same whichever text comes first', () => {
    const there = detector.compare(a, b, { evidence: true }).passages;
    const back = detector.compare(b, a, { evidence: true }).passages;
    expect(there.length).toBeGreaterThan(0);
    for (const { words } of there) expect(words?.length).toBeGreaterThan(2);
    expect(back.flatMap(({ words }) => words?.map((w) => ({ a: w.b, b: w.a })) ?? [])).toEqual(
      expect.arrayContaining(there.flatMap(({ words }) => words ?? [])),
    );
  });

  it('gives none unless asked', () => {
    for (const passage of detector.compare(a, b).passages) expect(passage).not.toHaveProperty('words');
  });

  it('refuses options that it does not know', () => {
    expect(() => detector.compare(a, b, { evidences: true } as object)).toThrow(/evidences/);
    expect(() => detector.compare(a, b, { evidence: 1 } as object)).toThrow(/true or false/);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchingWords } from '../../src/align/evidence.js';
import { createDetector } from '../../src/index.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import '../arbitraries.js';

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
});

describe('matching words of long passages', () => {
  it('are found in time that grows with them, where one word is said again and again', () => {
    const text = (n: number) => analyse('bridge '.repeat(n), table);
    const seconds = (n: number) => {
      const [a, b] = [text(n), text(2 * n)];
      const before = process.cpuUsage();
      expect(matchingWords(a, whole(a.text), b, whole(b.text))[0]).toEqual({
        a: { start: 0, end: 7 * n - 1 },
        b: expect.anything(),
      });
      return process.cpuUsage(before).user / 1e6;
    };
    const small = seconds(8000);
    // 8 times the length took 64 times as long.
    expect(seconds(64_000)).toBeLessThan(24 * small + 0.5);
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
    expect(back.flatMap(({ words }) => words?.map((w) => ({ ...w, a: w.b, b: w.a })) ?? [])).toEqual(
      expect.arrayContaining(there.flatMap(({ words }) => words ?? [])),
    );
  });

  it('gives none unless asked', () => {
    const { passages, ...comparison } = detector.compare(a, b);
    expect(comparison).not.toHaveProperty('facts');
    for (const passage of passages) {
      expect(passage).not.toHaveProperty('words');
      for (const pair of passage.sentences) expect(pair).not.toHaveProperty('features');
    }
  });

  it('changes nothing else', () => {
    const { facts: _, passages, ...rest } = detector.compare(a, b, { evidence: true });
    const bare = passages.map(({ words: _, sentences, ...passage }) => ({
      ...passage,
      sentences: sentences.map(({ features: _, ...pair }) => pair),
    }));
    expect({ ...rest, passages: bare }).toEqual(detector.compare(a, b));
  });

  it('gives what the scores were made from, the same whichever text comes first', () => {
    const there = detector.compare(a, b, { evidence: true }).passages.flatMap(({ sentences }) => sentences);
    const back = detector.compare(b, a, { evidence: true }).passages.flatMap(({ sentences }) => sentences);
    expect(there.length).toBeGreaterThan(1);
    for (const { a: one, features = [] } of there) {
      expect(features.length).toBeGreaterThan(3);
      expect(features.map(({ effect }) => Math.abs(effect))).toEqual(
        features.map(({ effect }) => Math.abs(effect)).sort((x, y) => y - x),
      );
      expect(back.find((pair) => pair.b.start === one.start)?.features).toEqual(features);
    }
  });

  it('gives features whose effects add up to the log-odds of the scores, up to one number for all pairs', () => {
    const pairs = detector.compare(a, b, { evidence: true }).passages.flatMap(({ sentences }) => sentences);
    const rest = pairs.map(({ score, features = [] }) =>
      features.reduce((sum, { effect }) => sum - effect, Math.log(score / (1 - score))),
    );
    for (const intercept of rest) expect(intercept).toBeCloseTo(rest[0] as number, 1);
  });

  it('counts what each text has of its own', () => {
    const x =
      'Yesterday Rui Tavares found 14 cracks. "We close the bridge at once today," he said. "It is no drama for us."';
    const y =
      'Today the mayor of Vila Gondomar said: "We close the bridge at once." Then Rui Tavares counted 14 cracks and 37 leaks.';
    const { facts } = detector.compare(x, y, { evidence: true });
    expect(facts).toEqual({
      a: { sentences: 3, quotations: 1, names: 0, figures: 0, shared: 2 },
      b: { sentences: 2, quotations: 0, names: 1, figures: 1, shared: 2 },
    });
    const back = detector.compare(y, x, { evidence: true }).facts;
    expect([back?.b, back?.a]).toEqual([facts?.a, facts?.b]);
  });

  it('says how rare phrases are, where a lexicon is loaded, names and figures aside', async () => {
    const x = 'Gnarled oaks overshadow the derelict monastery of Santa Clara. It is a good day.';
    const y = 'The derelict monastery of Santa Clara lies beneath. Today is a good day.';
    const rarity = (words: string) => (run: { a: { start: number; end: number } }) =>
      x.slice(run.a.start, run.a.end).includes(words);
    const runs = detector.compare(x, y, { evidence: true }).passages.flatMap(({ words = [] }) => words);
    const rare = runs.find(rarity('monastery'))?.rarity as number;
    const usual = runs.find(rarity('good day'))?.rarity ?? 0;
    expect(rare).toBeGreaterThan(10);
    expect(usual).toBeLessThan(rare);
    const bare = await createDetector({ lexicon: false });
    for (const { words = [] } of bare.compare(x, y, { evidence: true }).passages)
      for (const run of words) expect(run).not.toHaveProperty('rarity');
  });

  it('refuses options that it does not know', () => {
    expect(() => detector.compare(a, b, { evidences: true } as object)).toThrow(/evidences/);
    expect(() => detector.compare(a, b, { evidence: 1 } as object)).toThrow(/true or false/);
  });
});

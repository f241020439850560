import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLACES, TermLookup } from '../../src/candidates/lookup.js';
import { Postings } from '../../src/candidates/postings.js';
import { sentenceTerms } from '../../src/candidates/rareterms.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import '../arbitraries.js';

const table = new TermTable(await loadLanguage('en'));
const rowOf = (text: string) => sentenceTerms(analyse(text, table));

function valuesOf(postings: Postings, key: number): number[] {
  const out: number[] = [];
  postings.each(key, (value) => void out.push(value));
  return out;
}

describe('Postings', () => {
  it('gives what lives under each key, in order, through any additions, removals and compactions', () => {
    const step = fc.oneof(
      { weight: 20, arbitrary: fc.tuple(fc.constant('add'), fc.nat(12)) },
      { weight: 3, arbitrary: fc.tuple(fc.constant('remove'), fc.nat(60)) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('compact'), fc.constant(0)) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
        const removed = new Set<number>();
        let postings = new Postings((value) => !removed.has(value));
        const expected = new Map<number, number[]>();
        let next = 0;
        for (const [what, n] of steps) {
          if (what === 'add') {
            postings.add(n * 300_000_007, next);
            expected.set(n, [...(expected.get(n) ?? []), next++]);
          } else if (what === 'remove') removed.add(n);
          else postings = new Postings((value) => !removed.has(value), [postings.compacted()]);
          for (let key = 0; key <= 12; key++)
            expect(valuesOf(postings, key * 300_000_007)).toEqual(
              (expected.get(key) ?? []).filter((value) => !removed.has(value)),
            );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('merges segments of hundreds of thousands of postings without losing any, and drops removed ones', () => {
    let bound = 0;
    const postings = new Postings((value) => value >= bound);
    for (let value = 0; value < 700_000; value++) postings.add((value * 7) % 1000, value);
    expect(postings.count(0)).toBe(700);
    expect(valuesOf(postings, 7)).toEqual(Array.from({ length: 700 }, (_, i) => 1 + 1000 * i));
    bound = 699_000;
    const { keys, starts, values } = postings.compacted((value) => value - bound);
    expect([keys.length, starts.length, values.length]).toEqual([1000, 1001, 1000]);
    expect([...values].sort((x, y) => x - y)).toEqual([...values.keys()]);
  });
});

describe('TermLookup', () => {
  const indexOf = (texts: string[]) => {
    const postings = new Postings(() => true);
    texts.forEach((text, d) => {
      let sentence = 0;
      const row = rowOf(text);
      for (let at = 0; at < row.length; sentence++) {
        const end = at + 1 + (row[at] as number);
        for (at++; at < end; at++) postings.add(row[at] as number, d * PLACES + sentence);
      }
    });
    const lookup = new TermLookup();
    return (asked: string, least: number) =>
      lookup.find(rowOf(asked), postings, { least, numbers: texts.length, size: texts.length }, () => 1);
  };

  it('counts the pairs of rare terms that stand in one sentence here and there, most first', () => {
    const find = indexOf([
      'Tavares found cracks. The bridge in Porto.',
      'Tavares found the cracks in Porto on the bridge.',
      'Tavares. Cracks. Porto.',
    ]);
    expect(find('In Porto, Tavares found cracks.', 1)).toEqual([
      { document: 1, sharedKeys: 6 },
      { document: 0, sharedKeys: 3 },
    ]);
    expect(find('In Porto, Tavares found cracks.', 4)).toEqual([{ document: 1, sharedKeys: 6 }]);
  });

  it('passes over terms that it does not hold, and texts without terms', () => {
    const find = indexOf(['Tavares found cracks.']);
    for (const asked of ['Quite another story from Quito.', '', 'It was there.']) expect(find(asked, 1)).toEqual([]);
  });

  it('looks nothing up by a term that stands in a thousand sentences', () => {
    const find = indexOf(Array.from({ length: 1001 }, () => 'Tavares found cracks.'));
    expect(find('Tavares found cracks.', 1)).toEqual([]);
  });
});

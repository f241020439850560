import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadLexicons } from '../../src/lexicon/all.js';
import { comparable } from '../../src/relate/document.js';
import { relate, relateIfAny } from '../../src/relate/relation.js';
import { judgeCases, LEXICON_RETELLING, mostJudged, retellingCases, voicesOfBoth } from '../../src/relate/retelling.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));
const english = (await loadLexicons(['en'], true)).get('en');
const seeds = readdirSync('seeds')
  .sort()
  .map((file) => readFileSync(`seeds/${file}`, 'utf8'));
const sentences = seeds.map((text) => {
  const { sentences: spans } = analyse(text, table);
  return Array.from({ length: spans.length / 2 }, (_, s) => text.slice(spans[2 * s], spans[2 * s + 1]));
});
const doc = (text: string, lexicon: boolean) =>
  comparable(
    { source: { id: 'x', text }, text: analyse(text, table), ...(lexicon && english ? { lexicon: english } : {}) },
    [],
    3,
    1,
  );
/** Runs of sentences of one or two of the seeds, so that texts retell each other in whole, in part, and not at all. */
const text = fc
  .array(fc.tuple(fc.nat(sentences.length - 1), fc.nat(20), fc.nat(12)), { minLength: 1, maxLength: 2 })
  .map((runs) => runs.flatMap(([n, from, length]) => (sentences[n] as string[]).slice(from, from + length)).join(' '));

describe('relateIfAny', () => {
  it('gives what relate gives, and nothing where the two are unrelated', () => {
    const relations = new Set<string>();
    fc.assert(
      fc.property(text, text, fc.constantFrom(0.2, 0.4, 0.7), fc.boolean(), (x, y, threshold, lexicon) => {
        const [a, b] = [doc(x, lexicon), doc(y, lexicon)];
        const whole = relate(a, b, threshold);
        relations.add(whole.relation);
        expect(relateIfAny(a, b, threshold)).toEqual(whole.relation === 'unrelated' ? undefined : whole);
      }),
      { numRuns: 150, seed: 7 },
    );
    expect([...relations].sort()).toEqual(expect.arrayContaining(['excerpt', 'rewrite', 'unrelated']));
  });
});

describe('mostJudged', () => {
  it('is never below what is judged, whatever the sentences answer to', () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(text, text, fc.array(score, { minLength: 1, maxLength: 40 }), (x, y, some) => {
        const [a, b] = [doc(x, true), doc(y, true)];
        const [rows, columns] = [a.content.sentences.length / 2, b.content.sentences.length / 2];
        const size = rows * columns;
        const scores = Float64Array.from({ length: size }, (_, e) => some[e % some.length] as number);
        const matrix = {
          rows,
          columns,
          first: Uint32Array.from({ length: rows + 1 }, (_, i) => i * columns),
          column: Uint32Array.from({ length: size }, (_, e) => e % columns),
          cosine: new Float64Array(size),
          shared: new Float64Array(size),
          names: new Uint16Array(size),
          figures: new Uint16Array(size),
        };
        const judged = Math.max(...judgeCases(retellingCases(a, b, matrix, scores), LEXICON_RETELLING));
        expect(mostJudged(a, b, voicesOfBoth(a, b), LEXICON_RETELLING)).toBeGreaterThanOrEqual(judged);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KNOWN_CORPUS, OverlapFilter } from '../../src/candidates/overlap.js';
import { Rows } from '../../src/columns.js';

/** Terms have ranks below this; as many documents hold each as `HELD` says. */
const TERMS = 48;
const HELD = Uint32Array.from({ length: TERMS }, (_, rank) => 2 + 3 * rank);

type Sentences = number[][];
const sentence = fc.uniqueArray(fc.integer({ min: 1, max: TERMS - 1 }), { maxLength: 9 });
const text = fc.array(sentence, { minLength: 1, maxLength: 7 });

function filterOf(texts: readonly Sentences[], corpusSize: number): OverlapFilter {
  const rows = new Rows();
  for (const sentences of texts) rows.add(Uint32Array.from(sentences.flatMap((terms) => [terms.length, ...terms])));
  const order = Uint32Array.from(texts, (_, d) => d);
  return new OverlapFilter({ terms: rows, order }, HELD, corpusSize);
}

const weightOf = (term: number, corpusSize: number) => Math.log(1 + corpusSize / (HELD[term] as number)) ** 2;

/** The same said plainly: what two texts weigh in common, then how well the sentences of either find one like them in the other. */
function isWorthComparing(a: Sentences, b: Sentences, shared: number, corpusSize: number): boolean {
  const mass = (terms: Iterable<number>) => [...terms].reduce((sum, term) => sum + weightOf(term, corpusSize), 0);
  const common = (x: readonly number[], y: readonly number[]) => mass(x.filter((term) => y.includes(term)));
  const [allA, allB] = [a, b].map((sentences) => [...new Set(sentences.flat())]) as [number[], number[]];
  const weight = common(allA, allB);
  if (
    shared < 24 &&
    (weight < 0.25 * Math.min(mass(allA), mass(allB)) || weight < 0.15 * Math.sqrt(mass(allA) * mass(allB)))
  )
    return false;
  const cosine = (x: number[], y: number[]) => (common(x, y) === 0 ? 0 : common(x, y) / Math.sqrt(mass(x) * mass(y)));
  const best = (x: Sentences, y: Sentences) => x.map((own) => Math.max(0, ...y.map((other) => cosine(own, other))));
  const mean = (x: Sentences, found: number[]) =>
    x.reduce((sum, terms, s) => sum + terms.length * (found[s] as number), 0) / x.flat().length;
  const same = best(b, a).reduce((sum, found, s) => sum + (found >= 0.8 ? (b[s] as number[]).length : 0), 0);
  return same >= 16 || mean(b, best(b, a)) >= 0.18 || mean(a, best(a, b)) >= 0.18;
}

describe('OverlapFilter', () => {
  it('says of every pair what sums over its sentences say', () => {
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 2, maxLength: 6 }),
        fc.integer({ min: KNOWN_CORPUS, max: 3000 }),
        fc.nat(30),
        (texts, corpusSize, shared) => {
          const kept = texts.filter((sentences) => sentences.flat().length > 0);
          const filter = filterOf(kept, corpusSize);
          kept.forEach((a, x) => {
            kept.forEach((b, y) => {
              expect(filter.passes(x, y, shared)).toBe(isWorthComparing(a, b, shared, corpusSize));
            });
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes long texts, whose columns grow', () => {
    const long = Array.from({ length: 200 }, (_, s) => [1 + (s % 40), 2 + (s % 40), 41 + (s % 6)]);
    const other = Array.from({ length: 150 }, (_, s) =>
      [3 + (s % 44), 2 + (s % 40)].filter((x, n, all) => all.indexOf(x) === n),
    );
    const texts = [[[1, 2]], long, other];
    const filter = filterOf(texts, 2000);
    texts.forEach((a, x) => {
      texts.forEach((b, y) => {
        expect(filter.passes(x, y, 1)).toBe(isWorthComparing(a, b, 1, 2000));
      });
    });
  });

  it('passes all of a small corpus, which does not know what is rare', () => {
    const filter = filterOf([[[1, 2]], [[3, 4]]], KNOWN_CORPUS - 1);
    expect(filter.knows).toBe(false);
    expect(filter.passes(0, 1, 0)).toBe(true);
  });
});

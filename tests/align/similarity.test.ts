import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { similarityMatrix } from '../../src/align/similarity.js';
import { type PairVectors, pairVectors, type SentenceVectors } from '../../src/align/vectors.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { NAME, NUMBER, TermTable } from '../../src/text/terms.js';
import { words } from '../arbitraries.js';

const table = new TermTable(await loadLanguage('en'));
const text = (sentences: readonly string[]) => analyse(sentences.map((words) => `${words}. `).join(''), table);

/** The terms of a sentence, with their flags. */
function termsOf({ first, terms, flags }: SentenceVectors, s: number): Map<number, number> {
  const out = new Map<number, number>();
  for (let t = first[s] as number; t < (first[s + 1] as number); t++) out.set(terms[t] as number, flags[t] as number);
  return out;
}

/** What two sentences share, term by term. */
function sharedBy({ a, b, weights }: PairVectors, i: number, j: number) {
  const other = termsOf(b, j);
  let [shared, names, figures] = [0, 0, 0];
  for (const [term, flag] of termsOf(a, i)) {
    if (!other.has(term)) continue;
    shared += (weights[term] as number) ** 2;
    if (flag & NUMBER) figures++;
    else if (flag & NAME) names++;
  }
  return { shared, names, figures, cosine: shared / Math.sqrt((a.mass[i] as number) * (b.mass[j] as number)) };
}

/** Every entry of a matrix, by row and column. */
function entriesOf({ rows, first, column, cosine, shared, names, figures }: ReturnType<typeof similarityMatrix>) {
  const out = new Map<string, ReturnType<typeof sharedBy>>();
  for (let i = 0; i < rows; i++)
    for (let e = first[i] as number; e < (first[i + 1] as number); e++)
      out.set(`${i} ${column[e]}`, {
        shared: shared[e] as number,
        names: names[e] as number,
        figures: figures[e] as number,
        cosine: cosine[e] as number,
      });
  return out;
}

const sentence = fc
  .tuple(fc.oneof(words(6), words(60)), fc.constantFrom('', ' in Prague', ' with Anna Novak', ' after 1,250 days'))
  .map(([list, more]) => `They said ${list.join(' ')}${more}`);
const document = fc.array(sentence, { minLength: 1, maxLength: 12 });

describe('similarityMatrix', () => {
  it('has every two sentences that share enough, as comparing each with each does', () => {
    fc.assert(
      fc.property(document, document, fc.boolean(), (left, right, later) => {
        const a = text(left);
        const vectors = pairVectors(a, later ? a : text(right));
        const found = entriesOf(similarityMatrix(vectors, later));
        for (let i = 0; i < vectors.a.count; i++)
          for (let j = 0; j < vectors.b.count; j++) {
            const wanted = sharedBy(vectors, i, j);
            const got = found.get(`${i} ${j}`);
            // Close to the least cosine the order of adding decides.
            if (Math.abs(wanted.cosine - 0.04) < 1e-9) continue;
            expect(got !== undefined).toBe(wanted.cosine >= 0.04 && (!later || j > i));
            if (got === undefined) continue;
            expect(got.cosine).toBeCloseTo(wanted.cosine, 10);
            expect(got.shared).toBeCloseTo(wanted.shared, 8);
            expect([got.names, got.figures]).toEqual([wanted.names, wanted.figures]);
          }
      }),
    );
  });

  it('leaves out two sentences that have next to nothing in common', () => {
    const long = (vowel: string) => Array.from('bcdfghjklmnpqrstvwxz', (c) => `${c}${vowel}m${c}${vowel}`).join(' ');
    const entries = (left: string, right: string) =>
      entriesOf(similarityMatrix(pairVectors(text([left]), text([right]))));
    expect(entries(`Zebra ${long('a')} ${long('e')}`, `Zebra ${long('i')} ${long('o')}`).size).toBe(0);
    expect(entries(`Zebra ${long('a')}`, `Zebra ${long('i')}`).size).toBe(1);
  });

  it('has of long documents all pairs by terms that few sentences have, and the nearest by the others', () => {
    const count = 600;
    const groups = 6;
    const syllable = (d: number) => `${'bcdfghjklmnpqrstvwxz'[d % 20]}o`;
    const word = (n: number) => `${syllable(n)}${syllable(Math.floor(n / 20))}${syllable(Math.floor(n / 400))}`;
    const common = ['Zebra', 'Quartz', 'Meadow', 'Lantern', 'Copper', 'Violin'];
    const left = Array.from({ length: count }, (_, n) => `${common[n % groups]} and ${word(n)}`);
    const a = text(left);
    // The other way round, so that no pair stands where its counterpart is looked for first.
    const vectors = pairVectors(a, text([...left].reverse()));
    const found = entriesOf(similarityMatrix(vectors));
    const later = entriesOf(similarityMatrix(pairVectors(a, a), true));
    const all = Array.from({ length: count }, (_, n) => n);
    for (const i of all) {
      expect(found.get(`${i} ${count - 1 - i}`)?.shared).toBeGreaterThan(0);
      // The 64 that have the same common word and are nearest, of a hundred.
      const same = all.filter((j) => (count - 1 - j) % groups === i % groups);
      const place = same.filter((j) => j < i).length;
      const from = Math.min(Math.max(0, place - 32), same.length - 64);
      const wanted = new Set([...same.slice(from, from + 64), count - 1 - i]);
      expect(all.filter((j) => found.has(`${i} ${j}`))).toEqual([...wanted].sort((x, y) => x - y));
      expect(all.some((j) => j <= i && later.has(`${i} ${j}`))).toBe(false);
    }
    expect(later.size).toBeGreaterThan(count);
  });
});

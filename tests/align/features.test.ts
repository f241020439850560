import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownFacts } from '../../src/align/facts.js';
import { FEATURES, pairFeatures } from '../../src/align/features.js';
import { similarityMatrix, withMeaning } from '../../src/align/similarity.js';
import { pairVectors } from '../../src/align/vectors.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import { words } from '../arbitraries.js';
import { entryAt } from './entryat.js';

const table = new TermTable(await loadLanguage('en'));
const prose = fc
  .array(words(8), { minLength: 1, maxLength: 20 })
  .map((sentences) => analyse(sentences.map((list) => `${list.join(' ')}. `).join(''), table));

describe('pairFeatures', () => {
  it('sees the neighbours of a pair in both documents, as looking each of them up does', () => {
    fc.assert(
      fc.property(prose, prose, (a, b) => {
        const vectors = pairVectors(a, b);
        const matrix = withMeaning(similarityMatrix(vectors), undefined);
        const features = pairFeatures(vectors, matrix, ownFacts(vectors));
        const at = (i: number, j: number) => matrix.likeness[entryAt(matrix, i, j)] ?? 0;
        const feature = (e: number, name: (typeof FEATURES)[number]) =>
          features[e * FEATURES.length + FEATURES.indexOf(name)] as number;
        const range = (middle: number, reach: number, size: number) =>
          Array.from({ length: 2 * reach + 1 }, (_, k) => middle - reach + k).filter((s) => s >= 0 && s < size);
        for (let i = 0; i < matrix.rows; i++)
          for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
            const j = matrix.column[e] as number;
            expect(feature(e, 'diagonal')).toBe(Math.max(at(i - 1, j - 1), at(i + 1, j + 1)));
            expect(feature(e, 'around')).toBe(
              Math.max(at(i - 1, j), at(i + 1, j), at(i, j - 1), at(i, j + 1), at(i - 1, j + 1), at(i + 1, j - 1)),
            );
            const rows = range(i, 4, matrix.rows).filter((r) => r !== i);
            const columns = range(j, 4, matrix.columns).filter((c) => c !== j);
            const best = [
              ...rows.map((r) => Math.max(...range(j, 6, matrix.columns).map((c) => at(r, c)))),
              ...columns.map((c) => Math.max(...range(i, 6, matrix.rows).map((r) => at(r, c)))),
            ];
            const mean = best.length > 0 ? best.reduce((sum, x) => sum + x, 0) / best.length : 0;
            expect(feature(e, 'company')).toBeCloseTo(mean, 12);
          }
      }),
    );
  });
});

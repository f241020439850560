import { NAME, NUMBER } from '../text/terms.js';
import type { PairVectors } from './vectors.js';

/**
 * The pairs of sentences that share a content term, as columns over entries sorted by row (sentence of `a`) and
 * column (sentence of `b`): entries of row i are `[first[i], first[i + 1])`.
 *
 * - `column`: sentence of `b`
 * - `cosine`: cosine of the two sentences' weighted terms, in [0, 1]
 * - `shared`: sum of the squared weights of shared terms
 * - `names`, `figures`: shared terms of that kind
 */
export interface SimilarityMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly first: Uint32Array;
  readonly column: Uint32Array;
  readonly cosine: Float64Array;
  readonly shared: Float64Array;
  readonly names: Uint16Array;
  readonly figures: Uint16Array;
}

/** In documents longer than this a term in more than `COMMON` sentences proposes no pairs: it would propose nearly all. */
const LONG_DOCUMENT = 512;
const COMMON = 64;
/** Pairs below this cosine are noise, and are not kept. */
const LEAST_COSINE = 0.04;

/** Compares every sentence of `a` with every sentence of `b` that shares a term with it, where the pair is `wanted`. */
export function similarityMatrix(
  vectors: PairVectors,
  wanted: (i: number, j: number) => boolean = () => true,
): SimilarityMatrix {
  const { a, b, weights, firstPosting, postings } = vectors;
  const first = new Uint32Array(a.count + 1);
  const column: number[] = [];
  const cosine: number[] = [];
  const shared: number[] = [];
  const names: number[] = [];
  const figures: number[] = [];
  const sum = new Float64Array(b.count);
  const nameCount = new Uint16Array(b.count);
  const figureCount = new Uint16Array(b.count);
  for (let i = 0; i < a.count; i++) {
    const touched: number[] = [];
    for (let t = a.first[i] as number; t < (a.first[i + 1] as number); t++) {
      const term = a.terms[t] as number;
      const flag = a.flags[t] as number;
      const w = (weights[term] as number) ** 2;
      const from = firstPosting[term] as number;
      const to = firstPosting[term + 1] as number;
      if (b.count > LONG_DOCUMENT && to - from > COMMON) continue;
      for (let p = from; p < to; p++) {
        const j = postings[p] as number;
        if (sum[j] === 0) touched.push(j);
        sum[j] = (sum[j] as number) + w;
        if (flag & NUMBER) figureCount[j] = (figureCount[j] as number) + 1;
        else if (flag & NAME) nameCount[j] = (nameCount[j] as number) + 1;
      }
    }
    touched.sort((x, y) => x - y);
    for (const j of touched) {
      const c = (sum[j] as number) / Math.sqrt((a.mass[i] as number) * (b.mass[j] as number));
      if (c >= LEAST_COSINE && wanted(i, j)) {
        column.push(j);
        cosine.push(c);
        shared.push(sum[j] as number);
        names.push(nameCount[j] as number);
        figures.push(figureCount[j] as number);
      }
      sum[j] = 0;
      nameCount[j] = 0;
      figureCount[j] = 0;
    }
    first[i + 1] = column.length;
  }
  return {
    rows: a.count,
    columns: b.count,
    first,
    column: Uint32Array.from(column),
    cosine: Float64Array.from(cosine),
    shared: Float64Array.from(shared),
    names: Uint16Array.from(names),
    figures: Uint16Array.from(figures),
  };
}

/** The entry of row `i` and column `j`, or -1. */
export function entryAt(matrix: SimilarityMatrix, i: number, j: number): number {
  if (i < 0 || j < 0 || i >= matrix.rows || j >= matrix.columns) return -1;
  let low = matrix.first[i] as number;
  let high = (matrix.first[i + 1] as number) - 1;
  while (low <= high) {
    const mid = (low + high) >>> 1;
    const at = matrix.column[mid] as number;
    if (at === j) return mid;
    if (at < j) low = mid + 1;
    else high = mid - 1;
  }
  return -1;
}

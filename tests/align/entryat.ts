import type { SimilarityMatrix } from '../../src/align/similarity.js';

/** The entry of row `i` and column `j`, or -1. */
export function entryAt({ rows, first, column }: SimilarityMatrix, i: number, j: number): number {
  if (i < 0 || i >= rows) return -1;
  for (let e = first[i] as number; e < (first[i + 1] as number); e++) if (column[e] === j) return e;
  return -1;
}

import { jaccard, shingles } from '../../src/index.js';
import { plantedPairs } from './corpus.js';

/** Resemblance from which two documents count as near-duplicates. */
export const NEAR = 0.5;

/** A corpus in which near-duplicates are planted, and what is true of it. */
export interface Planted {
  /** Document 2i + 1 is document 2i with a part, another one each time, replaced. */
  readonly texts: readonly string[];
  /** Exact resemblance of each planted pair. */
  readonly exact: readonly number[];
  /** Pairs of any two documents whose exact resemblance is at least NEAR, as `i * texts.length + j`, i < j. */
  readonly near: ReadonlySet<number>;
}

/** How good signatures are on planted pairs. */
export interface Quality {
  /** Error of the estimate over the planted pairs. */
  RMSE: string;
  /** Pairs of a resemblance of at least NEAR that are estimated at that, over all pairs of it. */
  recall: string;
  /** And over all pairs that are estimated at that. */
  precision: string;
}

/** Plants a near-duplicate of each text. */
export function plant(texts: readonly string[], seed: number): Planted {
  const all = plantedPairs(texts, seed).flat();
  const sets = all.map((text) => new Set(shingles(text)));
  const near = new Set<number>();
  eachPair(all.length, (i, j) => {
    if (jaccard(sets[i] as Set<string>, sets[j] as Set<string>) >= NEAR) near.add(i * all.length + j);
  });
  const exact = texts.map((_, i) => jaccard(sets[2 * i] as Set<string>, sets[2 * i + 1] as Set<string>));
  return { texts: all, exact, near };
}

export function eachPair(count: number, visit: (i: number, j: number) => void): void {
  for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) visit(i, j);
}

/** What a contender says of a planted corpus. */
export interface Verdict {
  /** The estimate of each planted pair; none where the contender gives no estimates. */
  readonly estimates: readonly number[] | undefined;
  /** Pairs that it takes for near-duplicates, numbered as in `near`. */
  readonly found: readonly number[];
}

/** Asks an estimator about all pairs. */
export function judge(texts: readonly string[], estimate: (i: number, j: number) => number): Verdict {
  const found: number[] = [];
  eachPair(texts.length, (i, j) => {
    if (estimate(i, j) >= NEAR) found.push(i * texts.length + j);
  });
  return { estimates: Array.from({ length: texts.length / 2 }, (_, i) => estimate(2 * i, 2 * i + 1)), found };
}

export function qualityOf({ exact, near }: Planted, { estimates, found }: Verdict): Quality {
  const right = found.filter((pair) => near.has(pair)).length;
  const squares = estimates?.map((estimate, i) => (estimate - (exact[i] as number)) ** 2);
  return {
    RMSE: squares === undefined ? '-' : Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length).toFixed(4),
    recall: (right / near.size).toFixed(3),
    precision: (right / Math.max(1, found.length)).toFixed(3),
  };
}

import { NUMBER } from '../text/terms.js';
import { type OwnFacts, ownFigureShare, ownNameShare } from './facts.js';
import type { LikenessMatrix } from './similarity.js';
import type { PairVectors, SentenceVectors } from './vectors.js';

/**
 * What the scorer knows of a pair of sentences, in the order of its weights. All are in [0, 1], and none changes when
 * the two documents change places.
 *
 * A score alone means little: two sentences that share a name and a verb are a coincidence in one pair of documents
 * and a retelling in the next. So each pair is also seen against its rivals (ranks and margins), with its neighbours (`diagonal`,
 * `around`, `company`), and in its documents (`ownNames`, `ownFigures`, `answering`). Alike is what `likeness` says, see similarity.ts.
 */
export const FEATURES = [
  'cosine', // of the weighted terms
  'overlap', // shared weight over the lighter sentence's
  'betterRank', // likeness over the best of its row or of its column, the larger
  'worseRank', // the same, the smaller
  'diagonal', // best likeness of the two pairs before and after in both documents
  'around', // best likeness of the other six neighbours
  'company', // mean of the best pairs of the four sentences before and after, near the same place
  'figures', // shared figures, two at most
  'figureConflict', // both have figures and none is shared
  'names', // shared names, three at most
  'position', // distance of the places in the two documents
  'shortness', // of the shorter sentence
  'betterMargin', // likeness over the next best of its row or of its column, the larger of the differences, from -1
  'worseMargin', // the same, the smaller
  'ownNames', // share of the names in the sentences around that the other document lacks, on the side with fewer
  'ownFigures', // the same for figures
  'answering', // mean of the best likeness of the document's sentences, of the document whose sentences have the better
  'answered', // how much of the sentences the other's words answer, on the mean; this and the next need a lexicon
  'mostAnswered', // the larger of the two
  'meaning', // cosine of the sums of word vectors
] as const;

/** The name of a feature. */
export type Feature = (typeof FEATURES)[number];

const K = FEATURES.length;

/** The features of every entry, `FEATURES.length` numbers an entry; 0 for what needs a lexicon where there is none. */
export function pairFeatures(
  vectors: PairVectors,
  matrix: LikenessMatrix,
  facts: { a: OwnFacts; b: OwnFacts },
): Float64Array {
  const { a, b } = vectors;
  const { likeness, rows, columns } = matrix;
  const out = new Float64Array(likeness.length * K);
  const inRow = bestTwo(matrix, 'row');
  const inColumn = bestTwo(matrix, 'column');
  const figuresA = figureCounts(a);
  const figuresB = figureCounts(b);
  const company = companyOf(matrix);
  const sharesA = around(rows, (from, to) => [ownNameShare(facts.a, from, to), ownFigureShare(facts.a, from, to)]);
  const sharesB = around(columns, (from, to) => [ownNameShare(facts.b, from, to), ownFigureShare(facts.b, from, to)]);
  const answering = Math.max(mean(inRow.best), mean(inColumn.best));
  const known = matrix.answered.length > 0;
  const { first, column } = matrix;
  // Of the rows before and after: the likeness at columns j - 1, j and j + 1. Places in them move on only, since entries ascend.
  const above = new Float64Array(3);
  const below = new Float64Array(3);
  const near = (into: Float64Array, from: number, end: number, j: number): number => {
    let x = from;
    while (x < end && (column[x] as number) < j - 1) x++;
    into.fill(0);
    for (let y = x; y < end && (column[y] as number) <= j + 1; y++)
      into[(column[y] as number) - j + 1] = likeness[y] as number;
    return x;
  };
  for (let i = 0; i < rows; i++) {
    const begin = first[i] as number;
    const end = first[i + 1] as number;
    let x = i > 0 ? (first[i - 1] as number) : 0;
    let y = end;
    const endBelow = i + 1 < rows ? (first[i + 2] as number) : end;
    for (let e = begin; e < end; e++) {
      const j = column[e] as number;
      const c = likeness[e] as number;
      x = near(above, x, i > 0 ? begin : 0, j);
      y = near(below, y, endBelow, j);
      const before = e > begin && column[e - 1] === j - 1 ? (likeness[e - 1] as number) : 0;
      const after = e + 1 < end && column[e + 1] === j + 1 ? (likeness[e + 1] as number) : 0;
      const rowRank = c / (inRow.best[i] as number);
      const columnRank = c / (inColumn.best[j] as number);
      const rowMargin = c - ((inRow.best[i] === c ? inRow.second[i] : inRow.best[i]) as number);
      const columnMargin = c - ((inColumn.best[j] === c ? inColumn.second[j] : inColumn.best[j]) as number);
      const figures = matrix.figures[e] as number;
      const shorter = Math.min(a.length[i] as number, b.length[j] as number);
      let f = e * K;
      out[f++] = matrix.cosine[e] as number;
      out[f++] = (matrix.shared[e] as number) / Math.min(a.mass[i] as number, b.mass[j] as number) || 0;
      out[f++] = Math.max(rowRank, columnRank);
      out[f++] = Math.min(rowRank, columnRank);
      out[f++] = Math.max(above[0] as number, below[2] as number);
      out[f++] = Math.max(
        Math.max(above[1] as number, below[1] as number),
        Math.max(before, after),
        Math.max(above[2] as number, below[0] as number),
      );
      out[f++] = company[e] as number;
      out[f++] = Math.min(figures, 2) / 2;
      out[f++] = figures === 0 && (figuresA[i] as number) > 0 && (figuresB[j] as number) > 0 ? 1 : 0;
      out[f++] = Math.min(matrix.names[e] as number, 3) / 3;
      out[f++] = Math.abs((i + 0.5) / rows - (j + 0.5) / columns);
      out[f++] = 1 / (1 + shorter / 4);
      out[f++] = Math.max(rowMargin, columnMargin);
      out[f++] = Math.min(rowMargin, columnMargin);
      out[f++] = Math.min(sharesA[2 * i] as number, sharesB[2 * j] as number);
      out[f++] = Math.min(sharesA[2 * i + 1] as number, sharesB[2 * j + 1] as number);
      out[f++] = answering;
      if (!known) continue;
      out[f++] = matrix.answered[e] as number;
      out[f++] = matrix.mostAnswered[e] as number;
      out[f++] = matrix.meaning[e] as number;
    }
  }
  return out;
}

/** Sentences before and after that tell what stands around a pair. */
const SURROUNDINGS = 6;

/** Two shares for the surroundings of each sentence. */
function around(count: number, shares: (from: number, to: number) => readonly [number, number]): Float64Array {
  const out = new Float64Array(2 * count);
  for (let s = 0; s < count; s++)
    out.set(shares(Math.max(0, s - SURROUNDINGS), Math.min(count, s + SURROUNDINGS + 1)), 2 * s);
  return out;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k] as number;
  return values.length > 0 ? sum / values.length : 0;
}

const BEFORE_AND_AFTER = 4;
const NEAR = 6;

/**
 * For every entry (i, j), the mean over the sentences around i of their best likeness with a sentence near j, and the
 * same from the other side, averaged: retold passages come in runs.
 */
function companyOf(matrix: LikenessMatrix): Float64Array {
  const { rows, columns, first, column, likeness } = matrix;
  const out = new Float64Array(likeness.length);
  const bestOfColumn = new Float64Array(2 * BEFORE_AND_AFTER + 1);
  // By row of the window: the first entry that is not too far to the left. It moves on only, since entries ascend.
  const begin = new Uint32Array(2 * NEAR + 1);
  for (let i = 0; i < rows; i++) {
    const from = Math.max(0, i - NEAR);
    const to = Math.min(rows - 1, i + NEAR);
    for (let r = from; r <= to; r++) begin[r - from] = first[r] as number;
    for (let e = first[i] as number; e < (first[i + 1] as number); e++) {
      const j = column[e] as number;
      bestOfColumn.fill(0);
      let sum = 0;
      for (let r = from; r <= to; r++) {
        const end = first[r + 1] as number;
        let x = begin[r - from] as number;
        while (x < end && (column[x] as number) < j - NEAR) x++;
        begin[r - from] = x;
        let best = 0;
        for (; x < end; x++) {
          const away = (column[x] as number) - j;
          if (away > NEAR) break;
          const c = likeness[x] as number;
          if (c > best) best = c;
          if (Math.abs(away) <= BEFORE_AND_AFTER && c > (bestOfColumn[away + BEFORE_AND_AFTER] as number))
            bestOfColumn[away + BEFORE_AND_AFTER] = c;
        }
        if (r !== i && Math.abs(r - i) <= BEFORE_AND_AFTER) sum += best;
      }
      bestOfColumn[BEFORE_AND_AFTER] = 0;
      const others = windowSize(i, rows) + windowSize(j, columns);
      for (let k = 0; k < bestOfColumn.length; k++) sum += bestOfColumn[k] as number;
      out[e] = others > 0 ? sum / others : 0;
    }
  }
  return out;
}

/** Sentences before and after place `i` of `n`. */
function windowSize(i: number, n: number): number {
  return Math.min(i, BEFORE_AND_AFTER) + Math.min(n - 1 - i, BEFORE_AND_AFTER);
}

/** The best and the second best likeness in each row or column. */
function bestTwo(matrix: LikenessMatrix, side: 'row' | 'column') {
  const best = new Float64Array(side === 'row' ? matrix.rows : matrix.columns);
  const second = new Float64Array(best.length);
  for (let i = 0; i < matrix.rows; i++) {
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
      const at = side === 'row' ? i : (matrix.column[e] as number);
      const c = matrix.likeness[e] as number;
      if (c > (best[at] as number)) {
        second[at] = best[at] as number;
        best[at] = c;
      } else if (c > (second[at] as number)) second[at] = c;
    }
  }
  return { best, second };
}

function figureCounts(sentences: SentenceVectors): Uint16Array {
  const counts = new Uint16Array(sentences.count);
  for (let s = 0; s < sentences.count; s++) {
    for (let t = sentences.first[s] as number; t < (sentences.first[s + 1] as number); t++) {
      if ((sentences.flags[t] as number) & NUMBER) counts[s] = (counts[s] as number) + 1;
    }
  }
  return counts;
}

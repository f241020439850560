import { NUMBER } from '../text/terms.js';
import { entryAt, type SimilarityMatrix, sharedBigrams } from './similarity.js';
import type { PairVectors, SentenceVectors } from './vectors.js';

/**
 * What the scorer knows of a pair of sentences, in the order of its weights. All are near [0, 1].
 *
 * A score alone means little: two sentences that share a name and a verb are a coincidence in one pair of documents
 * and a retelling in the next. So each pair is also seen against its rivals (`rowRank`, `columnRank`, the leads) and
 * with its neighbours (`diagonal`, `around`).
 */
export const FEATURES = [
  'cosine', // of the weighted terms
  'strength', // cosine beyond a half: what needs no company
  'overlap', // shared weight over the lighter sentence's
  'amount', // shared weight itself, on a log scale
  'phrase', // cosine without names and figures
  'bigrams', // adjacent words in common, over the shorter sentence's
  'rowRank', // cosine over the best of this sentence of a
  'columnRank', // cosine over the best of this sentence of b
  'rowLead', // cosine less the best rival in the row
  'columnLead', // cosine less the best rival in the column
  'diagonal', // best of the two pairs before and after in both documents
  'around', // best of the other six neighbours
  'company', // mean of the best pairs of the four sentences before and after, near the same place
  'figures', // shared figures, two at most
  'figureConflict', // both have figures and none is shared
  'names', // shared names, three at most
  'position', // distance of the places in the two documents
  'shortness', // of the shorter sentence
] as const;

const K = FEATURES.length;

/** The features of every entry, `FEATURES.length` numbers an entry. Cost: a few dozen operations an entry. */
export function pairFeatures(vectors: PairVectors, matrix: SimilarityMatrix): Float64Array {
  const { a, b } = vectors;
  const { cosine } = matrix;
  const out = new Float64Array(cosine.length * K);
  const rows = bestTwo(matrix, true);
  const columns = bestTwo(matrix, false);
  const figuresA = figureCounts(a);
  const figuresB = figureCounts(b);
  for (let i = 0; i < matrix.rows; i++) {
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
      const j = matrix.column[e] as number;
      const c = cosine[e] as number;
      const near = (di: number, dj: number) => {
        const at = entryAt(matrix, i + di, j + dj);
        return at < 0 ? 0 : (cosine[at] as number);
      };
      const phraseMass = Math.sqrt((a.phraseMass[i] as number) * (b.phraseMass[j] as number));
      const shorter = Math.min(a.length[i] as number, b.length[j] as number);
      const figures = matrix.figures[e] as number;
      let f = e * K;
      out[f++] = c;
      out[f++] = Math.max(0, c - 0.5);
      out[f++] = (matrix.shared[e] as number) / Math.min(a.mass[i] as number, b.mass[j] as number);
      out[f++] = Math.log1p(matrix.shared[e] as number) / 5;
      out[f++] = phraseMass > 0 ? (matrix.sharedPhrase[e] as number) / phraseMass : 0;
      out[f++] = sharedBigrams(a, i, b, j) / Math.max(shorter - 1, 1);
      out[f++] = c / rows.best(i);
      out[f++] = c / columns.best(j);
      out[f++] = c - rows.rival(i, c);
      out[f++] = c - columns.rival(j, c);
      out[f++] = Math.max(near(-1, -1), near(1, 1));
      out[f++] = Math.max(near(-1, 0), near(1, 0), near(0, -1), near(0, 1), near(-1, 1), near(1, -1));
      out[f++] = company(matrix, i, j);
      out[f++] = Math.min(figures, 2) / 2;
      out[f++] = figures === 0 && (figuresA[i] as number) > 0 && (figuresB[j] as number) > 0 ? 1 : 0;
      out[f++] = Math.min(matrix.names[e] as number, 3) / 3;
      out[f++] = Math.abs((i + 0.5) / matrix.rows - (j + 0.5) / matrix.columns);
      out[f++] = 1 / (1 + shorter / 4);
    }
  }
  return out;
}

const BEFORE_AND_AFTER = 4;
const NEAR = 6;

/** Mean over the sentences around `i` of their best cosine with a sentence near `j`: retold passages come in runs. */
function company(matrix: SimilarityMatrix, i: number, j: number): number {
  let sum = 0;
  let n = 0;
  for (let r = Math.max(0, i - BEFORE_AND_AFTER); r <= Math.min(matrix.rows - 1, i + BEFORE_AND_AFTER); r++) {
    if (r === i) continue;
    n++;
    let best = 0;
    for (let e = matrix.first[r] as number; e < (matrix.first[r + 1] as number); e++) {
      const away = (matrix.column[e] as number) - j;
      if (away > NEAR) break;
      if (away >= -NEAR && (matrix.cosine[e] as number) > best) best = matrix.cosine[e] as number;
    }
    sum += best;
  }
  return n > 0 ? sum / n : 0;
}

/** The best and the second-best cosine of each row or column. */
function bestTwo(matrix: SimilarityMatrix, byRow: boolean) {
  const n = byRow ? matrix.rows : matrix.columns;
  const first = new Float64Array(n);
  const second = new Float64Array(n);
  for (let i = 0; i < matrix.rows; i++) {
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
      const k = byRow ? i : (matrix.column[e] as number);
      const c = matrix.cosine[e] as number;
      if (c > (first[k] as number)) {
        second[k] = first[k] as number;
        first[k] = c;
      } else if (c > (second[k] as number)) second[k] = c;
    }
  }
  return {
    best: (k: number) => first[k] as number,
    rival: (k: number, own: number) => (own === first[k] ? (second[k] as number) : (first[k] as number)),
  };
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

import type { AnalysedText } from '../text/analyse.js';
import { endsSentence } from '../text/textlines.js';
import { pairFeatures } from './features.js';
import { scorePairs } from './model.js';
import { type SentenceMatch, selectMatches } from './select.js';
import { similarityMatrix } from './similarity.js';
import { pairVectors } from './vectors.js';
import { wordAgreement } from './wording.js';

/**
 * The sentences of two documents that tell the same, in the order of `a`. Swapping the documents swaps the pairs and
 * changes nothing else.
 */
export function alignSentences(a: AnalysedText, b: AnalysedText): SentenceMatch[] {
  const vectors = pairVectors(a, b);
  const matrix = similarityMatrix(vectors);
  return selectMatches(vectors, matrix, scorePairs(pairFeatures(vectors, matrix)));
}

/** Likeness from which a sentence repeats another of its document. */
const LEAST_REPEAT = 0.38;
/** Words under which a sentence says too little to be a repetition. */
const SHORTEST_REPEAT = 8;

/**
 * The sentences that a document tells twice, the earlier first. Their score is the mean of the cosine of their weighted
 * terms and of the share of words they have in one order: within a document neighbours and rivals prove
 * nothing, since all its sentences are on one subject. Each must be the other's most alike, and a headline
 * that its story repeats is none.
 */
export function alignWithin(doc: AnalysedText): SentenceMatch[] {
  const vectors = pairVectors(doc, doc);
  const matrix = similarityMatrix(vectors, (i, j) => i < j);
  const found: SentenceMatch[] = [];
  const best = new Float64Array(matrix.rows);
  for (let i = 0; i < matrix.rows; i++) {
    if (!isSentence(doc, i)) continue;
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
      const j = matrix.column[e] as number;
      const cosine = matrix.cosine[e] as number;
      if (cosine < 2 * LEAST_REPEAT - 1 || !isSentence(doc, j)) continue;
      const { same, words } = wordAgreement(doc, i, doc, j);
      const score = (cosine + (2 * same) / words) / 2;
      if (score < LEAST_REPEAT) continue;
      found.push({ i, j, score });
      best[i] = Math.max(best[i] as number, score);
      best[j] = Math.max(best[j] as number, score);
    }
  }
  return found.filter(({ i, j, score }) => score === best[i] && score === best[j]);
}

function isSentence(doc: AnalysedText, s: number): boolean {
  return (
    (doc.firstTerm[s + 1] as number) - (doc.firstTerm[s] as number) >= SHORTEST_REPEAT &&
    endsSentence(doc.text, doc.sentences[2 * s] as number, doc.sentences[2 * s + 1] as number)
  );
}

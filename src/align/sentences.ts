import type { KnownWords } from '../lexicon/known.js';
import { type OwnFacts, ownFacts } from './facts.js';
import { pairFeatures } from './features.js';
import { jointFeatures, jointScores, logOdds } from './joint.js';
import { meaningMatrix } from './meaning.js';
import {
  type JointModel,
  LEXICON_MODEL,
  LEXICON_RETOLD,
  SENTENCE_MODEL,
  type SentenceModel,
  scorePairs,
  WORDS_MODEL,
  WORDS_RETOLD,
} from './model.js';
import { type LikenessMatrix, type SimilarityMatrix, withMeaning } from './similarity.js';
import type { PairVectors } from './vectors.js';

/** The pairs of sentences of two documents, as far as they are alike at all, with what is known of each. */
export interface SentenceScores {
  readonly matrix: LikenessMatrix;
  /** `FEATURES.length` numbers an entry. */
  readonly features: Float64Array;
  readonly model: SentenceModel;
  /** The probability that an entry's sentences tell the same. */
  readonly scores: Float64Array;
  /** What it was made from where all pairs were looked at together: `JOINT_FEATURES.length` numbers an entry. */
  readonly joint?: { readonly features: Float64Array; readonly model: JointModel };
  /** What each document says that the other does not. */
  readonly facts: { a: OwnFacts; b: OwnFacts };
  /** Whether a lexicon of their language was used. */
  readonly known: boolean;
}

/** Scores the pairs of sentences of any two documents by their words, each by itself. */
export function scoreSentences(vectors: PairVectors, words: SimilarityMatrix): SentenceScores {
  return scored(vectors, withMeaning(words, undefined), ownFacts(vectors), SENTENCE_MODEL, false);
}

/**
 * Scores them as those of two documents of which it is asked whether one retells the other: by what a lexicon knows of their words, where
 * there is one, and by what either document says around them that the other does not.
 */
export function scoreRetelling(
  vectors: PairVectors,
  words: SimilarityMatrix,
  a: KnownWords | undefined,
  b: KnownWords | undefined,
): SentenceScores {
  const meaning = a === undefined || b === undefined ? undefined : meaningMatrix(vectors, a, b);
  const known = meaning !== undefined;
  const facts = known ? ownFacts(vectors, a, b) : ownFacts(vectors);
  const asked = scored(vectors, withMeaning(words, meaning), facts, known ? LEXICON_MODEL : WORDS_MODEL, known);
  raiseIdentical(vectors, asked.matrix, asked.scores);
  return asked;
}

/**
 * The scores of the same pairs among all others, where one document is known to tell what the other does: where the sentences around them stand
 * says which is told by which. What it has of its own counts no more against a pair where it `retells` the other in other words.
 */
export function scoreTogether(
  vectors: PairVectors,
  asked: SentenceScores,
  byWords: SentenceScores,
  weight: number,
): SentenceScores {
  const { matrix, features, known } = asked;
  const { pairs, joint } = known ? LEXICON_RETOLD : WORDS_RETOLD;
  const alone = scorePairs(features, pairs);
  raiseIdentical(vectors, matrix, alone);
  const together = jointFeatures(matrix, alone);
  const scores = jointScores(together, joint);
  raiseIdentical(vectors, matrix, scores);
  if (weight < 1) blend(byWords, matrix, scores, weight);
  return { ...asked, model: pairs, scores, joint: { features: together, model: joint } };
}

/**
 * Sentences of the same words are the same whatever stands around them, the surer the longer they are: a coincidence
 * halves with every two words.
 */
export function raiseIdentical({ a, b }: PairVectors, matrix: SimilarityMatrix, scores: Float64Array): void {
  for (let i = 0; i < matrix.rows; i++) {
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
      const j = matrix.column[e] as number;
      if (a.wording[i] !== b.wording[j] || a.length[i] !== b.length[j]) continue;
      scores[e] = Math.max(scores[e] as number, 1 - 0.5 ** ((a.length[i] as number) / 2));
    }
  }
}

function scored(
  vectors: PairVectors,
  matrix: LikenessMatrix,
  facts: { a: OwnFacts; b: OwnFacts },
  model: SentenceModel,
  known: boolean,
): SentenceScores {
  const features = pairFeatures(vectors, matrix, facts);
  return { matrix, features, model, scores: scorePairs(features, model), facts, known };
}

/** Between what words say of each pair and what the second look does, in log-odds; of pairs that share no word, words say next to nothing. */
function blend(byWords: SentenceScores, matrix: SimilarityMatrix, scores: Float64Array, weight: number): void {
  const { first, column } = byWords.matrix;
  for (let i = 0; i < matrix.rows; i++) {
    let w = first[i] as number;
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
      const j = matrix.column[e] as number;
      while (w < (first[i + 1] as number) && (column[w] as number) < j) w++;
      const known = w < (first[i + 1] as number) && column[w] === j ? (byWords.scores[w] as number) : 0;
      scores[e] = 1 / (1 + Math.exp(-(weight * logOdds(scores[e] as number) + (1 - weight) * logOdds(known))));
    }
  }
}

import type { KnownWords } from '../lexicon/known.js';
import { type OwnFacts, ownFacts } from './facts.js';
import { pairFeatures } from './features.js';
import { meaningMatrix } from './meaning.js';
import { LEXICON_MODEL, SENTENCE_MODEL, type SentenceModel, scorePairs, WORDS_MODEL } from './model.js';
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
  /** What each document says that the other does not. */
  readonly facts: { a: OwnFacts; b: OwnFacts };
  /** Whether a lexicon of their language was used. */
  readonly known: boolean;
}

/** Scores the pairs of sentences of any two documents by their words. */
export function scoreSentences(vectors: PairVectors, words: SimilarityMatrix): SentenceScores {
  return scored(vectors, withMeaning(words, undefined), ownFacts(vectors), SENTENCE_MODEL, false);
}

/**
 * Scores them as those of a retelling and its source: by what a lexicon knows of their words, where there is one, and by what either
 * document says around them that the other does not.
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
  return scored(vectors, withMeaning(words, meaning), facts, known ? LEXICON_MODEL : WORDS_MODEL, known);
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

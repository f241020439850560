import type { KnownWords } from '../lexicon/known.js';
import { spend } from '../settings/deadline.js';
import type { AnalysedText } from '../text/analyse.js';
import { endsSentence } from '../text/textlines.js';
import { scoreSentenceAlone } from './alone.js';
import { findBlocks } from './blocks.js';
import type { Block } from './borders.js';
import { contradiction } from './contradiction.js';
import { round } from './passages.js';
import { LIKELY, type SentenceMatch, SURE, selectMatches } from './select.js';
import { raiseIdentical, type SentenceScores, scoreRetelling, scoreSentences, scoreTogether } from './sentences.js';
import { type SimilarityMatrix, similarityMatrix } from './similarity.js';
import { ownVectors, type PairVectors, pairVectors } from './vectors.js';
import { wordAgreement } from './wording.js';

/** What two documents have in common, before it is judged. */
export interface Alignment {
  /** Sentences that tell the same, in the order of `a`. */
  readonly matches: SentenceMatch[];
  /** Passages that retell each other, to the word, in the order of `a`. */
  readonly blocks: Block[];
  readonly vectors: PairVectors;
  /** What the matches were chosen by. */
  readonly sentences: SentenceScores;
  /** The sentences' likeness by their words. */
  readonly words: SimilarityMatrix;
}

/**
 * Aligns two documents: their sentences, and the passages of whatever size. Swapping the documents swaps the pairs
 * of sentences and changes nothing else in them.
 */
export function alignDocuments(a: AnalysedText, b: AnalysedText, knownA?: KnownWords, knownB?: KnownWords): Alignment {
  const vectors = pairVectors(a, b, knownA, knownB);
  const words = similarityMatrix(vectors);
  const sentences = scoreSentences(vectors, words);
  const { matrix, scores } = sentences;
  capWithoutRivals(a, b, matrix, scores, knownA, knownB);
  raiseIdentical(vectors, matrix, scores);
  const matches = selectMatches(vectors, matrix, scores, SURE).map((match) => {
    const otherwise = contradiction(a, match.i, b, match.j, knownA?.lexicon.language);
    return otherwise === undefined ? match : { ...match, otherwise };
  });
  let blocks: Block[] | undefined;
  return {
    matches,
    // Half of the work, and not asked for where sentences show that there is nothing to be found.
    get blocks() {
      blocks ??= findBlocks(vectors, words);
      return blocks;
    },
    vectors,
    sentences,
    words,
  };
}

/** Two documents as a retelling and its source. */
export interface Retelling {
  /** The scores of their sentences while it is not known whether one retells the other. */
  readonly asked: SentenceScores;
  /** Those once it is known, with this weight beside what words say, and the sentences that tell the same. */
  told(weight: number): { readonly sentences: SentenceScores; readonly matches: SentenceMatch[] };
}

/** Compares two documents as a retelling and its source. */
export function alignRetelling(
  { vectors, words, sentences: byWords, matches: sure }: Alignment,
  knownA: KnownWords | undefined,
  knownB: KnownWords | undefined,
): Retelling {
  const asked = scoreRetelling(vectors, words, knownA, knownB);
  return {
    asked,
    told: (weight) => {
      const sentences = scoreTogether(vectors, asked, byWords, weight);
      const matches = selectMatches(vectors, sentences.matrix, sentences.scores, LIKELY);
      return { sentences, matches: withContradictions(matches, sure) };
    },
  };
}

/** Matches with how their sentences say otherwise: whose words are so alike was matched by words too. */
function withContradictions(matches: readonly SentenceMatch[], sure: readonly SentenceMatch[]): SentenceMatch[] {
  const keyOf = ({ i, j }: SentenceMatch) => i * 2 ** 26 + j;
  const known = new Map(sure.flatMap((match) => (match.otherwise ? [[keyOf(match), match.otherwise]] : [])));
  return matches.map((match) => {
    const otherwise = known.get(keyOf(match));
    return otherwise === undefined ? match : { ...match, otherwise };
  });
}

/** The sentences of two documents that tell the same, in the order of `a`. */
export function alignSentences(a: AnalysedText, b: AnalysedText): SentenceMatch[] {
  return alignDocuments(a, b).matches;
}

/** Where both documents are one sentence, ranks and neighbours say nothing, and it is no likelier than out of context. */
function capWithoutRivals(
  a: AnalysedText,
  b: AnalysedText,
  matrix: SimilarityMatrix,
  scores: Float64Array,
  knownA?: KnownWords,
  knownB?: KnownWords,
): void {
  if (matrix.rows > 1 || matrix.columns > 1) return;
  for (let i = 0; i < matrix.rows; i++) {
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
      if ((scores[e] as number) < SURE.least) continue;
      const alone = scoreSentenceAlone(a, i, b, matrix.column[e] as number, knownA, knownB);
      scores[e] = Math.min(scores[e] as number, alone);
    }
  }
}

/** Sentences of a text that are looked at alone: every one is held against every other, and it is made for texts of one. */
const MOST_ALONE = 100;

/** The probability that two texts of a sentence each tell the same, out of context; of longer texts, that of the best pair of their first hundred. */
export function scoreAlone(a: AnalysedText, b: AnalysedText, knownA?: KnownWords, knownB?: KnownWords): number {
  if (a.text > b.text) return scoreAlone(b, a, knownB, knownA);
  if (a.termWords.length > 0 && a.termWords.join() === b.termWords.join()) return 1;
  let best = 0;
  for (let i = 0; i < Math.min(MOST_ALONE, a.firstTerm.length - 1); i++) {
    for (let j = 0; j < Math.min(MOST_ALONE, b.firstTerm.length - 1); j++) {
      spend();
      best = Math.max(best, scoreSentenceAlone(a, i, b, j, knownA, knownB));
    }
  }
  // Engines differ in the last bits of logarithms and exponentials.
  return round(best);
}

/** Likeness from which a sentence repeats another of its document. */
const LEAST_REPEAT = 0.38;
/** Cosine below which the wording is not looked at: it would have to agree by more than half for nothing. */
const LEAST_REPEAT_COSINE = 0.2;
/** Words under which a sentence says too little to be a repetition. */
const SHORTEST_REPEAT = 8;

/** What was found, by text: in a corpus each is asked for again with every text that it is related to. */
const within = new WeakMap<AnalysedText, readonly SentenceMatch[]>();

/**
 * The sentences that a document tells twice, the earlier first. Their score is the mean of the cosine of their weighted
 * terms and of the share of words they have in one order: within a document neighbours and rivals prove
 * nothing, since all its sentences are on one subject. Each must be the other's most alike, and lines that do not
 * end as sentences do, as most headlines, are left out.
 */
export function alignWithin(doc: AnalysedText): readonly SentenceMatch[] {
  const known = within.get(doc) ?? findWithin(doc);
  within.set(doc, known);
  return known;
}

function findWithin(doc: AnalysedText): SentenceMatch[] {
  const vectors = ownVectors(doc);
  const matrix = similarityMatrix(vectors, true);
  const sentence = Uint8Array.from({ length: matrix.rows }, (_, s) => (isSentence(doc, s) ? 1 : 0));
  const found: SentenceMatch[] = [];
  const best = new Float64Array(matrix.rows);
  for (let i = 0; i < matrix.rows; i++) {
    spend();
    if (!sentence[i]) continue;
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
      const j = matrix.column[e] as number;
      const cosine = matrix.cosine[e] as number;
      if (cosine < LEAST_REPEAT_COSINE || !sentence[j]) continue;
      const { same, words } = wordAgreement(doc, i, doc, j);
      const score = (cosine + (2 * same) / words) / 2;
      if (score < LEAST_REPEAT) continue;
      found.push({ i, j, score });
      best[i] = Math.max(best[i] as number, score);
      best[j] = Math.max(best[j] as number, score);
    }
  }
  // One earlier sentence for each: of a line told a hundred times over, the first is the one that the others repeat.
  const told = new Set<number>();
  return found.filter(({ i, j, score }) => {
    if (score !== best[i] || score !== best[j] || told.has(j)) return false;
    told.add(j);
    return true;
  });
}

function isSentence(doc: AnalysedText, s: number): boolean {
  return (
    (doc.firstTerm[s + 1] as number) - (doc.firstTerm[s] as number) >= SHORTEST_REPEAT &&
    endsSentence(doc.text, doc.sentences[2 * s] as number, doc.sentences[2 * s + 1] as number)
  );
}

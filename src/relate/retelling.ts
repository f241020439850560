import { sentenceLength } from '../align/passages.js';
import type { SimilarityMatrix } from '../align/similarity.js';
import type { AnalysedText } from '../text/analyse.js';
import type { OwnVoices } from './voices.js';

/** What tells whether one text retells another, in the order of its weights. */
export const RETELLING_FEATURES = [
  'certain', // share of its words in sentences that retell the other, each by how far its probability exceeds even chance
  'ownQuotations', // what it brings in by itself, see voices.ts
  'ownNames',
  'ownPersons',
  'ownFigures',
  'othersNames', // what the other brings in, by the ratio of lengths: a text that took a selection leaves much behind, one as long little
  'othersPersons',
] as const;

/** Weights of the relation. */
export type RetellingModel = Readonly<Record<(typeof RETELLING_FEATURES)[number] | 'intercept', number>>;

/**
 * The log-odds that a text retells another, with a lexicon.
 *
 * Fitted by `npx tsx benchmarks/fit/relation.ts <data folder>` on 180 rewrites of 60 news stories against independent reports of the
 * same events, and other stories.
 */
export const LEXICON_RETELLING: RetellingModel = {
  certain: 0.798,
  ownQuotations: -11.581,
  ownNames: -10.513,
  ownPersons: -6.119,
  ownFigures: -4.004,
  othersNames: -5.834,
  othersPersons: -8.314,
  intercept: 2.762,
};

/** The same by words alone. */
export const WORDS_RETELLING: RetellingModel = {
  certain: 0.0,
  ownQuotations: -13.379,
  ownNames: -4.071,
  ownPersons: -6.242,
  ownFigures: -4.31,
  othersNames: -0.888,
  othersPersons: -9.452,
  intercept: 3.344,
};

/** Best probability of each sentence on one side. */
export function bestScores(side: 'a' | 'b', matrix: SimilarityMatrix, scores: Float64Array): Float64Array {
  const best = new Float64Array(side === 'a' ? matrix.rows : matrix.columns);
  for (let i = 0; i < matrix.rows; i++) {
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
      const s = side === 'a' ? i : (matrix.column[e] as number);
      best[s] = Math.max(best[s] as number, scores[e] as number);
    }
  }
  return best;
}

/** The features of a text as a retelling of another. */
export function retellingFeatures(
  text: AnalysedText,
  best: Float64Array,
  own: OwnVoices,
  other: AnalysedText,
  others: OwnVoices,
): number[] {
  const ratio = Math.min(1, text.termIds.length / Math.max(other.termIds.length, 1));
  return [
    certainShare(text, best),
    own.quotations,
    own.names,
    own.persons,
    own.figures,
    ratio * others.distinctNames,
    ratio * others.persons,
  ];
}

/** The share of a text's words in sentences that retell another, each by how far its best probability exceeds even chance. */
export function certainShare(text: AnalysedText, best: Float64Array): number {
  return shareOf(text, best, (p) => Math.max(0, 2 * p - 1));
}

/** Probability from which a sentence may answer to another. */
const ANSWERED = 0.2;
/** Share of a text's words in sentences that may answer to the other, from which there is enough to judge. */
const NONE_ANSWERED = 0.2;
const ENOUGH_ANSWERED = 0.55;
/** Shared names and figures for each sentence below which there is nothing to judge by, and from which there is enough. */
const NO_FACTS = 0.35;
const ENOUGH_FACTS = 0.65;

/** Lengths relative to the other text's: a much shorter report of an event has nothing that the longer one lacks. */
const MUCH_SHORTER = 0.35;
const ABOUT_AS_LONG = 0.7;
/** Certain shares between which a shorter text is a digest of the longer, for all that. */
const HARDLY_CERTAIN = 0.45;
const CERTAIN = 0.6;
/** Sentences of a digest: of one alone the ranks, which make sentences certain, say nothing. */
const SHORTEST_DIGEST = 4;
/** Sentences from which it says something to have no voices of one's own: a short report has none either. */
const ENOUGH_SENTENCES = 11;

/**
 * How far it matters what a text has of its own, in [0, 1]: one of which little may answer to the other, or that shares next to no names and
 * figures with it, is no retelling for having none of its own. Of 60 disguised rewrites 57 share 0.6 and more a sentence; texts on one
 * subject 0.1 on the median.
 */
export function answering(text: AnalysedText, best: Float64Array, { shared }: OwnVoices, other: AnalysedText): number {
  const answered = shareOf(text, best, (p) => (p >= ANSWERED ? 1 : 0));
  const ratio = text.termIds.length / Math.max(other.termIds.length, 1);
  const alike = between(ratio, MUCH_SHORTER, ABOUT_AS_LONG) * Math.min(1, best.length / ENOUGH_SENTENCES);
  const proved = between(certainShare(text, best), HARDLY_CERTAIN, CERTAIN) * between(best.length, 1, SHORTEST_DIGEST);
  return (
    between(answered, NONE_ANSWERED, ENOUGH_ANSWERED) *
    between(shared, NO_FACTS, ENOUGH_FACTS) *
    Math.max(alike, proved)
  );
}

/** How far `x` is from `low` to `high`, in [0, 1]. */
function between(x: number, low: number, high: number): number {
  return Math.max(0, Math.min(1, (x - low) / (high - low)));
}

function shareOf(text: AnalysedText, best: Float64Array, count: (p: number) => number): number {
  let sum = 0;
  for (let s = 0; s < best.length; s++) sum += sentenceLength(text, s) * count(best[s] as number);
  return text.termIds.length > 0 ? sum / text.termIds.length : 0;
}

/** The probability that a text with these features retells the other. */
export function judgeRetelling(features: readonly number[], known: boolean): number {
  const model = known ? LEXICON_RETELLING : WORDS_RETELLING;
  let z = model.intercept;
  RETELLING_FEATURES.forEach((name, f) => {
    z += model[name] * (features[f] as number);
  });
  return 1 / (1 + Math.exp(-z));
}

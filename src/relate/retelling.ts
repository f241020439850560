import { sentenceLength } from '../align/passages.js';
import type { SimilarityMatrix } from '../align/similarity.js';
import type { AnalysedText } from '../text/analyse.js';
import { type KnownText, type OwnVoices, sharedFacts, type VoicesBeside, voicesBeside, voicesGiven } from './voices.js';

/**
 * What tells whether one text retells another, in the order of its weights. All grow with the square root of the number of
 * sentences, twenty at most: so does the surety of a count.
 */
export const RETELLING_FEATURES = [
  'certain', // share of its words in sentences that retell the other, each by how far its probability exceeds even chance
  'ownQuotations', // what it brings in by itself, a sentence, see voices.ts
  'sharedQuotations', // quotations that both have, as far as nothing else is certain
  'ownNames',
  'ownFigures',
  'othersQuotations', // what the other brings in, by the ratio of lengths: a text that took a selection leaves much behind, one as long little
  'othersNames',
] as const;

/** Weights of the relation. */
export type RetellingModel = Readonly<Record<(typeof RETELLING_FEATURES)[number] | 'intercept', number>>;

/**
 * The log-odds that a text retells another, with a lexicon.
 *
 * Fitted by `npx tsx benchmarks/fit/relation.ts <data folder>` on rewrites of news by people and language models against independent
 * reports of the same events, articles of one newsroom on one subject, and other texts.
 */
export const LEXICON_RETELLING: RetellingModel = {
  certain: 0.549,
  ownQuotations: -12.884,
  sharedQuotations: -10.15,
  ownNames: -3.575,
  ownFigures: -2.189,
  othersQuotations: -1.599,
  othersNames: -8.293,
  intercept: 3.28,
};

/** The same by words alone. */
export const WORDS_RETELLING: RetellingModel = {
  certain: 0.262,
  ownQuotations: -12.99,
  sharedQuotations: -11.707,
  ownNames: -0.967,
  ownFigures: -2.293,
  othersQuotations: -1.892,
  othersNames: -2.648,
  intercept: 4.015,
};

/** A text as a possible retelling of another: its features, and how far they matter. */
export interface RetellingCase {
  readonly features: number[];
  readonly answering: number;
}

/** Two texts, each as a retelling of the other; `scores` are those of the matrix's entries. */
export function retellingCases(
  a: KnownText,
  b: KnownText,
  matrix: SimilarityMatrix,
  scores: Float64Array,
  voices: PairVoices = voicesOfBoth(a, b),
): [RetellingCase, RetellingCase] {
  const bestA = bestScores('a', matrix, scores);
  const bestB = bestScores('b', matrix, scores);
  const voicesA = voicesGiven(voices.a, bestA);
  const voicesB = voicesGiven(voices.b, bestB);
  return [caseOf(a.content, bestA, voicesA, b.content, voicesB), caseOf(b.content, bestB, voicesB, a.content, voicesA)];
}

/** What either of two texts has that the other lacks, before their sentences are compared in meaning. */
export interface PairVoices {
  readonly a: VoicesBeside;
  readonly b: VoicesBeside;
}

export function voicesOfBoth(a: KnownText, b: KnownText): PairVoices {
  return { a: voicesBeside(a, b), b: voicesBeside(b, a) };
}

/**
 * The most that `judgeCases` may say of either case whatever the sentences answer to: names and shared quotations are known, and all
 * else is as it speaks most for a retelling.
 */
export function mostJudged(a: KnownText, b: KnownText, voices: PairVoices, model: RetellingModel): number {
  return Math.max(
    mostOfCase(a.content, voices.a, b.content, voices.b, model),
    mostOfCase(b.content, voices.b, a.content, voices.a, model),
  );
}

function mostOfCase(
  text: AnalysedText,
  own: VoicesBeside,
  other: AnalysedText,
  others: VoicesBeside,
  model: RetellingModel,
): number {
  const density = between(sharedDensity(text, other), NO_FACTS, ENOUGH_FACTS);
  const length = Math.max(comparableLength(text, other), digestLength(text, other));
  if (density * length === 0) return 0;
  // Of each feature the least and the most that it may be.
  const least = featuresOf(text, 0, { ...own, quotations: 0, figures: 0 }, other, { ...others, quotations: 0 });
  const most = featuresOf(text, 1, { ...own, quotations: own.quotations.length, figures: own.figures.length }, other, {
    ...others,
    quotations: others.quotations.length,
  });
  least[SHARED] = 0;
  most[SHARED] = eachOf(text) * own.sharedQuotations;
  let z = model.intercept;
  RETELLING_FEATURES.forEach((name, f) => {
    z += Math.max(model[name] * (least[f] as number), model[name] * (most[f] as number));
  });
  return (density * length) / (1 + Math.exp(-z));
}

const SHARED = RETELLING_FEATURES.indexOf('sharedQuotations');

/** The probability that one of two texts retells the other: the likelier of the two ways. */
export function judgeRetelling(cases: readonly RetellingCase[], model: RetellingModel): number {
  return Math.max(...judgeCases(cases, model));
}

/** The probability whose odds are `factor` times those of `p`. */
export function multiplyOdds(p: number, factor: number): number {
  return (p * factor) / (1 - p + p * factor);
}

/** The probability of each case. */
export function judgeCases(cases: readonly RetellingCase[], model: RetellingModel): number[] {
  return cases.map(({ features, answering }) => {
    let z = model.intercept;
    RETELLING_FEATURES.forEach((name, f) => {
      z += model[name] * (features[f] as number);
    });
    return answering / (1 + Math.exp(-z));
  });
}

/** Sentences beyond which a text's counts get no surer: what one lacks of another is not by chance then. */
const MOST_SENTENCES = 20;

function caseOf(
  text: AnalysedText,
  best: Float64Array,
  own: OwnVoices,
  other: AnalysedText,
  others: OwnVoices,
): RetellingCase {
  const certain = certainShare(text, best);
  return {
    features: featuresOf(text, certain, own, other, others),
    answering: answeringOf(text, best, certain, other),
  };
}

function featuresOf(
  text: AnalysedText,
  certain: number,
  own: OwnVoices,
  other: AnalysedText,
  others: Pick<OwnVoices, 'quotations' | 'names'>,
): number[] {
  const each = eachOf(text);
  const eachOther = (Math.min(1, lengthRatio(text, other)) * rootOf(other)) / sentencesOf(other);
  return [
    rootOf(text) * certain,
    each * own.quotations,
    each * own.sharedQuotations * Math.max(0, 1 - 2 * certain),
    each * own.names,
    each * own.figures,
    eachOther * others.quotations,
    eachOther * others.names,
  ];
}

function eachOf(text: AnalysedText): number {
  return rootOf(text) / sentencesOf(text);
}

function rootOf(text: AnalysedText): number {
  return Math.sqrt(Math.min(sentencesOf(text), MOST_SENTENCES));
}

function sentencesOf(text: AnalysedText): number {
  return Math.max(text.firstTerm.length - 1, 1);
}

/** Names and figures that two texts share for each of their sentences, of which one may have many times more. */
function sharedDensity(text: AnalysedText, other: AnalysedText): number {
  return sharedFacts(text, other) / Math.sqrt(sentencesOf(text) * sentencesOf(other));
}

function lengthRatio(text: AnalysedText, other: AnalysedText): number {
  return text.termIds.length / Math.max(other.termIds.length, 1);
}

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

/** The share of a text's words in sentences that retell another, each by how far its best probability exceeds even chance. */
export function certainShare(text: AnalysedText, best: Float64Array): number {
  return shareOf(text, best, (p) => Math.max(0, 2 * p - 1));
}

/** Probability from which a sentence may answer to another, and from which it was taken over as it is: of a part that was, the rest says nothing. */
const ANSWERED = 0.2;
const COPIED = 0.9;
/** Share of a text's words in sentences that may answer to the other, from which there is enough to judge. */
const NONE_ANSWERED = 0.1;
const ENOUGH_ANSWERED = 0.4;
/** Shared names and figures for each sentence below which there is nothing to judge by, and from which there is enough. */
const NO_FACTS = 0.3;
const ENOUGH_FACTS = 0.45;

/** Lengths relative to the other text's: a much shorter report of an event has nothing that the longer one lacks. */
const MUCH_SHORTER = 0.35;
const ABOUT_AS_LONG = 0.7;
/** And above which: what is much longer than its source is no retelling of it, however little of its own it has to the sentence. */
const SOMEWHAT_LONGER = 4;
const MUCH_LONGER = 8;
/** Sentences from which it says something to have no voices of one's own: a short report has none either. */
const TOO_SHORT = 3;
const ENOUGH_SENTENCES = 10;
/** Certain shares between which a shorter text is a digest of the longer, for all that. */
const HARDLY_CERTAIN = 0.45;
const CERTAIN = 0.6;
/** Lengths relative to the other text's between which a digest may be: a text twenty times as long has most names of its subject, and something like every sentence on it. */
const SHORTEST_SHARE = 0.06;
const DIGEST_SHARE = 0.15;
/** Sentences of a digest: of one alone the ranks, which make sentences certain, say nothing. */
const SHORTEST_DIGEST = 4;
/** Of a digest the words alone make this share certain, in all of 200 that were looked at. */
const CERTAIN_BY_WORDS = 0.08;

/**
 * How far it matters what a text has of its own, in [0, 1]: one of which little may answer to the other, or that shares next to no names and
 * figures with it, is no retelling for having none of its own. Of 60 disguised rewrites 57 share 0.54 and more a
 * sentence; pages of one laboratory or one tax, less than 0.32.
 */
function answeringOf(text: AnalysedText, best: Float64Array, certain: number, other: AnalysedText): number {
  const answered = shareOf(text, best, (p) => (p >= ANSWERED && p < COPIED ? 1 : 0));
  const proved = between(certain, HARDLY_CERTAIN, CERTAIN) * digestLength(text, other);
  return (
    between(sharedDensity(text, other), NO_FACTS, ENOUGH_FACTS) *
    Math.max(comparableLength(text, other) * between(answered, NONE_ANSWERED, ENOUGH_ANSWERED), proved)
  );
}

/** Whether a text is long enough, by itself and beside the other, to be judged by what it lacks, in [0, 1]. */
function comparableLength(text: AnalysedText, other: AnalysedText): number {
  return (
    between(lengthRatio(text, other), MUCH_SHORTER, ABOUT_AS_LONG) *
    between(lengthRatio(text, other), MUCH_LONGER, SOMEWHAT_LONGER) *
    between(text.firstTerm.length - 1, TOO_SHORT, ENOUGH_SENTENCES)
  );
}

/**
 * The most that `judgeRetelling` may say of two texts, in [0, 1]: what is cheap to know, before sentences are compared in meaning.
 * `certain` is the share of each that is certain by words alone.
 */
export function mostRetelling(a: AnalysedText, b: AnalysedText, certain: { a: number; b: number }): number {
  return Math.max(mostAnswering(a, b, certain.a), mostAnswering(b, a, certain.b));
}

function mostAnswering(text: AnalysedText, other: AnalysedText, certain: number): number {
  return (
    between(sharedDensity(text, other), NO_FACTS, ENOUGH_FACTS) *
    Math.max(comparableLength(text, other), certain >= CERTAIN_BY_WORDS ? digestLength(text, other) : 0)
  );
}

/** Whether a text may be a digest of the other by its length, in [0, 1]. */
function digestLength(text: AnalysedText, other: AnalysedText): number {
  return (
    between(text.firstTerm.length - 1, 1, SHORTEST_DIGEST) *
    between(lengthRatio(text, other), SHORTEST_SHARE, DIGEST_SHARE)
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

import { alignDocuments, alignRetelling, type Retelling } from '../align/align.js';
import { describeMatches, round, sentenceSpan } from '../align/passages.js';
import type { SentenceMatch } from '../align/select.js';
import type { SentenceScores } from '../align/sentences.js';
import { REWRITE_THRESHOLD } from '../settings/options.js';
import type { Comparison, PassagePair, Relation } from '../types.js';
import { findEarlier, findOriginal } from './direction.js';
import type { ComparableDocument } from './document.js';
import { type Company, edited, ofOneMatter, passageFillsForm } from './form.js';
import { mayHoldExcerpt, showPassages } from './passages.js';
import {
  judgeCases,
  LEXICON_RETELLING,
  mostJudged,
  mostRetelling,
  multiplyOdds,
  type PairVoices,
  retellingCases,
  voicesOfBoth,
  WORDS_RETELLING,
} from './retelling.js';
import { contradictedShare, exactResemblance, matchedShare, retoldShare } from './shares.js';

/** Resemblance of near-duplicates. */
export const NEAR_DUPLICATE = 0.8;
/** What a part of a text can score for being one, half of what makes a rewrite. */
const MOST_OF_PART = REWRITE_THRESHOLD / 2;
/** What a retelling must be able to score for a second look at two texts. */
const LEAST_DOUBT = 0.25;
/**
 * Share of a text that words by themselves make certain from which they alone say which sentences are told: the less it is, the more the
 * second look at them counts, and below what makes a rewrite by words nothing else. Where much is certain, what is left is as likely the
 * text's own.
 */
const WORDS_TELL = 0.8;

/** What is known of two texts beyond their words, where nothing in these is certain. */
export interface SecondOpinion {
  /** What the odds of each text being a retelling of the other are multiplied by; of the text that sorts first, first. */
  readonly odds?: readonly number[];
  /** Becomes how likely words make either a retelling of the other. */
  doubt?: number;
}

/**
 * What two documents are to each other, with the passages that show it.
 *
 * A text is a rewrite when the sentences that retell the other, each counted by how far its probability exceeds even
 * chance, make up enough of its words: between two reports of one event many sentences look alike and few are
 * certain. Where they do not, it may be one in other words: when its sentences may answer to the other's, with the other's
 * names and figures, and it has next to no voices, names and figures of its own (retelling.ts). Else a passage must prove more by itself.
 *
 * @param onScores is told what the pairs of sentences were chosen by, the text that sorts first as `a`; the last call counts
 * @param opinion asked, and heard, where nothing is certain
 * @param company among which texts they are compared: see `Company`
 */
export function relate(
  a: ComparableDocument,
  b: ComparableDocument,
  rewriteThreshold: number,
  onScores?: (sentences: SentenceScores) => void,
  opinion: SecondOpinion = {},
  company: Company = 'some',
): Comparison {
  return look(a, b, rewriteThreshold, onScores, opinion, company) as Comparison;
}

/** The same, and undefined where the two are unrelated: sooner, since most that are can be told before all is looked at. */
export function relateIfAny(
  a: ComparableDocument,
  b: ComparableDocument,
  rewriteThreshold: number,
  company: Company = 'some',
): Comparison | undefined {
  const comparison = look(a, b, rewriteThreshold, undefined, undefined, company);
  return comparison?.relation === 'unrelated' ? undefined : comparison;
}

/** Without an `opinion` nothing is said of two that are unrelated. */
function look(
  a: ComparableDocument,
  b: ComparableDocument,
  rewriteThreshold: number,
  onScores: ((sentences: SentenceScores) => void) | undefined,
  opinion: SecondOpinion | undefined,
  company: Company,
): Comparison | undefined {
  // One order for both, so that comparing b with a gives the same as comparing a with b.
  if (a.source.text > b.source.text) {
    const turned = look(b, a, rewriteThreshold, onScores, opinion, company);
    return turned && swapped(turned);
  }
  const alignment = alignDocuments(a.content, b.content, a.known, b.known);
  onScores?.(alignment.sentences);
  let { matches } = alignment;
  const resemblance = exactResemblance(a.shingleSet, b.shingleSet);
  if (sameWords(a, b)) return duplicate(a, b, matches);
  const certain = { a: retoldShare(a.content, matches, 'i'), b: retoldShare(b.content, matches, 'j') };
  const alike = Math.max(certain.a, certain.b, resemblance);
  const isCopy = resemblance >= NEAR_DUPLICATE;
  let ofOne = isCopy ? 1 : ofOneMatter(a, b, matches, company);
  if (ofOne < 1 && alike >= REWRITE_THRESHOLD)
    ofOne = Math.max(ofOne, edited(a.content, b.content, resemblance, company));
  const mayEnd = !isCopy && opinion === undefined && !mayHoldExcerpt(matches, a.content, b.content);
  let second: Retelling | undefined;
  const lookAgain = (): Retelling => {
    second ??= alignRetelling(alignment, a.known, b.known);
    return second;
  };
  // What words make a rewrite is judged too, and what has a passage in the same words, so that a lighter one does not score less than a
  // heavier; a copy has nothing to gain. What is alike and of other matters is one form filled twice, and has nothing to show in other
  // words. The threshold that is asked for has no say in it: a score means the same whoever asks.
  let retells = 0;
  if (!isCopy && ofOne * mostRetelling(a.content, b.content, certain) >= LEAST_DOUBT) {
    const voices = voicesOfBoth(a, b);
    const most = () =>
      Math.max(...[LEXICON_RETELLING, WORDS_RETELLING].map((model) => mostJudged(a, b, voices, model)));
    if (mayEnd && ofOne * alike < rewriteThreshold && ofOne * most() < rewriteThreshold) return undefined;
    retells = judge(a, b, lookAgain().asked, voices, ofOne, alike < REWRITE_THRESHOLD ? opinion : undefined);
  }
  const strength = lessened(
    ofOne * Math.max(alike, retells),
    Math.max(contradictedShare(a.content, matches, 'i'), contradictedShare(b.content, matches, 'j')),
  );
  if (mayEnd && strength < rewriteThreshold) return undefined;
  const wholes: Relation = isCopy ? 'near-duplicate' : strength >= rewriteThreshold ? 'rewrite' : 'unrelated';
  const weight = Math.min(1, (WORDS_TELL - alike) / (WORDS_TELL - REWRITE_THRESHOLD));
  if (wholes === 'rewrite' && weight > 0) {
    const told = lookAgain().told(weight);
    matches = told.matches;
    onScores?.(told.sentences);
  }
  const { relation, passages, containment } = showPassages(
    a.content,
    b.content,
    alignment,
    matches,
    wholes,
    retells > alike,
    (block) => company === 'others' && passageFillsForm(a, b, block),
  );
  // A part is one whatever the rest of the two is about.
  const part = Math.max(containment.a, containment.b);
  // A shared passage alone says nothing of who had it first, unless the dates do.
  let original: Comparison['original'];
  if (relation === 'excerpt') original = findEarlier(a, b);
  else if (relation !== 'unrelated')
    original = findOriginal(a, b, {
      a: matchedShare(a.content, matches, 'i'),
      b: matchedShare(b.content, matches, 'j'),
    });
  return {
    relation,
    score: round(relation === 'excerpt' ? Math.max(strength, Math.min(MOST_OF_PART, part)) : strength),
    resemblance: round(resemblance),
    containment: { a: round(containment.a), b: round(containment.b) },
    passages,
    ...(original === undefined ? {} : { original }),
  };
}

/**
 * A strength once a share of a text says otherwise than the other: half of it is lost where all does. What is a rewrite stays one, since who
 * turns statements round has told them again.
 */
function lessened(strength: number, otherwise: number): number {
  const left = strength * (1 - otherwise / 2);
  return strength >= REWRITE_THRESHOLD ? Math.max(REWRITE_THRESHOLD, left) : left;
}

/** The probability that one of two texts, of one matter or not, retells the other, with what is known beyond their words. */
function judge(
  a: ComparableDocument,
  b: ComparableDocument,
  { matrix, scores, known }: SentenceScores,
  voices: PairVoices,
  ofOne: number,
  opinion: SecondOpinion | undefined,
): number {
  const cases = retellingCases(a, b, matrix, scores, voices);
  const judged = judgeCases(cases, known ? LEXICON_RETELLING : WORDS_RETELLING);
  if (opinion !== undefined) opinion.doubt = ofOne * Math.max(...judged);
  const odds = opinion?.odds;
  return Math.max(...(odds === undefined ? judged : judged.map((p, n) => multiplyOdds(p, odds[n] as number))));
}

/** Two texts of the same words: one passage, from the first word to the last. */
function duplicate(a: ComparableDocument, b: ComparableDocument, matches: readonly SentenceMatch[]): Comparison {
  const original = findEarlier(a, b);
  const passage: PassagePair = {
    a: {
      start: sentenceSpan(a.content, 0).start,
      end: sentenceSpan(a.content, a.content.sentences.length / 2 - 1).end,
    },
    b: {
      start: sentenceSpan(b.content, 0).start,
      end: sentenceSpan(b.content, b.content.sentences.length / 2 - 1).end,
    },
    ...describeMatches(matches, a.content, b.content),
    score: 1,
    kind: 'verbatim',
  };
  return {
    relation: 'duplicate',
    score: 1,
    resemblance: 1,
    containment: { a: 1, b: 1 },
    passages: [passage],
    ...(original === undefined ? {} : { original }),
  };
}

/** The comparison of `b` with `a` from that of `a` with `b`. */
export function swapped(comparison: Comparison): Comparison {
  const { original, containment, passages } = comparison;
  return {
    ...comparison,
    containment: { a: containment.b, b: containment.a },
    passages: passages
      .map((passage) => ({
        ...passage,
        a: passage.b,
        b: passage.a,
        sentences: passage.sentences
          .map((pair) => ({ ...pair, a: pair.b, b: pair.a }))
          .sort((x, y) => x.a.start - y.a.start || x.b.start - y.b.start),
      }))
      .sort((x, y) => x.a.start - y.a.start || x.b.start - y.b.start),
    ...(original === undefined ? {} : { original: original === 'a' ? 'b' : 'a' }),
  };
}

/** Whether two texts have the same words in the same order, and a sentence left to show for it. */
function sameWords(a: ComparableDocument, b: ComparableDocument): boolean {
  if (a.content.sentences.length === 0 || b.content.sentences.length === 0) return false;
  return a.shingles.length === b.shingles.length && a.shingles.every((x, i) => x === b.shingles[i]);
}

import { alignDocuments, alignRetelling, type Retelling } from '../align/align.js';
import { assignMatches, type BlockPassage, describeBlock, longestCopy } from '../align/blockpassages.js';
import { density } from '../align/blocks.js';
import type { Block } from '../align/borders.js';
import {
  describeMatches,
  describePassage,
  evidence,
  expectedWords,
  joinPassages,
  round,
  sentenceLength,
  sentenceSpan,
} from '../align/passages.js';
import type { SentenceMatch } from '../align/select.js';
import type { SentenceScores } from '../align/sentences.js';
import { REWRITE_THRESHOLD } from '../settings/options.js';
import type { AnalysedText } from '../text/analyse.js';
import type { Comparison, PassagePair, Relation } from '../types.js';
import { findEarlier, findOriginal } from './direction.js';
import type { ComparableDocument } from './document.js';
import { ofOneMatter } from './form.js';
import {
  judgeCases,
  LEXICON_RETELLING,
  mostJudged,
  mostRetelling,
  multiplyOdds,
  retellingCases,
  voicesOfBoth,
  WORDS_RETELLING,
} from './retelling.js';

/** Resemblance of near-duplicates. */
export const NEAR_DUPLICATE = 0.8;
/**
 * What a passage must prove, in words (see `evidence`), to count where the documents as wholes do not retell each other:
 * more than the two or three sentences on one fact that every report of an event carries.
 */
const EXCERPT_EVIDENCE = 65;
/** Or how many words it must have in the same order: more than a quotation. */
const EXCERPT_WORDING = 40;
/** What a retelling must be able to score for a second look at two texts. */
const LEAST_DOUBT = 0.25;
/**
 * What pairs of sentences outside all blocks must prove, in words, to be a passage of a retelling: little where most
 * pairs are outside, since then it is by sentences that the one text retells the other; more where blocks tell the tale.
 */
const LEFT_OVER_EVIDENCE = 8;
const BESIDE_EVIDENCE = 25;
/** Pairs of sentences in blocks that are a tale by themselves where all else is in other words: a quotation or two are none. */
const TALE = 5;
/** Words in true pairs that a passage must hold, as far as scores tell, where all is in other words: no pair is certain then. */
const LEFT_OVER_WORDS = 3;
/** Nats a term from which a passage is one however large a part of its documents it is (see align/blocks.ts). */
const DENSE = 0.7;
/** Share of both of two unrelated texts that a passage of theirs may be. */
const LARGEST_PART = 0.3;
/** How dense a passage must else be (see align/blocks.ts), with this share of its words proved. */
const EXCERPT_DENSITY = 0.75;
const EXCERPT_SHARE = 0.5;

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
 */
export function relate(
  a: ComparableDocument,
  b: ComparableDocument,
  rewriteThreshold: number,
  onScores?: (sentences: SentenceScores) => void,
  opinion: SecondOpinion = {},
): Comparison {
  return look(a, b, rewriteThreshold, onScores, opinion) as Comparison;
}

/** The same, and undefined where the two are unrelated: sooner, since most that are can be told before all is looked at. */
export function relateIfAny(
  a: ComparableDocument,
  b: ComparableDocument,
  rewriteThreshold: number,
): Comparison | undefined {
  const comparison = look(a, b, rewriteThreshold, undefined, undefined);
  return comparison?.relation === 'unrelated' ? undefined : comparison;
}

/** Without an `opinion` nothing is said of two that are unrelated. */
function look(
  a: ComparableDocument,
  b: ComparableDocument,
  rewriteThreshold: number,
  onScores: ((sentences: SentenceScores) => void) | undefined,
  opinion: SecondOpinion | undefined,
): Comparison | undefined {
  // One order for both, so that comparing b with a gives the same as comparing a with b.
  if (a.source.text > b.source.text) {
    const turned = look(b, a, rewriteThreshold, onScores, opinion);
    return turned && swapped(turned);
  }
  const alignment = alignDocuments(a.content, b.content, a.known, b.known);
  onScores?.(alignment.sentences);
  let { matches } = alignment;
  const resemblance = exactResemblance(a.shingleSet, b.shingleSet);
  if (sameWords(a, b)) return duplicate(a, b, matches);
  const retold = { a: retoldShare(a.content, matches, 'i'), b: retoldShare(b.content, matches, 'j') };
  const alike = Math.max(retold.a, retold.b, resemblance);
  let strength = alike;
  let relation: Relation = 'unrelated';
  let inOtherWords = false;
  const ofOne = resemblance < NEAR_DUPLICATE ? ofOneMatter(a, b) : 1;
  strength *= ofOne;
  if (resemblance >= NEAR_DUPLICATE) relation = 'near-duplicate';
  else {
    const mayHold = mayHoldExcerpt(matches, a.content, b.content);
    let retelling: Retelling | undefined;
    // What is alike by its words, and of other matters, is one form filled twice, and has nothing to show in other words. The threshold
    // that is asked for has no say in it: a score means the same whoever asks.
    if (
      alike < REWRITE_THRESHOLD &&
      ofOne * mostRetelling(a.content, b.content, retold) >= LEAST_DOUBT &&
      !(mayHold && hasExcerpt(alignment.blocks, matches, a.content, b.content))
    ) {
      const voices = voicesOfBoth(a, b);
      const most = () =>
        Math.max(mostJudged(a, b, voices, LEXICON_RETELLING), mostJudged(a, b, voices, WORDS_RETELLING));
      if (opinion === undefined && !mayHold && Math.max(strength, ofOne * most()) < rewriteThreshold) return undefined;
      retelling = alignRetelling(alignment, a.known, b.known);
      const { matrix, scores, known } = retelling.asked;
      const cases = retellingCases(a, b, matrix, scores, voices);
      let judged = judgeCases(cases, known ? LEXICON_RETELLING : WORDS_RETELLING);
      if (opinion !== undefined) opinion.doubt = ofOne * Math.max(...judged);
      const odds = opinion?.odds;
      if (odds !== undefined) judged = judged.map((p, n) => multiplyOdds(p, odds[n] as number));
      inOtherWords = ofOne * Math.max(...judged) > strength;
      strength = Math.max(strength, ofOne * Math.max(...judged));
    }
    if (strength >= rewriteThreshold) {
      relation = 'rewrite';
      if (retelling !== undefined && inOtherWords) {
        const told = retelling.told();
        matches = told.matches;
        onScores?.(told.sentences);
      }
    } else if (opinion === undefined && !mayHold) return undefined;
  }
  const { blocks } = alignment;
  const shown = blocks.filter((block) => density(block) >= DENSE || isPart(block, a.content, b.content));
  const byWords = assignMatches(shown, alignment.matches, a.content, b.content);
  const found = matches === alignment.matches ? byWords : assignMatches(shown, matches, a.content, b.content);
  if (relation === 'unrelated' && found.passages.some((passage) => isExcerpt(passage, a.content, b.content)))
    relation = 'excerpt';
  // Where blocks tell the tale, what is beside them need not be told twice too.
  const inBlocks = alignment.matches.length - byWords.left.length;
  const bySentences = byWords.left.length > inBlocks || (inOtherWords && inBlocks < TALE);
  // Only in a retelling do pairs of sentences make passages where their words by themselves do not.
  const joined =
    relation === 'unrelated' || relation === 'excerpt'
      ? []
      : joinPassages(bySentences ? found.left : byWords.left).filter((passage) =>
          inOtherWords && bySentences
            ? expectedWords(passage, a.content, b.content) >= LEFT_OVER_WORDS
            : evidence(passage, a.content, b.content) >= (bySentences ? LEFT_OVER_EVIDENCE : BESIDE_EVIDENCE),
        );
  const told =
    relation === 'unrelated'
      ? found.passages.filter(({ block }) => isPart(block, a.content, b.content))
      : found.passages;
  const containment = {
    a: coveredShare(a.content, [
      ...joined.map(({ firstA, lastA }) => termsOf(a.content, firstA, lastA)),
      ...told.map(({ block }): Run => [block.fromA, block.toA]),
    ]),
    b: coveredShare(b.content, [
      ...joined.map(({ firstB, lastB }) => termsOf(b.content, firstB, lastB)),
      ...told.map(({ block }): Run => [block.fromB, block.toB]),
    ]),
  };
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
    score: round(strength),
    resemblance: round(resemblance),
    containment: { a: round(containment.a), b: round(containment.b) },
    passages: [
      ...joined.map((passage) => describePassage(passage, a.content, b.content)),
      ...told.map((passage) => describeBlock(passage, a.content, b.content)),
    ].sort((x, y) => x.a.start - y.a.start || x.b.start - y.b.start),
    ...(original === undefined ? {} : { original }),
  };
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

/**
 * Whether a block is a part of at least one of two texts that are unrelated as wholes. What would be most of both of
 * them is the likeness of two reports of one event, whose chance the block could not learn from words around it.
 */
function isPart({ fromA, toA, fromB, toB }: Block, a: AnalysedText, b: AnalysedText): boolean {
  return Math.min((toA - fromA) / a.termIds.length, (toB - fromB) / b.termIds.length) <= LARGEST_PART;
}

/** Whether a block has more words on end in common than a quotation. */
function isCopy(block: Block, a: AnalysedText, b: AnalysedText): boolean {
  return longestCopy(block, a, b) >= EXCERPT_WORDING;
}

/**
 * Whether two texts have a passage that is one by itself: who disguises a retelling leaves no copy, and where a part of the one stands in
 * the other, likeness beside it is that of the subject.
 */
function hasExcerpt(
  blocks: readonly Block[],
  matches: readonly SentenceMatch[],
  a: AnalysedText,
  b: AnalysedText,
): boolean {
  return assignMatches(blocks, matches, a, b).passages.some(
    (passage) => isCopy(passage.block, a, b) || (isPart(passage.block, a, b) && isExcerpt(passage, a, b)),
  );
}

/**
 * Whether two texts may have a passage that is one by itself, by what passages are cut from: their sentences that tell the same
 * prove enough all together, or enough of their words stand in runs that both have.
 */
function mayHoldExcerpt(matches: readonly SentenceMatch[], a: AnalysedText, b: AnalysedText): boolean {
  const all = { matches, firstA: 0, lastA: 0, firstB: 0, lastB: 0 };
  return (
    evidence(all, a, b) >= EXCERPT_SHARE * EXCERPT_EVIDENCE ||
    longestCopy({ fromA: 0, toA: a.termIds.length, fromB: 0, toB: b.termIds.length, score: 0 }, a, b) >= EXCERPT_WORDING
  );
}

/** Whether a passage is more than the facts and quotations that two reports of one event share. */
function isExcerpt({ block, matches }: BlockPassage, a: AnalysedText, b: AnalysedText): boolean {
  if (isCopy(block, a, b)) return true;
  if (matches.length === 0) return false;
  const passage = joinPassages(matches).reduce((x, y) => (evidence(x, a, b) >= evidence(y, a, b) ? x : y));
  const proved = evidence(passage, a, b);
  const terms = Math.min(block.toA - block.fromA, block.toB - block.fromB);
  return (
    proved >= EXCERPT_EVIDENCE ||
    (terms >= EXCERPT_EVIDENCE && density(block) >= EXCERPT_DENSITY && proved >= EXCERPT_SHARE * terms)
  );
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

/** Jaccard similarity of two sets of shingles by their 32-bit hashes, ascending; 0 where either is empty. */
export function exactResemblance(a: Uint32Array, b: Uint32Array): number {
  let both = 0;
  for (let x = 0, y = 0; x < a.length && y < b.length; ) {
    const u = a[x] as number;
    const v = b[y] as number;
    if (u === v) both++;
    if (u <= v) x++;
    if (v <= u) y++;
  }
  const either = a.length + b.length - both;
  return either > 0 ? both / either : 0;
}

/** Whether two texts have the same words in the same order, and a sentence left to show for it. */
function sameWords(a: ComparableDocument, b: ComparableDocument): boolean {
  if (a.content.sentences.length === 0 || b.content.sentences.length === 0) return false;
  return a.shingles.length === b.shingles.length && a.shingles.every((x, i) => x === b.shingles[i]);
}

/** The share of a document's words in sentences that retell the other, each counted by its score beyond even chance. */
export function retoldShare(doc: AnalysedText, matches: readonly SentenceMatch[], side: 'i' | 'j'): number {
  const best = new Float64Array(doc.sentences.length / 2);
  for (const match of matches) best[match[side]] = Math.max(best[match[side]] as number, 2 * match.score - 1);
  let retold = 0;
  for (let s = 0; s < best.length; s++) retold += (best[s] as number) * sentenceLength(doc, s);
  return doc.termIds.length > 0 ? retold / doc.termIds.length : 0;
}

/** The share of a document's words in sentences that have a counterpart. */
function matchedShare(doc: AnalysedText, matches: readonly SentenceMatch[], side: 'i' | 'j'): number {
  return coveredShare(
    doc,
    matches.map((match) => termsOf(doc, match[side], match[side])),
  );
}

/** A run of terms, `[from, to)`. */
type Run = readonly [from: number, to: number];

/** The terms of sentences `first` to `last`. */
function termsOf(doc: AnalysedText, first: number, last: number): Run {
  return [doc.firstTerm[first] as number, doc.firstTerm[last + 1] as number];
}

/** The share of a document's words in the given runs. */
function coveredShare(doc: AnalysedText, runs: readonly Run[]): number {
  const inside = new Uint8Array(doc.termIds.length);
  for (const [from, to] of runs) inside.fill(1, from, to);
  let covered = 0;
  for (let t = 0; t < inside.length; t++) covered += inside[t] as number;
  return inside.length > 0 ? covered / inside.length : 0;
}

import type { Alignment } from '../align/align.js';
import { assignMatches, type BlockPassage, describeBlock, longestCopy } from '../align/blockpassages.js';
import { density } from '../align/blocks.js';
import type { Block } from '../align/borders.js';
import { describePassage, evidence, expectedWords, joinPassages, type Passage } from '../align/passages.js';
import type { SentenceMatch } from '../align/select.js';
import type { AnalysedText } from '../text/analyse.js';
import type { PassagePair, Relation } from '../types.js';
import { coveredShare, matchedShare, type Run, termsOf } from './shares.js';

/**
 * What a passage must prove, in words (see `evidence`), to count where the documents as wholes do not retell each other:
 * more than the two or three sentences on one fact that every report of an event carries.
 */
const EXCERPT_EVIDENCE = 65;
/** Or how many words it must have in the same order: more than a quotation. */
const EXCERPT_WORDING = 40;
/**
 * What pairs of sentences outside all blocks must prove, in words, to be a passage of a retelling: little where most
 * pairs are outside, since then it is by sentences that the one text retells the other; more where blocks tell the tale.
 */
const LEFT_OVER_EVIDENCE = 8;
const BESIDE_EVIDENCE = 25;
/** Words in true pairs that a passage must hold, as far as scores tell, where all is in other words: no pair is certain then. */
const LEFT_OVER_WORDS = 3;
/**
 * Share of both texts in sentences that tell the same from which such pairs are sought: what is in a much longer text, which says much
 * else, is there as the passages of like words show (PAN's pages: 0.1 to 0.2).
 */
const BOTH_TOLD = 0.3;
/** Nats a term from which a passage is one however large a part of its documents it is (see align/blocks.ts). */
const DENSE = 0.7;
/** Share of both of two unrelated texts that a passage of theirs may be. */
const LARGEST_PART = 0.3;
/** How dense a passage must else be (see align/blocks.ts), with this share of its words proved. */
const EXCERPT_DENSITY = 0.75;
const EXCERPT_SHARE = 0.5;

/** What shows that two texts are related, and how much of each it is. */
export interface Shown {
  readonly relation: Relation;
  readonly passages: PassagePair[];
  readonly containment: { readonly a: number; readonly b: number };
}

/**
 * The passages of two texts that both tell. Where the texts are not related as wholes, a passage that proves enough by itself makes them so.
 *
 * @param matches the sentences that tell the same, where they are not those of the alignment
 * @param retells whether the one as a whole is likelier to retell the other than its words by themselves make certain: then what stands in
 *   no passage of like words is told as well
 * @param isForm whether a passage is a form filled twice, which shows nothing
 */
export function showPassages(
  a: AnalysedText,
  b: AnalysedText,
  alignment: Alignment,
  matches: readonly SentenceMatch[],
  wholes: Relation,
  retells: boolean,
  isForm: (block: Block) => boolean,
): Shown {
  const shown = alignment.blocks.filter((block) => density(block) >= DENSE || isPart(block, a, b));
  const byWords = assignMatches(shown, alignment.matches, a, b);
  const found = matches === alignment.matches ? byWords : assignMatches(shown, matches, a, b);
  const isPartTold = wholes === 'unrelated' && found.passages.some((passage) => isExcerpt(passage, a, b, isForm));
  const relation = isPartTold ? 'excerpt' : wholes;
  // Only in a retelling do pairs of sentences make passages where their words by themselves do not.
  const joined =
    relation === 'unrelated' || relation === 'excerpt'
      ? []
      : retells && Math.min(matchedShare(a, matches, 'i'), matchedShare(b, matches, 'j')) >= BOTH_TOLD
        ? joinPassages(inOrder(found)).filter((passage) => expectedWords(passage, a, b) >= LEFT_OVER_WORDS)
        : besideBlocks(alignment.matches, byWords.left, found.left, a, b);
  const told = relation === 'unrelated' ? found.passages.filter(({ block }) => isPart(block, a, b)) : found.passages;
  return {
    relation,
    passages: [
      ...joined.map((passage) => describePassage(passage, a, b)),
      ...told.map((passage) => describeBlock(passage, a, b)),
    ].sort((x, y) => x.a.start - y.a.start || x.b.start - y.b.start),
    containment: {
      a: coveredShare(a, [
        ...joined.map(({ firstA, lastA }) => termsOf(a, firstA, lastA)),
        ...told.map(({ block }): Run => [block.fromA, block.toA]),
      ]),
      b: coveredShare(b, [
        ...joined.map(({ firstB, lastB }) => termsOf(b, firstB, lastB)),
        ...told.map(({ block }): Run => [block.fromB, block.toB]),
      ]),
    },
  };
}

/**
 * The passages of pairs of sentences outside all blocks, where words make the two texts a retelling: where blocks tell the tale, what is beside
 * them need not be told twice too.
 */
function besideBlocks(
  all: readonly SentenceMatch[],
  byWords: readonly SentenceMatch[],
  found: readonly SentenceMatch[],
  a: AnalysedText,
  b: AnalysedText,
): Passage[] {
  const bySentences = 2 * byWords.length > all.length;
  const least = bySentences ? LEFT_OVER_EVIDENCE : BESIDE_EVIDENCE;
  return joinPassages(bySentences ? found : byWords).filter((passage) => evidence(passage, a, b) >= least);
}

/** The matches that lie in no block on both sides, in the order of `a`. */
function inOrder({
  left,
  across,
}: {
  left: readonly SentenceMatch[];
  across: readonly SentenceMatch[];
}): SentenceMatch[] {
  return [...left, ...across].sort((x, y) => x.i - y.i || x.j - y.j);
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
 * Whether two texts may have a passage that is one by itself, by what passages are cut from: their sentences that tell the same
 * prove enough all together, or enough of their words stand in runs that both have.
 */
export function mayHoldExcerpt(matches: readonly SentenceMatch[], a: AnalysedText, b: AnalysedText): boolean {
  const all = { matches, firstA: 0, lastA: 0, firstB: 0, lastB: 0 };
  return (
    evidence(all, a, b) >= EXCERPT_SHARE * EXCERPT_EVIDENCE ||
    longestCopy({ fromA: 0, toA: a.termIds.length, fromB: 0, toB: b.termIds.length, score: 0 }, a, b) >= EXCERPT_WORDING
  );
}

/** Whether a passage is more than the facts and quotations that two reports of one event share, and no form. */
function isExcerpt(
  { block, matches }: BlockPassage,
  a: AnalysedText,
  b: AnalysedText,
  isForm: (block: Block) => boolean,
): boolean {
  if (isCopy(block, a, b)) return true;
  if (matches.length === 0 || isForm(block)) return false;
  const passage = joinPassages(matches).reduce((x, y) => (evidence(x, a, b) >= evidence(y, a, b) ? x : y));
  const proved = evidence(passage, a, b);
  const terms = Math.min(block.toA - block.fromA, block.toB - block.fromB);
  return (
    proved >= EXCERPT_EVIDENCE ||
    (terms >= EXCERPT_EVIDENCE && density(block) >= EXCERPT_DENSITY && proved >= EXCERPT_SHARE * terms)
  );
}

import type { AnalysedText } from '../text/analyse.js';
import type { PassagePair, Span } from '../types.js';
import type { Block } from './borders.js';
import { describeMatches, round, sentenceAt, sentenceSpan } from './passages.js';
import { inRuns } from './runs.js';
import type { SentenceMatch } from './select.js';
import { StretchIndex } from './stretchindex.js';
import { type Agreement, passageKind, VERBATIM } from './wording.js';

/** Terms that a passage's end may lie from the end of a sentence and still be taken to it. */
const NEARLY = 2;
/** Nats at which a passage without a pair of sentences in it is as likely as not. */
const EVEN = 28;

/** A block with the matched sentences in it. */
export interface BlockPassage {
  readonly block: Block;
  readonly matches: readonly SentenceMatch[];
}

/**
 * Gives each block the matches that lie in it. Left over is what lies in none on either side; what lies in one on one side alone is
 * `across`: a passage has one counterpart, but a sentence that merges others may have one that stands elsewhere.
 */
export function assignMatches(
  blocks: readonly Block[],
  matches: readonly SentenceMatch[],
  a: AnalysedText,
  b: AnalysedText,
): { passages: BlockPassage[]; left: SentenceMatch[]; across: SentenceMatch[] } {
  const inside: SentenceMatch[][] = blocks.map(() => []);
  const left: SentenceMatch[] = [];
  const across: SentenceMatch[] = [];
  const [atA, atB] = [new StretchIndex(), new StretchIndex()];
  blocks.forEach(({ fromA, toA, fromB, toB }, k) => {
    atA.add(k, fromA, toA);
    atB.add(k, fromB, toB);
  });
  const holdsA = ({ i }: SentenceMatch, { fromA, toA }: Block) => liesIn(a, i, fromA, toA);
  const holdsB = ({ j }: SentenceMatch, { fromB, toB }: Block) => liesIn(b, j, fromB, toB);
  for (const match of matches) {
    const onA = nearSentence(atA, a, match.i).filter((k) => holdsA(match, blocks[k] as Block));
    const home = onA.find((k) => holdsB(match, blocks[k] as Block));
    if (home !== undefined) inside[home]?.push(match);
    else if (onA.length > 0 || nearSentence(atB, b, match.j).some((k) => holdsB(match, blocks[k] as Block)))
      across.push(match);
    else left.push(match);
  }
  return { passages: blocks.map((block, k) => ({ block, matches: inside[k] as SentenceMatch[] })), left, across };
}

/** A block as users see it: its ends are those of sentences where they nearly are. */
export function describeBlock({ block, matches }: BlockPassage, a: AnalysedText, b: AnalysedText): PassagePair {
  // A copy is one whatever part of a sentence it begins and ends with.
  const { same, words } = blockAgreement(block, a, b);
  const copied = 2 * same >= VERBATIM * words;
  const slack = copied ? 0 : NEARLY;
  const spans = { a: blockSpan(a, block.fromA, block.toA, slack), b: blockSpan(b, block.fromB, block.toB, slack) };
  if (matches.length > 0) {
    const described = describeMatches(matches, a, b);
    return { ...spans, ...described, kind: copied ? 'verbatim' : described.kind };
  }
  return {
    ...spans,
    score: round(1 - 0.5 ** (block.score / EVEN)),
    kind: passageKind([{ same, words }]),
    sentences: [],
  };
}

/** How many words of a block the best of its stretches has in runs of three on both sides, beyond those that it has in none. */
export function longestCopy(block: Block, a: AnalysedText, b: AnalysedText): number {
  let sum = 0;
  let best = 0;
  for (const mark of copiedWords(block, a, b)) {
    sum = Math.max(0, sum + (mark ? 1 : -1));
    best = Math.max(best, sum);
  }
  return best;
}

/** Words that a block has in runs of three on both sides, as far as that tells how many stand in one order. */
export function blockAgreement(block: Block, a: AnalysedText, b: AnalysedText): Agreement {
  return {
    same: copiedWords(block, a, b).reduce((sum, mark) => sum + mark, 0),
    words: block.toA - block.fromA + block.toB - block.fromB,
  };
}

/** Marks the words of `a` in a block that stand in runs of three that `b` has in it. */
function copiedWords({ fromA, toA, fromB, toB }: Block, a: AnalysedText, b: AnalysedText): Uint8Array {
  return inRuns(a.termWords, fromA, toA, b.termWords, fromB, toB);
}

function nearSentence(stretches: StretchIndex, doc: AnalysedText, s: number): number[] {
  return stretches.near(doc.firstTerm[s] as number, doc.firstTerm[s + 1] as number);
}

function liesIn(doc: AnalysedText, s: number, from: number, to: number): boolean {
  const first = doc.firstTerm[s] as number;
  const last = doc.firstTerm[s + 1] as number;
  return 2 * (Math.min(last, to) - Math.max(first, from)) >= last - first;
}

function blockSpan(doc: AnalysedText, from: number, to: number, slack: number): Span {
  const first = sentenceAt(doc, from);
  const last = sentenceAt(doc, to - 1);
  const atStart = from - (doc.firstTerm[first] as number) <= slack;
  const atEnd = (doc.firstTerm[last + 1] as number) - to <= slack;
  return {
    start: atStart ? sentenceSpan(doc, first).start : (doc.termSpans[2 * from] as number),
    end: atEnd ? sentenceSpan(doc, last).end : (doc.termSpans[2 * to - 1] as number),
  };
}

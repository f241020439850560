import { DisjointSets } from '../disjointsets.js';
import type { AnalysedText } from '../text/analyse.js';
import type { PassagePair, Span } from '../types.js';
import type { SentenceMatch } from './select.js';
import { passageKind, wordAgreement } from './wording.js';

/** Pairs whose places differ by at most this many sentences in both documents belong to one passage. */
const REACH = 2;

/** A passage while it is weighed: its matches and the sentences it spans. */
export interface Passage {
  readonly matches: readonly SentenceMatch[];
  readonly firstA: number;
  readonly lastA: number;
  readonly firstB: number;
  readonly lastB: number;
}

/** Joins matches that lie together in both documents into passages, in the order of `a`. Near-linear time. */
export function joinPassages(matches: readonly SentenceMatch[]): Passage[] {
  const sets = new DisjointSets(matches.length);
  for (let m = 0; m < matches.length; m++) {
    const { i, j } = matches[m] as SentenceMatch;
    for (let o = m - 1; o >= 0 && i - (matches[o] as SentenceMatch).i <= REACH; o--) {
      if (Math.abs((matches[o] as SentenceMatch).j - j) <= REACH) sets.unite(m, o);
    }
  }
  const groups = new Map<number, SentenceMatch[]>();
  for (let m = 0; m < matches.length; m++) {
    const root = sets.find(m);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [matches[m] as SentenceMatch]);
    else group.push(matches[m] as SentenceMatch);
  }
  return [...groups.values()].map((group) => {
    let firstA = Number.POSITIVE_INFINITY;
    let lastA = 0;
    let firstB = Number.POSITIVE_INFINITY;
    let lastB = 0;
    for (const { i, j } of group) {
      firstA = Math.min(firstA, i);
      lastA = Math.max(lastA, i);
      firstB = Math.min(firstB, j);
      lastB = Math.max(lastB, j);
    }
    return { matches: group, firstA, lastA, firstB, lastB };
  });
}

/**
 * How much a passage proves, in words: the words of its sentences on its shorter side, each counted by how far the
 * sentence's score exceeds even chance.
 */
export function evidence(passage: Passage, a: AnalysedText, b: AnalysedText): number {
  return countedWords(passage, a, b, (score) => Math.max(0, 2 * score - 1));
}

/** How many words of a passage's shorter side are in true pairs, as far as their scores tell. */
export function expectedWords(passage: Passage, a: AnalysedText, b: AnalysedText): number {
  return countedWords(passage, a, b, (score) => score);
}

function countedWords(passage: Passage, a: AnalysedText, b: AnalysedText, count: (score: number) => number): number {
  let left = 0;
  let right = 0;
  for (const { i, j, score } of passage.matches) {
    const weight = count(score);
    left += weight * sentenceLength(a, i);
    right += weight * sentenceLength(b, j);
  }
  return Math.min(left, right);
}

/** A passage of matched sentences as users see it. */
export function describePassage(passage: Passage, a: AnalysedText, b: AnalysedText): PassagePair {
  return {
    a: { start: sentenceSpan(a, passage.firstA).start, end: sentenceSpan(a, passage.lastA).end },
    b: { start: sentenceSpan(b, passage.firstB).start, end: sentenceSpan(b, passage.lastB).end },
    ...describeMatches(passage.matches, a, b),
  };
}

/** What its sentence pairs say of a passage. */
export function describeMatches(
  matches: readonly SentenceMatch[],
  a: AnalysedText,
  b: AnalysedText,
): Omit<PassagePair, 'a' | 'b'> {
  const agreements = matches.map(({ i, j }) => wordAgreement(a, i, b, j));
  let sum = 0;
  let words = 0;
  matches.forEach((match, m) => {
    const n = agreements[m]?.words ?? 0;
    sum += reported(match) * n;
    words += n;
  });
  return {
    score: round(words > 0 ? sum / words : 0),
    kind: passageKind(agreements),
    sentences: matches.map((match) => ({
      a: sentenceSpan(a, match.i),
      b: sentenceSpan(b, match.j),
      score: round(reported(match)),
      ...(match.otherwise === undefined ? {} : { contradicts: [...match.otherwise.kinds] }),
    })),
  };
}

/** The score of a match as users see it: of two sentences that say otherwise it is as likely as not that they tell the same, and no more. */
function reported({ score, otherwise }: SentenceMatch): number {
  return score * (1 - (otherwise?.degree ?? 0) / 2);
}

/** The span of sentence `s`. */
export function sentenceSpan(doc: AnalysedText, s: number): Span {
  return { start: doc.sentences[2 * s] as number, end: doc.sentences[2 * s + 1] as number };
}

/** The sentence that holds term `t`. */
export function sentenceAt({ firstTerm }: Pick<AnalysedText, 'firstTerm'>, t: number): number {
  let low = 0;
  let high = firstTerm.length - 2;
  while (low < high) {
    const mid = (low + high + 1) >>> 1;
    if ((firstTerm[mid] as number) <= t) low = mid;
    else high = mid - 1;
  }
  return low;
}

/** Terms of sentence `s`, common words included. */
export function sentenceLength(doc: AnalysedText, s: number): number {
  return (doc.firstTerm[s + 1] as number) - (doc.firstTerm[s] as number);
}

/** Four decimals: more would show differences in the last bits of a sum. */
export function round(x: number): number {
  return Math.round(x * 10_000) / 10_000;
}

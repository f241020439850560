import type { AnalysedText } from '../text/analyse.js';
import { CAPITAL, NAME, NUMBER, STOP } from '../text/terms.js';
import type { Contradiction } from '../types.js';
import { isNegated } from './negation.js';
import { figureValue, isRounded } from './rounding.js';
import { wordAgreement } from './wording.js';

/** How two sentences that tell nearly the same contradict each other. */
export interface Otherwise {
  readonly kinds: readonly Contradiction[];
  /** How far it is one, in (0, 1]: the nearer their words are to being the same, the less else a difference can be. */
  readonly degree: number;
}

/**
 * Shares of words in one order between which a difference becomes a contradiction: of true pairs of rewrites 1 in 25 has a negation more
 * below, and 1 in 80 above; in other words *not* may be in any of them.
 */
const ALIKE = 0.6;
const SAME = 0.8;
/** Words by which two sentences may differ in length where one is the other negated: more is a clause that has a negation of its own. */
const NEGATION_WORDS = 3;
/** Words of a sentence beyond which its names and figures are those of a list or a table; looking at them would take the square of them. */
const MOST_WORDS = 256;
/** Names of a sentence that are tried in each other's places. */
const MOST_NAMES = 6;
/** What marks the passive, in which doer and done-to change places and nothing else. */
const PASSIVE: Readonly<Record<string, string>> = { en: 'by' };

/**
 * Whether sentence `i` of `a` and sentence `j` of `b` have nearly the same words and say otherwise: one is negated, two names have changed
 * places, or each has a figure where the other has another. Undefined where they do not.
 */
export function contradiction(
  a: AnalysedText,
  i: number,
  b: AnalysedText,
  j: number,
  language: string | undefined,
): Otherwise | undefined {
  const [lengthA, lengthB] = [wordsOf(a, i).length, wordsOf(b, j).length];
  const isList = Math.max(lengthA, lengthB) > MOST_WORDS;
  const { same, words } = wordAgreement(a, i, b, j);
  if (words === 0 || 2 * same === words) return undefined;
  const near = nearness(same, words);
  const negated =
    Math.abs(lengthA - lengthB) > NEGATION_WORDS || isNegated(a, i, language) === isNegated(b, j, language) ? 0 : near;
  const figures = near > 0 && !isList && haveOtherFigures(a, i, b, j) ? near : 0;
  const swapped = isList ? 0 : swappedNames(a, i, b, j, same, language);
  const degree = Math.max(negated, figures, swapped);
  if (degree === 0) return undefined;
  const kinds: Contradiction[] = [];
  if (negated > 0) kinds.push('negated');
  if (swapped > 0) kinds.push('swapped');
  if (figures > 0) kinds.push('figures');
  return { kinds, degree };
}

function nearness(same: number, words: number): number {
  return Math.max(0, Math.min(1, ((2 * same) / words - ALIKE) / (SAME - ALIKE)));
}

/** Whether each sentence has a figure that the other lacks, both in digits or both spelt out, and neither is the other one rounded. */
function haveOtherFigures(a: AnalysedText, i: number, b: AnalysedText, j: number): boolean {
  const [one, other] = [figuresOf(a, i), figuresOf(b, j)];
  const own = <T>(these: readonly T[], those: readonly T[]) => these.filter((x) => !those.includes(x));
  const [u, v] = [own(one.words, other.words).join(''), own(other.words, one.words).join('')];
  const [x, y] = [own(one.digits, other.digits), own(other.digits, one.digits)];
  // Fifty-nine is fifty nine; and where the one spells out what the other has in digits, words say nothing.
  if (!u.includes(v) && !v.includes(u)) return x.length === 0 && y.length === 0;
  return y.length > 0 && x.some((value) => y.every((there) => !isRounded(value, there) && !isRounded(there, value)));
}

/** The values of a sentence's figures, and those that are spelt out. */
function figuresOf({ text, firstTerm, termFlags, termSpans }: AnalysedText, s: number) {
  const digits: number[] = [];
  const words: string[] = [];
  for (let t = firstTerm[s] as number; t < (firstTerm[s + 1] as number); t++) {
    if (!((termFlags[t] as number) & NUMBER)) continue;
    const written = text.slice(termSpans[2 * t], termSpans[2 * t + 1]);
    const value = figureValue(written);
    if (value === undefined) words.push(written.toLowerCase().replace(/\P{L}/gu, ''));
    else digits.push(value);
  }
  return { digits, words };
}

/** A run of words of a sentence, `[from, to)`. */
type Run = readonly [from: number, to: number];

/**
 * How near the words are to being the same once two names of the first sentence have changed places, where that brings them nearer by a name
 * and the same words stand between the two: else it is their clauses that did.
 */
function swappedNames(
  a: AnalysedText,
  i: number,
  b: AnalysedText,
  j: number,
  same: number,
  language: string | undefined,
): number {
  const x = wordsOf(a, i);
  const y = wordsOf(b, j);
  const passive = language === undefined ? undefined : PASSIVE[language];
  if (passive !== undefined && countOf(a, i, passive) !== countOf(b, j, passive)) return 0;
  const names = namesOf(a, i)
    .map((run) => ({ run, there: placeOf(x.subarray(...run), y) }))
    .filter(({ run, there }) => there >= 0 && placeOf(x.subarray(...run), x) === run[0])
    .slice(0, MOST_NAMES);
  let best = 0;
  for (const [n, first] of names.entries()) {
    for (const second of names.slice(n + 1)) {
      if (first.there < second.there || isListed(a, i, first.run[1], second.run[0])) continue;
      const between = x.subarray(first.run[1], second.run[0]);
      const there = y.subarray(second.there + second.run[1] - second.run[0], first.there);
      const kept = wordAgreement(alone(between), 0, alone(there), 0);
      if (2 * kept.same < SAME * kept.words) continue;
      const turned = Uint32Array.from([
        ...x.subarray(0, first.run[0]),
        ...x.subarray(...second.run),
        ...x.subarray(first.run[1], second.run[0]),
        ...x.subarray(...first.run),
        ...x.subarray(second.run[1]),
      ]);
      const { same: now, words } = wordAgreement(alone(turned), 0, alone(y), 0);
      const shorter = Math.min(first.run[1] - first.run[0], second.run[1] - second.run[0]);
      if (now >= same + shorter) best = Math.max(best, nearness(now, words));
    }
  }
  return best;
}

function wordsOf({ termWords, firstTerm }: AnalysedText, s: number): Uint32Array {
  return termWords.subarray(firstTerm[s], firstTerm[s + 1]);
}

function alone(words: Uint32Array): Pick<AnalysedText, 'termWords' | 'firstTerm'> {
  return { termWords: words, firstTerm: Uint32Array.of(0, words.length) };
}

/** The names of a sentence, as runs of its words; the first word may be one too. */
function namesOf({ firstTerm, termFlags }: AnalysedText, s: number): Run[] {
  const from = firstTerm[s] as number;
  const end = firstTerm[s + 1] as number;
  const runs: Run[] = [];
  for (let t = from; t < end; t++) {
    const begun = t;
    while (t < end && isNamed(termFlags[t] as number)) t++;
    if (t > begun) runs.push([begun - from, t - from]);
  }
  return runs;
}

function isNamed(flags: number): boolean {
  return (flags & (NAME | CAPITAL)) !== 0 && (flags & (NUMBER | STOP)) === 0;
}

/** Whether only common words stand between two places of a sentence: names in a list have no roles. */
function isListed({ firstTerm, termFlags }: AnalysedText, s: number, from: number, to: number): boolean {
  const begin = firstTerm[s] as number;
  for (let t = begin + from; t < begin + to; t++) if (!((termFlags[t] as number) & STOP)) return false;
  return true;
}

/** Where a run of words stands in others, if it does so once; else -1. */
function placeOf(run: Uint32Array, words: Uint32Array): number {
  let place = -1;
  for (let at = 0; at + run.length <= words.length; at++) {
    if (!run.every((word, k) => words[at + k] === word)) continue;
    if (place >= 0) return -1;
    place = at;
  }
  return place;
}

/** How often a word stands in a sentence. */
function countOf({ text, firstTerm, termSpans }: AnalysedText, s: number, word: string): number {
  let count = 0;
  for (let t = firstTerm[s] as number; t < (firstTerm[s + 1] as number); t++)
    if (text.slice(termSpans[2 * t], termSpans[2 * t + 1]).toLowerCase() === word) count++;
  return count;
}

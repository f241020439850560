import type { Block } from '../align/borders.js';
import type { SentenceMatch } from '../align/select.js';
import { wordAgreement } from '../align/wording.js';
import type { AnalysedText } from '../text/analyse.js';
import { facts, roundedFacts, sharedFacts, sharedWords, tellsBetween, tellsOf } from './tells.js';
import type { KnownText } from './voices.js';

/** Names and figures that a text needs before they say anything of it. */
const LEAST_FACTS = 4;
/**
 * Share of its names and figures that the text with fewer has in common with the other: in 99 of 100 rewrites 0.6 and more, in
 * 99 of 100 fillings of one form 0.3 and less (benchmarks/corpora).
 */
const SAME_FACTS = 0.5;
/**
 * Log-odds that two texts tell of one matter: by the share of the facts of the text with fewer that the other has, by what they tell; by
 * the same in sentences that are alike; by the logarithm of what both tell; and an intercept. A share of few says little, much in
 * common is more than chance, and one form filled twice differs in the facts of sentences that are alike.
 * By `npx tsx benchmarks/fit/matter.ts <data folder>`, on rewrites and updates of news against notices of one form, later developments and
 * other pairs that were looked at, before rounded figures counted as shared; with them it prints 10.0, 4.5, 2.4 and -23.6.
 */
export const MATTER = { share: 9.8, shareAlike: 4.1, bits: 2.4, intercept: -22.8 } as const;
/** What a shared word that is no fact counts beside one: words come with the subject. */
const WORD_BESIDE_FACT = 0.5;
/** Bits in common beyond which more say nothing: long texts have much in common for their length alone. */
const MOST_BITS = 150;
/**
 * Whether two texts are compared by themselves, as two of some, or among others that are like them and of other matters
 * (`amongOthers` of candidates/candidates.ts): of those most are fillings of one form, or reports of one running story.
 */
export type Company = 'alone' | 'some' | 'others';
/** Log-odds at which nothing and all is left of a likeness; chosen on the same pairs, by what all of the news reports and what is lost. */
const OTHER_MATTER = -3.2;
const ONE_MATTER = -1.2;
/** The same among others. */
const OTHER_AMONG_OTHERS = -0.7;
const ONE_AMONG_OTHERS = 1.3;
/** Bits that a share is reckoned with as if both texts had them: of facts that tell less, such as a day and a season, a share says little. */
const IN_ANY_CASE = 20;
/** Bits in common that are no chance: two of an archive of a million texts share 40. Of 1,050 rewrites 1 in 100 shares fewer than 50. */
const BEYOND_CHANCE = 50;
/**
 * Share of what two texts tell that their names and figures are, at which one more or less is no other matter, and from which it may be:
 * stories of a town and a day hang on neither. Of 283 rewrites of news none has less than 0.14; of notices that are filled again 1 in 20.
 */
const FEW_FACTS = 0.1;
const ENOUGH_FACTS = 0.15;
/**
 * Bits that such texts share in other words, from which it is by these that they are one story: fillings of such a form share fewer; and
 * share of what the text that tells less tells, since long texts have many words in common.
 */
const BY_WORDS = 75;
const PART = 0.4;

/**
 * Whether two texts that are mostly of the same words are one form filled with different facts: weather, results, notices.
 * Each has names and figures that the other lacks, and many of them; a copy, however edited, keeps those of its original.
 */
export function fillOneForm(a: AnalysedText, b: AnalysedText): boolean {
  const factsA = facts(a);
  const factsB = facts(b);
  let both = 0;
  for (const fact of factsA.keys()) if (factsB.has(fact)) both++;
  const fewer = Math.min(factsA.size, factsB.size);
  return fewer >= LEAST_FACTS && both <= SAME_FACTS * fewer;
}

/**
 * What is left of the likeness of two texts once it is asked whether they tell of the same: all, unless the facts of the one that has fewer
 * are others, or what they share could be so by chance. Facts count by how rare they are: a month is in many texts. Where both have next
 * to none beside much that they tell in the same words, these are not asked. A text without facts of its own is in no doubt, but among
 * others: of some forms a dividend and a day are all (three in ten of what was wrong among the news).
 *
 * @param matches the sentences that are alike by their words
 */
export function ofOneMatter(a: KnownText, b: KnownText, matches: readonly SentenceMatch[], company: Company): number {
  const tellsA = tellsOf(a);
  const tellsB = tellsOf(b);
  const both = sharedFacts(tellsA, tellsB);
  if (company !== 'others' && both >= Math.min(tellsA.byFacts, tellsB.byFacts)) return 1;
  const words = sharedWords(tellsA, tellsB);
  const [share, shareAlike, bits] = features(a, b, matches, both, words);
  const odds = matterOdds(share, shareAlike, bits);
  const byFacts =
    company === 'others'
      ? between(odds, OTHER_AMONG_OTHERS, ONE_AMONG_OTHERS)
      : between(odds, OTHER_MATTER, ONE_MATTER);
  if (words <= BEYOND_CHANCE) return byFacts;
  const named = between(
    Math.max(tellsA.byFacts / tellsA.byAll, tellsB.byFacts / tellsB.byAll),
    FEW_FACTS,
    ENOUGH_FACTS,
  );
  const enough = Math.max(BY_WORDS, PART * Math.min(tellsA.byAll, tellsB.byAll));
  return Math.max(byFacts, (1 - named) * between(words, (enough * BEYOND_CHANCE) / BY_WORDS, enough));
}

/** Whether a passage of two texts among others is likelier a form filled twice than of one matter, by its facts and words alone. */
export function passageFillsForm(a: KnownText, b: KnownText, { fromA, toA, fromB, toB }: Block): boolean {
  const [partA, partB] = [tellsBetween(a, fromA, toA), tellsBetween(b, fromB, toB)];
  const both = sharedFacts(partA, partB);
  const share = shareOf(both, Math.min(partA.byFacts, partB.byFacts));
  const odds = matterOdds(share, share, commonBits(both, sharedWords(partA, partB)));
  return between(odds, OTHER_AMONG_OTHERS, ONE_AMONG_OTHERS) < 0.5;
}

function matterOdds(share: number, shareAlike: number, bits: number): number {
  return MATTER.share * share + MATTER.shareAlike * shareAlike + MATTER.bits * bits + MATTER.intercept;
}

function commonBits(facts: number, words: number): number {
  return Math.log1p(Math.min(MOST_BITS, facts + WORD_BESIDE_FACT * words));
}

/** What {@link MATTER} weighs, of two texts and their sentences that are alike. */
export function matterFeatures(a: KnownText, b: KnownText, matches: readonly SentenceMatch[]): MatterFeatures {
  const [tellsA, tellsB] = [tellsOf(a), tellsOf(b)];
  return features(a, b, matches, sharedFacts(tellsA, tellsB), sharedWords(tellsA, tellsB));
}

export type MatterFeatures = readonly [share: number, shareAlike: number, bits: number];

function features(
  a: KnownText,
  b: KnownText,
  matches: readonly SentenceMatch[],
  both: number,
  words: number,
): MatterFeatures {
  const alikeA = factsOfSentences(a, new Set(matches.map(({ i }) => i)), b);
  const alikeB = factsOfSentences(b, new Set(matches.map(({ j }) => j)), a);
  const isA = alikeA.all < alikeB.all || (alikeA.all === alikeB.all && alikeA.both >= alikeB.both);
  const alike = isA ? alikeA : alikeB;
  return [
    shareOf(both, Math.min(tellsOf(a).byFacts, tellsOf(b).byFacts)),
    shareOf(alike.both, alike.all),
    commonBits(both, words),
  ];
}

function shareOf(part: number, all: number): number {
  return (part + IN_ANY_CASE) / (all + IN_ANY_CASE);
}

/** What the facts in some sentences of a text tell, and those of them that the other text has. */
function factsOfSentences(
  text: KnownText,
  sentences: ReadonlySet<number>,
  other: KnownText,
): { all: number; both: number } {
  const { facts } = tellsOf(text);
  const { facts: there } = tellsOf(other);
  const rounded = roundedFacts(tellsOf(text), tellsOf(other));
  const { firstTerm, termIds } = text.content;
  const counted = new Set<number>();
  let [all, both] = [0, 0];
  for (const s of sentences) {
    for (let t = firstTerm[s] as number; t < (firstTerm[s + 1] as number); t++) {
      const id = termIds[t] as number;
      const bits = facts.get(id);
      if (bits === undefined || counted.has(id)) continue;
      counted.add(id);
      all += bits;
      both += there.has(id) ? bits : (rounded.get(id) ?? 0);
    }
  }
  return { all, both };
}

/**
 * Resemblances between which a text with other facts becomes a copy with some of them changed, whatever else is like it: from the upper one on
 * it is a near-duplicate (relation.ts).
 */
const FORM_RESEMBLANCE = 0.6;
const COPY_RESEMBLANCE = 0.8;
/** The same of the share of words in one order, of two texts beside which there are no others that would tell a form. */
const FORM_ORDER = 0.78;
const EDIT_ORDER = 0.82;

/**
 * How far two texts are the same but for what was changed in the one, other facts or not: what `ofOneMatter` leaves is no less. In a corpus
 * most texts that are so alike are fillings of one form; two that somebody compares by themselves were hardly chosen for that.
 */
export function edited(a: AnalysedText, b: AnalysedText, resemblance: number, company: Company): number {
  const copied = between(resemblance, FORM_RESEMBLANCE, COPY_RESEMBLANCE);
  if (company !== 'alone' || copied === 1) return copied;
  const { same, words } = wordAgreement(asOneSentence(a), 0, asOneSentence(b), 0);
  return words > 0 ? Math.max(copied, between((2 * same) / words, FORM_ORDER, EDIT_ORDER)) : copied;
}

function asOneSentence({ termWords }: AnalysedText): Pick<AnalysedText, 'termWords' | 'firstTerm'> {
  return { termWords, firstTerm: Uint32Array.of(0, termWords.length) };
}

function between(x: number, low: number, high: number): number {
  return Math.max(0, Math.min(1, (x - low) / (high - low)));
}

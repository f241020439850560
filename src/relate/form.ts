import type { AnalysedText } from '../text/analyse.js';
import { CAPITAL, NAME, NUMBER, STOP } from '../text/terms.js';
import { type KnownText, termSet } from './voices.js';

/** Names and figures that a text needs before they say anything of it. */
const LEAST_FACTS = 4;
/**
 * Share of its names and figures that the text with fewer has in common with the other: in 99 of 100 rewrites 0.6 and more, in
 * 99 of 100 fillings of one form 0.3 and less (benchmarks/corpora).
 */
const SAME_FACTS = 0.5;
/** Share of a sentence's words in capitals from which they say nothing. */
const MOSTLY = 0.9;
/** Shares of what its names and figures tell, at which nothing and all is left of a likeness. */
const FORM = 0.35;
const REWRITE = 0.65;
/** What one fact more that both have tells, in bits, since a share of few says little. */
const ONE_MORE = 2;
/** What a digit of a figure tells; and a word that is in no name, at most: on one subject, or in one form, words come together. */
const DIGIT = 1.5;
const WORD = 4;
/**
 * Bits that two texts share at which nothing and all is left of their likeness, where either has facts of its own: two of an archive of a
 * million share 40 by chance. Of 1,050 rewrites 1 in 100 shares fewer than 50, of notices of dividends that name no company all.
 */
const CHANCE = 25;
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
  const { both, fewer } = sharedFacts(a, b);
  return fewer >= LEAST_FACTS && both <= SAME_FACTS * fewer;
}

/**
 * What is left of the likeness of two texts once it is asked whether they tell of the same: all, unless the facts of the one that has fewer
 * are others, or what they share could be so by chance. Facts count by how rare they are: a month is in many texts. Where both have next
 * to none beside much that they tell in the same words, these are not asked.
 */
export function ofOneMatter(a: KnownText, b: KnownText): number {
  const tellsA = tellsOf(a);
  const tellsB = tellsOf(b);
  const { facts: factsA } = tellsA;
  const { facts: factsB } = tellsB;
  let both = 0;
  for (const [id, bits] of factsA) if (factsB.has(id)) both += bits;
  const fewer = Math.min(tellsA.byFacts, tellsB.byFacts);
  if (both >= fewer) return 1;
  const words = sharedWords(tellsA, tellsB);
  const byFacts =
    between((both + ONE_MORE) / (fewer + ONE_MORE), FORM, REWRITE) * between(both + words, CHANCE, BEYOND_CHANCE);
  if (words <= BEYOND_CHANCE) return byFacts;
  const named = between(
    Math.max(tellsA.byFacts / tellsA.byAll, tellsB.byFacts / tellsB.byAll),
    FEW_FACTS,
    ENOUGH_FACTS,
  );
  const enough = Math.max(BY_WORDS, PART * Math.min(tellsA.byAll, tellsB.byAll));
  return Math.max(byFacts, (1 - named) * between(words, (enough * BEYOND_CHANCE) / BY_WORDS, enough));
}

/** What the words that both texts have tell, facts that both have aside: these are counted by themselves. */
function sharedWords(a: Tells, b: Tells): number {
  let bits = 0;
  for (let n = 0; n < a.terms.length; n++) {
    const id = a.terms[n] as number;
    if (!b.all.has(id) || (a.facts.has(id) && b.facts.has(id))) continue;
    bits += Math.min(WORD, a.bits[n] as number);
  }
  return bits;
}

/** What a text tells, each of its content terms once, in bits: a text of a corpus is asked for with every text that may be related to it. */
interface Tells {
  /** By fact. */
  readonly facts: ReadonlyMap<number, number>;
  readonly byFacts: number;
  /** The content terms in the order of their first places, and beside them what each tells. */
  readonly terms: readonly number[];
  readonly bits: readonly number[];
  readonly byAll: number;
  /** All its terms. */
  readonly all: ReadonlySet<number>;
}

const told = new WeakMap<KnownText, Tells>();

function tellsOf(text: KnownText): Tells {
  const before = told.get(text);
  if (before !== undefined) return before;
  const { termIds, termFlags } = text.content;
  const byFact = new Map<number, number>();
  let byFacts = 0;
  for (const [id, t] of facts(text.content)) {
    const bits = bitsOf(text, t);
    byFact.set(id, bits);
    byFacts += bits;
  }
  const content = new Map<number, number>();
  let byAll = 0;
  for (let t = 0; t < termIds.length; t++) {
    const id = termIds[t] as number;
    if ((termFlags[t] as number) & STOP || content.has(id)) continue;
    const bits = bitsOf(text, t);
    content.set(id, bits);
    byAll += bits;
  }
  const tells = {
    facts: byFact,
    byFacts,
    terms: [...content.keys()],
    bits: [...content.values()],
    byAll,
    all: termSet(text.content),
  };
  told.set(text, tells);
  return tells;
}

/** What a content term tells, in bits. */
function bitsOf({ content, known }: KnownText, t: number): number {
  if ((content.termFlags[t] as number) & NUMBER) return Math.max(1, DIGIT * significantDigits(content, t));
  return known === undefined ? WORD : known.lexicon.rarity(known.rows[t] as number);
}

/** Digits of a figure without the zeros at its ends; none where it is spelt out. */
function significantDigits({ text, termSpans }: AnalysedText, t: number): number {
  return text
    .slice(termSpans[2 * t], termSpans[2 * t + 1])
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '').length;
}

function between(x: number, low: number, high: number): number {
  return Math.max(0, Math.min(1, (x - low) / (high - low)));
}

/** Names and figures of the text that has fewer, and how many of them the other has. */
function sharedFacts(a: AnalysedText, b: AnalysedText): { both: number; fewer: number } {
  const factsA = facts(a);
  const factsB = facts(b);
  let both = 0;
  for (const fact of factsA.keys()) if (factsB.has(fact)) both++;
  return { both, fewer: Math.min(factsA.size, factsB.size) };
}

/** The names and figures of a text, each with its first place. */
function facts(text: AnalysedText): ReadonlyMap<number, number> {
  const before = found.get(text);
  if (before !== undefined) return before;
  const { firstTerm, termIds, termFlags } = text;
  const out = new Map<number, number>();
  for (let s = 0; s + 1 < firstTerm.length; s++) {
    const from = firstTerm[s] as number;
    const to = firstTerm[s + 1] as number;
    let capitals = 0;
    let words = 0;
    for (let t = from; t < to; t++) {
      if ((termFlags[t] as number) & NUMBER) continue;
      words++;
      if ((termFlags[t] as number) & CAPITAL) capitals++;
    }
    // Where all is in capitals, they tell of no names.
    const kinds = capitals > MOSTLY * words ? NUMBER : NAME | NUMBER;
    for (let t = from; t < to; t++)
      if ((termFlags[t] as number) & kinds && !out.has(termIds[t] as number)) out.set(termIds[t] as number, t);
  }
  found.set(text, out);
  return out;
}

const found = new WeakMap<AnalysedText, ReadonlyMap<number, number>>();

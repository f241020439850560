import type { KnownWords } from '../lexicon/known.js';
import { LIKENESS_STEPS, RAREST } from '../lexicon/lexicon.js';
import type { AnalysedText } from '../text/analyse.js';
import { NAME, NUMBER, STOP } from '../text/terms.js';

/**
 * Who and what a text brings in by itself: what it says that another does not. An independent report has its own witnesses, places and
 * numbers; a retelling, however other its words, has few. Each is a sum over the text. What stands in a sentence that may answer to the
 * other text counts by how likely it does not: a quotation may have become reported speech, a figure a round one.
 */
export interface OwnVoices {
  /** Quotations of four words and more most of whose content words the other text lacks. */
  readonly quotations: number;
  /** Quotations that both have: every report of an event carries these, and who disguises a retelling leaves none. */
  readonly sharedQuotations: number;
  /** Names that the other lacks, each once, by how rare they are. */
  readonly names: number;
  /** Figures in digits above twelve that the other lacks. */
  readonly figures: number;
}

/** Characters and words that a quotation has at least. */
const QUOTATION = /["“„«]([^"“”„«»]{8,400})["”“»]/g;
const QUOTED_WORDS = 4;
/** A quotation is in the other text when so much of its content words is. */
const QUOTED_THERE = 0.4;
/** Rarity of a name, its words added up, below which it stands for no one in particular (countries, months, great cities), and from which for one. */
const ANYONE = 9;
const SOMEONE = 18;
/** Rarity of initials that the lexicon does not know (MPs, IAAF): bodies that many texts name so or otherwise. */
const INITIALS = 5;
const IN_CAPITALS = /^[\p{Lu}.]{2,6}s?$/u;
/** Figures up to this are counts that a writer makes by the way. */
const SMALL_FIGURE = 12;
const IN_DIGITS = /^\d[\d.,]*$/;
/** Likeness from which a name is another form of one that the other text has (Britain, British). */
const SAME_NAME = 0.6 * LIKENESS_STEPS;

/** A text with what its lexicon knows of it. */
export interface KnownText {
  readonly content: AnalysedText;
  readonly known?: KnownWords;
}

/**
 * How many names and figures of a text another has too, each once. A name is one however many its words, and goes by its last; it is in
 * the other text when one of its words is in a name there. A word that stands there as any other does not make it one: headings have
 * capitals.
 */
export function sharedFacts(text: AnalysedText, other: AnalysedText): number {
  const there = new Set<number>();
  for (let t = 0; t < other.termIds.length; t++)
    if ((other.termFlags[t] as number) & (NAME | NUMBER)) there.add(other.termIds[t] as number);
  const shared = new Set<number>();
  for (let s = 0; s + 1 < text.firstTerm.length; s++) {
    const end = text.firstTerm[s + 1] as number;
    for (let t = text.firstTerm[s] as number; t < end; t++) {
      const kind = kindOf(text, t);
      if (kind === 0) continue;
      let known = there.has(text.termIds[t] as number);
      for (; kind === NAME && t + 1 < end && kindOf(text, t + 1) === NAME; t++)
        known ||= there.has(text.termIds[t + 1] as number);
      if (known) shared.add(text.termIds[t] as number);
    }
  }
  return shared.size;
}

function kindOf({ termFlags }: AnalysedText, t: number): number {
  return (termFlags[t] as number) & (NAME | NUMBER);
}

/**
 * What `text` brings in that `other` has not.
 *
 * @param best for each sentence of `text` the probability that it tells what a sentence of `other` does
 */
export function ownVoices(text: KnownText, other: KnownText, best: ArrayLike<number>): OwnVoices {
  const { firstTerm, termIds, termFlags } = text.content;
  const there = new Set(other.content.termIds);
  const rowsThere = new Set(other.known?.rows);
  const names = new Map<string, number>();
  let figures = 0;
  for (let s = 0; s + 1 < firstTerm.length; s++) {
    const end = firstTerm[s + 1] as number;
    for (let t = firstTerm[s] as number; t < end; ) {
      if ((termFlags[t] as number) & NUMBER) {
        if (!there.has(termIds[t] as number) && isTelling(text.content, t)) figures += 1 - (best[s] as number);
        t++;
        continue;
      }
      const begun = t;
      let own = true;
      let rarity = 0;
      for (; t < end && ((termFlags[t] as number) & (NAME | NUMBER)) === NAME; t++) {
        if (there.has(termIds[t] as number) || hasForm(text.known, t, rowsThere)) own = false;
        if (own) rarity += rarityOf(text, t);
      }
      if (own && rarity > ANYONE)
        names.set(termIds.subarray(begun, t).join(), Math.min(1, (rarity - ANYONE) / (SOMEONE - ANYONE)));
      if (t === begun) t++;
    }
  }
  let rare = 0;
  for (const rarity of names.values()) rare += rarity;
  return { ...quotationsOf(text.content, there, best), names: rare, figures };
}

function isTelling({ text, termSpans }: AnalysedText, t: number): boolean {
  const figure = text.slice(termSpans[2 * t], termSpans[2 * t + 1]);
  return IN_DIGITS.test(figure) && Number(figure.replace(/[.,]/g, '')) > SMALL_FIGURE;
}

function rarityOf({ content, known }: KnownText, t: number): number {
  const row = known?.rows[t] ?? -1;
  if (known !== undefined && row >= 0) return known.lexicon.rarity(row);
  return IN_CAPITALS.test(content.text.slice(content.termSpans[2 * t], content.termSpans[2 * t + 1]))
    ? INITIALS
    : RAREST;
}

function hasForm(known: KnownWords | undefined, t: number, rowsThere: Set<number>): boolean {
  const row = known?.rows[t] ?? -1;
  if (known === undefined || row < 0) return false;
  const { first, neighbours, likeness } = known.lexicon;
  for (let e = first[row] as number; e < (first[row + 1] as number) && (likeness[e] as number) >= SAME_NAME; e++)
    if (rowsThere.has(neighbours[e] as number)) return true;
  return false;
}

function quotationsOf(
  { text, firstTerm, termIds, termFlags, termSpans }: AnalysedText,
  there: Set<number>,
  best: ArrayLike<number>,
): { quotations: number; sharedQuotations: number } {
  let quotations = 0;
  let sharedQuotations = 0;
  let t = 0;
  let sentence = 0;
  for (const { index, 0: quotation } of text.matchAll(QUOTATION)) {
    let [words, content, shared] = [0, 0, 0];
    while (t < termIds.length && (termSpans[2 * t] as number) < index) t++;
    const begun = t;
    for (; t < termIds.length && (termSpans[2 * t] as number) < index + quotation.length; t++) {
      words++;
      if ((termFlags[t] as number) & STOP) continue;
      content++;
      if (there.has(termIds[t] as number)) shared++;
    }
    if (words < QUOTED_WORDS || content === 0) continue;
    while (sentence + 2 < firstTerm.length && (firstTerm[sentence + 1] as number) <= begun) sentence++;
    if (shared < QUOTED_THERE * content) quotations += 1 - (best[sentence] as number);
    else sharedQuotations++;
  }
  return { quotations, sharedQuotations };
}

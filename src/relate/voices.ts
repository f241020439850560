import { type KnownWords, rowSet } from '../lexicon/known.js';
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
  /** The same, however rare they are. */
  readonly named: number;
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
  const there = factsOf(other).ids;
  const { first, terms } = factsOf(text);
  const shared = new Set<number>();
  for (let n = 0; n + 1 < first.length; n++) {
    const end = first[n + 1] as number;
    for (let at = first[n] as number; at < end; at++) {
      if (!there.has(terms[at] as number)) continue;
      shared.add(terms[end - 1] as number);
      break;
    }
  }
  return shared.size;
}

/*
 * What follows of one text alone is kept with it: in a corpus each is compared with several.
 */

/** The names and figures of a text: the terms of the n-th are `terms[first[n] .. first[n + 1])`; `ids`, the terms of all. */
interface Facts {
  readonly first: readonly number[];
  readonly terms: readonly number[];
  readonly ids: ReadonlySet<number>;
}

const factsKept = new WeakMap<AnalysedText, Facts>();

function factsOf(text: AnalysedText): Facts {
  const kept = factsKept.get(text);
  if (kept !== undefined) return kept;
  const first = [0];
  const terms: number[] = [];
  for (let s = 0; s + 1 < text.firstTerm.length; s++) {
    const end = text.firstTerm[s + 1] as number;
    for (let t = text.firstTerm[s] as number; t < end; t++) {
      const kind = kindOf(text, t);
      if (kind === 0) continue;
      terms.push(text.termIds[t] as number);
      for (; kind === NAME && t + 1 < end && kindOf(text, t + 1) === NAME; t++)
        terms.push(text.termIds[t + 1] as number);
      first.push(terms.length);
    }
  }
  const facts = { first, terms, ids: new Set(terms) };
  factsKept.set(text, facts);
  return facts;
}

const termsKept = new WeakMap<AnalysedText, ReadonlySet<number>>();

/** All terms of a text. */
export function termSet(text: AnalysedText): ReadonlySet<number> {
  const kept = termsKept.get(text) ?? new Set(text.termIds);
  termsKept.set(text, kept);
  return kept;
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
  return voicesGiven(voicesBeside(text, other), best);
}

/** The same before it is known which sentences answer to the other text's: of quotations and figures that it lacks, the sentences. */
export interface VoicesBeside {
  readonly names: number;
  readonly named: number;
  readonly sharedQuotations: number;
  readonly quotations: readonly number[];
  readonly figures: readonly number[];
}

/** What `text` brings in that `other` has not, whatever its sentences answer to. */
export function voicesBeside(text: KnownText, other: KnownText): VoicesBeside {
  const { firstTerm, termIds, termFlags } = text.content;
  const there = termSet(other.content);
  const rowsThere = other.known === undefined ? NONE : rowSet(other.known);
  const names = new Map<string, number>();
  const figures: number[] = [];
  for (let s = 0; s + 1 < firstTerm.length; s++) {
    const end = firstTerm[s + 1] as number;
    for (let t = firstTerm[s] as number; t < end; ) {
      if ((termFlags[t] as number) & NUMBER) {
        if (!there.has(termIds[t] as number) && isTelling(text.content, t)) figures.push(s);
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
      if (own && t > begun)
        names.set(termIds.subarray(begun, t).join(), Math.max(0, Math.min(1, (rarity - ANYONE) / (SOMEONE - ANYONE))));
      if (t === begun) t++;
    }
  }
  let rare = 0;
  for (const rarity of names.values()) rare += rarity;
  return { names: rare, named: names.size, figures, ...quotationsBeside(text.content, there) };
}

/** What it brings in, given for each sentence the probability that it tells what one of the other text does. */
export function voicesGiven(voices: VoicesBeside, best: ArrayLike<number>): OwnVoices {
  const sum = (sentences: readonly number[]) => {
    let all = 0;
    for (const s of sentences) all += 1 - (best[s] as number);
    return all;
  };
  return { ...voices, quotations: sum(voices.quotations), figures: sum(voices.figures) };
}

const NONE: ReadonlySet<number> = new Set();

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

function hasForm(known: KnownWords | undefined, t: number, rowsThere: ReadonlySet<number>): boolean {
  const row = known?.rows[t] ?? -1;
  if (known === undefined || row < 0) return false;
  const { first, neighbours, likeness } = known.lexicon;
  for (let e = first[row] as number; e < (first[row + 1] as number) && (likeness[e] as number) >= SAME_NAME; e++)
    if (rowsThere.has(neighbours[e] as number)) return true;
  return false;
}

function quotationsBeside(
  text: AnalysedText,
  there: ReadonlySet<number>,
): Pick<VoicesBeside, 'quotations' | 'sharedQuotations'> {
  const quotations: number[] = [];
  let sharedQuotations = 0;
  for (const { sentence, content } of quotationsOf(text)) {
    let shared = 0;
    for (const id of content) if (there.has(id)) shared++;
    if (shared < QUOTED_THERE * content.length) quotations.push(sentence);
    else sharedQuotations++;
  }
  return { quotations, sharedQuotations };
}

/** A quotation: the sentence where it begins, and its content terms. */
interface Quotation {
  readonly sentence: number;
  readonly content: readonly number[];
}

const quotationsKept = new WeakMap<AnalysedText, readonly Quotation[]>();

function quotationsOf(doc: AnalysedText): readonly Quotation[] {
  const kept = quotationsKept.get(doc);
  if (kept !== undefined) return kept;
  const { text, firstTerm, termIds, termFlags, termSpans } = doc;
  const quotations: Quotation[] = [];
  let t = 0;
  let sentence = 0;
  for (const { index, 0: quotation } of text.matchAll(QUOTATION)) {
    const content: number[] = [];
    while (t < termIds.length && (termSpans[2 * t] as number) < index) t++;
    const begun = t;
    for (; t < termIds.length && (termSpans[2 * t] as number) < index + quotation.length; t++)
      if (!((termFlags[t] as number) & STOP)) content.push(termIds[t] as number);
    if (t - begun < QUOTED_WORDS || content.length === 0) continue;
    while (sentence + 2 < firstTerm.length && (firstTerm[sentence + 1] as number) <= begun) sentence++;
    quotations.push({ sentence, content });
  }
  quotationsKept.set(doc, quotations);
  return quotations;
}

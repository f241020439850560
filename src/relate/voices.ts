import type { KnownWords } from '../lexicon/known.js';
import { LIKENESS_STEPS, RAREST } from '../lexicon/lexicon.js';
import type { AnalysedText } from '../text/analyse.js';
import { NAME, NUMBER, STOP } from '../text/terms.js';

/**
 * Who and what a text brings in by itself: what it says that another does not. An independent report has its own witnesses, places and
 * numbers; a retelling, however other its words, has few. Each is a count for each sentence, but `persons`, a share.
 */
export interface OwnVoices {
  /** Quotations of four words and more most of whose content words the other text lacks. */
  readonly quotations: number;
  /** Mentions of rare names that the other lacks. */
  readonly names: number;
  /** The same, each name once. */
  readonly distinctNames: number;
  /** Share of mentions of names of several words (most of them people) that the other lacks; two are added that it has. */
  readonly persons: number;
  /** Figures that the other lacks. */
  readonly figures: number;
  /** Words of names, and figures, that both have, each once. */
  readonly shared: number;
}

/** Characters and words that a quotation has at least. */
const QUOTATION = /["“„«]([^"“”„«»]{8,400})["”“»]/g;
const QUOTED_WORDS = 4;
/** A quotation is in the other text when so much of its content words is. */
const QUOTED_THERE = 0.4;
/** Rarity of a name, its words added up, below which it stands for no one in particular: countries, months, great cities. */
const RARE_NAME = 9;
/** Likeness from which a name is another form of one that the other text has (Britain, British). */
const SAME_NAME = 0.6 * LIKENESS_STEPS;

/** A text with what its lexicon knows of it. */
export interface KnownText {
  readonly content: AnalysedText;
  readonly known?: KnownWords;
}

/** What `text` brings in that `other` has not. */
export function ownVoices(text: KnownText, other: KnownText): OwnVoices {
  const { firstTerm, termIds, termFlags } = text.content;
  const sentences = Math.max(firstTerm.length - 1, 1);
  const there = new Set(other.content.termIds);
  const rowsThere = new Set(other.known?.rows);
  const has = (t: number) => there.has(termIds[t] as number) || hasForm(text.known, t, rowsThere);
  const distinct = new Set<string>();
  const shared = new Set<number>();
  for (let t = 0; t < termIds.length; t++) {
    const id = termIds[t] as number;
    if ((termFlags[t] as number) & (NAME | NUMBER) && there.has(id)) shared.add(id);
  }
  let [names, persons, ownPersons, figures] = [0, 0, 0, 0];
  for (let s = 0; s + 1 < firstTerm.length; s++) {
    const end = firstTerm[s + 1] as number;
    for (let t = firstTerm[s] as number; t < end; ) {
      if ((termFlags[t] as number) & NUMBER) {
        if (!there.has(termIds[t] as number)) figures++;
        t++;
        continue;
      }
      const begun = t;
      let own = true;
      let rarity = 0;
      for (; t < end && ((termFlags[t] as number) & (NAME | NUMBER)) === NAME; t++) {
        if (has(t)) own = false;
        rarity += text.known === undefined ? RAREST : text.known.lexicon.rarity(text.known.rows[t] as number);
      }
      if (t === begun) {
        t++;
        continue;
      }
      if (t - begun > 1) {
        persons++;
        if (own) ownPersons++;
      }
      if (!own || rarity <= RARE_NAME) continue;
      names++;
      distinct.add(termIds.subarray(begun, t).join());
    }
  }
  return {
    quotations: ownQuotations(text.content, there) / sentences,
    names: names / sentences,
    distinctNames: distinct.size / sentences,
    persons: ownPersons / (persons + 2),
    figures: figures / sentences,
    shared: shared.size / sentences,
  };
}

function hasForm(known: KnownWords | undefined, t: number, rowsThere: Set<number>): boolean {
  const row = known?.rows[t] ?? -1;
  if (known === undefined || row < 0) return false;
  const { first, neighbours, likeness } = known.lexicon;
  for (let e = first[row] as number; e < (first[row + 1] as number) && (likeness[e] as number) >= SAME_NAME; e++)
    if (rowsThere.has(neighbours[e] as number)) return true;
  return false;
}

function ownQuotations({ text, termIds, termFlags, termSpans }: AnalysedText, there: Set<number>): number {
  let own = 0;
  let t = 0;
  for (const { index, 0: quotation } of text.matchAll(QUOTATION)) {
    let [words, content, shared] = [0, 0, 0];
    while (t < termIds.length && (termSpans[2 * t] as number) < index) t++;
    for (; t < termIds.length && (termSpans[2 * t] as number) < index + quotation.length; t++) {
      words++;
      if ((termFlags[t] as number) & STOP) continue;
      content++;
      if (there.has(termIds[t] as number)) shared++;
    }
    if (words >= QUOTED_WORDS && content > 0 && shared < QUOTED_THERE * content) own++;
  }
  return own;
}

import { figureValue, roundings } from '../align/rounding.js';
import type { AnalysedText } from '../text/analyse.js';
import { CAPITAL, NAME, NUMBER, STOP } from '../text/terms.js';
import { type KnownText, termSet } from './voices.js';

/** Share of a sentence's words in capitals from which they say nothing. */
const MOSTLY = 0.9;
/** What a digit of a figure tells; and a word that is in no name, at most: on one subject, or in one form, words come together. */
const DIGIT = 1.5;
const WORD = 4;

/** What a text tells, each of its content terms once, in bits: a text of a corpus is asked for with every text that may be related to it. */
export interface Tells {
  /** By fact. */
  readonly facts: ReadonlyMap<number, number>;
  readonly byFacts: number;
  /** The facts that are figures in digits, see `roundings`. */
  readonly figures: readonly { id: number; bits: number; own: number; rounded: readonly number[] }[];
  /** The content terms in the order of their first places, and beside them what each tells. */
  readonly terms: readonly number[];
  readonly bits: readonly number[];
  readonly byAll: number;
  /** All its terms. */
  readonly all: ReadonlySet<number>;
}

const told = new WeakMap<KnownText, Tells>();

export function tellsOf(text: KnownText): Tells {
  const before = told.get(text);
  if (before !== undefined) return before;
  const tells = tellsBetween(text, 0, text.content.termIds.length);
  told.set(text, tells);
  return tells;
}

/** The same of terms `[from, to)` of a text. */
export function tellsBetween(text: KnownText, from: number, to: number): Tells {
  const { termIds, termFlags } = text.content;
  const known = facts(text.content);
  const byFact = new Map<number, number>();
  const figures: Tells['figures'][number][] = [];
  let byFacts = 0;
  const content = new Map<number, number>();
  let byAll = 0;
  for (let t = from; t < to; t++) {
    const id = termIds[t] as number;
    const first = known.get(id);
    if (first !== undefined && !byFact.has(id)) {
      const bits = bitsOf(text, first);
      byFact.set(id, bits);
      byFacts += bits;
      const value = figureAt(text.content, first);
      if (value !== undefined) figures.push({ id, bits, ...roundings(value) });
    }
    if ((termFlags[t] as number) & STOP || content.has(id)) continue;
    const bits = bitsOf(text, t);
    content.set(id, bits);
    byAll += bits;
  }
  return {
    facts: byFact,
    byFacts,
    figures,
    terms: [...content.keys()],
    bits: [...content.values()],
    byAll,
    all: from === 0 && to === termIds.length ? termSet(text.content) : new Set(termIds.subarray(from, to)),
  };
}

/** What a content term tells, in bits. */
function bitsOf({ content, known }: KnownText, t: number): number {
  if ((content.termFlags[t] as number) & NUMBER) return Math.max(1, DIGIT * significantDigits(content, t));
  return known === undefined ? WORD : known.lexicon.rarity(known.rows[t] as number);
}

function figureAt({ text, termFlags, termSpans }: AnalysedText, t: number): number | undefined {
  if (!((termFlags[t] as number) & NUMBER)) return undefined;
  return figureValue(text.slice(termSpans[2 * t], termSpans[2 * t + 1]));
}

/** Digits of a figure without the zeros at its ends; none where it is spelt out. */
function significantDigits({ text, termSpans }: AnalysedText, t: number): number {
  return text
    .slice(termSpans[2 * t], termSpans[2 * t + 1])
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '').length;
}

/** What the facts that both texts have tell, figures that are rounded or counted otherwise among them. */
export function sharedFacts(a: Tells, b: Tells): number {
  let both = 0;
  for (const [id, bits] of a.facts) if (b.facts.has(id)) both += bits;
  return both + Math.min(sum(roundedFacts(a, b)), sum(roundedFacts(b, a)));
}

const NONE: ReadonlyMap<number, number> = new Map();
/** Bits of two digits: a figure of one is the round one of too many. */
const TELLING = 2 * DIGIT;

/** The figures of a text that the other has with fewer or more digits only, and what the rounder of the two tells. */
export function roundedFacts(a: Tells, b: Tells): ReadonlyMap<number, number> {
  const [ownA, ownB] = [a.figures.filter(({ id }) => !b.facts.has(id)), b.figures.filter(({ id }) => !a.facts.has(id))];
  if (ownA.length === 0 || ownB.length === 0) return NONE;
  // By what a figure is, or may be rounded to, what the one that tells most does.
  const [asIs, asRounded] = [new Map<number, number>(), new Map<number, number>()];
  const note = (known: Map<number, number>, key: number, bits: number) =>
    void known.set(key, Math.max(bits, known.get(key) ?? 0));
  for (const { own, rounded, bits } of ownB) {
    note(asIs, own, bits);
    for (const key of rounded) note(asRounded, key, bits);
  }
  const out = new Map<number, number>();
  for (const { id, own, rounded, bits } of ownA) {
    const there = Math.max(asRounded.get(own) ?? 0, ...rounded.map((key) => asIs.get(key) ?? 0));
    if (there >= TELLING && bits >= TELLING) out.set(id, Math.min(bits, there));
  }
  return out;
}

function sum(facts: ReadonlyMap<number, number>): number {
  let all = 0;
  for (const bits of facts.values()) all += bits;
  return all;
}

/** What the words that both texts have tell, facts that both have aside: these are counted by themselves. */
export function sharedWords(a: Tells, b: Tells): number {
  let bits = 0;
  for (let n = 0; n < a.terms.length; n++) {
    const id = a.terms[n] as number;
    if (!b.all.has(id) || (a.facts.has(id) && b.facts.has(id))) continue;
    bits += Math.min(WORD, a.bits[n] as number);
  }
  return bits;
}

/** The names and figures of a text, each with its first place. */
export function facts(text: AnalysedText): ReadonlyMap<number, number> {
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

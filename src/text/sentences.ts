import { spend } from '../settings/deadline.js';
import { CLOSER, characterKinds, FULL_STOP, LINE_END, OPENER, SPACE, TERMINATOR } from './characters.js';
import { classOf, SOLO, WORD } from './fold.js';
import { goesOn, isLower, lineBreaks, type Wrapping, wrapping } from './lines.js';

/** What the sentence splitter knows of a language. */
export interface SentenceRules {
  /** Words whose full stop never ends a sentence, as they are spelt (`Gen`, which `gen` is not) or in lower case (`vs`, which `Vs` is too). */
  readonly titles: ReadonlySet<string>;
  /** Words in lower case whose full stop ends a sentence only before a word that commonly opens one (`inc`, `a.m`). */
  readonly abbreviations: ReadonlySet<string>;
  /** Words in lower case whose full stop ends a sentence unless a figure follows (`no`, `dec`). */
  readonly beforeFigures: ReadonlySet<string>;
  /** Whether a full stop makes a figure an ordinal (German `am 3. Mai`). */
  readonly dottedOrdinals: boolean;
  /** Common words: one of these in capitals after an abbreviation opens a sentence. */
  readonly stopWords: ReadonlySet<string>;
}

const DIGIT = /^\p{Nd}/u;

/**
 * Where the sentences of a text are: pairs of start and end offsets in UTF-16 code units, in text order, without
 * the white space around them. A piece without a word (`“”.`) belongs to the sentence before it. Headings, list
 * items and other lines without a full stop are sentences of their own; a line that the writer's margin broke goes
 * on. Quotes may run over sentences. Linear time.
 */
export function sentenceSpans(text: string, rules: SentenceRules, wrap = wrapping(text)): Uint32Array {
  const spans: number[] = [];
  let start = skipSpace(text, 0);
  let lineStart = 0;
  const cut = (end: number) => {
    spend();
    addSpan(text, start, end, spans);
    start = skipSpace(text, end);
  };
  const kinds = characterKinds();
  for (let i = 0; i < text.length; ) {
    const kind = (kinds[text.charCodeAt(i)] as number) & (LINE_END | TERMINATOR | FULL_STOP);
    if (kind === 0) i++;
    else if (kind & LINE_END) {
      const next = skipSpace(text, i);
      if (next >= text.length || lineEndsSentence(text, lineStart, i, next, wrap)) cut(next);
      i = next;
      lineStart = next;
    } else if (kind & FULL_STOP) {
      i = skipClosers(text, i + 1);
      cut(i);
    } else {
      const after = skipClosers(text, i + 1);
      if (endsSentence(text, start, i, after, rules)) cut(after);
      i = after;
    }
  }
  if (start < text.length) cut(text.length);
  return Uint32Array.from(spans);
}

/** Adds `[start, end)` without the white space at its end; what has no word is added to the sentence before it. */
function addSpan(text: string, start: number, end: number, spans: number[]): void {
  while (end > start && is(text, end - 1, SPACE)) end--;
  if (start >= end) return;
  if (hasWord(text, start, end)) spans.push(start, end);
  else if (spans.length > 0 && !hasLineEnd(text, spans[spans.length - 1] as number, start))
    spans[spans.length - 1] = end;
}

/** Whether the code unit at `i` is of a kind; none is beyond the end. */
function is(text: string, i: number, kind: number): boolean {
  return i < text.length && ((characterKinds()[text.charCodeAt(i)] as number) & kind) !== 0;
}

function hasLineEnd(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (is(text, i, LINE_END)) return true;
  return false;
}

function hasWord(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const cp = text.codePointAt(i) as number;
    if ((cp >= 97 && cp <= 122) || (cp >= 65 && cp <= 90)) return true;
    const kind = classOf(cp);
    if (kind === WORD || kind === SOLO) return true;
    if (cp > 0xffff) i++;
  }
  return false;
}

function skipSpace(text: string, i: number): number {
  while (is(text, i, SPACE)) i++;
  return i;
}

/** Past further terminators, closing quotes and brackets: `.”.`, `?!`, `.)`, and the `. »` of French. */
function skipClosers(text: string, i: number): number {
  for (; i < text.length; i++) {
    if (is(text, i, CLOSER | TERMINATOR | FULL_STOP)) continue;
    const char = text[i] as string;
    // What opens a quote in one language closes it in another („Ja.“, »Ja.«, « Oui. »); where it opens, a word follows.
    const quote = is(text, i, SPACE) && text[i + 1] === '»' ? i + 1 : i;
    if ((quote > i || '“‘«‹'.includes(char)) && !/^[\p{L}\p{N}]/u.test(text.slice(quote + 1, quote + 3))) continue;
    break;
  }
  return i;
}

/** Whether the line break at `lineEnd` parts sentences; `next` is the first character of the line that follows. */
function lineEndsSentence(text: string, lineStart: number, lineEnd: number, next: number, wrap: Wrapping): boolean {
  if (lineBreaks(text, lineEnd, next) > 1) return true;
  // A full stop that ends a sentence has been seen to already: what stands here was an abbreviation's.
  if (wrap.width > 0) return !goesOn(text, lineStart, lineEnd, next, wrap);
  let last = lineEnd - 1;
  while (last > lineStart && is(text, last, SPACE)) last--;
  return is(text, last, TERMINATOR | FULL_STOP) || !isLower(text, next);
}

/** Whether the terminator at `at`, whose closers end at `after`, ends the sentence that began at `start`. */
function endsSentence(text: string, start: number, at: number, after: number, rules: SentenceRules): boolean {
  if (after >= text.length) return true;
  if (!is(text, after, SPACE)) {
    // Scraped text drops the space: "judges.The court". Names such as Node.js go on in lower case or digits.
    return (
      after === at + 1 &&
      /^[“‘«„]?\p{Lu}\p{Ll}/u.test(text.slice(after, after + 5)) &&
      /\p{Ll}{2}$/u.test(text.slice(Math.max(start, at - 3), at))
    );
  }
  const next = openingLetter(text, after);
  if (next < 0) return true;
  if (isLower(text, next)) return false;
  if (text[at] !== '.' || after > at + 1) return true;
  const word = wordBefore(text, start, at);
  if (word.length > longestKnown(rules) && !word.includes('.')) return true;
  const lower = word.toLowerCase();
  if (rules.titles.has(word) || rules.titles.has(word.charAt(0).toLowerCase() + word.slice(1))) return false;
  if (rules.beforeFigures.has(lower)) return !DIGIT.test(text.slice(next, next + 2));
  if (/^\p{Nd}{1,3}$/u.test(word)) {
    // "1. Heat the oil": the number of a list item is no sentence.
    if (start === at - word.length) return false;
    return !(rules.dottedOrdinals && word.length < 3) || opensSentence(text, next, rules);
  }
  const initial = /^\p{Lu}$/u.test(word) || /^(?:\p{L}\.)+\p{L}$/u.test(word);
  return !(initial || rules.abbreviations.has(lower)) || opensSentence(text, next, rules);
}

const longest = new WeakMap<SentenceRules, number>();

/** Characters of the longest word, or number of a list item, after which a full stop may not end a sentence. */
function longestKnown(rules: SentenceRules): number {
  const known = longest.get(rules);
  if (known !== undefined) return known;
  let most = 3;
  for (const words of [rules.titles, rules.abbreviations, rules.beforeFigures])
    for (const word of words) most = Math.max(most, word.length);
  longest.set(rules, most);
  return most;
}

/** Whether a common word stands at `next`, in capitals: one that opens a sentence, where a name would go on with it. */
function opensSentence(text: string, next: number, rules: SentenceRules): boolean {
  const word = /^[\p{L}\p{M}]+/u.exec(text.slice(next, next + 24))?.[0] ?? '';
  // Of one-letter words only those that stand free: neither the J of "J. Smith" nor the D of D'Souza.
  return (word.length > 1 || is(text, next + 1, SPACE)) && rules.stopWords.has(word.toLowerCase());
}

/** Index of the first letter or digit after `i`, past white space and opening quotes; -1 when something else stands there. */
function openingLetter(text: string, i: number): number {
  while (is(text, i, SPACE | OPENER)) i++;
  return i < text.length ? i : -1;
}

/** The word with inner full stops that ends at `at` (`U.S`, `Mr`), at most 12 characters of it. */
function wordBefore(text: string, start: number, at: number): string {
  let i = at;
  while (i > start && at - i < 12 && !is(text, i - 1, SPACE | OPENER)) i--;
  return text.slice(i, at);
}

import type { SentenceRules } from '../../src/text/sentences.js';
import { sentenceSpans } from '../../src/text/sentences.js';

/** A place where one splitter begins a sentence and the other does not. */
export interface Disagreement {
  /** Who begins one there. */
  readonly by: 'ours' | 'Intl.Segmenter';
  /** Index of the word that begins it. */
  readonly at: number;
  /** Why: one of the classes below, or `unexplained`. */
  readonly because: string;
  readonly around: string;
}

const WORD = /[\p{L}\p{N}]/u;

/** Index of the first letter or digit from `i` on; sentences are the same when they begin with the same word. */
function wordFrom(text: string, i: number): number {
  const at = text.slice(i).search(WORD);
  return at < 0 ? -1 : i + at;
}

function starts(spans: Iterable<number>, text: string): Set<number> {
  const found = new Set<number>();
  for (const start of spans) found.add(wordFrom(text, start));
  return found;
}

/** Every place where our splitter and `Intl.Segmenter` (UAX #29, without suppressions) differ, and why. */
export function disagreements(text: string, rules: SentenceRules, locale: string): Disagreement[] {
  const spans = sentenceSpans(text, rules);
  const ours = starts(
    spans.filter((_, i) => i % 2 === 0),
    text,
  );
  const segments = [...new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)];
  // What has no word is no sentence to us; it goes with the one before.
  const theirs = starts(
    segments.filter(({ segment }) => WORD.test(segment)).map(({ index }) => index),
    text,
  );
  const found: Disagreement[] = [];
  const add = (by: Disagreement['by'], at: number, because: string) =>
    found.push({ by, at, because, around: text.slice(Math.max(0, at - 40), at + 40) });
  for (const at of theirs) if (!ours.has(at)) add('Intl.Segmenter', at, whyNotOurs(text, at, rules));
  for (const at of ours) if (!theirs.has(at)) add('ours', at, whyNotTheirs(text, at));
  return found.sort((x, y) => x.at - y.at);
}

/** What stands between the word before `at` and it, and that word with its inner full stops. */
function before(text: string, at: number): { between: string; word: string } {
  let end = at;
  while (end > 0 && !WORD.test(text[end - 1] as string)) end--;
  const word = /[\p{L}\p{N}\p{M}.]*$/u.exec(text.slice(Math.max(0, end - 24), end))?.[0] ?? '';
  return { between: text.slice(end, at), word };
}

const LINE_END = /[\n\r\u0085\u2028\u2029]/;

function whyNotOurs(text: string, at: number, rules: SentenceRules): string {
  const { between, word } = before(text, at);
  const lower = word.toLowerCase();
  if (/[.!?]\S*$/.test(between)) return 'no space after several full stops, or before a bracket or a quotation';
  if (LINE_END.test(between)) return 'a line that was broken at a margin, or goes on in lower case';
  if (/^\p{Ll}/u.test(text.slice(at, at + 2))) return 'what follows a question or an exclamation goes on in lower case';
  if (/^\p{Nd}{1,3}$/u.test(word)) return 'the number of a list item';
  if (/^\p{Lu}$/u.test(word) || /^(?:\p{L}\.)+\p{L}$/u.test(word)) return 'an initial or an acronym';
  if ([rules.titles, rules.abbreviations, rules.beforeFigures].some((known) => known.has(word) || known.has(lower)))
    return 'an abbreviation';
  return 'unexplained';
}

function whyNotTheirs(text: string, at: number): string {
  const { between } = before(text, at);
  if (!/\s/.test(between)) return 'no space after the full stop';
  if (between.includes('…')) return 'an ellipsis, which UAX #29 does not take for an end';
  if (/[.!?]\S*\s+\S*[-–—,:;]/.test(between)) return 'a dash or another sign opens the sentence';
  if (/^[^\p{L}\n.!?]*\p{Ll}/u.test(text.slice(at))) return 'a figure opens the sentence, and lower case follows';
  return 'unexplained';
}

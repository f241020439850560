import { spend } from '../settings/deadline.js';
import { fold } from './fold.js';
import { wrapping } from './lines.js';
import { sentenceSpans } from './sentences.js';
import { CAPITAL, NAME, NUMBER, numberId, STOP, type TermTable, termId } from './terms.js';
import { type TextLine, textLines } from './textlines.js';
import {
  BEYOND_ASCII,
  FIRST_DIGIT,
  NOT_ALL_CAPITALS,
  SOLO_LETTER,
  type WordColumns,
  wordColumns,
} from './wordcolumns.js';

/**
 * A text taken apart into columns. Offsets are UTF-16 code units into `text`.
 *
 * - `words`: see wordcolumns.ts
 * - `sentences`: [start, end) of sentence s at 2s, 2s + 1
 * - `firstTerm`: index of the first term of sentence s, one entry more than there are sentences
 * - `termIds`, `termFlags` (see terms.ts), `termSpans` ([start, end) of term t at 2t, 2t + 1)
 * - `termWords`: hash of the term's word as it is folded, not stemmed
 */
export interface AnalysedText {
  readonly text: string;
  readonly words: WordColumns;
  readonly sentences: Uint32Array;
  readonly firstTerm: Uint32Array;
  readonly termIds: Uint32Array;
  readonly termFlags: Uint8Array;
  readonly termSpans: Uint32Array;
  readonly termWords: Uint32Array;
  /** The lines that have words: see textlines.ts. */
  readonly lines: readonly TextLine[];
}

/** Takes a text apart into words, sentences and terms. Linear time. */
export function analyse(text: string, table: TermTable): AnalysedText {
  const wrap = wrapping(text);
  const sentences = sentenceSpans(text, table.language, wrap);
  const words = wordColumns(text);
  const grouped = regroup(text, words, table.language.code);
  const out = new TermColumns(grouped.count);
  const firstTerm = new Uint32Array(sentences.length / 2 + 1);
  let word = 0;
  for (let s = 0; s < sentences.length / 2; s++) {
    firstTerm[s] = out.length;
    const end = sentences[2 * s + 1] as number;
    const first = word;
    while (word < grouped.count && (grouped.starts[word] as number) < end) word++;
    addTerms(text, grouped, first, word, table, out);
  }
  firstTerm[sentences.length / 2] = out.length;
  const columns = out.finish();
  markNames(firstTerm, columns.termIds, columns.termFlags);
  return { text, words, sentences, firstTerm, ...columns, lines: textLines(text, words, wrap) };
}

/** The first term that starts at or after `offset`. */
export function firstTermAt({ termSpans }: Pick<AnalysedText, 'termSpans'>, offset: number): number {
  let low = 0;
  let high = termSpans.length / 2;
  while (low < high) {
    const mid = (low + high) >>> 1;
    if ((termSpans[2 * mid] as number) < offset) low = mid + 1;
    else high = mid;
  }
  return low;
}

/** Term columns while they grow. */
class TermColumns {
  length = 0;
  #ids: Uint32Array;
  #flags: Uint8Array;
  #spans: Uint32Array;
  #words: Uint32Array;

  constructor(words: number) {
    // A word with a unit glued to it (`3bn`) makes two terms.
    this.#ids = new Uint32Array(words + 8);
    this.#flags = new Uint8Array(words + 8);
    this.#spans = new Uint32Array(2 * words + 16);
    this.#words = new Uint32Array(words + 8);
  }

  add(id: number, flags: number, start: number, end: number, word: number): void {
    const n = this.length++;
    this.#ids[n] = id;
    this.#flags[n] = flags;
    this.#spans[2 * n] = start;
    this.#spans[2 * n + 1] = end;
    this.#words[n] = word;
  }

  finish() {
    const n = this.length;
    return {
      termIds: this.#ids.slice(0, n),
      termFlags: this.#flags.slice(0, n),
      termSpans: this.#spans.slice(0, 2 * n),
      termWords: this.#words.slice(0, n),
    };
  }
}

/** Adds the terms of words `from` to `to`. */
function addTerms(
  text: string,
  words: WordColumns,
  from: number,
  to: number,
  table: TermTable,
  out: TermColumns,
): void {
  const { starts, ends, hashes, marks } = words;
  for (let w = from; w < to; ) {
    spend();
    const start = starts[w] as number;
    const end = ends[w] as number;
    if ((marks[w] as number) & FIRST_DIGIT) {
      w = addNumber(text, words, w, to, table, out);
      continue;
    }
    if (end - start === 1) {
      const acronym = acronymEnd(text, words, w, to);
      if (acronym > w + 1) {
        const last = ends[acronym - 1] as number;
        const term = table.of(text.slice(start, last).replaceAll('.', '').toUpperCase());
        // U.S. is a name, p.m. is none.
        out.add(term.id, /\p{Lu}/u.test(text.charAt(start)) ? NAME | CAPITAL : 0, start, last, term.id);
        w = acronym;
        continue;
      }
    }
    const slot = table.slotOf(text, words, w);
    const flags = table.flagsAt(slot);
    const id = table.idAt(slot);
    if (flags & NUMBER && w + 1 < to && starts[w + 1] === end + 1 && text[end] === '-') {
      const tens = Number(table.language.numbers.get(fold(text.slice(start, end))));
      const ones = Number(table.language.numbers.get(fold(text.slice(starts[w + 1], ends[w + 1]))));
      if (tens >= 20 && ones < 10) {
        const figure = numberId(String(tens + ones));
        out.add(figure, NUMBER, start, ends[w + 1] as number, figure);
        w += 2;
        continue;
      }
    }
    out.add(id, flags, start, end, hashes[w] as number);
    w++;
  }
}

/** What stands between the thousands of a figure. */
const THOUSANDS = ",'’\u00a0\u202f";

/** Adds the figure that begins at word `w` (`12,000`, `3.1bn`, `18th`) and returns the word after it. */
function addNumber(
  text: string,
  words: WordColumns,
  w: number,
  to: number,
  table: TermTable,
  out: TermColumns,
): number {
  const { starts, ends } = words;
  const start = starts[w] as number;
  let end = ends[w] as number;
  let next = w + 1;
  const first = text.slice(start, end);
  const groups = [first];
  if (/^\d+$/.test(first)) {
    let decimals = false;
    while (!decimals && next < to && (starts[next] as number) === end + 1) {
      const follower = text.slice(starts[next], ends[next]);
      const separator = text[end] as string;
      if (THOUSANDS.includes(separator) && /^\d{3}$/.test(follower)) groups.push(follower);
      else if (separator === '.' && /^\d+\p{L}*$/u.test(follower)) {
        groups.push('.', follower);
        decimals = true;
      } else break;
      end = ends[next] as number;
      next++;
    }
  }
  const digits = groups.join('');
  const parts = /^([\d.]+?)(\p{L}+)?$/u.exec(digits);
  const unit = parts?.[2] === undefined ? undefined : table.language.units.get(parts[2].toLowerCase());
  if (parts === null || (parts[2] !== undefined && unit === undefined)) {
    const term = table.of(digits);
    out.add(term.id, term.flags, start, end, term.id);
  } else {
    const figure = numberId(parts[1] as string);
    const split = end - (parts[2]?.length ?? 0);
    out.add(figure, NUMBER, start, split, figure);
    if (unit !== undefined && unit !== '') {
      const { id } = table.of(unit);
      out.add(id, 0, split, end, id);
    }
  }
  return next;
}

/** The word after the run of single letters parted by full stops that begins at word `w` (`U.S.`), or w + 1. */
function acronymEnd(text: string, { starts, ends }: WordColumns, w: number, to: number): number {
  let next = w + 1;
  while (
    next < to &&
    (ends[next] as number) - (starts[next] as number) === 1 &&
    starts[next] === (ends[next - 1] as number) + 1 &&
    text[ends[next - 1] as number] === '.'
  )
    next++;
  return next;
}

/** The longest run that is given to the segmenter at once: its time may grow faster than its input. */
const LONGEST_RUN = 1000;

/** Joins the single letters of scripts without spaces into the words that `Intl.Segmenter` finds. */
function regroup(text: string, words: WordColumns, language: string): WordColumns {
  if (!words.marks.some((mark) => mark & SOLO_LETTER) || typeof Intl === 'undefined' || Intl.Segmenter === undefined)
    return words;
  const segmenter = new Intl.Segmenter(language === 'und' ? undefined : language, { granularity: 'word' });
  const starts: number[] = [];
  const ends: number[] = [];
  const hashes: number[] = [];
  const marks: number[] = [];
  const solo = (w: number) => ((words.marks[w] as number) & SOLO_LETTER) !== 0;
  for (let w = 0; w < words.count; ) {
    const start = words.starts[w] as number;
    let end = words.ends[w] as number;
    if (!solo(w)) {
      starts.push(start);
      ends.push(end);
      hashes.push(words.hashes[w] as number);
      marks.push(words.marks[w] as number);
      w++;
      continue;
    }
    for (w++; w < words.count && words.starts[w] === end && end - start < LONGEST_RUN && solo(w); w++)
      end = words.ends[w] as number;
    for (const part of segmenter.segment(text.slice(start, end))) {
      spend();
      if (!part.isWordLike) continue;
      starts.push(start + part.index);
      ends.push(start + part.index + part.segment.length);
      hashes.push(termId(fold(part.segment)));
      marks.push(NOT_ALL_CAPITALS | BEYOND_ASCII | SOLO_LETTER);
    }
  }
  return {
    count: starts.length,
    starts: Uint32Array.from(starts),
    ends: Uint32Array.from(ends),
    hashes: Uint32Array.from(hashes),
    marks: Uint8Array.from(marks),
  };
}

/** Marks as names the terms that stand with a capital where the sentence does not ask for one. */
function markNames(firstTerm: Uint32Array, ids: Uint32Array, flags: Uint8Array): void {
  const named = new Set<number>();
  for (let s = 0; s + 1 < firstTerm.length; s++) {
    const from = firstTerm[s] as number;
    const to = firstTerm[s + 1] as number;
    let capitals = 0;
    for (let t = from; t < to; t++) if ((flags[t] as number) & CAPITAL) capitals++;
    // Title Case and capitals throughout say nothing of names.
    if (to - from > 3 && capitals > (to - from) * 0.6) continue;
    for (let t = from + 1; t < to; t++) {
      const flag = flags[t] as number;
      if (flag & CAPITAL && !(flag & STOP)) named.add(ids[t] as number);
    }
  }
  for (let t = 0; t < ids.length; t++)
    if ((flags[t] as number) & CAPITAL && named.has(ids[t] as number)) flags[t] = (flags[t] as number) | NAME;
}

import { classOf, fold, SOLO } from './fold.js';
import { sentenceSpans } from './sentences.js';
import { CAPITAL, NAME, NUMBER, numberId, STOP, type TermTable } from './terms.js';
import { wordSpans } from './words.js';

/**
 * A text taken apart into columns. Offsets are UTF-16 code units into `text`.
 *
 * - `sentences`: [start, end) of sentence s at 2s, 2s + 1
 * - `firstTerm`: index of the first term of sentence s, one entry more than there are sentences
 * - `termIds`, `termFlags` (see terms.ts), `termSpans` ([start, end) of term t at 2t, 2t + 1)
 */
export interface AnalysedText {
  readonly text: string;
  readonly sentences: Uint32Array;
  readonly firstTerm: Uint32Array;
  readonly termIds: Uint32Array;
  readonly termFlags: Uint8Array;
  readonly termSpans: Uint32Array;
}

/** Takes a text apart into sentences and terms. Linear time; about 10 MB/s on one core of 2024. */
export function analyse(text: string, table: TermTable): AnalysedText {
  const sentences = sentenceSpans(text, table.language);
  const words = regroup(text, wordSpans(text), table.language.code);
  const builder = new TermColumns(words.length);
  const firstTerm = new Uint32Array(sentences.length / 2 + 1);
  let word = 0;
  for (let s = 0; s < sentences.length / 2; s++) {
    firstTerm[s] = builder.length;
    const end = sentences[2 * s + 1] as number;
    const first = word;
    while (word < words.length && (words[word] as number) < end) word += 2;
    addTerms(text, words.subarray(first, word), table, builder);
  }
  firstTerm[sentences.length / 2] = builder.length;
  const columns = builder.finish();
  markNames(firstTerm, columns.termIds, columns.termFlags);
  return { text, sentences, firstTerm, ...columns };
}

/** Term columns while they grow. */
class TermColumns {
  length = 0;
  #ids: Uint32Array;
  #flags: Uint8Array;
  #spans: Uint32Array;

  constructor(words: number) {
    // A word with a unit glued to it (`3bn`) makes two terms.
    this.#ids = new Uint32Array(words + 8);
    this.#flags = new Uint8Array(words + 8);
    this.#spans = new Uint32Array(2 * words + 16);
  }

  add(id: number, flags: number, start: number, end: number): void {
    const n = this.length++;
    this.#ids[n] = id;
    this.#flags[n] = flags;
    this.#spans[2 * n] = start;
    this.#spans[2 * n + 1] = end;
  }

  finish() {
    const n = this.length;
    return {
      termIds: this.#ids.slice(0, n),
      termFlags: this.#flags.slice(0, n),
      termSpans: this.#spans.slice(0, 2 * n),
    };
  }
}

function addTerms(text: string, words: Uint32Array, table: TermTable, out: TermColumns): void {
  for (let w = 0; w < words.length; ) {
    const start = words[w] as number;
    const end = words[w + 1] as number;
    const code = text.charCodeAt(start);
    if (code >= 48 && code <= 57) {
      w = addNumber(text, words, w, table, out);
      continue;
    }
    const acronym = acronymEnd(text, words, w);
    if (acronym > w + 2) {
      const last = words[acronym - 1] as number;
      const letters = text.slice(start, last).replaceAll('.', '').toUpperCase();
      // U.S. is a name, p.m. is none.
      out.add(table.of(letters).id, /\p{Lu}/u.test(text.charAt(start)) ? NAME | CAPITAL : 0, start, last);
      w = acronym;
      continue;
    }
    const term = table.of(text.slice(start, end));
    if (text[end] === '-' && words[w + 2] === end + 1) {
      const tens = Number(table.language.numbers.get(fold(text.slice(start, end))));
      const ones = Number(table.language.numbers.get(fold(text.slice(words[w + 2], words[w + 3]))));
      if (tens >= 20 && ones < 10) {
        out.add(numberId(String(tens + ones)), NUMBER, start, words[w + 3] as number);
        w += 4;
        continue;
      }
    }
    out.add(term.id, term.flags, start, end);
    w += 2;
  }
}

/** What stands between the thousands of a figure. */
const THOUSANDS = ",'’\u00a0\u202f";

/** Adds the figure that begins at word `w` (`12,000`, `3.1bn`, `18th`) and returns the word after it. */
function addNumber(text: string, words: Uint32Array, w: number, table: TermTable, out: TermColumns): number {
  const start = words[w] as number;
  let end = words[w + 1] as number;
  let next = w + 2;
  const first = text.slice(start, end);
  const groups = [first];
  if (/^\d+$/.test(first)) {
    let decimals = false;
    while (!decimals && next < words.length && (words[next] as number) === end + 1) {
      const follower = text.slice(words[next], words[next + 1]);
      const separator = text[end] as string;
      if (THOUSANDS.includes(separator) && /^\d{3}$/.test(follower)) groups.push(follower);
      else if (separator === '.' && /^\d+\p{L}*$/u.test(follower)) {
        groups.push('.', follower);
        decimals = true;
      } else break;
      end = words[next + 1] as number;
      next += 2;
    }
  }
  const digits = groups.join('');
  const parts = /^([\d.]+?)(\p{L}+)?$/u.exec(digits);
  const unit = parts?.[2] === undefined ? undefined : table.language.units.get(parts[2].toLowerCase());
  if (parts === null || (parts[2] !== undefined && unit === undefined)) {
    const term = table.of(digits);
    out.add(term.id, term.flags, start, end);
  } else {
    const figure = parts[1] as string;
    const split = end - (parts[2]?.length ?? 0);
    out.add(numberId(figure), NUMBER, start, split);
    if (unit !== undefined && unit !== '') out.add(table.of(unit).id, 0, split, end);
  }
  return next;
}

/** The word after the run of single letters parted by full stops that begins at word `w` (`U.S.`), or w + 2. */
function acronymEnd(text: string, words: Uint32Array, w: number): number {
  let next = w;
  while (
    next < words.length &&
    (words[next + 1] as number) - (words[next] as number) === 1 &&
    (next === w ||
      ((words[next] as number) === (words[next - 1] as number) + 1 && text[words[next - 1] as number] === '.'))
  )
    next += 2;
  return Math.max(next, w + 2);
}

/** Joins the single letters of scripts without spaces into the words that `Intl.Segmenter` finds. */
function regroup(text: string, spans: Uint32Array, language: string): Uint32Array {
  let solo = false;
  for (let i = 0; i < spans.length && !solo; i += 2)
    solo = classOf(text.codePointAt(spans[i] as number) as number) === SOLO;
  if (!solo || typeof Intl === 'undefined' || Intl.Segmenter === undefined) return spans;
  const segmenter = new Intl.Segmenter(language === 'und' ? undefined : language, { granularity: 'word' });
  const out: number[] = [];
  for (let i = 0; i < spans.length; ) {
    const start = spans[i] as number;
    if (classOf(text.codePointAt(start) as number) !== SOLO) {
      out.push(start, spans[i + 1] as number);
      i += 2;
      continue;
    }
    let end = spans[i + 1] as number;
    i += 2;
    // A bounded run: the segmenter's time may grow faster than its input.
    while (
      i < spans.length &&
      spans[i] === end &&
      end - start < 1000 &&
      classOf(text.codePointAt(end) as number) === SOLO
    ) {
      end = spans[i + 1] as number;
      i += 2;
    }
    for (const part of segmenter.segment(text.slice(start, end))) {
      if (part.isWordLike) out.push(start + part.index, start + part.index + part.segment.length);
    }
  }
  return Uint32Array.from(out);
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

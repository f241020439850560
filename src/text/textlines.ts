import { spend } from '../settings/deadline.js';
import { characterKinds, LINE_END, SPACE } from './characters.js';
import { goesOn, isLower, type Wrapping, wrapping } from './lines.js';
import type { WordColumns } from './wordcolumns.js';

/**
 * A line of a text that has words. Offsets are UTF-16 code units, without the white space around the line.
 *
 * - `key`: 53-bit hash of the folded words, equal for lines of the same words
 * - `words`: how many words it has
 * - `prose`: whether it reads as running text: five words or more and a full stop, or two dozen words
 */
export interface TextLine {
  readonly start: number;
  readonly end: number;
  readonly key: number;
  readonly words: number;
  readonly prose: boolean;
}

/**
 * The lines of a text that have words, in order; where a margin broke a line it goes on, to a full stop at the end of one. A piece of a
 * sentence says nothing: of two wire reports that end in one short word on a line of its own, both were furniture. Linear time.
 */
export function textLines(text: string, words: WordColumns, wrap = wrapping(text)): TextLine[] {
  const lines: TextLine[] = [];
  for (let w = 0; w < words.count; ) {
    spend();
    const first = words.starts[w] as number;
    const from = lineStart(text, first);
    const to = unbrokenEnd(text, from, lineEnd(text, first), wrap);
    let low = 0x811c9dc5;
    let high = 0;
    const begun = w;
    for (; w < words.count && (words.starts[w] as number) < to; w++) {
      low = Math.imul(low ^ (words.hashes[w] as number), 0x01000193);
      high = Math.imul(high + (words.hashes[w] as number), 0x9e3779b1) ^ (high >>> 15);
    }
    const start = skipSpace(text, from, to);
    const end = trimSpace(text, start, to);
    lines.push({
      start,
      end,
      key: (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0),
      words: w - begun,
      // A short line that ends in an exclamation mark calls to action.
      prose: w - begun >= 24 || (w - begun >= 5 && text[end - 1] !== '!' && endsSentence(text, start, end)),
    });
  }
  return lines;
}

function lineStart(text: string, at: number): number {
  const kinds = characterKinds();
  while (at > 0 && !((kinds[text.charCodeAt(at - 1)] as number) & LINE_END)) at--;
  return at;
}

function lineEnd(text: string, at: number): number {
  const kinds = characterKinds();
  while (at < text.length && !((kinds[text.charCodeAt(at)] as number) & LINE_END)) at++;
  return at;
}

/** Where the line that begins at `from` and is broken at `end` comes to its own end. */
function unbrokenEnd(text: string, from: number, end: number, wrap: Wrapping): number {
  if (wrap.width === 0) return end;
  for (let start = from; !endsSentence(text, start, end); ) {
    const next = skipSpace(text, end, text.length);
    if (next === text.length || !goesOn(text, start, end, next, wrap)) break;
    const nextEnd = lineEnd(text, next);
    // A call to subscribe may fill a line right above the text: what begins in capitals and fills its own line may be no part of it.
    if (!isLower(text, next) && nextEnd - next >= wrap.width * 0.7) break;
    start = next;
    end = nextEnd;
  }
  return end;
}

function skipSpace(text: string, from: number, to: number): number {
  const kinds = characterKinds();
  while (from < to && (kinds[text.charCodeAt(from)] as number) & SPACE) from++;
  return from;
}

function trimSpace(text: string, from: number, to: number): number {
  const kinds = characterKinds();
  while (to > from && (kinds[text.charCodeAt(to - 1)] as number) & SPACE) to--;
  return to;
}

/** Whether the text in `[start, end)` ends as a sentence does: a full stop, but not the dots of a teaser. */
export function endsSentence(text: string, start: number, end: number): boolean {
  const tail = text.slice(Math.max(start, end - 8), end).replace(/["'”’»›)\]}」』\s]+$/u, '');
  return /[.!?。！？؟۔।]$/u.test(tail) && !/\.\.\.?$/u.test(tail);
}

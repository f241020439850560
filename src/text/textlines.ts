import { fold } from './fold.js';
import { termId } from './terms.js';
import { wordSpans } from './words.js';

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

/** The lines of a text that have words, in order. Linear time. */
export function textLines(text: string): TextLine[] {
  const lines: TextLine[] = [];
  for (let from = 0; from <= text.length; ) {
    let to = text.indexOf('\n', from);
    if (to < 0) to = text.length;
    const line = text.slice(from, to);
    const spans = wordSpans(line);
    if (spans.length > 0) {
      const start = from + (line.length - line.trimStart().length);
      const end = from + line.trimEnd().length;
      const words = spans.length / 2;
      lines.push({
        start,
        end,
        key: lineKey(line, spans),
        words,
        prose: words >= 24 || (words >= 5 && endsSentence(text, start, end)),
      });
    }
    from = to + 1;
  }
  return lines;
}

/** Whether the text in `[start, end)` ends as a sentence does: a full stop, but not the dots of a teaser. */
export function endsSentence(text: string, start: number, end: number): boolean {
  const tail = text.slice(Math.max(start, end - 8), end).replace(/["'”’»›)\]}」』\s]+$/u, '');
  return /[.!?。！？؟۔।]$/u.test(tail) && !/\.\.\.?$/u.test(tail);
}

function lineKey(line: string, spans: Uint32Array): number {
  let low = 0x811c9dc5;
  let high = 0;
  for (let i = 0; i < spans.length; i += 2) {
    const word = termId(fold(line.slice(spans[i], spans[i + 1])));
    low = Math.imul(low ^ word, 0x01000193);
    high = Math.imul(high + word, 0x9e3779b1) ^ (high >>> 15);
  }
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
}

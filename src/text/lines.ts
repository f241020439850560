import { spend } from '../settings/deadline.js';
import { characterKinds, LOWER_ASCII, SPACE } from './characters.js';

/** How the lines of a text were broken by hand or machine. */
export interface Wrapping {
  /** The margin, in UTF-16 code units, or 0 when lines are paragraphs. */
  readonly width: number;
  /** Whether paragraphs begin with an indented line, so that any other line goes on with the one before it. */
  readonly indented: boolean;
}

/** Lines longer than this are paragraphs, whatever they are. */
const LONGEST = 200;
/** A line that ends in one of these may end a paragraph. */
const STOPS = '.!?:"”’\'';

/**
 * The margin at which a text was hard-wrapped.
 *
 * Wire copy of old and plain-text mail breaks lines at a margin, in the middle of sentences. Such a text
 * has many lines that nearly reach one common width and do not end a sentence. Linear time.
 */
export function wrapping(text: string): Wrapping {
  // Lines, and those of them that end without a full stop, by their length.
  const lines = new Uint32Array(LONGEST + 1);
  const open = new Uint32Array(LONGEST + 1);
  const kinds = characterKinds();
  let count = 0;
  let indented = 0;
  for (let i = 0; i < text.length; ) {
    spend();
    let end = text.indexOf('\n', i);
    if (end < 0) end = text.length;
    let to = Math.min(end, i + LONGEST);
    while (to > i && (kinds[text.charCodeAt(to - 1)] as number) & SPACE) to--;
    const length = to - i;
    if (length > 0) {
      count++;
      lines[length] = (lines[length] as number) + 1;
      if (!STOPS.includes(text[to - 1] as string)) open[length] = (open[length] as number) + 1;
      if (i > 0 && (text[i] === '\t' || (text[i] === ' ' && text[i + 1] === ' '))) indented++;
    }
    i = end + 1;
  }
  const width = count < 4 ? 0 : quantile(lines, Math.floor(count * 0.9));
  if (width > 120 || width < 30) return { width: 0, indented: false };
  let full = 0;
  for (let n = Math.ceil(width * 0.75); n <= LONGEST; n++) full += open[n] as number;
  return full >= 3 && full >= count * 0.4 ? { width, indented: indented > 0 } : { width: 0, indented: false };
}

/** The length of the line that has `rank` lines before it in order of length. */
function quantile(lines: Uint32Array, rank: number): number {
  let length = 0;
  for (let seen = lines[0] as number; seen <= rank; seen += lines[length] as number) length++;
  return length;
}

const LOWER = /^\p{Ll}/u;

/** Whether a lower-case letter begins at `i`. */
export function isLower(text: string, i: number): boolean {
  const code = text.charCodeAt(i);
  return code < 128 ? ((characterKinds()[code] as number) & LOWER_ASCII) !== 0 : LOWER.test(text.slice(i, i + 2));
}

/** Whether the margin broke the line `[lineStart, lineEnd)` of a wrapped text, so that it goes on in the one that begins at `next`. */
export function goesOn(text: string, lineStart: number, lineEnd: number, next: number, wrap: Wrapping): boolean {
  if (next - lineEnd > 2 || lineBreaks(text, lineEnd, next) > 1) return false;
  if (isLower(text, next) || lineEnd - lineStart >= wrap.width * 0.7) return true;
  return wrap.indented && /\p{Ll}/u.test(text.slice(lineStart, lineEnd));
}

/** The line breaks in a piece of white space. */
export function lineBreaks(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let i = from; i < to; i++) if (text[i] === '\n' || (text[i] === '\r' && text[i + 1] !== '\n')) breaks++;
  return breaks;
}

import { spend } from '../settings/deadline.js';
import { foldPage, SOLO, WORD } from './fold.js';

/**
 * The words of a text as columns, in text order; the words are those of `wordSpans`.
 *
 * - `starts`, `ends`: offsets in UTF-16 code units
 * - `hashes`: 32-bit hash of the folded word (FNV-1a over its UTF-16 code units, mixed): equal for words that fold alike
 * - `marks`: see below
 */
export interface WordColumns {
  readonly count: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly hashes: Uint32Array;
  readonly marks: Uint8Array;
}

/** The word begins with a capital letter A to Z. */
export const FIRST_CAPITAL = 1;
/** The word has a character that is no capital A to Z. */
export const NOT_ALL_CAPITALS = 2;
/** The word begins with a digit 0 to 9. */
export const FIRST_DIGIT = 4;
/** The word is a letter of a script that writes no spaces. */
export const SOLO_LETTER = 8;
/** The word has a character beyond ASCII, so that its hash does not tell how it is spelt. */
export const BEYOND_ASCII = 16;

/** What an ASCII character is: 0 where it parts words, else its folded code; in the upper byte its marks. */
const ASCII = new Uint16Array(128);
for (let c = 0; c < 128; c++) {
  if (c >= 48 && c <= 57) ASCII[c] = c | ((FIRST_DIGIT | NOT_ALL_CAPITALS) << 8);
  else if (c >= 65 && c <= 90) ASCII[c] = (c + 32) | (FIRST_CAPITAL << 8);
  else if (c >= 97 && c <= 122) ASCII[c] = c | (NOT_ALL_CAPITALS << 8);
}

const OFFSET = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/**
 * Takes a text apart into words and hashes them as it goes. Linear time. One loop without inner functions, which
 * the engine would keep its variables out of registers for.
 */
export function wordColumns(text: string): WordColumns {
  const size = text.length;
  let capacity = (size >>> 2) + 16;
  let starts = new Uint32Array(capacity);
  let ends = new Uint32Array(capacity);
  let hashes = new Uint32Array(capacity);
  let marks = new Uint8Array(capacity);
  let count = 0;
  let start = -1;
  let end = 0;
  let h = OFFSET;
  let mark = 0;
  for (let i = 0; i <= size; ) {
    const code = i < size ? text.charCodeAt(i) : 32;
    let next = i + 1;
    let alone = false;
    if (code < 128) {
      const known = ASCII[code] as number;
      if (known !== 0) {
        if (start < 0) {
          start = i;
          mark = (known >>> 8) & (FIRST_CAPITAL | FIRST_DIGIT);
        }
        mark |= (known >>> 8) & NOT_ALL_CAPITALS;
        h = Math.imul(h ^ (known & 255), PRIME);
        end = ++i;
        continue;
      }
    } else {
      let cp = code;
      if (code >= 0xd800 && code <= 0xdbff) {
        cp = text.codePointAt(i) as number;
        if (cp > 0xffff) next = i + 2;
      }
      const page = foldPage(cp >>> 8);
      const kind = page.classes[cp & 255] as number;
      if (kind === WORD) {
        if (start < 0) start = i;
        mark |= NOT_ALL_CAPITALS | BEYOND_ASCII;
        h = hashFolded(page.folded[cp & 255] as string, h);
        end = i = next;
        continue;
      }
      if (kind !== 0 && kind !== SOLO) {
        if (start >= 0) mark |= BEYOND_ASCII;
        i = next;
        continue;
      }
      alone = kind === SOLO;
    }
    if ((count & 255) === 0) spend();
    // Room for the word that ends here, and for a letter that is one by itself.
    if (count + 2 > capacity) {
      capacity *= 2;
      starts = grown(starts, new Uint32Array(capacity));
      ends = grown(ends, new Uint32Array(capacity));
      hashes = grown(hashes, new Uint32Array(capacity));
      marks = grown(marks, new Uint8Array(capacity));
    }
    if (start >= 0) {
      starts[count] = start;
      ends[count] = end;
      hashes[count] = finish(h);
      marks[count++] = mark;
      start = -1;
      h = OFFSET;
      mark = 0;
    }
    if (alone) {
      const cp = text.codePointAt(i) as number;
      starts[count] = i;
      ends[count] = next;
      hashes[count] = finish(hashFolded(foldPage(cp >>> 8).folded[cp & 255] as string, OFFSET));
      marks[count++] = NOT_ALL_CAPITALS | BEYOND_ASCII | SOLO_LETTER;
    }
    i = next;
  }
  return {
    count,
    starts: starts.subarray(0, count),
    ends: ends.subarray(0, count),
    hashes: hashes.subarray(0, count),
    marks: marks.subarray(0, count),
  };
}

function hashFolded(folded: string, h: number): number {
  for (let i = 0; i < folded.length; i++) h = Math.imul(h ^ folded.charCodeAt(i), PRIME);
  return h;
}

function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

function grown<T extends Uint32Array | Uint8Array>(column: T, wider: T): T {
  wider.set(column);
  return wider;
}

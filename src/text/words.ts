import { foldPage, SOLO, WORD } from './fold.js';

/**
 * Where the words of a text are: pairs of start and end offsets in UTF-16 code units,
 * `[start0, end0, start1, end1, ...]`, in text order.
 *
 * A word is a maximal run of letters, digits and marks of any script; a letter of a script that writes no
 * spaces (Han, kana, Thai, Lao, Khmer, Burmese) is a word by itself, so that the answer does not depend on the
 * dictionary of the machine. Apostrophes and hyphens part words, whatever their typography. Linear time.
 */
export function wordSpans(text: string): Uint32Array {
  let spans = new Uint32Array(Math.max(16, text.length >>> 1));
  let n = 0;
  let start = -1;
  let end = 0;
  const push = (from: number, to: number) => {
    if (n + 2 > spans.length) {
      const grown = new Uint32Array(spans.length * 2);
      grown.set(spans);
      spans = grown;
    }
    spans[n++] = from;
    spans[n++] = to;
  };
  let page = -1;
  let classes = new Uint8Array(0);
  for (let i = 0; i < text.length; ) {
    let cp = text.charCodeAt(i);
    let width = 1;
    if (cp >= 0xd800 && cp <= 0xdbff) {
      cp = text.codePointAt(i) as number;
      if (cp > 0xffff) width = 2;
    }
    if (cp >>> 8 !== page) {
      page = cp >>> 8;
      classes = foldPage(page).classes as Uint8Array<ArrayBuffer>;
    }
    const kind = classes[cp & 255] as number;
    const next = i + width;
    if (kind === WORD) {
      if (start < 0) start = i;
      end = next;
    } else if (kind === SOLO) {
      if (start >= 0) push(start, end);
      start = -1;
      push(i, next);
    } else if (kind === 0) {
      if (start >= 0) push(start, end);
      start = -1;
    }
    i = next;
  }
  if (start >= 0) push(start, end);
  return spans.slice(0, n);
}

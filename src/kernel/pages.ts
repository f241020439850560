import { foldPage, IGNORED, SEPARATOR, SOLO, WORD } from '../text/fold.js';
import { ALL_SEPARATORS, ALL_SOLO, ALL_WORD, FIRST_SLOT, PAGE_INDEX, PAGES, SLOTS } from './layout.js';

const BLANK = 0x20;

/**
 * Answers the kernel's question for a page of the fold table: writes the page into kernel memory and returns its
 * entry in the page index. The tables come from `text/fold.ts`, so that the kernel folds as the reference does.
 */
export function pageFiller(memory: ArrayBuffer): (page: number) => number {
  const index = new Uint16Array(memory, PAGE_INDEX, 0x1100);
  const tables = new Uint8Array(memory, PAGES, SLOTS * 2048);
  const encoder = new TextEncoder();
  let used = 0;
  return (page) => {
    const uniform = uniformKind(page);
    if (uniform !== undefined) {
      index[page] = uniform;
      return uniform;
    }
    if (used === SLOTS) {
      // Text that walks through all of Unicode starts afresh rather than ask for memory.
      index.fill(0);
      used = 0;
    }
    const slot = used++;
    const { classes, folded } = foldPage(page);
    const table = tables.subarray(slot * 2048, slot * 2048 + 2048).fill(0);
    for (let i = 0; i < 256; i++) {
      const kind = classes[i] as number;
      if (kind === IGNORED) continue;
      let at = i * 8;
      if (kind !== WORD) table[at++] = BLANK;
      if (kind === SEPARATOR) continue;
      at += encoder.encodeInto(folded[i] as string, table.subarray(at)).written;
      if (kind === SOLO) table[at] = BLANK;
    }
    index[page] = slot + FIRST_SLOT;
    return slot + FIRST_SLOT;
  };
}

/** The entry of a page whose code points are all separators, or all letters that fold to themselves. */
function uniformKind(page: number): number | undefined {
  const { classes, folded } = foldPage(page);
  const kind = classes[0] as number;
  if (kind === IGNORED || classes.some((other) => other !== kind)) return undefined;
  if (kind === SEPARATOR) return ALL_SEPARATORS;
  if (folded.some((char, i) => char !== String.fromCodePoint(page * 256 + i))) return undefined;
  return kind === SOLO ? ALL_SOLO : ALL_WORD;
}

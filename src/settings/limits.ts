import { quoted, TwicetoldError } from '../errors.js';
import type { SourceDocument } from '../types.js';
import type { Settings } from './options.js';

/** Bounds of what is worked on, against inputs that would take all there is. */
export type Limits = Pick<Settings, 'maxDocumentBytes' | 'maxDocuments' | 'maxCandidates' | 'timeoutMs'>;

/** Refuses a document whose text has too many bytes. */
export function checkSize({ id, text }: SourceDocument, { maxDocumentBytes }: Pick<Limits, 'maxDocumentBytes'>): void {
  if (isLonger(text, maxDocumentBytes))
    throw new TwicetoldError(
      'TOO_LARGE',
      `the text of document ${quoted(id)} has more than ${maxDocumentBytes} bytes, which maxDocumentBytes allows at most`,
    );
}

/** Refuses one document more than there may be, when there are `count`. */
export function checkRoom(count: number, { maxDocuments }: Pick<Limits, 'maxDocuments'>): void {
  if (count >= maxDocuments)
    throw new TwicetoldError(
      'TOO_MANY',
      `there are more than ${maxDocuments} documents, which maxDocuments allows at most`,
    );
}

/** Refuses more pairs to compare than there may be. */
export function checkCandidates(count: number, { maxCandidates }: Pick<Limits, 'maxCandidates'>): void {
  if (count > maxCandidates)
    throw new TwicetoldError(
      'TOO_MANY',
      `there are more than ${maxCandidates} candidate pairs, which maxCandidates allows at most; a lower maxKeyDocuments, or a higher minSharedKeys or copyThreshold, proposes fewer`,
    );
}

/** Whether a text has more than `most` bytes in UTF-8. Counts only where its length leaves a doubt. */
function isLonger(text: string, most: number): boolean {
  if (3 * text.length <= most) return false;
  if (text.length > most) return true;
  let bytes = 0;
  for (let at = 0; at < text.length && bytes <= most; at++) {
    const unit = text.charCodeAt(at);
    // Each half of a surrogate pair counts two of its four bytes; a lone one is written as U+FFFD, three bytes, and counts two here.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes > most;
}

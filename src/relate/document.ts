import { shingleHashes } from '../sketch/minhash.js';
import type { AnalysedText } from '../text/analyse.js';
import { type BoilerplateSpan, withoutSpans } from '../text/boilerplate.js';
import type { SourceDocument } from '../types.js';

/** A document as it is compared: without its boilerplate. */
export interface ComparableDocument {
  readonly source: SourceDocument;
  /** Offsets are those of the whole text. */
  readonly content: AnalysedText;
  /** Hashes of the content's shingles, in text order, repeats included. */
  readonly shingles: Uint32Array;
}

/** Takes the boilerplate out of a document and shingles the rest. */
export function comparable(
  source: SourceDocument,
  whole: AnalysedText,
  boilerplate: readonly BoilerplateSpan[],
  shingleSize: number,
  seed: number,
): ComparableDocument {
  let text = '';
  let from = 0;
  for (const { start, end } of boilerplate) {
    text += whole.text.slice(from, start);
    from = end;
  }
  text += whole.text.slice(from);
  return { source, content: withoutSpans(whole, boilerplate), shingles: shingleHashes(text, shingleSize, seed) };
}

import { sortNumbers } from '../candidates/radix.js';
import { type KnownWords, knownWords } from '../lexicon/known.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { hashShingle } from '../sketch/hash.js';
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
  /** The same ascending, each once. */
  readonly shingleSet: Uint32Array;
  /** What its language's lexicon knows of the content's terms. */
  readonly known?: KnownWords;
}

/** Takes the boilerplate out of a document and shingles the rest. */
export function comparable(
  { source, text, lexicon }: { source: SourceDocument; text: AnalysedText; lexicon?: Lexicon },
  boilerplate: readonly BoilerplateSpan[],
  shingleSize: number,
  seed: number,
): ComparableDocument {
  const shingles = contentShingles(text, boilerplate, shingleSize, seed);
  const content = withoutSpans(text, boilerplate);
  return {
    source,
    content,
    shingles,
    shingleSet: distinct(shingles),
    ...(lexicon === undefined ? {} : { known: knownWords(content, lexicon) }),
  };
}

/** Hashes of the shingles of the words outside the given spans; a text of fewer words is one shingle of all it has. */
export function contentShingles(
  doc: Pick<AnalysedText, 'words'>,
  left: readonly BoilerplateSpan[],
  shingleSize: number,
  seed: number,
): Uint32Array {
  const { count, starts, hashes } = doc.words;
  const words = new Uint32Array(count);
  let n = 0;
  let next = 0;
  for (let w = 0; w < count; w++) {
    const start = starts[w] as number;
    while (next < left.length && (left[next] as BoilerplateSpan).end <= start) next++;
    if (next < left.length && (left[next] as BoilerplateSpan).start <= start) continue;
    words[n++] = (hashes[w] as number) ^ seed;
  }
  if (n === 0) return new Uint32Array(0);
  const size = Math.min(shingleSize, n);
  const shingles = new Uint32Array(n - size + 1);
  for (let i = 0; i < shingles.length; i++) shingles[i] = hashShingle(words, i, size);
  return shingles;
}

export function distinct(values: Uint32Array): Uint32Array {
  const sorted = sortNumbers(values.slice());
  let n = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[n - 1]) sorted[n++] = sorted[i] as number;
  return sorted.subarray(0, n);
}

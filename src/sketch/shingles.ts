import { checkInteger, checkOptions, checkString, describe, TwicetoldError } from '../errors.js';
import { fold } from '../text/fold.js';
import { wordSpans } from '../text/words.js';

/** Options of {@link shingles}. */
export interface ShingleOptions {
  /** Words a shingle, 1 to 12. Default 3. */
  shingleSize?: number;
}

/** The folded words of a text, in order. */
export function foldedWords(text: string): string[] {
  const spans = wordSpans(text);
  const words: string[] = [];
  for (let i = 0; i < spans.length; i += 2) words.push(fold(text.slice(spans[i], spans[i + 1])));
  return words;
}

/**
 * The word shingles of a text: every run of `shingleSize` consecutive words, folded (no case, no diacritics, no
 * punctuation), joined by a blank, in text order, repeats included. A text that has words, but fewer than
 * `shingleSize`, is one shingle of all of them; a text without words has none.
 *
 * These are the shingles that {@link MinHasher} signs (Broder, "On the resemblance and containment of documents",
 * 1997). Cost: linear in the text.
 *
 * @param text any string
 * @param options the shingle size, 1 to 12 words
 * @returns the shingles, each a string of folded words
 * @throws TwicetoldError `INVALID_ARGUMENT` when `text` is not a string, `OUT_OF_RANGE` when the size is not 1 to 12
 *
 * @example
 * ```ts
 * import { shingles } from 'twicetold';
 * console.log(shingles('The cat sat. The cat!', { shingleSize: 2 })); // [ 'the cat', 'cat sat', 'sat the', 'the cat' ]
 * ```
 */
export function shingles(text: string, options: ShingleOptions = {}): string[] {
  checkString('text', text);
  checkOptions('shingles options', options, ['shingleSize']);
  const size = checkInteger('shingleSize', options.shingleSize ?? 3, 1, 12);
  const words = foldedWords(text);
  if (words.length === 0) return [];
  const out: string[] = [];
  for (let i = 0; i + size <= words.length; i++) out.push(words.slice(i, i + size).join(' '));
  return out.length > 0 ? out : [words.join(' ')];
}

/**
 * The exact resemblance (Jaccard similarity) of two sets: members of both over members of either, in [0, 1].
 * Repeats count once; two empty sets resemble each other fully (1).
 *
 * @param a shingles, or any iterable of values compared by `===`
 * @param b likewise
 * @returns the resemblance, in [0, 1]
 * @throws TwicetoldError `INVALID_ARGUMENT` when either cannot be iterated, or is a string (pass its shingles)
 *
 * @example
 * ```ts
 * import { jaccard, shingles } from 'twicetold';
 * console.log(jaccard(shingles('a b c d'), shingles('b c d e'))); // 0.3333333333333333
 * ```
 */
export function jaccard<T>(a: Iterable<T>, b: Iterable<T>): number {
  const left = toSet('a', a);
  const right = toSet('b', b);
  if (left.size === 0 && right.size === 0) return 1;
  let both = 0;
  for (const x of left) if (right.has(x)) both++;
  return both / (left.size + right.size - both);
}

function toSet<T>(name: string, values: Iterable<T>): Set<T> {
  if (typeof values !== 'object' || values === null || typeof values[Symbol.iterator] !== 'function')
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `${name} must be an array or set of shingles, got ${describe(values)}`,
    );
  return values instanceof Set ? values : new Set(values);
}

import { fold } from '../text/fold.js';
import { wordSpans } from '../text/words.js';
import { hashShingle, hashWord, wordKey } from './hash.js';
import type { Permutations } from './permutations.js';

/** What a set without shingles has for minima. */
export const EMPTY_MINIMUM = 0xffffffff;

/** The 32-bit hashes of a text's shingles, in text order, repeats included. */
export function shingleHashes(text: string, shingleSize: number, seed: number): Uint32Array {
  const spans = wordSpans(text);
  const count = spans.length / 2;
  if (count === 0) return new Uint32Array(0);
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(64);
  const words = new Uint32Array(count);
  const key = wordKey(seed);
  for (let i = 0; i < count; i++) {
    const word = fold(text.slice(spans[2 * i], spans[2 * i + 1]));
    if (word.length * 3 > bytes.length) bytes = new Uint8Array(word.length * 4);
    words[i] = hashWord(bytes, encoder.encodeInto(word, bytes).written, key);
  }
  const size = Math.min(shingleSize, count);
  const hashes = new Uint32Array(count - size + 1);
  for (let i = 0; i < hashes.length; i++) hashes[i] = hashShingle(words, i, size);
  return hashes;
}

/** The minimum of the hashes under each permutation: the reference that the kernel must equal. */
export function minima(hashes: Uint32Array, family: Permutations): Uint32Array {
  const { factors, addends } = family;
  const k = factors.length;
  const out = new Uint32Array(k).fill(EMPTY_MINIMUM);
  for (const x of hashes) {
    const upper = x >>> 16;
    const lower = x & 0xffff;
    for (let i = 0; i < k; i++) {
      const v = (((Math.imul(factors[i] as number, upper) + (addends[i] as number)) << 16) | lower) >>> 0;
      if (v < (out[i] as number)) out[i] = v;
    }
  }
  return out;
}

/**
 * The hashes of signature format 1, as plain 32-bit arithmetic. The kernel must give the same numbers.
 *
 * A word is hashed over its folded UTF-8 bytes, sixteen at a step; a shingle is a polynomial over its word hashes,
 * so that neighbouring shingles share work; a last mix makes every bit of a shingle's hash depend on all of them.
 * The seed enters at the word, as the factors of its bytes: words that collide under one seed do not under another.
 */

const STEP = 0xc2b2ae3d;
const LAST = 0x27d4eb2f;
/** Base of the shingle polynomial: odd, so that no word's weight loses bits. */
export const SHINGLE_BASE = 0x2c1b3c6d;

/** Mixes all 32 bits into all 32 bits, reversibly (the finaliser of MurmurHash3, Appleby 2011). */
export function mix32(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A seed's part in the hash of a word: where it starts, and an odd factor for each quarter of a step. */
export interface WordKey {
  readonly start: number;
  readonly factors: Uint32Array;
}

/** The word key of a seed. */
export function wordKey(seed: number): WordKey {
  const next = randomStream(seed ^ 0x776f7264);
  return { start: next(), factors: Uint32Array.from({ length: 4 }, () => next() | 1) };
}

/** Hashes `bytes[0..length)`, the folded UTF-8 of one word; bytes past the end count as zero, which no word contains. */
export function hashWord(bytes: Uint8Array, length: number, key: WordKey): number {
  let h = key.start | 0;
  for (let i = 0; i < length; i += 16) {
    const a = Math.imul(load32(bytes, i, length), key.factors[0] as number);
    const b = Math.imul(load32(bytes, i + 4, length), key.factors[1] as number);
    const c = Math.imul(load32(bytes, i + 8, length), key.factors[2] as number);
    const d = Math.imul(load32(bytes, i + 12, length), key.factors[3] as number);
    // A product's top bits depend on little: brought down differently far, those of two quarters cannot cancel.
    const spread = a ^ b ^ (b >>> 9) ^ c ^ (c >>> 13) ^ d ^ (d >>> 17);
    h = Math.imul(h ^ (h >>> 15), STEP) ^ spread;
  }
  h = Math.imul(h ^ (h >>> 15), LAST);
  return (h ^ (h >>> 13)) >>> 0;
}

/** Four bytes, little-endian, with zeros past `length`. */
function load32(bytes: Uint8Array, at: number, length: number): number {
  let v = 0;
  for (let i = Math.min(at + 4, length) - 1; i >= at; i--) v = (v << 8) | (bytes[i] as number);
  return v;
}

/** Hashes the shingle of the word hashes `words[from..from+count)`. */
export function hashShingle(words: ArrayLike<number>, from: number, count: number): number {
  let h = 0;
  for (let i = 0; i < count; i++) h = (Math.imul(h, SHINGLE_BASE) + (words[from + i] as number)) | 0;
  return mix32(h);
}

/** A stream of 32-bit numbers from a seed (SplitMix32: a Weyl sequence through a mixer), the same on every machine. */
export function randomStream(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

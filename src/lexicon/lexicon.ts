import { TwicetoldError } from '../errors.js';
import { readBase64 } from './base64.js';

/** "TTLX", read as a little-endian 32-bit number. */
export const LEXICON_MAGIC = 0x584c5454;
/** Changes when the columns do. */
export const LEXICON_VERSION = 1;
/** Numbers in the header: magic, version, words, dimensions, edges. */
export const HEADER = 5;
/** Rarities are stored in steps of a sixteenth. */
export const RARITY_STEPS = 16;
/** Likenesses are stored in steps of a 255th. */
export const LIKENESS_STEPS = 255;

/**
 * What is known of the words of one language: how rare each is, which others mean nearly the same, and a vector of
 * its meaning. Words are terms (stems), by their 32-bit ids (see text/terms.ts). One buffer, little-endian:
 *
 * - header, 5 numbers of 32 bits: magic, version, words `n`, dimensions `d`, edges `e`
 * - `ids`, n of 32 bits: term ids, ascending; a word's row is its place here
 * - `first`, n + 1 of 32 bits: the first edge of each row
 * - `neighbours`, e of 16 bits: the row that each edge leads to, likest first
 * - `likeness`, e of 8 bits: how alike the two are, in 255ths
 * - `rarity`, n of 8 bits: see {@link Lexicon.rarity}, in sixteenths
 * - `vectors`, n times d of 8 bits, signed: unit vectors, all by one factor
 */
export class Lexicon {
  /** Words that it knows. */
  readonly words: number;
  /** Numbers in a word's vector. */
  readonly dimensions: number;
  readonly ids: Uint32Array;
  readonly first: Uint32Array;
  readonly neighbours: Uint16Array;
  readonly likeness: Uint8Array;
  readonly vectors: Int8Array;
  readonly #rarity: Uint8Array;
  /** Row plus one in each slot of a hash table of term ids, at most half full; 0 where it is free. */
  readonly #slots: Uint32Array;

  constructor(
    /** BCP 47 primary tag of its language. */
    readonly language: string,
    buffer: ArrayBuffer,
  ) {
    const size = buffer.byteLength;
    const header = new Uint32Array(buffer, 0, size >= 4 * HEADER ? HEADER : 0);
    const [magic, version, n = 0, d = 0, e = 0] = header;
    const wanted = 4 * HEADER + 4 * (2 * n + 1) + 3 * e + n + n * d;
    if (magic !== LEXICON_MAGIC || version !== LEXICON_VERSION || size !== wanted)
      throw new TwicetoldError(
        'INVALID_ARGUMENT',
        `the lexicon of language ${language} must be one buffer of version ${LEXICON_VERSION}, whole; this one has ${size} bytes and version ${version}`,
      );
    this.words = n;
    this.dimensions = d;
    let at = 4 * HEADER;
    this.ids = new Uint32Array(buffer, at, n);
    at += 4 * n;
    this.first = new Uint32Array(buffer, at, n + 1);
    at += 4 * (n + 1);
    this.neighbours = new Uint16Array(buffer, at, e);
    at += 2 * e;
    this.likeness = new Uint8Array(buffer, at, e);
    at += e;
    this.#rarity = new Uint8Array(buffer, at, n);
    at += n;
    this.vectors = new Int8Array(buffer, at, n * d);
    const slots = 2 ** Math.ceil(Math.log2(2 * n + 2));
    this.#slots = new Uint32Array(slots);
    for (let row = 0; row < n; row++) {
      let slot = (this.ids[row] as number) & (slots - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (slots - 1);
      this.#slots[slot] = row + 1;
    }
  }

  /** The row of a term, or -1 where it is not known. */
  rowOf(term: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = term & mask; ; slot = (slot + 1) & mask) {
      const row = (slots[slot] as number) - 1;
      if (row < 0 || this.ids[row] === term) return row;
    }
  }

  /**
   * How rare a word is: the logarithm of one in how many articles of 400 words has it, 0 (every one) to 15.9. A word
   * that is not in the lexicon (-1) is as rare as the rarest in it.
   */
  rarity(row: number): number {
    return row < 0 ? RAREST : (this.#rarity[row] as number) / RARITY_STEPS;
  }
}

/** Rarity of a word that is not in the lexicon. */
export const RAREST = 13;

/** A lexicon from the text of its data file. */
export function readLexicon(language: string, base64: string): Lexicon {
  return new Lexicon(language, readBase64(base64));
}

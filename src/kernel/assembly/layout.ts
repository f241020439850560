/**
 * The kernel's one memory: every column has its fixed place, so nothing is ever allocated or grown.
 * `src/kernel/layout.ts` repeats the addresses that the loader writes to and reads from.
 */

/** u16 a permutation: factors, addends, inverses of the factors modulo 2^16, and the minima of upper halves. */
export const FACTORS: usize = 0;
export const ADDENDS: usize = 2048;
export const INVERSES: usize = 4096;
export const MINIMA: usize = 6144;
/** u32 a permutation: the signature. */
export const SIGNATURE: usize = 8192;
/** 16 bytes of ones, then 16 of zeros: a load that begins in the ones is a mask for the start of a word. */
export const MASKS: usize = 12288;
/** 16 bytes a constant of a hot loop: loaded once they stay in registers, written as constants they are made each time. */
export const CONSTANTS: usize = 12320;
/** u16 a page of 256 code points: where its fold table is, 0 when not asked for yet. */
export const PAGE_INDEX: usize = 12576;
/** One bit an upper half: whether the document has it. Used for long documents only. */
export const PRESENT: usize = 21504;
/** u64 a byte value: the places of its one bits, a byte each, lowest first. */
export const PLACES: usize = 29696;
/** u32 a shingle: its hash's upper half, twice, so that one load broadcasts it to eight 16-bit lanes. */
export const SPLATS: usize = 32768;
/** The folded text of one block, the unfinished word of the block before it first. */
export const FOLDED: usize = 40960;
/** u16 a border of a word in the folded text: starts and ends take turns. */
export const BORDERS: usize = 46080;
/** u32 a word, four words at a time: where its mask is. */
export const SPANS: usize = 55296;
/** u32 a word: its hash; the last words of the block before first. */
export const WORDS: usize = 90112;
/** u32 a shingle of this block: its hash. */
export const HASHES: usize = 99328;
/** u32 an upper half: the document's number and, below it, the complement of the least lower half seen with it. */
export const LEAST: usize = 108544;
/** u64 a code point, 256 a page: its folded UTF-8. */
export const PAGES: usize = 370688;
/** What the caller hands over: UTF-8, or hashes, or a column of signatures. */
export const INPUT: usize = 763904;

/** Bytes of folded text a block; it, its borders and its words stay in the first-level cache. */
export const BLOCK: usize = 4096;
/** Documents of more distinct upper halves than this are signed by search instead of by comparison, see `minima.ts`. */
export const DENSE: i32 = 1024;

/** Kinds of a page in PAGE_INDEX; higher numbers are slots of PAGES, counted from SLOT. */
export const UNKNOWN: i32 = 0;
export const ALL_SEPARATORS: i32 = 1;
export const ALL_SOLO: i32 = 2;
export const ALL_WORD: i32 = 3;
export const SLOT: i32 = 4;

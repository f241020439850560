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
/** u64 a length 0 to 8: ones over that many low bytes. */
export const MASKS: usize = 12288;
/** u16 a page of 256 code points: where its fold table is, 0 when not asked for yet. */
export const PAGE_INDEX: usize = 12416;
/** One bit an upper half: whether the document has it. Used for long documents only. */
export const PRESENT: usize = 21504;
/** u32 a shingle: its hash's upper half, twice, so that one load broadcasts it to eight 16-bit lanes. */
export const SPLATS: usize = 32768;
/** The folded text of one block, the unfinished word of the block before it first. */
export const FOLDED: usize = 49152;
/** u16 a border of a word in the folded text: starts and ends take turns. */
export const BORDERS: usize = 57856;
/** u64 a word: its first eight bytes. */
export const HEADS: usize = 75264;
/** u16 a word of more than eight bytes: its place among the block's words. */
export const LONG: usize = 110080;
/** u32 a word: its hash; the last words of the block before first. */
export const WORDS: usize = 118784;
/** u32 a shingle of this block: its hash. */
export const HASHES: usize = 136448;
/** u32 an upper half: the document's number and, below it, the complement of the least lower half seen with it. */
export const LEAST: usize = 155648;
/** u64 a code point, 256 a page: its folded UTF-8. */
export const PAGES: usize = 417792;
/** What the caller hands over: UTF-8, or hashes, or a column of signatures. */
export const INPUT: usize = 811008;

/** Bytes of folded text a block; it, its borders and its words stay in the first-level cache. */
export const BLOCK: usize = 8192;
/** Documents of more shingles than this are signed by search instead of by comparison, see `minima.ts`. */
export const DENSE: i32 = 1024;

/** Kinds of a page in PAGE_INDEX; higher numbers are slots of PAGES, counted from SLOT. */
export const UNKNOWN: i32 = 0;
export const ALL_SEPARATORS: i32 = 1;
export const ALL_SOLO: i32 = 2;
export const ALL_WORD: i32 = 3;
export const SLOT: i32 = 4;

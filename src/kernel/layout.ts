/**
 * What the loader needs to know of the kernel's memory: byte addresses, as in `assembly/layout.ts`, where each
 * column is described.
 */
export const FACTORS = 0;
export const ADDENDS = 2048;
export const SIGNATURE = 8192;
export const PAGE_INDEX = 12576;
/** The kernel's HASHES, which holds the counts of a comparison while nothing is signed. */
export const COUNTS = 99328;
export const PAGES = 370688;
export const INPUT = 763904;

/** Bytes at INPUT that one call takes. */
export const INPUT_BYTES = 65536;
/** Fold tables that PAGES has room for; Unicode 16 has about 160 that differ from the uniform ones. */
export const SLOTS = 192;

/** Entries of PAGE_INDEX that need no table; tables are numbered from FIRST_SLOT. */
export const ALL_SEPARATORS = 1;
export const ALL_SOLO = 2;
export const ALL_WORD = 3;
export const FIRST_SLOT = 4;

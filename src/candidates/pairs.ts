import type { Rows } from '../columns.js';
import type { Banding } from '../sketch/bands.js';

/** Settings of the candidate search; see the options of the same names. */
export interface CandidateSettings {
  readonly banding: Banding;
  readonly maxKeyDocuments: number;
  readonly minSharedKeys: number;
}

/** The columns of a corpus that candidates are found in, a row a document, in the order of their ids. */
export interface CandidateColumns {
  /** Ranks of content terms by sentence: see `rankTerms`. */
  readonly terms: Rows;
  /** Keys of the bands of the signature; none for a text without words. */
  readonly bands: Rows;
  /** The row of each document, in the order of ids. */
  readonly order: Uint32Array;
}

/**
 * Pairs to compare, in the order of `a`, then `b`; documents are named by their places in the order of ids.
 *
 * - `a`, `b`: the two documents, `a < b`
 * - `shared`: rare-term keys that both have, 255 at most
 * - `kind`: see below
 */
export interface Candidates {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly shared: Uint8Array;
  readonly kind: Uint8Array;
  /** Keys that stood in too many documents to propose anything. */
  readonly cappedKeys: number;
}

/** Proposed by rare terms alone. */
export const BY_TERMS = 0;
/** Proposed by a band of the signatures. */
export const BY_BAND = 1;
/** Between documents that have so many partners that they may be one form filled with different facts. */
export const IN_CROWD = 2;
/** Documents that make a crowd. */
export const CROWD = 8;
/** Proposed by a band so full that each of its documents is compared with a few leaders only. */
export const BY_LEADER = 3;
/** Compared once more: related at first, and between documents of whose candidates most tell of other things. */
export const AMONG_OTHERS = 4;
/** Candidates of a document that tell of other things, and the share of its candidates that they are, from which it is among others. */
export const OTHERS = 4;
export const MOSTLY_OTHERS = 0.5;

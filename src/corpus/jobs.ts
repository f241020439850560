import type { ComparableDocument } from '../relate/document.js';
import type { BoilerplateSpan, Surroundings } from '../text/boilerplate.js';
import type { Comparison, DocumentSummary, SourceDocument } from '../types.js';

/** Keeps what documents are compared by: in memory, or in a file. */
export interface DocumentStore {
  /** Keeps a document and says where. */
  put(doc: ComparableDocument): number;
  get(place: number): ComparableDocument;
}

/** Boilerplate of a document, with its words. */
export interface FoundSpan extends BoilerplateSpan {
  readonly text: string;
}

/** Pairs of documents; `kinds` says how each was proposed. */
export interface Pairs {
  readonly places: readonly number[];
  readonly pairs: readonly number[];
  readonly kinds: readonly number[];
}

/**
 * What there is to do with documents, in pieces that do not depend on each other. Documents are named by where the store has
 * them; `pairs` names them by their places in `places`, two and two.
 */
export type Job =
  | { readonly op: 'read'; readonly sources: readonly SourceDocument[] }
  | { readonly op: 'surroundings'; readonly places: readonly number[]; readonly lines: readonly number[][] }
  | { readonly op: 'reread'; readonly places: readonly number[]; readonly recurring: readonly number[][] }
  | ({
      readonly op: 'compare';
      /** What an encoder says of each pair, by the order of its documents, see `SecondOpinion.odds`. */
      readonly odds?: readonly (readonly [number, number])[];
    } & Pairs)
  | ({ readonly op: 'doubt' } & Pairs)
  | { readonly op: 'sentences'; readonly places: readonly number[] };

/**
 * What stays of documents that were read.
 *
 * - `columns`: for each document three rows, each after its length: content terms by sentence (see `sentenceTerms`);
 *   lines, three numbers each (the lower and the upper half of the key, the documents that it must stand in to recur); keys of
 *   the bands
 */
export interface Read {
  readonly summaries: readonly DocumentSummary[];
  readonly places: readonly number[];
  readonly boilerplate: readonly FoundSpan[][];
  readonly columns: Uint32Array<ArrayBuffer>;
  /** Languages whose lexicon was used. */
  readonly lexicons: readonly string[];
}

/** Two documents compared, and how likely words make either a retelling of the other, where nothing in them is certain. */
export interface Doubt {
  readonly comparison: Comparison | undefined;
  readonly doubt?: number;
}

/** The sentences of a document, boilerplate left out, with how many words each has. */
export interface Sentences {
  readonly texts: string[];
  readonly words: number[];
}

/** What comes of a job. */
export interface Results {
  read: Read;
  reread: Read;
  surroundings: Surroundings[][];
  /** By pair; undefined where the two are unrelated. */
  compare: (Comparison | undefined)[];
  doubt: Doubt[];
  sentences: Sentences[];
}

/** Keeps documents in memory. */
export class MemoryStore implements DocumentStore {
  readonly #documents: ComparableDocument[] = [];

  put(doc: ComparableDocument): number {
    return this.#documents.push(doc) - 1;
  }

  get(place: number): ComparableDocument {
    return this.#documents[place] as ComparableDocument;
  }
}

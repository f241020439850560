import { alignWithin } from './align/align.js';
import { round, sentenceSpan } from './align/passages.js';
import { IN_CROWD } from './candidates/candidates.js';
import { bandKey } from './candidates/lsh.js';
import { sentenceTerms } from './candidates/rareterms.js';
import { describe } from './errors.js';
import type { Lexicon } from './lexicon/lexicon.js';
import { provenanceOf, type Settings } from './options.js';
import { publishedAt } from './published.js';
import { relateCopies } from './relate/copy.js';
import { type ComparableDocument, comparable, contentShingles } from './relate/document.js';
import { fillOneForm } from './relate/form.js';
import { relate } from './relate/relation.js';
import { EMPTY_MINIMUM } from './sketch/minhash.js';
import { createSigner, type Signer, signatureSettings } from './sketch/signer.js';
import type { AnalysedText } from './text/analyse.js';
import {
  type BoilerplateSpan,
  boilerplateOf,
  documentsNeeded,
  type Surroundings,
  surroundings,
} from './text/boilerplate.js';
import { primaryTag } from './text/language.js';
import { wordColumns } from './text/wordcolumns.js';
import type { Comparison, DocumentSummary, Provenance, SourceDocument } from './types.js';

/** A document that was read and taken apart. */
export interface ReadDocument {
  readonly source: SourceDocument;
  readonly language: string;
  readonly text: AnalysedText;
  /** What is known of its language's words, where that is loaded. */
  readonly lexicon?: Lexicon;
}

/** Takes one document apart, in its language. */
export type Analyser = (source: SourceDocument) => ReadDocument;

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

/**
 * What there is to do with documents, in pieces that do not depend on each other. Documents are named by where the store has
 * them; `pairs` names them by their places in `places`, two and two.
 */
export type Job =
  | { readonly op: 'read'; readonly sources: readonly SourceDocument[] }
  | { readonly op: 'surroundings'; readonly places: readonly number[]; readonly lines: readonly number[][] }
  | { readonly op: 'reread'; readonly places: readonly number[]; readonly recurring: readonly number[][] }
  | {
      readonly op: 'compare';
      readonly places: readonly number[];
      readonly pairs: readonly number[];
      readonly kinds: readonly number[];
    };

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

/** What comes of a job. */
export interface Results {
  read: Read;
  reread: Read;
  surroundings: Surroundings[][];
  /** By pair; undefined where the two are unrelated. */
  compare: (Comparison | undefined)[];
}

/** Documents that were compared last are kept at hand. */
const AT_HAND = 512;

/** Does jobs, one after the other, on whatever thread. What comes of a job depends on the job alone. */
export class Workbench {
  readonly #settings: Settings;
  readonly #analyser: Analyser;
  readonly #store: DocumentStore;
  readonly #signer: Signer;
  readonly #atHand = new Map<number, ComparableDocument>();

  constructor(settings: Settings, analyser: Analyser, store: DocumentStore) {
    this.#settings = settings;
    this.#analyser = analyser;
    this.#store = store;
    this.#signer = createSigner(signatureSettings(settings.permutations, settings.shingleSize, settings.seed));
  }

  /** Does a job. */
  do<J extends Job>(job: J): Results[J['op']] {
    return this.#do(job) as Results[J['op']];
  }

  #do(job: Job): Results[Job['op']] {
    switch (job.op) {
      case 'read':
        return this.#settings.level === 'document'
          ? this.#readWhole(job.sources)
          : this.#read(job.sources, () => undefined);
      case 'reread':
        this.#atHand.clear();
        return this.#read(
          job.places.map((place) => this.#store.get(place).source),
          (n) => job.recurring[n],
        );
      case 'surroundings':
        return job.places.map((place, n) =>
          surroundings(this.#analyser(this.#store.get(place).source).text, job.lines[n] as number[]),
        );
      case 'compare':
        return this.#compare(job.places, job.pairs, job.kinds);
    }
  }

  /** Reads documents for their copies only: words and shingles, and nothing of what they tell. */
  #readWhole(sources: readonly SourceDocument[]): Read {
    const rows: Uint32Array[] = [];
    const summaries: DocumentSummary[] = [];
    const places: number[] = [];
    for (const source of sources) {
      const words = wordColumns(source.text);
      const shingles = contentShingles({ words }, [], this.#settings.shingleSize, this.#settings.seed);
      rows.push(NOTHING, NOTHING, bandsOf(shingles, this.#signer, this.#settings));
      const language = primaryTag(source.language ?? (this.#settings.languages[0] as string));
      summaries.push({ ...describeSource(source), language, words: words.count, sentences: 0, repeats: [] });
      places.push(this.#store.put({ source, content: NO_CONTENT, shingles, shingleSet: NOTHING }));
    }
    return { summaries, places, boilerplate: sources.map(() => []), columns: packed(rows), lexicons: [] };
  }

  #read(sources: readonly SourceDocument[], recurring: (n: number) => readonly number[] | undefined): Read {
    const rows: Uint32Array[] = [];
    const summaries: DocumentSummary[] = [];
    const places: number[] = [];
    const boilerplate: FoundSpan[][] = [];
    const lexicons = new Set<string>();
    sources.forEach((source, n) => {
      const read = this.#analyser(source);
      const { lines } = read.text;
      if (read.lexicon !== undefined) lexicons.add(read.lexicon.language);
      const known = new Set(recurring(n));
      const spans = boilerplateOf(
        read.text,
        lines.map((_, line) => known.has(line)),
      );
      const doc = comparable(read, spans, this.#settings.shingleSize, this.#settings.seed);
      rows.push(sentenceTerms(doc.content), lineRow(read.text), bandsOf(doc.shingles, this.#signer, this.#settings));
      summaries.push(summarise(read, doc.content));
      places.push(this.#store.put(doc));
      boilerplate.push(spans.map((span) => ({ ...span, text: source.text.slice(span.start, span.end) })));
    });
    return { summaries, places, boilerplate, columns: packed(rows), lexicons: [...lexicons] };
  }

  #compare(places: readonly number[], pairs: readonly number[], kinds: readonly number[]): (Comparison | undefined)[] {
    return kinds.map((kind, p) => {
      const a = this.#get(places[pairs[2 * p] as number] as number);
      const b = this.#get(places[pairs[2 * p + 1] as number] as number);
      if (this.#settings.level === 'document') return relateCopies(a, b, this.#settings.copyThreshold);
      if (kind >= IN_CROWD && fillOneForm(a.content, b.content)) return undefined;
      const comparison = relate(a, b, this.#settings.rewriteThreshold);
      return comparison.relation === 'unrelated' ? undefined : comparison;
    });
  }

  #get(place: number): ComparableDocument {
    const known = this.#atHand.get(place);
    if (known !== undefined) return known;
    if (this.#atHand.size >= AT_HAND) this.#atHand.delete(this.#atHand.keys().next().value as number);
    const doc = this.#store.get(place);
    this.#atHand.set(place, doc);
    return doc;
  }
}

/** The keys of the bands of a document's signature; none for a text without words. */
export function bandsOf(shingles: Uint32Array, signer: Signer, { permutations, banding }: Settings): Uint32Array {
  const signature = new Uint32Array(permutations);
  signer.hashes(shingles, signature, 0);
  if (signature[0] === EMPTY_MINIMUM) return new Uint32Array(0);
  return Uint32Array.from({ length: banding.bands }, (_, band) => bandKey(signature, band, banding.rows));
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

function lineRow({ lines }: AnalysedText): Uint32Array {
  const row = new Uint32Array(3 * lines.length);
  lines.forEach((line, n) => {
    row[3 * n] = line.key % 0x1_0000_0000;
    row[3 * n + 1] = Math.floor(line.key / 0x1_0000_0000);
    row[3 * n + 2] = documentsNeeded(line);
  });
  return row;
}

function packed(rows: readonly Uint32Array[]): Uint32Array<ArrayBuffer> {
  const out = new Uint32Array(rows.reduce((sum, row) => sum + 1 + row.length, 0));
  let at = 0;
  for (const row of rows) {
    out[at++] = row.length;
    out.set(row, at);
    at += row.length;
  }
  return out;
}

const NOTHING = new Uint32Array(0);
const NO_CONTENT: AnalysedText = {
  text: '',
  words: { count: 0, starts: NOTHING, ends: NOTHING, hashes: NOTHING, marks: new Uint8Array(0) },
  sentences: NOTHING,
  firstTerm: NOTHING,
  termIds: NOTHING,
  termFlags: new Uint8Array(0),
  termSpans: NOTHING,
  termWords: NOTHING,
  lines: [],
};

function describeSource(source: SourceDocument): Pick<DocumentSummary, 'id' | 'title' | 'published'> & Provenance {
  const { id, title, published } = source;
  const time = publishedAt(published);
  return {
    id,
    ...(title === undefined ? {} : { title }),
    ...(time === undefined ? {} : { published: new Date(time).toISOString() }),
    ...provenanceOf(source, describe(id)),
  };
}

function summarise(doc: ReadDocument, content: AnalysedText): DocumentSummary {
  return {
    ...describeSource(doc.source),
    language: doc.language,
    words: doc.text.termIds.length,
    sentences: doc.text.sentences.length / 2,
    repeats: alignWithin(content).map(({ i, j, score }) => ({
      a: sentenceSpan(content, i),
      b: sentenceSpan(content, j),
      score: round(score),
    })),
  };
}

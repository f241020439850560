import { bandKey } from '../candidates/lsh.js';
import { AMONG_OTHERS, IN_CROWD } from '../candidates/pairs.js';
import { sentenceTerms } from '../candidates/rareterms.js';
import { relateCopies } from '../relate/copy.js';
import { type ComparableDocument, comparable, contentShingles } from '../relate/document.js';
import { fillOneForm } from '../relate/form.js';
import { relate, relateIfAny, type SecondOpinion } from '../relate/relation.js';
import type { Settings } from '../settings/options.js';
import { EMPTY_MINIMUM } from '../sketch/minhash.js';
import { createSigner, type Signer, signatureSettings } from '../sketch/signer.js';
import type { AnalysedText } from '../text/analyse.js';
import {
  type BoilerplateSpan,
  boilerplateOf,
  documentsNeeded,
  type Surroundings,
  surroundings,
} from '../text/boilerplate.js';
import { primaryTag } from '../text/language.js';
import { wordColumns } from '../text/wordcolumns.js';
import type { Comparison, DocumentSummary, SourceDocument } from '../types.js';
import type { Analyser, ReadDocument } from './analyser.js';
import type { DocumentStore, FoundSpan, Job, Pairs, Read, Results, Sentences } from './jobs.js';
import { describeSource, summarise } from './summaries.js';

/** A document made ready to be compared. */
export interface Prepared {
  readonly doc: ComparableDocument;
  /** How many words its text has. */
  readonly words: number;
  readonly spans: readonly BoilerplateSpan[];
  /** How it was taken apart; not where only its shingles are compared. */
  readonly read?: ReadDocument;
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
        return this.read(job.sources, () => undefined);
      case 'reread':
        this.#atHand.clear();
        return this.read(
          job.places.map((place) => this.#store.get(place).source),
          (n) => job.recurring[n],
        );
      case 'surroundings':
        return job.places.map((place, n) => this.surroundings(this.#store.get(place).source, job.lines[n] as number[]));
      case 'compare':
        return this.#each(job, (a, b, kind, p) => {
          const [x, y] = job.odds?.[p] ?? [1, 1];
          return this.relate(a, b, kind, job.odds && { odds: a.source.text > b.source.text ? [y, x] : [x, y] });
        });
      case 'doubt':
        return this.#each(job, (a, b, kind) => {
          const opinion: SecondOpinion = {};
          return { comparison: this.relate(a, b, kind, opinion), ...opinion };
        });
      case 'sentences':
        return job.places.map((place) => sentencesOf(this.#get(place).content));
    }
  }

  /** Makes a document ready to be compared, given which of its lines recur; with `level: 'document'` its shingles alone. */
  prepare(source: SourceDocument, recurring: readonly number[] = []): Prepared {
    const { shingleSize, seed } = this.#settings;
    if (this.#settings.level === 'document') {
      const words = wordColumns(source.text);
      const shingles = contentShingles({ words }, [], shingleSize, seed);
      return { doc: { source, content: NO_CONTENT, shingles, shingleSet: NOTHING }, words: words.count, spans: [] };
    }
    const read = this.#analyser(source);
    const known = new Set(recurring);
    const spans = boilerplateOf(
      read.text,
      read.text.lines.map((_, line) => known.has(line)),
    );
    return { doc: comparable(read, spans, shingleSize, seed), words: read.text.termIds.length, spans, read };
  }

  /** Reads documents, given which lines of each recur. */
  read(sources: readonly SourceDocument[], recurring: (n: number) => readonly number[] | undefined): Read {
    const rows: Uint32Array[] = [];
    const summaries: DocumentSummary[] = [];
    const places: number[] = [];
    const boilerplate: FoundSpan[][] = [];
    const lexicons = new Set<string>();
    sources.forEach((source, n) => {
      const { doc, words, spans, read } = this.prepare(source, recurring(n));
      const bands = bandsOf(doc.shingles, this.#signer, this.#settings);
      if (read === undefined) {
        const language = primaryTag(source.language ?? (this.#settings.languages[0] as string));
        rows.push(NOTHING, NOTHING, bands);
        summaries.push({ ...describeSource(source), language, words, sentences: 0, repeats: [] });
      } else {
        if (read.lexicon !== undefined) lexicons.add(read.lexicon.language);
        rows.push(sentenceTerms(doc.content), lineRow(read.text), bands);
        summaries.push(summarise(read, doc.content));
      }
      places.push(this.#store.put(doc));
      boilerplate.push(spans.map((span) => ({ ...span, text: source.text.slice(span.start, span.end) })));
    });
    return { summaries, places, boilerplate, columns: packed(rows), lexicons: [...lexicons] };
  }

  /** What stands around the given lines of a document. */
  surroundings(source: SourceDocument, lines: readonly number[]): Surroundings[] {
    return surroundings(this.#analyser(source).text, lines);
  }

  /** What two documents are to each other; undefined where they are unrelated. `kind`: how they were proposed. */
  relate(a: ComparableDocument, b: ComparableDocument, kind: number, opinion?: SecondOpinion): Comparison | undefined {
    if (this.#settings.level === 'document') return relateCopies(a, b, this.#settings.copyThreshold);
    if (kind >= IN_CROWD && fillOneForm(a.content, b.content)) return undefined;
    const company = kind === AMONG_OTHERS ? 'others' : 'some';
    if (opinion === undefined) return relateIfAny(a, b, this.#settings.rewriteThreshold, company);
    const comparison = relate(a, b, this.#settings.rewriteThreshold, undefined, opinion, company);
    return comparison.relation === 'unrelated' ? undefined : comparison;
  }

  #each<T>(
    { places, pairs, kinds }: Pairs,
    look: (a: ComparableDocument, b: ComparableDocument, kind: number, p: number) => T,
  ): T[] {
    return kinds.map((kind, p) =>
      look(
        this.#get(places[pairs[2 * p] as number] as number),
        this.#get(places[pairs[2 * p + 1] as number] as number),
        kind,
        p,
      ),
    );
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

/** The sentences of a text, for an encoder. */
export function sentencesOf({ text, sentences, firstTerm }: AnalysedText): Sentences {
  const texts: string[] = [];
  const words: number[] = [];
  for (let s = 0; 2 * s < sentences.length; s++) {
    texts.push(text.slice(sentences[2 * s], sentences[2 * s + 1]).replace(/\s+/g, ' '));
    words.push((firstTerm[s + 1] as number) - (firstTerm[s] as number));
  }
  return { texts, words };
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

import { PLACES, TermLookup } from '../candidates/lookup.js';
import { Postings } from '../candidates/postings.js';
import { sentenceTerms } from '../candidates/rareterms.js';
import type { Analyser, ReadDocument } from '../corpus/analyser.js';
import { MemoryStore } from '../corpus/jobs.js';
import { bandsOf, Workbench } from '../corpus/workbench.js';
import { byStrength, detectDocuments } from '../detect.js';
import { checkInteger, checkOptions, describe, TwicetoldError } from '../errors.js';
import { type ComparableDocument, comparable } from '../relate/document.js';
import { relateIfAny } from '../relate/relation.js';
import { withinTime } from '../settings/deadline.js';
import { checkRoom, checkSize } from '../settings/limits.js';
import { checkDocument, type Settings } from '../settings/options.js';
import { createSigner, type Signer, signatureSettings } from '../sketch/signer.js';
import { boilerplateOf } from '../text/boilerplate.js';
import type { DocumentPair, Report, SourceDocument } from '../types.js';
import { IndexedLines } from './indexedlines.js';
import { type IndexParts, type Meta, readIndex, saveIndex } from './savedindex.js';
import { Texts } from './texts.js';

/** Settings of one {@link ReuseIndex.query}. */
export interface QueryOptions {
  /** Candidates that are compared at most, the likeliest first, 1 to 100,000. Default 100. */
  maxCandidates?: number;
}

/** Documents that were taken apart last are kept at hand. */
const AT_HAND = 64;
/** Removed documents from which, where they are as many as those that live, the index is made anew without them. */
const MANY_REMOVED = 1000;
/** Numbers that documents can have: what `PLACES` leaves of 32 bits. */
const MOST_NUMBERS = 2 ** 32 / PLACES;

/**
 * An index of documents in memory: add, remove, and look up what a text has in common with them. Made by
 * {@link Detector.index}.
 *
 * Adding takes time in the length of the document; a query that, and about two milliseconds for each candidate that it
 * compares. Memory: some 3 to 4 KB an article of 300 to 400 words; texts are kept packed (see textpack.ts). `npm run bench -- index`
 * measures all three.
 * Removing takes no time; the room is used again in the course of later additions.
 *
 * @example
 * ```ts
 * import { createDetector } from 'twicetold';
 * const index = (await createDetector()).index();
 * index.add({ id: 'a', text: 'The council voted on Monday to close the old bridge. Repairs will take until the spring.' });
 * console.log(index.size, index.has('a'), index.remove('a'), index.size); // 1 true true 0
 * ```
 */
export class ReuseIndex {
  readonly #settings: Settings;
  readonly #analyser: Analyser;
  readonly #signer: Signer;
  /** Numbers of documents by id; numbers ascend as documents are added. */
  #numbers = new Map<string, number>();
  /** By number; undefined once removed. */
  #metas: (Meta | undefined)[] = [];
  /** By number: distinct content terms. */
  #termCounts: number[] = [];
  #texts = new Texts();
  readonly #lives = (number: number) => this.#metas[number] !== undefined;
  readonly #placeLives = (place: number) => this.#lives(Math.floor(place / PLACES));
  /** By term: the number of the document times `PLACES` and the sentence. */
  #terms = new Postings(this.#placeLives);
  /** By key of a band: the numbers of documents. */
  #bands = new Postings(this.#lives);
  readonly #textOf = (number: number) => this.#read(number).text;
  #lines = new IndexedLines(this.#lives, this.#textOf);
  readonly #lookup = new TermLookup();
  readonly #atHand = new Map<number, { read: ReadDocument; recurring: string; compared: ComparableDocument }>();
  /** What the columns stand in, as long as they do. */
  #buffer: ArrayBuffer | undefined;

  /** @internal Use {@link Detector.index}. */
  constructor(settings: Settings, analyser: Analyser, buffer?: ArrayBuffer) {
    this.#settings = settings;
    this.#analyser = analyser;
    this.#signer = createSigner(signatureSettings(settings.permutations, settings.shingleSize, settings.seed));
    if (buffer !== undefined) this.#load(buffer);
  }

  /** How many documents are in it. */
  get size(): number {
    return this.#numbers.size;
  }

  /** Whether a document of that id is in it. */
  has(id: string): boolean {
    return this.#numbers.has(id);
  }

  /**
   * Adds a document.
   *
   * @param doc its id must not be in the index; it is copied
   * @throws TwicetoldError `DUPLICATE_ID`, `INVALID_ARGUMENT`, `UNSUPPORTED_LANGUAGE`, `TOO_LARGE`, `TOO_MANY` or `TIMEOUT`; the
   * index is unchanged then
   */
  add(doc: SourceDocument): void {
    const source = checkDocument('the document', doc);
    this.#checkNew(source);
    this.replacing(source)();
  }

  /**
   * Puts a document in the place of the one of its id, and adds it where there is none: what is refused changes nothing.
   *
   * @param doc it is copied
   * @returns whether there was one
   * @throws TwicetoldError as {@link ReuseIndex.add}, but for `DUPLICATE_ID`
   *
   * @example
   * ```ts
   * import { createDetector } from 'twicetold';
   * const index = (await createDetector()).index();
   * console.log(index.replace({ id: 'a', text: 'The bridge is closed.' }), index.replace({ id: 'a', text: 'It is open again.' })); // false true
   * console.log(index.size); // 1
   * ```
   */
  replace(doc: SourceDocument): boolean {
    return this.replacing(doc)();
  }

  /** @internal Does all of {@link ReuseIndex.replace} that may be refused, and gives what does the rest. */
  replacing(doc: SourceDocument): () => boolean {
    const source = checkDocument('the document', doc);
    checkSize(source, this.#settings);
    if (!this.#numbers.has(source.id)) checkRoom(this.size, this.#settings);
    this.#checkBuffer();
    // Only until here can it be ended: what follows changes the index.
    const read = withinTime(this.#settings.timeoutMs, () => this.#analyser(source));
    return () => {
      const had = this.remove(source.id);
      this.#put(source, read);
      return had;
    };
  }

  /** @internal Adds what was added before, by whatever limits of size and time were set then. */
  restore(doc: SourceDocument): void {
    const source = checkDocument('a document of the store', doc);
    this.#checkNew(source);
    checkRoom(this.size, this.#settings);
    this.#put(source, this.#analyser(source));
  }

  #checkNew({ id }: SourceDocument): void {
    if (this.#numbers.has(id))
      throw new TwicetoldError('DUPLICATE_ID', `id ${describe(id)} is in the index already; remove it first`);
  }

  #put(source: SourceDocument, read: ReadDocument): void {
    this.#checkBuffer();
    const removed = this.#metas.length - this.size;
    if ((removed >= MANY_REMOVED && removed >= this.size) || this.#metas.length >= MOST_NUMBERS) this.#compact();
    if (this.#metas.length >= MOST_NUMBERS)
      throw new TwicetoldError('OUT_OF_RANGE', `an index holds at most ${MOST_NUMBERS} documents`);
    const number = this.#metas.length;
    const { text, ...meta } = source;
    this.#metas.push(meta);
    this.#numbers.set(source.id, number);
    this.#texts.add(text);
    this.#lines.add(read.text, number);
    const { content, shingles } = this.#comparable(read, this.#lines.recurring(read.text));
    const distinct = new Set<number>();
    let sentence = 0;
    eachSentence(sentenceTerms(content), (terms) => {
      const place = number * PLACES + Math.min(PLACES - 1, sentence++);
      for (const term of terms) {
        // Those beyond the last place share it.
        if (sentence < PLACES || !distinct.has(term)) this.#terms.add(term, place);
        distinct.add(term);
      }
    });
    this.#termCounts.push(distinct.size);
    for (const key of bandsOf(shingles, this.#signer, this.#settings)) this.#bands.add(key, number);
  }

  /** Removes a document; says whether it was there. */
  remove(id: string): boolean {
    const number = this.#numbers.get(id);
    if (number === undefined) return false;
    this.#numbers.delete(id);
    this.#metas[number] = undefined;
    this.#atHand.delete(number);
    return true;
  }

  /**
   * What a text has in common with the documents of the index: verified pairs, strongest first. In each, `a` is the
   * text asked about (its id, or the empty string) and `b` the document of the index; a document is not compared with
   * the entry of its own id. What {@link ReuseIndex.report} turns away because both texts have many partners of other matters is here.
   *
   * @param doc a text, or a document
   * @param options bounds the work
   * @returns the related pairs; empty when nothing in the index is related
   * @throws TwicetoldError `INVALID_ARGUMENT`, `OUT_OF_RANGE`, `UNSUPPORTED_LANGUAGE`, `TOO_LARGE` or `TIMEOUT`
   */
  query(doc: string | SourceDocument, options: QueryOptions = {}): DocumentPair[] {
    checkOptions('query options', options, ['maxCandidates']);
    const most = Math.min(
      checkInteger('maxCandidates', options.maxCandidates ?? 100, 1, 100_000),
      this.#settings.maxCandidates,
    );
    const source = typeof doc === 'string' ? { id: '', text: doc } : checkDocument('the document', doc);
    checkSize(source, this.#settings);
    const own = typeof doc === 'string' ? undefined : this.#numbers.get(source.id);
    this.#checkBuffer();
    return withinTime(this.#settings.timeoutMs, () => this.#query(source, own, most));
  }

  #query(source: SourceDocument, own: number | undefined, most: number): DocumentPair[] {
    const read = this.#analyser(source);
    const asked = this.#comparable(read, this.#lines.recurring(read.text));
    const pairs: DocumentPair[] = [];
    let compared = 0;
    for (const number of this.#candidates(asked)) {
      if (number === own) continue;
      if (compared++ >= most) break;
      const other = this.#stored(number);
      const comparison = relateIfAny(asked, other, this.#settings.rewriteThreshold);
      if (comparison !== undefined) pairs.push({ a: source.id, b: other.source.id, ...comparison });
    }
    return pairs.sort(byStrength);
  }

  /** The report on all documents in the index, the same as {@link Detector.detect} on them. Cost: that of the run. */
  report(): Report {
    this.#checkBuffer();
    const bench = new Workbench(this.#settings, this.#analyser, new MemoryStore());
    return withinTime(this.#settings.timeoutMs, () => detectDocuments(this.#documents(), bench, this.#settings));
  }

  /** The index as one buffer, which {@link Detector.index} reads back, in this or another process, without copying its columns. */
  toBuffer(): ArrayBuffer {
    this.#checkBuffer();
    this.#compact();
    return saveIndex(
      {
        metas: this.#metas as Meta[],
        texts: this.#texts,
        termCounts: this.#termCounts,
        segments: [this.#terms.compacted(), this.#bands.compacted(), this.#lines.compacted()],
      },
      this.#settings,
    );
  }

  #load(buffer: ArrayBuffer): void {
    const { metas, texts, termCounts, segments } = readIndex(buffer, this.#settings);
    if (termCounts === undefined || segments === undefined) {
      // Made with other options: its columns say nothing here, but its texts do.
      metas.forEach((meta, n) => void this.restore({ ...meta, text: texts.at(n) }));
      return;
    }
    this.#take({ metas, texts, termCounts, segments });
    this.#buffer = buffer;
  }

  /** Columns that stand in a buffer are gone with it. */
  #checkBuffer(): void {
    if (this.#buffer?.byteLength === 0)
      throw new TwicetoldError(
        'INVALID_ARGUMENT',
        'the buffer that the index was read from was transferred, and its columns with it; transfer a copy, buffer.slice(0)',
      );
  }

  /** Takes these documents in the place of those that it has. */
  #take({ metas, texts, termCounts, segments: [terms, bands, lines] }: IndexParts): void {
    this.#atHand.clear();
    this.#numbers = new Map(metas.map(({ id }, number) => [id, number]));
    this.#metas = [...metas];
    this.#termCounts = [...termCounts];
    this.#texts = texts;
    this.#terms = new Postings(this.#placeLives, [terms]);
    this.#bands = new Postings(this.#lives, [bands]);
    this.#lines = new IndexedLines(this.#lives, this.#textOf, [lines]);
  }

  /** Leaves out what was removed: documents get the numbers 0, 1, 2, ... in the order in which they came. */
  #compact(): void {
    const renamed = new Uint32Array(this.#metas.length);
    const kept: number[] = [];
    this.#metas.forEach((meta, number) => {
      if (meta !== undefined) renamed[number] = kept.push(number) - 1;
    });
    const place = (at: number) => (renamed[Math.floor(at / PLACES)] as number) * PLACES + (at % PLACES);
    const document = (number: number) => renamed[number] as number;
    this.#take({
      metas: kept.map((number) => this.#metas[number] as Meta),
      texts: this.#texts.only(kept),
      termCounts: kept.map((number) => this.#termCounts[number] as number),
      segments: [this.#terms.compacted(place), this.#bands.compacted(document), this.#lines.compacted(document)],
    });
    this.#buffer = undefined;
  }

  *#documents(): Generator<SourceDocument> {
    for (let number = 0; number < this.#metas.length; number++) if (this.#lives(number)) yield this.#source(number);
  }

  #source(number: number): SourceDocument {
    return { ...(this.#metas[number] as Meta), text: this.#texts.at(number) };
  }

  /** The numbers of documents to compare with a text, the likeliest first: those that share most bands, then most rare terms. */
  #candidates(asked: ComparableDocument): number[] {
    const alike = new Map<number, number>();
    for (const key of bandsOf(asked.shingles, this.#signer, this.#settings))
      this.#bands.each(key, (number) => void alike.set(number, (alike.get(number) ?? 0) + 1));
    const found = this.#lookup.find(
      sentenceTerms(asked.content),
      this.#terms,
      { least: this.#settings.minSharedKeys, numbers: this.#metas.length, size: this.size },
      (number) => this.#termCounts[number] as number,
    );
    const copies = [...alike].sort((x, y) => y[1] - x[1] || x[0] - y[0]).map(([number]) => number);
    return [...copies, ...found.map(({ document }) => document).filter((number) => !alike.has(number))];
  }

  #read(number: number): ReadDocument {
    return this.#atHand.get(number)?.read ?? this.#analyser(this.#source(number));
  }

  /** A document of the index, without what is boilerplate as far as is known now. */
  #stored(number: number): ComparableDocument {
    const known = this.#atHand.get(number);
    const read = this.#read(number);
    const recurring = this.#lines.recurring(read.text);
    const flags = recurring.map(Number).join('');
    if (known?.recurring === flags) return known.compared;
    const compared = this.#comparable(read, recurring);
    if (known === undefined && this.#atHand.size >= AT_HAND)
      this.#atHand.delete(this.#atHand.keys().next().value as number);
    this.#atHand.set(number, { read, recurring: flags, compared });
    return compared;
  }

  #comparable(read: ReadDocument, recurring: readonly boolean[]): ComparableDocument {
    return comparable(read, boilerplateOf(read.text, recurring), this.#settings.shingleSize, this.#settings.seed);
  }
}

function eachSentence(row: Uint32Array, visit: (terms: Uint32Array) => void): void {
  for (let at = 0; at < row.length; ) {
    const end = at + 1 + (row[at] as number);
    visit(row.subarray(at + 1, end));
    at = end;
  }
}

import { PLACES, TermLookup } from './candidates/lookup.js';
import { isSegment, Postings, type Segment } from './candidates/postings.js';
import { sentenceTerms } from './candidates/rareterms.js';
import { Rows } from './columns.js';
import { withinTime } from './deadline.js';
import { byStrength, detectDocuments } from './detect.js';
import { checkInteger, checkOptions, describe, TwicetoldError } from './errors.js';
import { checkRoom, checkSize } from './limits.js';
import { checkDocument, type Settings } from './options.js';
import { publishedAt } from './published.js';
import { type ComparableDocument, comparable } from './relate/document.js';
import { relate } from './relate/relation.js';
import { createSigner, type Signer, signatureSettings } from './sketch/signer.js';
import { readSnapshot, refusal, writeSnapshot } from './snapshot.js';
import type { AnalysedText } from './text/analyse.js';
import { boilerplateOf, documentsNeeded, standApart, surroundings, WITNESSES } from './text/boilerplate.js';
import type { TextLine } from './text/textlines.js';
import { TextPack } from './textpack.js';
import type { DocumentPair, Report, SourceDocument } from './types.js';
import { type Analyser, bandsOf, MemoryStore, type ReadDocument, Workbench } from './workbench.js';

/** Settings of one {@link ReuseIndex.query}. */
export interface QueryOptions {
  /** Candidates that are compared at most, the likeliest first, 1 to 100,000. Default 100. */
  maxCandidates?: number;
}

/** What is kept of a document beside its text. */
type Meta = Omit<SourceDocument, 'text'>;

/** Documents that were taken apart last are kept at hand. */
const AT_HAND = 64;
/** Removed documents from which, where they are as many as those that live, the index is made anew without them. */
const MANY_REMOVED = 1000;
/** Numbers that documents can have: what `PLACES` leaves of 32 bits. */
const MOST_NUMBERS = 2 ** 32 / PLACES;
/** Sections of a saved index. */
const SECTIONS = 13;

/**
 * An index of documents in memory: add, remove, and look up what a text has in common with them. Made by
 * {@link Detector.index}.
 *
 * Adding takes time in the length of the document; a query that, and about two milliseconds for each candidate that it
 * compares. Memory: some 4 KB an article of 300 words at 10,000 articles; texts are kept packed (see textpack.ts). `npm run bench -- index`
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
  /** By number: the length of the packed text in bytes, and the packed text. */
  #texts = new Rows();
  #pack = new TextPack();
  readonly #lives = (number: number) => this.#metas[number] !== undefined;
  readonly #placeLives = (place: number) => this.#lives(Math.floor(place / PLACES));
  /** By term: the number of the document times `PLACES` and the sentence. */
  #terms = new Postings(this.#placeLives);
  /** By key of a band, and by key of a line: the numbers of documents. */
  #bands = new Postings(this.#lives);
  #lines = new Postings(this.#lives);
  readonly #lookup = new TermLookup();
  readonly #atHand = new Map<number, { read: ReadDocument; recurring: string; compared: ComparableDocument }>();
  /** By key of a line: whether it stood in unlike surroundings when so many documents had it. */
  readonly #verdicts = new Map<number, { documents: string; apart: boolean }>();

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
    if (this.#numbers.has(source.id))
      throw new TwicetoldError('DUPLICATE_ID', `id ${describe(source.id)} is in the index already; remove it first`);
    checkSize(source, this.#settings);
    checkRoom(this.size, this.#settings);
    // Only until here can it be ended: what follows changes the index.
    const read = withinTime(this.#settings.timeoutMs, () => this.#analyser(source));
    const removed = this.#metas.length - this.size;
    if ((removed >= MANY_REMOVED && removed >= this.size) || this.#metas.length >= MOST_NUMBERS) this.#compact();
    if (this.#metas.length >= MOST_NUMBERS)
      throw new TwicetoldError('OUT_OF_RANGE', `an index holds at most ${MOST_NUMBERS} documents`);
    const number = this.#metas.length;
    const { text, ...meta } = source;
    this.#metas.push(meta);
    this.#numbers.set(source.id, number);
    this.#texts.add(wordsOf(this.#pack.pack(text)));
    for (const key of new Set(read.text.lines.map(keyOf))) this.#lines.add(key, number);
    const { content, shingles } = this.#comparable(read, this.#recurring(read.text));
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
   * the entry of its own id.
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
    return withinTime(this.#settings.timeoutMs, () => this.#query(source, own, most));
  }

  #query(source: SourceDocument, own: number | undefined, most: number): DocumentPair[] {
    const read = this.#analyser(source);
    const asked = this.#comparable(read, this.#recurring(read.text));
    const pairs: DocumentPair[] = [];
    let compared = 0;
    for (const number of this.#candidates(asked)) {
      if (number === own) continue;
      if (compared++ >= most) break;
      const other = this.#stored(number);
      const comparison = relate(asked, other, this.#settings.rewriteThreshold);
      if (comparison.relation !== 'unrelated') pairs.push({ a: source.id, b: other.source.id, ...comparison });
    }
    return pairs.sort(byStrength);
  }

  /** The report on all documents in the index, the same as {@link Detector.detect} on them. Cost: that of the run. */
  report(): Report {
    const bench = new Workbench(this.#settings, this.#analyser, new MemoryStore());
    return withinTime(this.#settings.timeoutMs, () => detectDocuments(this.#documents(), bench, this.#settings));
  }

  /** The index as one buffer, which {@link Detector.index} reads back, in this or another process, without copying its columns. */
  toBuffer(): ArrayBuffer {
    this.#compact();
    const lengths = new Uint32Array(this.#metas.length);
    const rows = Array.from(lengths, (_, number) => this.#texts.at(number));
    rows.forEach((row, number) => {
      lengths[number] = row.length;
    });
    const texts = new Uint32Array(rows.reduce((sum, row) => sum + row.length, 0));
    let at = 0;
    for (const row of rows) {
      texts.set(row, at);
      at += row.length;
    }
    const plain = this.#metas.map((meta) => plainMeta(meta as Meta));
    const segments = [this.#terms, this.#bands, this.#lines].map((postings) => postings.compacted());
    return writeSnapshot([
      encode({ made: madeFor(this.#settings), tokens: this.#pack.tokens, documents: plain }),
      Uint32Array.from(this.#termCounts),
      lengths,
      texts,
      ...segments.flatMap(({ keys, starts, values }) => [keys, starts, values]),
    ]);
  }

  #load(buffer: ArrayBuffer): void {
    const sections = readSnapshot(buffer, SECTIONS);
    const words = sections.map((bytes) => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2));
    const head = decode(sections[0] as Uint8Array);
    const [, termCounts, lengths, texts] = words as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
    const n = head.documents.length;
    checkRoom(n - 1, this.#settings);
    if (termCounts.length !== n || lengths.length !== n || lengths.reduce((sum, l) => sum + l, 0) !== texts.length)
      throw refusal('its columns do not fit each other');
    let from = 0;
    for (const length of lengths) {
      // A row holds its bytes in words, and before them how many there are.
      if (length === 0 || length !== 1 + Math.ceil((texts[from] as number) / 4))
        throw refusal('a text of it is damaged');
      from += length;
    }
    this.#pack = new TextPack(head.tokens);
    this.#texts = Rows.of(texts, lengths);
    this.#metas = head.documents;
    if (JSON.stringify(head.made) !== JSON.stringify(madeFor(this.#settings))) {
      // Made with other options: its columns say nothing here, but its texts do.
      const documents = [...this.#documents()];
      this.#reset();
      for (const doc of documents) this.add(doc);
      return;
    }
    head.documents.forEach(({ id }, number) => void this.#numbers.set(id, number));
    if (this.#numbers.size < n) throw refusal('two of its documents have one id');
    this.#termCounts = [...termCounts];
    const [terms, bands, lines] = [0, 1, 2].map((k): Segment => {
      const [keys, starts, values] = words.slice(4 + 3 * k, 7 + 3 * k) as [Uint32Array, Uint32Array, Uint32Array];
      return { keys, starts, values };
    }) as [Segment, Segment, Segment];
    if (!isSegment(terms, n * PLACES) || !isSegment(bands, n) || !isSegment(lines, n))
      throw refusal('its columns do not fit each other');
    this.#terms = new Postings(this.#placeLives, [terms]);
    this.#bands = new Postings(this.#lives, [bands]);
    this.#lines = new Postings(this.#lives, [lines]);
  }

  #reset(): void {
    this.#numbers = new Map();
    this.#metas = [];
    this.#termCounts = [];
    this.#texts = new Rows();
    this.#atHand.clear();
    this.#verdicts.clear();
  }

  /** Leaves out what was removed: documents get the numbers 0, 1, 2, ... in the order in which they came. */
  #compact(): void {
    const renamed = new Uint32Array(this.#metas.length);
    const texts = new Rows();
    const metas: Meta[] = [];
    const termCounts: number[] = [];
    this.#metas.forEach((meta, number) => {
      if (meta === undefined) return;
      renamed[number] = metas.length;
      texts.add(this.#texts.at(number));
      termCounts.push(this.#termCounts[number] as number);
      metas.push(meta);
    });
    const terms = this.#terms.compacted(
      (place) => (renamed[Math.floor(place / PLACES)] as number) * PLACES + (place % PLACES),
    );
    const bands = this.#bands.compacted((number) => renamed[number] as number);
    const lines = this.#lines.compacted((number) => renamed[number] as number);
    this.#reset();
    this.#metas = metas;
    this.#termCounts = termCounts;
    this.#texts = texts;
    metas.forEach(({ id }, number) => void this.#numbers.set(id, number));
    this.#terms = new Postings(this.#placeLives, [terms]);
    this.#bands = new Postings(this.#lives, [bands]);
    this.#lines = new Postings(this.#lives, [lines]);
  }

  *#documents(): Generator<SourceDocument> {
    for (let number = 0; number < this.#metas.length; number++) if (this.#lives(number)) yield this.#source(number);
  }

  #source(number: number): SourceDocument {
    return { ...(this.#metas[number] as Meta), text: this.#pack.unpack(bytesOf(this.#texts.at(number))) };
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

  /** A document of the index, without what is boilerplate as far as is known now. */
  #stored(number: number): ComparableDocument {
    const known = this.#atHand.get(number);
    const read = known?.read ?? this.#analyser(this.#source(number));
    const recurring = this.#recurring(read.text);
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

  /** Which lines of a text stand in enough documents of the index, in unlike surroundings. */
  #recurring(text: AnalysedText): boolean[] {
    return text.lines.map((line) => {
      const key = keyOf(line);
      if (this.#lines.count(key) < documentsNeeded(line)) return false;
      const witnesses: number[] = [];
      let documents = 0;
      this.#lines.each(key, (number) => {
        documents++;
        if (witnesses.length < WITNESSES) witnesses.push(number);
      });
      return documents >= documentsNeeded(line) && this.#standsApart(key, witnesses);
    });
  }

  #standsApart(key: number, witnesses: readonly number[]): boolean {
    const named = witnesses.join();
    const known = this.#verdicts.get(key);
    if (known?.documents === named) return known.apart;
    const apart = standApart(
      witnesses.flatMap((number) => {
        const { text } = this.#atHand.get(number)?.read ?? this.#analyser(this.#source(number));
        const line = text.lines.findIndex((other) => keyOf(other) === key);
        // In an index that was forged, the line may not be there.
        return line < 0 ? [] : surroundings(text, [line]);
      }),
    );
    this.#verdicts.set(key, { documents: named, apart });
    return apart;
  }
}

/** A line's key in 32 bits. */
function keyOf({ key }: TextLine): number {
  return (Math.imul(Math.floor(key / 0x1_0000_0000), 0x9e3779b1) ^ (key % 0x1_0000_0000)) >>> 0;
}

function eachSentence(row: Uint32Array, visit: (terms: Uint32Array) => void): void {
  for (let at = 0; at < row.length; ) {
    const end = at + 1 + (row[at] as number);
    visit(row.subarray(at + 1, end));
    at = end;
  }
}

/** Bytes as a row of words, their number before them. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const row = new Uint32Array(1 + ((bytes.length + 3) >>> 2));
  row[0] = bytes.length;
  new Uint8Array(row.buffer, 4).set(bytes);
  return row;
}

function bytesOf(row: Uint32Array): Uint8Array {
  return new Uint8Array(row.buffer, row.byteOffset + 4, row[0] as number);
}

/** What the columns of an index depend on. */
function madeFor({ languages, shingleSize, permutations, seed, banding }: Settings): object {
  return { languages, shingleSize, permutations, seed, bands: banding.bands, rows: banding.rows };
}

interface Head {
  made: object;
  tokens: string[];
  documents: Meta[];
}

function encode(head: { [K in keyof Head]: Readonly<Head[K]> }): Uint8Array {
  // JSON writes half of a surrogate pair as an escape, so that nothing is lost in UTF-8.
  return new TextEncoder().encode(JSON.stringify(head));
}

function decode(bytes: Uint8Array): Head {
  try {
    const head = JSON.parse(new TextDecoder().decode(bytes)) as Head;
    if (Array.isArray(head.tokens) && Array.isArray(head.documents) && head.tokens.every(isString)) {
      // Each as `add` took it.
      const documents = head.documents.map((meta) => {
        const { text: _, ...checked } = checkDocument('a document', { ...meta, text: '' });
        return checked;
      });
      return { ...head, documents };
    }
  } catch {
    // Falls through to the refusal.
  }
  throw refusal('it holds no list of documents');
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function plainMeta({ published, ...meta }: Meta): Meta {
  return published === undefined
    ? meta
    : { ...meta, published: new Date(publishedAt(published) as number).toISOString() };
}

import { LshIndex } from './candidates/lsh.js';
import { TermPostings } from './candidates/postings.js';
import { type Analyser, byStrength, detectDocuments, type ReadDocument } from './detect.js';
import { checkInteger, checkOptions, describe, TwicetoldError } from './errors.js';
import { checkDocument, type Settings } from './options.js';
import { type ComparableDocument, comparable } from './relate/document.js';
import { relate } from './relate/relation.js';
import { createSigner, type Signer, signatureSettings } from './sketch/signer.js';
import { readSnapshot, writeSnapshot } from './snapshot.js';
import { BoilerplateFinder } from './text/boilerplate.js';
import type { DocumentPair, Report, SourceDocument } from './types.js';

/** Settings of one {@link ReuseIndex.query}. */
export interface QueryOptions {
  /** Candidates that are compared at most, the likeliest first, 1 to 100,000. Default 100. */
  maxCandidates?: number;
}

/** A document in the index. */
interface Entry {
  readonly number: number;
  readonly read: ReadDocument;
  /** Without its boilerplate, as that was known after `version` changes. */
  compared: ComparableDocument;
  version: number;
  /** What the postings and the table of signatures hold of it. */
  readonly indexed: ComparableDocument;
}

/**
 * An index of documents in memory: add, remove, and look up what a text has in common with them. Made by
 * {@link Detector.index}.
 *
 * Adding takes time in the length of the document; a query that, and about a millisecond for each candidate that it
 * compares. Memory: the texts and their columns, about ten times the length of the text.
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
  readonly #entries = new Map<string, Entry>();
  readonly #byNumber = new Map<number, Entry>();
  readonly #postings = new TermPostings();
  readonly #copies: LshIndex;
  /** What is known of the documents' lines; made anew after a removal, when it is next asked. */
  #boilerplate: BoilerplateFinder | undefined = new BoilerplateFinder();
  #next = 0;
  #changes = 0;

  /** @internal Use {@link Detector.index}. */
  constructor(settings: Settings, analyser: Analyser, buffer?: ArrayBuffer) {
    this.#settings = settings;
    this.#analyser = analyser;
    this.#signer = createSigner(signatureSettings(settings.permutations, settings.shingleSize, settings.seed));
    this.#copies = new LshIndex({ permutations: settings.permutations, ...settings.banding });
    if (buffer !== undefined) for (const doc of readSnapshot(buffer)) this.add(doc);
  }

  /** How many documents are in it. */
  get size(): number {
    return this.#entries.size;
  }

  /** Whether a document of that id is in it. */
  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /**
   * Adds a document.
   *
   * @param doc its id must not be in the index; it is copied
   * @throws TwicetoldError `DUPLICATE_ID`, `INVALID_ARGUMENT` or `UNSUPPORTED_LANGUAGE`; the index is unchanged then
   */
  add(doc: SourceDocument): void {
    const source = { ...checkDocument('the document', doc) };
    if (this.#entries.has(source.id))
      throw new TwicetoldError('DUPLICATE_ID', `id ${describe(source.id)} is in the index already; remove it first`);
    const read = this.#analyser(source);
    this.#lines().add(read.text);
    const indexed = this.#comparable(read);
    const entry: Entry = { number: this.#next++, read, compared: indexed, version: ++this.#changes, indexed };
    this.#entries.set(source.id, entry);
    this.#byNumber.set(entry.number, entry);
    this.#postings.add(entry.number, indexed.content);
    if (indexed.shingles.length > 0) this.#copies.insert(String(entry.number), this.#sign(indexed));
  }

  /** Removes a document; says whether it was there. The next addition or query looks at all remaining lines again. */
  remove(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    this.#entries.delete(id);
    this.#byNumber.delete(entry.number);
    this.#postings.remove(entry.number, entry.indexed.content);
    this.#copies.remove(String(entry.number));
    this.#boilerplate = undefined;
    this.#changes++;
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
   * @throws TwicetoldError `INVALID_ARGUMENT`, `OUT_OF_RANGE` or `UNSUPPORTED_LANGUAGE`
   */
  query(doc: string | SourceDocument, options: QueryOptions = {}): DocumentPair[] {
    checkOptions('query options', options, ['maxCandidates']);
    const most = checkInteger('maxCandidates', options.maxCandidates ?? 100, 1, 100_000);
    const source = typeof doc === 'string' ? { id: '', text: doc } : checkDocument('the document', doc);
    const asked = this.#comparable(this.#analyser(source));
    const numbers = new Set<number>();
    if (asked.shingles.length > 0) for (const { id } of this.#copies.query(this.#sign(asked))) numbers.add(Number(id));
    for (const { document } of this.#postings.query(asked.content, this.#settings.minSharedKeys)) numbers.add(document);
    const pairs: DocumentPair[] = [];
    let compared = 0;
    for (const number of numbers) {
      const entry = this.#byNumber.get(number) as Entry;
      if (typeof doc !== 'string' && entry.read.source.id === source.id) continue;
      if (compared++ >= most) break;
      if (entry.version !== this.#changes) {
        entry.compared = this.#comparable(entry.read);
        entry.version = this.#changes;
      }
      const comparison = relate(asked, entry.compared, this.#settings.rewriteThreshold);
      if (comparison.relation !== 'unrelated') pairs.push({ a: source.id, b: entry.read.source.id, ...comparison });
    }
    return pairs.sort(byStrength);
  }

  /** The report on all documents in the index, the same as {@link Detector.detect} on them. Cost: that of the run. */
  report(): Report {
    return detectDocuments(
      [...this.#entries.values()].map((entry) => entry.read),
      this.#settings,
    );
  }

  /** The index as one buffer, which {@link Detector.index} reads back, in this or another process. */
  toBuffer(): ArrayBuffer {
    return writeSnapshot([...this.#entries.values()].map((entry) => entry.read.source));
  }

  #sign(doc: ComparableDocument): Uint32Array {
    const signature = new Uint32Array(this.#settings.permutations);
    this.#signer.hashes(doc.shingles, signature, 0);
    return signature;
  }

  #lines(): BoilerplateFinder {
    if (this.#boilerplate === undefined) {
      this.#boilerplate = new BoilerplateFinder();
      for (const { read } of this.#entries.values()) this.#boilerplate.add(read.text);
    }
    return this.#boilerplate;
  }

  #comparable(read: ReadDocument): ComparableDocument {
    return comparable(read, this.#lines().find(read.text), this.#settings.shingleSize, this.#settings.seed);
  }
}

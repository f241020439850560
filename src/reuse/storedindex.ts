import type { Detector } from '../detector.js';
import { describe, TwicetoldError } from '../errors.js';
import { checkDocument } from '../settings/options.js';
import type { DocumentPair, Report, SourceDocument } from '../types.js';
import type { IndexStore, SavedIndex } from './indexstore.js';
import type { QueryOptions, ReuseIndex } from './reuseindex.js';

/** Changes since the snapshot from which another is written when the index is closed. */
const MANY_CHANGES = 1000;

/**
 * A {@link ReuseIndex} that is kept in a store: what was added or removed stays when the process ends, in whatever way. Made by
 * {@link openIndex}.
 */
export class StoredIndex {
  readonly #detector: Detector;
  readonly #store: IndexStore;
  readonly #writes: boolean;
  #index: ReuseIndex;
  /** The change that the index in memory is as new as. */
  #seen = 0;
  #saved = 0;
  #closed = false;

  /** @internal Use {@link openIndex}. */
  constructor(detector: Detector, store: IndexStore, writes: boolean) {
    this.#detector = detector;
    this.#store = store;
    this.#writes = writes;
    this.#index = this.#read();
  }

  /** How many documents are in it. */
  get size(): number {
    return this.#index.size;
  }

  /** Whether a document of that id is in it. */
  has(id: string): boolean {
    return this.#index.has(id);
  }

  /**
   * Adds a document. When it returns, the document is on the disk.
   *
   * @param doc its id must not be in the index
   * @throws TwicetoldError as {@link ReuseIndex.add}; `UNWRITABLE` when it cannot be stored or the index was opened to read: the
   * index is unchanged then
   */
  add(doc: SourceDocument): void {
    this.addMany([doc]);
  }

  /**
   * Adds documents all at once, or none of them: one wait for the disk instead of many.
   *
   * @param documents their ids must be new
   * @throws TwicetoldError as {@link StoredIndex.add}
   */
  addMany(documents: Iterable<SourceDocument>): void {
    this.#check();
    if (typeof (documents as Partial<Iterable<SourceDocument>> | null)?.[Symbol.iterator] !== 'function')
      throw new TwicetoldError(
        'INVALID_ARGUMENT',
        `documents must be an array or an iterable of documents, got ${describe(documents)}`,
      );
    const added: SourceDocument[] = [];
    try {
      for (const doc of documents) {
        // As the index takes it: what else its caller's object has, or does when it is asked, stays out of the store.
        const checked = checkDocument('the document', doc);
        this.#index.add(checked);
        added.push(checked);
      }
      if (added.length > 0) this.#store.append(added.map((doc) => ({ add: plain(doc) })));
    } catch (error) {
      for (const { id } of added) this.#index.remove(id);
      throw error;
    }
    this.#seen = this.#store.last;
  }

  /**
   * Puts a document in the place of the one of its id, on the disk too, at once or not at all; adds it where there is none.
   *
   * @returns whether there was one
   * @throws TwicetoldError as {@link ReuseIndex.replace}, or `UNWRITABLE`; the index is unchanged then
   */
  replace(doc: SourceDocument): boolean {
    this.#check();
    const checked = checkDocument('the document', doc);
    const put = this.#index.replacing(checked);
    const add = { add: plain(checked) };
    this.#store.append(this.#index.has(checked.id) ? [{ remove: checked.id }, add] : [add]);
    this.#seen = this.#store.last;
    return put();
  }

  /** Removes a document, on the disk too; says whether it was there. */
  remove(id: string): boolean {
    this.#check();
    if (!this.#index.has(id)) return false;
    this.#store.append([{ remove: id }]);
    this.#index.remove(id);
    this.#seen = this.#store.last;
    return true;
  }

  /** See {@link ReuseIndex.query}. */
  query(doc: string | SourceDocument, options?: QueryOptions): DocumentPair[] {
    return this.#index.query(doc, options);
  }

  /** See {@link ReuseIndex.report}. */
  report(): Report {
    return this.#index.report();
  }

  /** See {@link ReuseIndex.toBuffer}. */
  toBuffer(): ArrayBuffer {
    return this.#index.toBuffer();
  }

  /** Takes in what the writer did since the index was opened or refreshed; says how many changes that were. */
  refresh(): number {
    if (this.#writes || this.#closed) return 0;
    const before = this.#seen;
    const { last } = this.#store;
    if (last === before) return 0;
    this.#replay();
    // What came before a snapshot may be gone from the store.
    if (this.#seen < last) this.#index = this.#read();
    return this.#seen - before;
  }

  /** Writes a snapshot, so that opening takes less; {@link close} does so after many changes. */
  save(): void {
    this.#check();
    if (this.#saved === this.#seen) return;
    this.#store.save({ after: this.#seen, buffer: this.#index.toBuffer() });
    this.#saved = this.#seen;
  }

  /** Closes the store; another process may write then. */
  async close(): Promise<void> {
    if (this.#closed) return;
    try {
      if (this.#writes && this.#seen - this.#saved >= MANY_CHANGES) this.save();
    } finally {
      this.#closed = true;
      await this.#store.close();
    }
  }

  #read(): ReuseIndex {
    const saved = this.#store.saved();
    this.#index = this.#load(saved);
    this.#saved = this.#seen = saved?.after ?? 0;
    this.#replay();
    return this.#index;
  }

  #load(saved: SavedIndex | undefined): ReuseIndex {
    try {
      return this.#detector.index(saved?.buffer);
    } catch (cause) {
      if (!(cause instanceof TwicetoldError) || cause.code !== 'INVALID_ARGUMENT') throw cause;
      const name = saved?.name ?? 'the snapshot';
      throw new TwicetoldError('UNREADABLE', `the index is damaged: ${name} cannot be read: ${cause.message}`, {
        cause,
      });
    }
  }

  #replay(): void {
    for (const [number, change] of this.#store.changes(this.#seen)) {
      if (number !== this.#seen + 1) {
        // A writer has saved since a snapshot was looked for, and what it holds need not be kept as changes.
        if ((this.#store.saved()?.after ?? 0) <= this.#seen)
          throw new TwicetoldError('UNREADABLE', `the index is damaged: change ${this.#seen + 1} is not there`);
        this.#index = this.#read();
        return;
      }
      if ('add' in change) this.#index.restore(change.add);
      else this.#index.remove(change.remove);
      this.#seen = number;
    }
  }

  #check(): void {
    if (this.#closed) throw new TwicetoldError('INVALID_ARGUMENT', 'the index was closed');
    if (!this.#writes)
      throw new TwicetoldError(
        'UNWRITABLE',
        'the index was opened to read only; open it without readOnly to change it',
      );
  }
}

/** What JSON and its kin can hold. */
function plain({ published, ...doc }: SourceDocument): SourceDocument {
  return published === undefined
    ? doc
    : { ...doc, published: published instanceof Date ? published.toISOString() : published };
}

import type { SourceDocument } from '../types.js';

/** What happened to an index. */
export type IndexChange = { readonly add: SourceDocument } | { readonly remove: string };

/** An index as it was after so many changes. */
export interface SavedIndex {
  readonly after: number;
  readonly buffer: ArrayBuffer;
  /** Where it is kept, for whoever reads of its damage. */
  readonly name?: string;
}

/**
 * What keeps an index when its process is gone: the changes since a snapshot, and the snapshot. Small enough that a server
 * database can stand behind it. What each method must guarantee is in docs/design.md, and tests/indexstore.ts asks it of every
 * store:
 *
 * - `append`: when it returns, the change survives the end of the process, however it comes, and every reader that asks later sees
 *   it; when it throws, nothing was changed. Changes are numbered from 1, without gaps.
 * - `changes`: those numbered above `after`, in order, as far as they are complete at the time of the call; it may throw when
 *   `after` is before the snapshot.
 * - `saved`: the latest whole snapshot, or undefined where none was saved; it throws where the last one is gone. `save`: replaces it at once or not at all; changes that it holds may go.
 * - `last`: the number of the latest change.
 */
export interface IndexStore {
  append(changes: readonly IndexChange[]): void;
  changes(after: number): Iterable<readonly [number, IndexChange]>;
  saved(): SavedIndex | undefined;
  save(index: SavedIndex): void;
  readonly last: number;
  close(): Promise<void>;
}

/** A store in memory: for tests, and as the shortest description of what a store does. */
export class MemoryIndexStore implements IndexStore {
  #changes: IndexChange[] = [];
  #first = 1;
  #saved: SavedIndex | undefined;

  get last(): number {
    return this.#first + this.#changes.length - 1;
  }

  append(changes: readonly IndexChange[]): void {
    this.#changes.push(...structuredClone(changes));
  }

  *changes(after: number): Generator<readonly [number, IndexChange]> {
    for (let n = Math.max(after + 1, this.#first); n <= this.last; n++)
      yield [n, this.#changes[n - this.#first] as IndexChange];
  }

  saved(): SavedIndex | undefined {
    return this.#saved;
  }

  save({ after, buffer }: SavedIndex): void {
    this.#saved = { after, buffer: buffer.slice(0) };
    this.#changes = this.#changes.slice(Math.max(0, after + 1 - this.#first));
    this.#first = Math.max(this.#first, after + 1);
  }

  async close(): Promise<void> {}
}

import { checkString, describe, TwicetoldError } from '../errors.js';
import { createDetector } from '../ondemand.js';
import { StoredIndex } from '../reuse/storedindex.js';
import type { DetectorOptions } from '../types.js';
import { LmdbStore } from './lmdb-store.js';

/** Options of {@link openIndex}: those of the detector, and how the folder is opened. */
export interface OpenIndexOptions extends DetectorOptions {
  /** Only look things up, beside a process that writes; {@link StoredIndex.refresh} takes in what it did. Default false. */
  readOnly?: boolean;
}

/**
 * Opens an index that is kept in a folder, or makes one: the interface of `ReuseIndex`, with what was added and removed on the disk
 * when the call returns. One process writes, any number read. Needs the package `lmdb` (`npm install lmdb`).
 *
 * Opening reads the last snapshot (a second and a half for 100,000 articles) and does again what came after it. All of the index
 * is in memory. Snapshots are written by {@link StoredIndex.save} and, after a thousand changes, {@link StoredIndex.close}.
 *
 * @param folder made where it is not there
 * @param options those of the detector, and `readOnly`
 * @returns the index; to be closed
 * @throws TwicetoldError `IN_USE` when another process writes into the folder, `MISSING_PACKAGE` without `lmdb`, `UNREADABLE` or
 * `UNWRITABLE` when the folder cannot be read or written, or what it holds is damaged or not all there, `TOO_MANY` when it holds more documents than
 * `maxDocuments`, and as `createDetector`
 *
 * @example
 * ```ts
 * import { mkdtemp, rm } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { openIndex } from 'twicetold/node';
 * const folder = await mkdtemp(join(tmpdir(), 'index-'));
 * const index = await openIndex(folder);
 * index.add({ id: 'wire', text: 'The council voted on Monday to close the old bridge. Repairs will take until the spring.' });
 * await index.close();
 * const again = await openIndex(folder);
 * console.log(again.size, again.has('wire')); // 1 true
 * await again.close();
 * await rm(folder, { recursive: true });
 * ```
 */
export async function openIndex(folder: string, options: OpenIndexOptions = {}): Promise<StoredIndex> {
  checkString('folder', folder);
  if (typeof options !== 'object' || options === null)
    throw new TwicetoldError('INVALID_ARGUMENT', `options must be an object, got ${describe(options)}`);
  const { readOnly = false, ...rest } = options;
  if (typeof readOnly !== 'boolean')
    throw new TwicetoldError('INVALID_ARGUMENT', `readOnly must be true or false, got ${describe(readOnly)}`);
  const detector = await createDetector(rest);
  const store = await LmdbStore.open(folder, readOnly);
  try {
    return new StoredIndex(detector, store, !readOnly);
  } catch (error) {
    await store.close();
    throw error;
  }
}

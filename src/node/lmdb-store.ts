import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Database, RootDatabase } from 'lmdb';
import { TwicetoldError } from '../errors.js';
import type { IndexChange, IndexStore, SavedIndex } from '../reuse/indexstore.js';
import { checkPages } from './lmdb-pages.js';
import { lockWriter } from './writer-lock.js';

/** What stands under 0, where no change does: the last change that a snapshot holds, so that one that is lost is missed. */
interface Mark {
  readonly saved: number;
}
/** Looks for a snapshot that a writer may just have replaced. */
const LOOKS = 3;

/** The file of the changes. */
const CHANGES = 'changes.lmdb';
/** Snapshots are named by the change that they hold last. */
const SNAPSHOT = /^snapshot-(\d+)\.twct$/;
/** One that is not whole yet. */
const PART = /^snapshot-\d+\.twct\.part$/;

function isChange(value: unknown): value is IndexChange {
  if (typeof value !== 'object' || value === null) return false;
  return 'add' in value ? typeof value.add === 'object' : 'remove' in value && typeof value.remove === 'string';
}

/**
 * Refuses what is no file of the folder's own. A folder may come from somebody else: a link in it would have LMDB write to what it leads to,
 * its lock (`-lock`, which is made and written by readers too) as its pages, and a pipe would hold its reader for ever. The folder itself may be
 * a link. Hard links cannot be told from files; nobody can put one to a file of another disk or, on most systems, of another user into a folder.
 */
function checkOwn(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false)
    throw new Error(`${path} is a link or no file, and must be a file`);
}

/** Removes what nobody needs; where that cannot be done it stays. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A folder, of another's making; or one that may not be changed any more.
  }
}

/** Whether a folder holds an index. */
export function holdsIndex(folder: string): boolean {
  return existsSync(join(folder, CHANGES));
}

/**
 * Keeps an index in a folder: changes in LMDB, one transaction an append, on the disk when it returns; snapshots in files beside it,
 * written under another name and moved, so that there is a whole one at any time.
 */
export class LmdbStore implements IndexStore {
  readonly #folder: string;
  readonly #root: RootDatabase;
  readonly #changes: Database<IndexChange | Mark, number>;
  readonly #unlock: (() => void) | undefined;

  private constructor(folder: string, root: RootDatabase, unlock: (() => void) | undefined) {
    this.#folder = folder;
    this.#root = root;
    this.#unlock = unlock;
    this.#changes = root.openDB<IndexChange | Mark, number>('changes', { keyEncoding: 'uint32', encoding: 'json' });
  }

  /** Opens the store in a folder, which is made where it is not there. */
  static async open(folder: string, readOnly: boolean): Promise<LmdbStore> {
    const { open } = await import('lmdb').catch((cause: Error) => {
      throw new TwicetoldError(
        'MISSING_PACKAGE',
        `openIndex needs the package lmdb, which cannot be loaded (npm install lmdb): ${cause.message}`,
        { cause },
      );
    });
    let root: RootDatabase | undefined;
    let unlock: (() => void) | undefined;
    try {
      if (!readOnly) mkdirSync(folder, { recursive: true });
      for (const name of [CHANGES, `${CHANGES}-lock`]) checkOwn(join(folder, name));
      checkPages(join(folder, CHANGES), readOnly);
      root = open({ path: join(folder, CHANGES), readOnly, maxDbs: 2, noSubdir: true });
      // In a transaction, of which there is one at a time among all processes: two that find the lock of one that is gone would else both
      // remove it, the second that of the first.
      if (!readOnly) unlock = root.transactionSync(() => lockWriter(folder));
      return new LmdbStore(folder, root, unlock);
    } catch (cause) {
      unlock?.();
      await root?.close();
      if (cause instanceof TwicetoldError) throw cause;
      throw new TwicetoldError('UNREADABLE', `the index in ${folder} cannot be opened: ${(cause as Error).message}`, {
        cause,
      });
    }
  }

  get last(): number {
    this.#root.resetReadTxn();
    for (const key of this.#changes.getKeys({ reverse: true, limit: 1 })) if (key > 0) return key;
    return Math.max(this.#mark, this.#snapshots()[0] ?? 0);
  }

  /** The last change that a snapshot was said to hold. */
  get #mark(): number {
    const mark = this.#changes.get(0) as Mark | undefined;
    return typeof mark?.saved === 'number' ? mark.saved : 0;
  }

  append(changes: readonly IndexChange[]): void {
    try {
      let next = this.last;
      this.#changes.transactionSync(() => {
        for (const change of changes) this.#changes.putSync(++next, change);
      });
    } catch (cause) {
      throw new TwicetoldError(
        'UNWRITABLE',
        `the index in ${this.#folder} cannot be written: ${(cause as Error).message}`,
        {
          cause,
        },
      );
    }
  }

  *changes(after: number): Generator<readonly [number, IndexChange]> {
    this.#root.resetReadTxn();
    try {
      for (const { key, value } of this.#changes.getRange({ start: after + 1 })) {
        if (!isChange(value)) throw new Error(`change ${key} is damaged`);
        yield [key, value];
      }
    } catch (cause) {
      // Of a page that is in order, what it holds may be damaged.
      throw this.#unreadable(cause);
    }
  }

  saved(): SavedIndex | undefined {
    for (let look = 1; ; look++) {
      const found = this.#latest();
      this.#root.resetReadTxn();
      const mark = this.#mark;
      if ((found?.after ?? 0) >= mark) return found;
      if (look === LOOKS) throw this.#unreadable(new Error(`${this.#path(mark)} is not there`));
    }
  }

  #latest(): SavedIndex | undefined {
    for (const after of this.#snapshots()) {
      try {
        checkOwn(this.#path(after));
        const { buffer, byteOffset, byteLength } = readFileSync(this.#path(after));
        const whole = byteOffset === 0 && byteLength === buffer.byteLength;
        return {
          after,
          buffer: (whole ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer,
          name: this.#path(after),
        };
      } catch (cause) {
        // A reader may look while the writer replaces it: then there is a later one.
        if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw this.#unreadable(cause);
      }
    }
    return undefined;
  }

  save({ after, buffer }: SavedIndex): void {
    const old = this.#snapshots();
    const part = `${this.#path(after)}.part`;
    try {
      // A link under this name goes, and what it leads to stays: "x" opens nothing that is there.
      rmSync(part, { force: true });
      const file = openSync(part, 'wx');
      try {
        const bytes = new Uint8Array(buffer);
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, Math.min(bytes.length - at, 1 << 28));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(part, this.#path(after));
      const folder = openSync(this.#folder, 'r');
      fsyncSync(folder);
      closeSync(folder);
      // The snapshot is whole: what it holds need not be kept twice. Readers that are behind find the snapshot.
      this.#changes.transactionSync(() => {
        for (const key of this.#changes.getKeys({ start: 1, end: after + 1 })) this.#changes.removeSync(key);
        this.#changes.putSync(0, { saved: after });
      });
    } catch (cause) {
      discard(part);
      throw new TwicetoldError(
        'UNWRITABLE',
        `the index in ${this.#folder} cannot be written: ${(cause as Error).message}`,
        {
          cause,
        },
      );
    }
    for (const earlier of old) if (earlier !== after) discard(this.#path(earlier));
    // What a process that was killed while it wrote one has left.
    for (const name of readdirSync(this.#folder)) if (PART.test(name)) discard(join(this.#folder, name));
  }

  async close(): Promise<void> {
    await this.#root.close();
    this.#unlock?.();
  }

  #unreadable(cause: unknown): TwicetoldError {
    const message = `the index in ${this.#folder} cannot be read: ${(cause as Error).message}`;
    return new TwicetoldError('UNREADABLE', message, { cause });
  }

  #path(after: number): string {
    return join(this.#folder, `snapshot-${after}.twct`);
  }

  /** The changes after which there are snapshots, the latest first. */
  #snapshots(): number[] {
    return readdirSync(this.#folder)
      .flatMap((name) => SNAPSHOT.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((x, y) => y - x);
  }
}

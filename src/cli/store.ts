import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Detector } from '../detector.js';
import { TwicetoldError } from '../errors.js';
import type { ReuseIndex } from '../reuseindex.js';

const FILE = 'index.twicetold';

/** An index in a folder: read into memory when it is opened, written whole when it is saved. */
export interface Store {
  readonly index: ReuseIndex;
  /** Whether there was an index in the folder. */
  readonly existed: boolean;
  /** Writes it beside the old one and puts it in its place, so that a failure leaves the old one as it was. */
  save(): Promise<void>;
}

/** Opens the index of a folder; a folder without one has an empty one. */
export async function openStore(folder: string, detector: Detector): Promise<Store> {
  const path = join(folder, FILE);
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new TwicetoldError('UNREADABLE', `${path} cannot be read: ${cause.message}`, { cause });
  });
  const index = detector.index(bytes === undefined ? undefined : (new Uint8Array(bytes).buffer as ArrayBuffer));
  return {
    index,
    existed: bytes !== undefined,
    async save() {
      const next = `${path}.${process.pid}`;
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(next, new Uint8Array(index.toBuffer()));
        await rename(next, path);
      } catch (cause) {
        throw new TwicetoldError('UNWRITABLE', `${path} cannot be written: ${(cause as Error).message}`, { cause });
      }
    },
  };
}

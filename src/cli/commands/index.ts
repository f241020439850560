import { TwicetoldError } from '../../errors.js';
import { holdsIndex } from '../../node/lmdb-store.js';
import { count } from '../../report/words.js';
import { documentsOf, inTime } from '../documents.js';
import type { DetectorFlags, ReadFlags } from '../flags.js';
import { type Host, print } from '../host.js';
import { type OpenedIndex, openForCommand } from '../openindex.js';
import { pairTable } from '../pairtable.js';
import { printable, printableJson } from '../terminal.js';
import { pairLines } from '../write.js';

/** Flags of `twicetold index`. */
export interface IndexFlags extends DetectorFlags, ReadFlags {
  json?: boolean;
  quiet?: boolean;
}

/**
 * Opens the index of a folder, does something with it, and closes it in any case. Where it is only looked at, another process may
 * write; only to be made it need not be there, so that a folder that was named by mistake is left as it is.
 */
async function withIndex<T>(
  folder: string,
  flags: IndexFlags,
  purpose: 'make' | 'change' | 'look',
  use: (index: OpenedIndex) => Promise<T>,
): Promise<T> {
  if (purpose !== 'make' && !holdsIndex(folder))
    throw new TwicetoldError('UNREADABLE', `${folder} holds no index; twicetold index add ${folder} <paths> makes one`);
  const index = await openForCommand(folder, flags, purpose === 'look');
  try {
    return await use(index);
  } finally {
    await index.close();
  }
}

/** Adds documents; one whose id is there takes the place of the old. */
export async function addToIndex(folder: string, paths: string[], flags: IndexFlags, host: Host): Promise<void> {
  await withIndex(folder, flags, 'make', async (index) => {
    let added = 0;
    let replaced = 0;
    for await (const doc of inTime(documentsOf(paths, flags, host), flags)) {
      if (index.put(doc)) replaced++;
      else added++;
    }
    if (!flags.quiet)
      print(
        host.stdout,
        `${count(added, 'document')} added, ${replaced} replaced; ${count(index.size, 'document')} in ${printable(folder)}.`,
      );
  });
}

/** Prints what documents have in common with the index. */
export async function queryIndex(folder: string, paths: string[], flags: IndexFlags, host: Host): Promise<void> {
  const perhaps: string[] = [];
  await withIndex(folder, flags, 'look', async (index) => {
    for await (const doc of inTime(documentsOf(paths, flags, host), flags)) {
      const pairs = index.query(doc);
      const own = pairs.find(({ b }) => mayBeOneFile(doc.id, b));
      if (own !== undefined) perhaps.push(`${doc.id} was compared with ${own.b} of the index`);
      if (flags.json) host.stdout.write(pairLines(pairs));
      else if (pairs.length > 0) print(host.stdout, pairTable(pairs, host.stdout.columns));
      else print(host.stdout, printable(`${doc.id}: nothing of it is in the index.`));
    }
  });
  const [first, ...others] = perhaps;
  if (first === undefined) return;
  const more = others.length > 0 ? `, and ${others.length} more like it` : '';
  print(host.stderr, printable(`twicetold: ${first}, which may be the same file${more}; ${SAME_PATHS}`));
}

const SAME_PATHS = 'name it, or its folder, as when it was added, and it goes by the same id as in the index';

/**
 * Whether two ids may be paths of one file, from two folders. Where files are is not kept with an index, and a copy may well have the name of what
 * it was made from: so this is said beside the pair, and hides none.
 */
function mayBeOneFile(a: string, b: string): boolean {
  return a.endsWith(`/${b}`) || b.endsWith(`/${a}`);
}

/** Removes documents by their ids. */
export async function removeFromIndex(folder: string, ids: string[], flags: IndexFlags, host: Host): Promise<void> {
  const missing = await withIndex(folder, flags, 'change', async (index) => {
    const missing = ids.filter((id) => !index.remove(id));
    const removed = ids.length - missing.length;
    if (!flags.quiet)
      print(
        host.stdout,
        `${count(removed, 'document')} removed; ${count(index.size, 'document')} in ${printable(folder)}.`,
      );
    return missing;
  });
  if (missing.length > 0)
    throw new TwicetoldError('UNREADABLE', `not in the index: ${missing.map((id) => JSON.stringify(id)).join(', ')}`);
}

/** Prints how many documents there are. */
export async function indexStats(folder: string, flags: IndexFlags, host: Host): Promise<void> {
  const documents = await withIndex(folder, flags, 'look', async (index) => index.size);
  if (flags.json) host.stdout.write(printableJson({ documents }));
  else print(host.stdout, `${count(documents, 'document')} in ${printable(folder)}.`);
}

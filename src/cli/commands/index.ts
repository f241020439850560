import { createDetector } from '../../detector.js';
import { TwicetoldError } from '../../errors.js';
import { count } from '../../report/words.js';
import { documentsOf } from '../documents.js';
import { type DetectorFlags, detectorOptions, type ReadFlags } from '../flags.js';
import { openStore, type Store } from '../store.js';
import { pairTable, printableJson } from '../table.js';
import { pairLines } from '../write.js';

/** Flags of `twicetold index`. */
export interface IndexFlags extends DetectorFlags, ReadFlags {
  json?: boolean;
  quiet?: boolean;
}

async function open(folder: string, flags: IndexFlags, mustExist: boolean): Promise<Store> {
  const store = await openStore(folder, await createDetector(detectorOptions(flags)));
  if (mustExist && !store.existed)
    throw new TwicetoldError('UNREADABLE', `${folder} holds no index; twicetold index add ${folder} <paths> makes one`);
  return store;
}

/** Adds documents; one whose id is there takes the place of the old. */
export async function addToIndex(folder: string, paths: string[], flags: IndexFlags): Promise<void> {
  const store = await open(folder, flags, false);
  let added = 0;
  let replaced = 0;
  for await (const doc of documentsOf(paths, flags)) {
    if (store.index.remove(doc.id)) replaced++;
    else added++;
    store.index.add(doc);
  }
  await store.save();
  if (!flags.quiet)
    console.log(
      `${count(added, 'document')} added, ${replaced} replaced; ${count(store.index.size, 'document')} in ${folder}.`,
    );
}

/** Prints what documents have in common with the index. */
export async function queryIndex(folder: string, paths: string[], flags: IndexFlags): Promise<void> {
  const { index } = await open(folder, flags, true);
  for await (const doc of documentsOf(paths, flags)) {
    const pairs = index.query(doc);
    if (flags.json) process.stdout.write(pairLines(pairs));
    else if (pairs.length > 0) console.log(pairTable(pairs));
    else console.log(`${doc.id}: nothing of it is in the index.`);
  }
}

/** Removes documents by their ids. */
export async function removeFromIndex(folder: string, ids: string[], flags: IndexFlags): Promise<void> {
  const store = await open(folder, flags, true);
  const missing = ids.filter((id) => !store.index.remove(id));
  await store.save();
  if (!flags.quiet)
    console.log(
      `${count(ids.length - missing.length, 'document')} removed; ${count(store.index.size, 'document')} in ${folder}.`,
    );
  if (missing.length > 0)
    throw new TwicetoldError('UNREADABLE', `not in the index: ${missing.map((id) => JSON.stringify(id)).join(', ')}`);
}

/** Prints how many documents there are. */
export async function indexStats(folder: string, flags: IndexFlags): Promise<void> {
  const { index } = await open(folder, flags, true);
  const stats = { documents: index.size, bytes: index.toBuffer().byteLength };
  if (flags.json) process.stdout.write(printableJson(stats));
  else console.log(`${count(stats.documents, 'document')}, ${(stats.bytes / 1e6).toFixed(1)} MB in ${folder}.`);
}

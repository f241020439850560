import { TwicetoldError } from '../errors.js';
import { openIndex } from '../node/open-index.js';
import { writerOf } from '../node/writer-lock.js';
import { createDetector } from '../ondemand.js';
import { withinTime } from '../settings/deadline.js';
import type { DocumentPair, SourceDocument } from '../types.js';
import { type DetectorFlags, detectorOptions } from './flags.js';

/** An index in a folder, as the commands use it: `--timeout-ms` bounds one document or one query, not the opening. */
export interface OpenedIndex {
  readonly size: number;
  has(id: string): boolean;
  /** Adds a document, in the place of one of its id; says whether there was one. What is refused changes nothing. */
  put(doc: SourceDocument): boolean;
  query(doc: SourceDocument): DocumentPair[];
  remove(id: string): boolean;
  close(): Promise<void>;
}

/** Opens the index in a folder. */
export async function openForCommand(folder: string, flags: DetectorFlags, readOnly: boolean): Promise<OpenedIndex> {
  const options = detectorOptions(flags);
  // Checks the options, too.
  const bounded = await createDetector(options);
  const { timeoutMs, ...untimed } = options;
  const index = await openIndex(folder, { ...untimed, readOnly }).catch((error: Error) => {
    throw inWordsOfCommands(error, folder);
  });
  return {
    get size() {
      return index.size;
    },
    has: (id) => index.has(id),
    remove: (id) => index.remove(id),
    query: (doc) => withinTime(timeoutMs, () => index.query(doc)),
    close: () => index.close(),
    put(doc) {
      // Time is asked for in a trial, since the index itself has no bound of time.
      if (timeoutMs !== undefined) bounded.index().add(doc);
      return index.replace(doc);
    },
  };
}

/** A second writer is told what can be done with commands; the API's options are none of theirs. */
function inWordsOfCommands(error: Error, folder: string): Error {
  if (!(error instanceof TwicetoldError) || error.code !== 'IN_USE') return error;
  const writer = writerOf(folder);
  return new TwicetoldError(
    'IN_USE',
    `the index in ${folder} is being written by ${writer === '' ? 'another process' : `process ${writer}`}; try again when it has ended. twicetold index query and index stats answer meanwhile`,
    { cause: error },
  );
}

import { lstatSync, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { watch as watchFiles } from 'chokidar';
import { TwicetoldError } from '../../errors.js';
import { formatByName } from '../../node/readers/formats.js';
import { count, statement } from '../../report/words.js';
import { documentsOf, linksNote } from '../documents.js';
import { EXIT } from '../exit.js';
import type { DetectorFlags, ReadFlags } from '../flags.js';
import { type Host, print } from '../host.js';
import { openForCommand } from '../openindex.js';
import { printable } from '../terminal.js';
import { pairLines } from '../write.js';

/** Flags of `twicetold watch`. */
export interface WatchFlags extends DetectorFlags, ReadFlags {
  index: string;
  jsonl?: boolean;
}

/** Milliseconds that a file must have kept its size, so that none is read while it is written. */
const SETTLED = 300;

/**
 * Checks each file that arrives in a folder against the index, and adds it. Files that are there already are taken into
 * the index first, where it does not know them. Ends on SIGINT, with the index saved.
 */
export async function watch(folder: string, flags: WatchFlags, host: Host): Promise<void> {
  if (!isFolder(folder)) throw new TwicetoldError('UNREADABLE', `${folder} cannot be watched: there is no such folder`);
  const index = await openForCommand(flags.index, flags, false);
  const say = (message: string) => print(host.stderr, `twicetold: ${printable(message)}`);
  let ready = false;

  async function take(path: string): Promise<void> {
    for await (const found of documentsOf([path], flags, host)) {
      // A document without an id of its own goes by its path in the folder, wherever the folder is.
      const doc = found.id === path ? { ...found, id: relative(folder, path).split(sep).join('/') } : found;
      if (!ready && index.has(doc.id)) continue;
      const pairs = unlessTooMuch(`${doc.id} was not compared`, () => (ready ? index.query(doc) : []));
      const stays = index.has(doc.id) ? ', and its earlier version stays' : '';
      unlessTooMuch(`${doc.id} was not taken in${stays}`, () => index.put(doc));
      if (pairs === undefined) continue;
      if (flags.jsonl) host.stdout.write(pairLines(pairs));
      else if (ready && pairs.length === 0) print(host.stdout, printable(`${doc.id}: new`));
      else
        for (const pair of pairs)
          print(host.stdout, printable(`${statement(pair, pair.a, pair.b)} (${pair.score.toFixed(2)})`));
    }
  }

  /** One text that takes longer than it may ends no watch, no more than a file that cannot be read. */
  function unlessTooMuch<T>(otherwise: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (flags.strict || !(error instanceof TwicetoldError) || error.code !== 'TIMEOUT') throw error;
      host.exitCode = EXIT.INPUT;
      say(`${otherwise}: ${error.message}`);
      return undefined;
    }
  }

  const watcher = watchFiles(folder, {
    followSymlinks: false,
    awaitWriteFinish: { stabilityThreshold: SETTLED, pollInterval: 50 },
  });
  // One after another: files that arrive together are compared with each other, too.
  let queue = Promise.resolve();
  try {
    await new Promise<void>((resolve, reject) => {
      const enqueue = (work: () => void | Promise<void>) => {
        queue = queue.then(work);
        // What is no fault of one file ends the watch: nothing after it would be taken in.
        queue.catch(reject);
      };
      const links: string[] = [];
      const arrived = (path: string) => {
        const kind = lstatSync(path, { throwIfNoEntry: false });
        // Pipes and devices are passed over, as by `scan`: one that nobody writes to would be waited for.
        if (kind?.isFile() && formatByName(path) !== undefined) enqueue(() => take(path));
        if (!kind?.isSymbolicLink()) return;
        if (ready) enqueue(() => say(linksNote([path])));
        else links.push(path);
      };
      watcher.on('add', arrived).on('change', arrived);
      watcher.on('error', (cause) => {
        const message = `${folder} cannot be watched: ${(cause as Error).message}`;
        reject(new TwicetoldError('UNREADABLE', message, { cause }));
      });
      watcher.on('ready', () =>
        enqueue(() => {
          ready = true;
          if (links.length > 0) say(linksNote(links));
          say(`watching ${folder}, ${count(index.size, 'document')} in ${flags.index}; Ctrl-C ends`);
        }),
      );
      host.once('SIGINT', () => resolve());
      host.once('SIGTERM', () => resolve());
    }).finally(() => watcher.close());
    await queue;
  } finally {
    await index.close();
  }
  say(`ended, ${count(index.size, 'document')} in ${flags.index}`);
}

/** A path that no folder can have is none. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

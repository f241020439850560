import { existsSync } from 'node:fs';
import { orAborted, valuesOf } from '../corpus/waiting.js';
import { readDocuments } from '../node/read.js';
import { timedOut } from '../settings/deadline.js';
import { checkSize } from '../settings/limits.js';
import type { SourceDocument } from '../types.js';
import { EXIT } from './exit.js';
import { type DetectorFlags, type ReadFlags, readOptions } from './flags.js';
import { type Host, print } from './host.js';
import { printable } from './terminal.js';

/** Reads what was named on the command line; tells, on stderr unless otherwise, what is passed over, and by the exit code what could not be read. */
export async function* documentsOf(
  paths: readonly string[],
  flags: ReadFlags & DetectorFlags,
  host: Host,
  tell = (message: string) => print(host.stderr, `twicetold: ${printable(message)}`),
  except: readonly string[] = [],
): AsyncGenerator<SourceDocument> {
  const skip = (_: string, error: Error) => {
    host.exitCode = EXIT.INPUT;
    tell(`skipped: ${error.message}`);
  };
  const links: string[] = [];
  const onLink = (path: string) => void links.push(path);
  const options = { ...readOptions(flags), except, onLink, ...(flags.strict ? {} : { onSkip: skip }) };
  const { maxDocumentBytes } = flags;
  try {
    for await (const doc of readDocuments(await expanded(paths), options)) {
      try {
        if (maxDocumentBytes !== undefined) checkSize(doc, { maxDocumentBytes });
      } catch (error) {
        if (flags.strict) throw error;
        skip(doc.id, error as Error);
        continue;
      }
      yield doc;
    }
  } finally {
    if (links.length > 0) tell(linksNote(links));
  }
}

/** What is read, of which each must come within the time that one document may take (`--timeout-ms`): a pipe may never give it. */
export function inTime<T>(source: AsyncIterable<T>, { timeoutMs }: DetectorFlags): AsyncIterable<T> {
  if (timeoutMs === undefined) return source;
  return valuesOf(source, (value) => orAborted(value, AbortSignal.timeout(timeoutMs), () => timedOut(timeoutMs)));
}

/** That links were not followed. */
export function linksNote(links: readonly string[]): string {
  const [first] = links as [string];
  return links.length === 1
    ? `the link ${first} was not followed; name it to have it read`
    : `${links.length} links in folders were not followed, such as ${first}; name them to have them read`;
}

/** Patterns that the shell left as they are, as the files that they stand for. */
export async function expanded(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    if (!/[*?{[]/.test(path) || existsSync(path)) found.push(path);
    else {
      const { glob } = await import('tinyglobby');
      // As within a folder, links to folders are not followed.
      const files = await glob(path, { expandDirectories: false, followSymbolicLinks: false });
      // One by one: there may be more than a call takes arguments.
      for (const file of files.length > 0 ? files.sort() : [path]) found.push(file);
    }
  }
  return found;
}

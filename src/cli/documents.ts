import { existsSync } from 'node:fs';
import { readDocuments } from '../node/read.js';
import { checkSize } from '../settings/limits.js';
import type { SourceDocument } from '../types.js';
import { EXIT } from './exit.js';
import { type DetectorFlags, type ReadFlags, readOptions } from './flags.js';
import { type Host, print } from './host.js';
import { printable } from './table.js';

/** Reads what was named on the command line; names on stderr what is skipped, and says so by the exit code. */
export async function* documentsOf(
  paths: readonly string[],
  flags: ReadFlags & DetectorFlags,
  host: Host,
  onSkip?: (message: string) => void,
  except: readonly string[] = [],
): AsyncGenerator<SourceDocument> {
  const skip = (_: string, error: Error) => {
    host.exitCode = EXIT.INPUT;
    if (onSkip === undefined) print(host.stderr, `twicetold: skipped: ${printable(error.message)}`);
    else onSkip(error.message);
  };
  const options = { ...readOptions(flags), except, ...(flags.strict ? {} : { onSkip: skip }) };
  const { maxDocumentBytes } = flags;
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
}

/** Patterns that the shell left as they are, as the files that they stand for. */
async function expanded(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    if (!/[*?{[]/.test(path) || existsSync(path)) found.push(path);
    else {
      const { glob } = await import('tinyglobby');
      // As within a folder, links to folders are not followed.
      const files = await glob(path, { expandDirectories: false, followSymbolicLinks: false });
      found.push(...(files.length > 0 ? files.sort() : [path]));
    }
  }
  return found;
}

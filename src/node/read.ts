import { type Dirent, promises as fs } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { checkOptions, checkString, describe, TwicetoldError } from '../errors.js';
import type { SourceDocument } from '../types.js';

/** Endings of the files that are taken from a folder. A file named by itself is read whatever its ending. */
const TEXT_FILE = /\.(?:txt|text|md|markdown)$/i;

/** How {@link readDocuments} meets a file that it cannot read. */
export interface ReadOptions {
  /** Called for each file that is passed over; without it the first such file ends the reading with its error. */
  onSkip?: (path: string, error: TwicetoldError) => void;
}

/**
 * Reads text files as documents, one after another, in the order of their paths: plain text and Markdown from folders
 * and all within them, any file that is named by itself. Files must be UTF-8; a byte-order mark is left out.
 *
 * A document's id is its path within the folder, where one folder is given; else its path as given.
 *
 * @param paths files and folders
 * @param options what to do with files that cannot be read
 * @returns the documents, as they are read
 * @throws TwicetoldError `UNREADABLE` or `NOT_UTF8`, naming the file; `NO_DOCUMENTS` when there was none to read
 *
 * @example
 * ```ts
 * import { readDocuments } from 'twicetold/node';
 * for await (const doc of readDocuments(['seeds'])) console.log(doc.id); // 000_f0c481dc8f7ce29f.txt ...
 * ```
 */
export async function* readDocuments(
  paths: string | readonly string[],
  options: ReadOptions = {},
): AsyncGenerator<SourceDocument> {
  checkOptions('readDocuments options', options, ['onSkip']);
  if (options.onSkip !== undefined && typeof options.onSkip !== 'function')
    throw new TwicetoldError('INVALID_ARGUMENT', `onSkip must be a function, got ${describe(options.onSkip)}`);
  const inputs = typeof paths === 'string' ? [paths] : paths;
  if (!Array.isArray(inputs))
    throw new TwicetoldError('INVALID_ARGUMENT', `paths must be a path or an array of paths, got ${describe(paths)}`);
  let found = 0;
  // A file that was named twice, or by itself and by its folder, is one document.
  const read = new Set<string>();
  for (const input of inputs as string[]) {
    checkString('a path', input);
    try {
      const isFolder = await stat(input);
      const base = isFolder && inputs.length === 1 ? input : '';
      for await (const path of isFolder ? textFiles(input) : [input]) {
        found++;
        if (read.has(resolve(path))) continue;
        read.add(resolve(path));
        try {
          yield { id: idOf(path, base), text: await readText(path) };
        } catch (error) {
          skip(path, error, options);
        }
      }
    } catch (error) {
      found++;
      skip(input, error, options);
    }
  }
  if (found === 0)
    throw new TwicetoldError(
      'NO_DOCUMENTS',
      `no documents in ${inputs.map(describe).join(', ') || 'an empty list of paths'}: a folder must hold files that end in .txt, .text, .md or .markdown`,
    );
}

/**
 * Reads one file as text.
 *
 * @param path the file
 * @throws TwicetoldError `UNREADABLE` or `NOT_UTF8`, naming the file
 *
 * @example
 * ```ts
 * import { readText } from 'twicetold/node';
 * console.log((await readText('README.md')).startsWith('# twicetold')); // true
 * ```
 */
export async function readText(path: string): Promise<string> {
  const bytes = await fs.readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new TwicetoldError('UNREADABLE', `${path} cannot be read: ${reason(cause)}`, { cause });
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new TwicetoldError(
      'NOT_UTF8',
      `${path} is not UTF-8 text (${where(bytes)}); convert it first, for example with iconv`,
      { cause },
    );
  }
}

function skip(path: string, error: unknown, options: ReadOptions): void {
  if (!(error instanceof TwicetoldError) || options.onSkip === undefined) throw error;
  options.onSkip(path, error);
}

async function stat(path: string): Promise<boolean> {
  try {
    return (await fs.stat(path)).isDirectory();
  } catch (cause) {
    throw new TwicetoldError('UNREADABLE', `${path} cannot be read: ${reason(cause as NodeJS.ErrnoException)}`, {
      cause,
    });
  }
}

/** The text files of a folder and of all within it; links are not followed, so that none leads in a circle. */
async function* textFiles(folder: string): AsyncGenerator<string> {
  let entries: Dirent[];
  try {
    entries = await fs.readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw new TwicetoldError('UNREADABLE', `${folder} cannot be read: ${reason(cause as NodeJS.ErrnoException)}`, {
      cause,
    });
  }
  for (const entry of entries.sort((x, y) => (x.name < y.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* textFiles(path);
    else if (entry.isFile() && TEXT_FILE.test(entry.name)) yield path;
  }
}

function idOf(path: string, base: string): string {
  return (base === '' ? path : relative(base, path)).split(sep).join('/');
}

function reason(error: NodeJS.ErrnoException): string {
  const known: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
  };
  return known[error.code ?? ''] ?? error.message;
}

/** Where a buffer stops being UTF-8: the first byte of the first sequence that is none. */
function where(bytes: Uint8Array): string {
  const isText = (end: number, stream: boolean): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream });
      return true;
    } catch {
      return false;
    }
  };
  let low = 0;
  let high = bytes.length;
  // A prefix is valid UTF-8, but for a sequence cut at its end, up to the first bad byte.
  while (low < high) {
    const mid = (low + high + 1) >>> 1;
    if (isText(mid, true)) low = mid;
    else high = mid - 1;
  }
  while (!isText(low, false)) low--;
  return `at byte ${low}`;
}

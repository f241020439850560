import { type Dirent, promises as fs } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { checkChoice, checkOptions, checkString, describe, quoted, TwicetoldError } from '../errors.js';
import type { SourceDocument } from '../types.js';
import { decode } from './readers/decode.js';
import { FORMATS, type Format, formatByContent, formatByName, KNOWN_ENDINGS, readerOf } from './readers/formats.js';
import {
  allBytes,
  decompressed,
  type FieldMapping,
  fileChunks,
  type Input,
  malformed,
  type ReadResult,
} from './readers/input.js';
import { reason } from './readers/reason.js';

/** How {@link readDocuments} reads. */
export interface ReadOptions {
  /** Called for each file or record that is passed over; without it the first such ends the reading with its error. */
  onSkip?: (path: string, error: TwicetoldError) => void;
  /** Called for each link within a folder. None is followed: it may lead in a circle, or out of the folder. Default: nothing is said. */
  onLink?: (path: string) => void;
  /** Format of all files, whatever their names and content say. Default: by the name's ending, else by the first bytes. */
  format?: Format;
  /**
   * Which field of a record (JSON, JSON Lines, CSV, Parquet) holds what: `{ text: 'article.body' }`. Default: the first
   * that is there of the usual names, such as `text`, `body`, `content`; `title`, `headline`; `published`, `date`.
   */
  fields?: FieldMapping;
  /** Files that are not read though a folder holds them, such as what was written into it earlier. Default none. */
  except?: readonly string[];
  /** Languages that the detector has loaded: a document that says it is in one of them is taken at its word. Default none. */
  languages?: readonly string[];
}

/** Bad records of a file, none of them good, after which it is given up: its fields go by other names. */
const MAX_BAD = 100;

/** Path that stands for what comes in on standard input. */
const STDIN = '-';

/**
 * Reads files as documents, one after another, in the order of their paths. From a folder, and all within it, it takes
 * the files whose names end as those of a known format do; a file that is named by itself is read in any case, and `-`
 * is standard input. Any file may be in gzip or zstd.
 *
 * Known are plain text and Markdown; HTML, of which only the article is taken; RSS and Atom; NewsML-G2, NITF and ninjs;
 * JSON Lines, JSON and CSV with named fields; Parquet. Titles, dates, addresses, sources, authors and copyright holders
 * come along where the format has them. Text is UTF-8 unless a byte-order mark or a declaration says otherwise.
 *
 * A document's id is that which its format gives it (`guid`, `uri`, a field), else its path within the folder, where
 * one folder is given, else its path as given. Memory: one document of most formats, one group of rows of Parquet; a
 * file that must be held whole may have 64 MiB, a record 16.
 *
 * @param paths files and folders
 * @param options formats, fields, and what to do with what cannot be read
 * @returns the documents, as they are read
 * @throws TwicetoldError `UNREADABLE`, `NOT_UTF8`, `MALFORMED` or `TOO_LARGE`, naming the file; `DUPLICATE_ID`;
 * `NO_DOCUMENTS` when there was none to read
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
  checkReadOptions(options);
  const inputs = typeof paths === 'string' ? [paths] : paths;
  if (!Array.isArray(inputs))
    throw new TwicetoldError('INVALID_ARGUMENT', `paths must be a path or an array of paths, got ${describe(paths)}`);
  let found = 0;
  // A file that was named twice, or by itself and by its folder, is one document.
  const read = new Set((options.except ?? []).map((path) => resolve(path)));
  const ids = new Map<string, string>();
  for (const input of inputs as string[]) {
    checkString('a path', input);
    try {
      const isFolder = input !== STDIN && (await isDirectory(input));
      const base = isFolder && inputs.length === 1 ? input : '';
      const onUnreadable = (folder: string, error: TwicetoldError) => {
        found++;
        skip(folder, error, options);
      };
      for await (const path of isFolder ? knownFiles(input, onUnreadable, options.onLink) : [input]) {
        if (read.has(resolve(path))) continue;
        found++;
        read.add(resolve(path));
        const name = path === STDIN ? 'stdin' : idOf(path, base);
        try {
          for await (const doc of readFile(path, name, options)) {
            const earlier = ids.get(doc.id);
            if (earlier === undefined) {
              ids.set(doc.id, path);
              yield doc;
            } else {
              const where = earlier === path ? 'before in the same file' : `in ${earlier}`;
              const message = `${path} holds a document with the id ${quoted(doc.id)}, which was ${where}`;
              skip(path, new TwicetoldError('DUPLICATE_ID', message), options);
            }
          }
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
      `no documents in ${inputs.map(describe).join(', ') || 'an empty list of paths'}: a folder must hold files that end in ${KNOWN_ENDINGS.map((ending) => `.${ending}`).join(', ')}`,
    );
}

/** The documents of one file; one that has no id of its own goes by the file's name. */
async function* readFile(path: string, name: string, options: ReadOptions): AsyncGenerator<SourceDocument> {
  const chunks = decompressed(path, path === STDIN ? process.stdin : fileChunks(path));
  let format = options.format ?? formatByName(path);
  const plain = !/\.(?:gz|gzip|zst|zstd)$/i.test(path) && path !== STDIN;
  let content: AsyncIterable<Uint8Array> = chunks;
  if (format === undefined) {
    const first = await chunks.next();
    format = formatByContent(first.done ? new Uint8Array(0) : first.value);
    content = (async function* () {
      if (!first.done) yield first.value;
      yield* chunks;
    })();
  }
  let bad = 0;
  let good = false;
  let refusal: unknown;
  const input: Input = {
    name: path,
    path: plain ? path : undefined,
    fields: options.fields ?? {},
    chunks: () => content,
    bad: (error) => {
      try {
        skip(path, error, options);
      } catch (thrown) {
        refusal = thrown;
        throw thrown;
      }
      if (++bad >= MAX_BAD && !good)
        throw new TwicetoldError(
          'MALFORMED',
          `${path} has no document in its first ${MAX_BAD} records; the rest is not read`,
        );
    },
  };
  let documents: AsyncIterator<ReadResult> | undefined;
  try {
    const reader = await readerOf(format);
    documents = reader(input)[Symbol.asyncIterator]();
    for (;;) {
      const next = await documents.next().catch((cause) => {
        // What a parser did not expect is a fault of this file, and must not keep the others from being read; what the caller throws is his.
        if (cause instanceof TwicetoldError || (refusal !== undefined && cause === refusal)) throw cause;
        const words = cause instanceof Error ? cause.message.slice(0, 200) : String(cause).slice(0, 200);
        throw malformed(path, `cannot be read as ${format}: ${words}`, cause);
      });
      if (next.done) break;
      good = true;
      yield named(next.value, name, options.languages ?? []);
    }
  } finally {
    await documents?.return?.(undefined);
    await chunks.return(undefined);
  }
}

function named({ id, language, ...doc }: ReadResult, name: string, languages: readonly string[]): SourceDocument {
  const primary = language?.split('-')[0]?.toLowerCase();
  const known = languages.some((tag) => tag.split('-')[0]?.toLowerCase() === primary);
  return { id: id ?? name, ...doc, ...(known && primary !== undefined ? { language: primary } : {}) };
}

/**
 * Reads one file as text, whatever its format: UTF-8, or UTF-16 with a byte-order mark.
 *
 * @param path the file, of 64 MiB at most
 * @throws TwicetoldError `UNREADABLE`, `NOT_UTF8` or `TOO_LARGE`, naming the file; `INVALID_ARGUMENT`
 *
 * @example
 * ```ts
 * import { readText } from 'twicetold/node';
 * console.log((await readText('README.md')).startsWith('# twicetold')); // true
 * ```
 */
export async function readText(path: string): Promise<string> {
  checkString('path', path);
  return decode(path, await allBytes({ name: path, chunks: () => fileChunks(path) }));
}

function checkReadOptions(options: ReadOptions): void {
  checkOptions('readDocuments options', options, ['onSkip', 'onLink', 'format', 'fields', 'except', 'languages']);
  for (const name of ['onSkip', 'onLink'] as const)
    if (options[name] !== undefined && typeof options[name] !== 'function')
      throw new TwicetoldError('INVALID_ARGUMENT', `${name} must be a function, got ${describe(options[name])}`);
  if (options.format !== undefined) checkChoice('format', options.format, FORMATS);
  checkOptions('fields', options.fields, PARTS);
  for (const [part, field] of Object.entries(options.fields ?? {})) checkString(`fields.${part}`, field);
  checkStrings('languages', options.languages, 'tags');
  checkStrings('except', options.except, 'paths');
}

function checkStrings(name: string, value: unknown, what: string): void {
  if (value !== undefined && !(Array.isArray(value) && value.every((item) => typeof item === 'string')))
    throw new TwicetoldError('INVALID_ARGUMENT', `${name} must be an array of ${what}, got ${describe(value)}`);
}

const PARTS = [
  'id',
  'text',
  'title',
  'published',
  'language',
  'source',
  'url',
  'author',
  'copyright',
] as const satisfies readonly (keyof SourceDocument)[];

function skip(path: string, error: unknown, options: ReadOptions): void {
  if (!(error instanceof TwicetoldError) || options.onSkip === undefined) throw error;
  options.onSkip(path, error);
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await fs.stat(path)).isDirectory();
  } catch (cause) {
    throw new TwicetoldError('UNREADABLE', `${path} cannot be read: ${reason(cause as NodeJS.ErrnoException)}`, {
      cause,
    });
  }
}

/**
 * The files of known formats of a folder and of all within it, but of hidden folders and of `node_modules`; links are not
 * followed, so that none leads in a circle. A folder that cannot be read is told of, and what comes after it is read.
 */
async function* knownFiles(
  folder: string,
  onUnreadable: (folder: string, error: TwicetoldError) => void,
  onLink?: (path: string) => void,
): AsyncGenerator<string> {
  let entries: Dirent[];
  try {
    entries = await fs.readdir(folder, { withFileTypes: true });
  } catch (cause) {
    const message = `${folder} cannot be read: ${reason(cause as NodeJS.ErrnoException)}`;
    onUnreadable(folder, new TwicetoldError('UNREADABLE', message, { cause }));
    return;
  }
  for (const entry of entries.sort((x, y) => (x.name < y.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && entry.name !== 'node_modules') yield* knownFiles(path, onUnreadable, onLink);
    } else if (entry.isSymbolicLink()) onLink?.(path);
    else if (entry.isFile() && formatByName(entry.name) !== undefined) yield path;
  }
}

function idOf(path: string, base: string): string {
  return (base === '' ? path : relative(base, path)).split(sep).join('/');
}

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkOptions, describe, TwicetoldError } from '../errors.js';
import { DETECTOR_OPTIONS } from '../settings/options.js';

/** Files that are looked for where none is named. */
const NAMES = ['twicetold.config.ts', 'twicetold.config.js', 'twicetold.config.mjs', 'twicetold.config.json'];

/** What a configuration may hold: a detector's options, and the fields of records. */
const KNOWN = [
  ...DETECTOR_OPTIONS,
  'format',
  'id',
  'text',
  'title',
  'date',
  'source',
  'strict',
  'failOn',
  'quiet',
  'workers',
];

/**
 * Options out of a file: the default export of a module, or a JSON object. Those on the command line go before them.
 *
 * @param named the file; undefined: one of the usual names, where there is one
 */
export async function readConfig(named: string | undefined): Promise<Record<string, unknown>> {
  const path = named ?? NAMES.find((name) => existsSync(name));
  if (path === undefined) return {};
  const value = await load(path);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TwicetoldError('INVALID_ARGUMENT', `${path} must give an object of options, got ${describe(value)}`);
  checkOptions(path, value, KNOWN);
  return value as Record<string, unknown>;
}

async function load(path: string): Promise<unknown> {
  if (!existsSync(path)) throw new TwicetoldError('UNREADABLE', `${path} cannot be read: there is no such file`);
  try {
    if (extname(path) === '.json') return JSON.parse(await readFile(path, 'utf8'));
    const url = pathToFileURL(resolve(path)).href;
    if (extname(path) !== '.ts') return (await import(url)).default;
    try {
      return (await import(url)).default;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    }
    // Node before 22.18 reads no TypeScript: its types are taken out here. Imports within it are not followed.
    const { transform } = await import('sucrase');
    const { code } = transform(await readFile(path, 'utf8'), { transforms: ['typescript'], disableESTransforms: true });
    return (await import(`data:text/javascript,${encodeURIComponent(code)}`)).default;
  } catch (cause) {
    if (cause instanceof TwicetoldError) throw cause;
    throw new TwicetoldError('UNREADABLE', `${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

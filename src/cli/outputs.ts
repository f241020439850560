import { accessSync, type BigIntStats, constants, fstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { TwicetoldError } from '../errors.js';
import { reason } from '../node/readers/reason.js';
import { usage } from './exit.js';

/** The files that a command writes, by the names of the options that name them; `-` is standard output. */
export type Outputs = Readonly<Record<string, string | undefined>>;

function named(outputs: Outputs): [option: string, file: string][] {
  return Object.entries(outputs).flatMap(([option, file]) =>
    file === undefined || file === '-' ? [] : [[option, file]],
  );
}

/**
 * Refuses, before any work is done, files that cannot be written, two outputs in one file, and an output that is a file to be read.
 * Files are the same by where they are on the disk, whatever links lead to them. Devices and pipes take any number of outputs.
 *
 * @param inputs the files that were named, patterns taken apart; what lies within folders among them is no concern of this
 * @throws TwicetoldError `UNWRITABLE`; `INVALID_ARGUMENT` where something would be overwritten
 */
export function checkOutputs(outputs: Outputs, inputs: readonly (string | undefined)[]): void {
  const taken = new Map<string, string>();
  for (const [option, file] of named(outputs)) {
    const place = placeToWrite(file);
    if (place === undefined) continue;
    const other = taken.get(place);
    if (other !== undefined)
      throw usage(`--${other} and --${option} name the same file, ${file}; give each a file of its own`);
    taken.set(place, option);
  }
  if (taken.size === 0) return;
  for (const input of inputs) {
    const option = input === undefined ? undefined : taken.get(placeOf(statOf(input)) ?? '');
    if (option === undefined) continue;
    const what = input === '-' ? 'the file on standard input' : input;
    throw usage(`--${option} would overwrite ${what}, which is to be read; name another file`);
  }
}

/**
 * The paths by which the outputs are met in the folders that are read: a run into the same folder a second time takes its first report
 * for no document, by whatever links the two are named.
 */
export function metInFolders(outputs: Outputs, inputs: readonly string[]): string[] {
  const files = named(outputs).map(([, file]) => file);
  const real = files.flatMap((file) => (statOf(file)?.isFile() ? [realpathSync(file)] : []));
  if (real.length === 0) return files;
  const found = [...files];
  for (const input of inputs) {
    if (!statOf(input)?.isDirectory()) continue;
    const folder = realpathSync(input);
    for (const file of real) {
      const inner = relative(folder, file);
      if (inner !== '..' && !inner.startsWith(`..${sep}`) && !isAbsolute(inner)) found.push(join(input, inner));
    }
  }
  return found;
}

/** That a file cannot be written, and why. */
export function unwritable(file: string, cause: Error): TwicetoldError {
  return new TwicetoldError('UNWRITABLE', `${file} cannot be written: ${reason(cause)}`, { cause });
}

/** Where a file is, or will be, on the disk; undefined for a device or a pipe. Throws where it cannot be written. */
function placeToWrite(file: string): string | undefined {
  try {
    if (file === '' || file.endsWith('/') || file.endsWith(sep)) throw Object.assign(new Error(), { code: 'EISDIR' });
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined) return placeOfNew(file);
    if (stats.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    accessSync(file, constants.W_OK);
    return placeOf(stats);
  } catch (cause) {
    throw unwritable(file, cause as Error);
  }
}

/** Where a file will be that is not there yet; a link to nothing is written through. */
function placeOfNew(file: string): string {
  for (let path = resolve(file); ; ) {
    const folder = realpathSync(dirname(path));
    const own = join(folder, basename(path));
    let target: string;
    try {
      target = readlinkSync(own);
    } catch {
      accessSync(folder, constants.W_OK);
      return own;
    }
    path = resolve(folder, target);
  }
}

function placeOf(stats: BigIntStats | undefined): string | undefined {
  return stats?.isFile() ? `${stats.dev} ${stats.ino}` : undefined;
}

/** Undefined also for a path that no file can have: it is refused when it is read. */
function statOf(path: string): BigIntStats | undefined {
  try {
    return path === '-' ? fstatSync(0, { bigint: true }) : statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

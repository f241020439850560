import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TwicetoldError } from '../errors.js';

/**
 * Lets one process at a time write into a folder: a file that names the process. One that a killed process left is taken
 * over: nobody runs under its number, or one that began at another time does.
 *
 * @returns what ends the lock
 */
export function lockWriter(folder: string): () => void {
  const path = join(folder, 'writer');
  const own = `${process.pid} ${begunAt(process.pid)}`;
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, own, { flag: 'wx' });
      return () => {
        if (readOwner(path) === own) rmSync(path, { force: true });
      };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new TwicetoldError('UNWRITABLE', `${folder} cannot be written: ${(cause as Error).message}`, { cause });
    }
    const owner = readOwner(path);
    if (attempt > 2 || isRunning(owner))
      throw new TwicetoldError(
        'IN_USE',
        `the index in ${folder} is being written by process ${processOf(owner)}; wait until it is closed, or open it with readOnly: true`,
      );
    rmSync(path, { force: true });
  }
}

/** The number of the process that writes into a folder; empty where none does. */
export function writerOf(folder: string): string {
  return processOf(readOwner(join(folder, 'writer')));
}

function processOf(owner: string): string {
  return owner.split(' ')[0] as string;
}

/** A link, a pipe or a device is no lock of ours: none is followed or waited for, and it is removed as one that was left behind. */
function readOwner(path: string): string {
  try {
    return lstatSync(path).isFile() ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}

function isRunning(owner: string): boolean {
  const [number, begun] = owner.split(' ');
  const pid = Number(number);
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return begunAt(pid) === begun;
}

/** When a process began, where the system tells; numbers of processes are used again. */
function begunAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may have spaces; the time is the twentieth field after it.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // One that was killed and that its parent has not asked after yet.
    return state === 'Z' ? 'gone' : (fields[18] ?? '');
  } catch {
    return 'unknown';
  }
}

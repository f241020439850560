import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const environment = join(folder, '.venv');

/**
 * The Python that has the pinned peers, in a virtual environment that git does not see, made on first use.
 * Throws a sentence when there is no Python or a peer cannot be installed.
 */
export function peerPython(): string {
  const python = join(environment, 'bin/python');
  const requirements = readFileSync(join(folder, 'requirements.txt'), 'utf8');
  const stamp = join(environment, 'installed.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === requirements) return python;
  const run = (command: string, args: string[]) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  run('python3', ['-m', 'venv', environment]);
  run(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '-r',
    join(folder, 'requirements.txt'),
  ]);
  writeFileSync(stamp, requirements);
  return python;
}

/** The script that runs one Python peer. */
export const peerScript = join(folder, 'peers.py');

/** The same for banded indexes. */
export const lshScript = join(folder, 'lsh.py');

/** Resemblance as datasketch estimates it. */
export const estimatesScript = join(folder, 'estimates.py');

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const environment = join(folder, '.venv');

/** The Python with the pinned Spark, and the folder of Spark. */
export interface SparkPython {
  readonly python: string;
  readonly home: string;
}

/**
 * A virtual environment that git does not see, made on first use. Throws a sentence where there is no Java, no Python, or the packages
 * cannot be had.
 */
export function sparkPython(): SparkPython {
  const run = (command: string, args: string[]) =>
    execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  try {
    run('java', ['-version']);
  } catch {
    throw new Error('there is no java, which Spark needs');
  }
  const python = join(environment, 'bin/python');
  const wanted = join(folder, 'requirements.txt');
  const requirements = readFileSync(wanted, 'utf8');
  const stamp = join(environment, 'installed.txt');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== requirements) {
    try {
      run('python3', ['-m', 'venv', environment]);
      run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', wanted]);
    } catch (cause) {
      throw new Error(`the packages of ${wanted} cannot be installed: ${(cause as Error).message.slice(-300)}`);
    }
    writeFileSync(stamp, requirements);
  }
  const home = run(python, ['-c', 'import pyspark; print(pyspark.__path__[0])']).trim();
  return { python, home };
}

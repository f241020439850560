import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** When the newest file of a folder was written. */
function newest(folder: string): number {
  return Math.max(
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(folder, name)).mtimeMs),
  );
}

/** Builds the package, where that was not done since its sources changed. */
export function ensureBuilt(): void {
  const built = existsSync('dist/index.js') ? statSync('dist/index.js').mtimeMs : 0;
  if (built < Math.max(newest('src'), statSync('tsup.config.ts').mtimeMs))
    execFileSync('npm', ['run', 'build'], { stdio: 'pipe' });
}

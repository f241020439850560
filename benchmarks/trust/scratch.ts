import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder, which is gone when the process is. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'complexity-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

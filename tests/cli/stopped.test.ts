import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/types.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stopped-'));
  await mkdir(join(folder, 'texts'));
  await mkdir(join(folder, 'tmp'));
  const seeds = readdirSync('seeds').sort();
  // Each of a story's versions is proposed with every other, so that comparing takes minutes and reading seconds.
  for (let n = 0; n < 400; n++) {
    const lines = readFileSync(join('seeds', seeds[n % seeds.length] as string), 'utf8').split('\n');
    lines.splice(n % lines.length, 1, `On day ${n} the story was told again by reporter number ${n * 7}.`);
    await writeFile(join(folder, 'texts', `${n}.txt`), lines.join('\n'));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs `scan` as a process, interrupts it after so many milliseconds and waits for its end. */
function interrupted(milliseconds: number): Promise<{ code: number | null; err: string }> {
  const args = ['scan', join(folder, 'texts'), '--json', join(folder, 'report.json'), '--max-key-documents', '500'];
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TMPDIR: join(folder, 'tmp') },
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const timer = setTimeout(() => child.kill('SIGINT'), milliseconds);
  return new Promise((resolve) =>
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, err });
    }),
  );
}

describe('twicetold scan, interrupted', () => {
  it('writes what it found until then, says so, and leaves nothing behind', async () => {
    let ended = { code: 0 as number | null, err: '' };
    // How long reading takes is not known: where the signal came before comparing began, there is nothing to write.
    for (const milliseconds of [6000, 12_000, 25_000]) {
      ended = await interrupted(milliseconds);
      // The program was not there yet to hear it.
      if (ended.code === null && ended.err === '') continue;
      expect(ended.code).toBe(130);
      expect(ended.err).toContain('twicetold: stopped');
      expect(ended.err).not.toMatch(/^\s+at /m);
      // Programs that the test runs under may keep folders of their own there.
      expect(readdirSync(join(folder, 'tmp')).filter((name) => name.startsWith('twicetold'))).toEqual([]);
      if (existsSync(join(folder, 'report.json'))) break;
    }
    expect(ended.err).toContain('what was found so far');
    const { documents, pairs, stats } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    expect(documents).toHaveLength(400);
    expect(pairs.length).toBeGreaterThan(0);
    expect(pairs.length).toBeLessThan(stats.candidates);
  }, 90_000);
});

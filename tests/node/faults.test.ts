import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openIndex } from '../../src/node/index.js';
import { killWriters } from '../faults/kills.js';
import { textOf } from '../faults/story.js';

const plain = { lexicon: false };
const source = join(process.cwd(), 'src/node/index.ts');
const tsx = ['--import', 'tsx'];

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'twicetold-faults-'));
});
afterAll(() => rmSync(home, { recursive: true }));

describe('an index whose writer is killed at any moment', () => {
  it('is what was acknowledged, and one of several writers takes it over', async () => {
    const outcome = await killWriters({
      folder: join(home, 'killed'),
      kills: 6,
      writers: 2,
      longest: 400,
      command: [...tsx, 'tests/faults/writer.ts', source],
      open: (folder) => openIndex(folder, plain),
      seed: 1,
    });
    expect(outcome.wrong).toEqual([]);
    expect(outcome.kills).toBe(6);
    expect(outcome.acknowledged).toBeGreaterThan(5);
  }, 120_000);
});

/** A small file system in memory, where the tests may make one. */
const small = join(tmpdir(), `twicetold-small-${process.pid}`);
mkdirSync(small, { recursive: true });
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small]).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', [small]);
  rmSync(small, { recursive: true, force: true });
});

describe.runIf(mounted)('an index on a disk that is full', () => {
  it('says so, keeps what it acknowledged, and goes on when there is room again', async () => {
    const folder = join(small, 'index');
    const index = await openIndex(folder, plain);
    const text = Array.from({ length: 3000 }, (_, n) => `word${n}`).join(' ');
    let added = 0;
    let refused: unknown;
    for (; added < 1000 && refused === undefined; added++)
      try {
        index.add({ id: `${added}`, text: `${added} ${text}` });
      } catch (error) {
        refused = error;
      }
    added--;
    expect(refused).toMatchObject({ name: 'TwicetoldError', code: 'UNWRITABLE' });
    expect(added).toBeGreaterThan(5);
    expect([index.size, index.has(`${added}`)]).toEqual([added, false]);
    expect(() => index.save()).toThrow(expect.objectContaining({ code: 'UNWRITABLE' }));
    await index.close();
    expect(spawnSync('mount', ['-o', 'remount,size=16m', small]).status).toBe(0);
    const again = await openIndex(folder, plain);
    expect(again.size).toBe(added);
    again.add({ id: 'more', text });
    again.save();
    await again.close();
    const last = await openIndex(folder, plain);
    expect(last.size).toBe(added + 1);
    await last.close();
  });
});

describe('an index in a folder that may not be written', () => {
  // Nobody may keep root from writing, so another user asks.
  it.runIf(process.getuid?.() === 0)('can be read there, and is refused to a writer', async () => {
    const folder = join(home, 'kept');
    const index = await openIndex(folder, plain);
    index.add({ id: '1', text: textOf(1) });
    index.save();
    await index.close();
    for (const name of [...readdirSync(folder).map((name) => join(folder, name)), folder, home]) chmodSync(name, 0o555);
    const script = `
      const { openIndex } = await import(${JSON.stringify(source)});
      for (const readOnly of [false, true])
        try {
          const index = await openIndex(process.argv[1], { lexicon: false, readOnly });
          console.log(index.size);
          await index.close();
        } catch (error) {
          console.log(error.name, error.code);
        }`;
    const args = [...tsx, '--input-type=module', '-e', script, folder];
    const asked = spawnSync(process.execPath, args, {
      uid: 65_534,
      gid: 65_534,
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: '/tmp' },
    });
    for (const name of [home, folder, ...readdirSync(folder).map((name) => join(folder, name))]) chmodSync(name, 0o755);
    expect(asked.stdout.split('\n'), asked.stderr).toEqual([
      expect.stringMatching(/^TwicetoldError UN(?:WRITABLE|READABLE)$/),
      '1',
      '',
    ]);
  });
});

describe('an index while the clock goes backwards', () => {
  it('numbers its changes as before, and finds them', async () => {
    const folder = join(home, 'clock');
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      let day = Date.UTC(2030, 0, 1);
      for (let n = 0; n < 4; n++) {
        vi.setSystemTime(day);
        day -= 400 * 86_400_000;
        const index = await openIndex(folder, { ...plain, timeoutMs: 60_000 });
        expect(index.size).toBe(n);
        index.add({ id: `${n}`, text: textOf(n) });
        vi.setSystemTime(day);
        expect(index.query(textOf(n)).map(({ b }) => b)).toEqual([`${n}`]);
        if (n % 2 === 0) index.save();
        await index.close();
      }
    } finally {
      vi.useRealTimers();
    }
  });
});

import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { openIndex } from '../../src/node/index.js';
import { LmdbStore } from '../../src/node/lmdb-store.js';
import { storeSuite } from '../indexstore.js';

const home = mkdtempSync(join(tmpdir(), 'open-index-'));
afterAll(() => rmSync(home, { recursive: true }));
let folders = 0;
const fresh = () => join(home, `${folders++}`);
const plain = { lexicon: false };
const story =
  'The council voted on Monday to close the old bridge. Repairs will take until the spring, engineers said.';

describe('a store in LMDB', () => {
  const places = new Map<unknown, string>();
  const open = async (folder: string) => {
    const store = await LmdbStore.open(folder, false);
    places.set(store, folder);
    return store;
  };
  storeSuite(
    () => open(fresh()),
    async (store) => {
      await store.close();
      return open(places.get(store) as string);
    },
  );
});

describe('openIndex', () => {
  it('has after closing and opening what it had before', async () => {
    const folder = fresh();
    const index = await openIndex(folder, plain);
    index.add({ id: 'a', text: story, title: 'Bridge', published: new Date(0) });
    index.add({ id: 'b', text: 'Rain.' });
    index.remove('b');
    const before = [index.query(story), index.report()];
    await index.close();
    for (const save of [false, true]) {
      const again = await openIndex(folder, plain);
      expect([again.query(story), again.report()]).toEqual(before);
      // As a process leaves it that was killed while it saved.
      writeFileSync(join(folder, 'snapshot-9.twct.part'), 'half of a snapshot');
      if (save) again.save();
      await again.close();
    }
    const last = await openIndex(folder, plain);
    expect([last.query(story), last.report()]).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.startsWith('snapshot'))).toEqual(['snapshot-3.twct']);
    await last.close();
  });

  it.skipIf(process.platform === 'win32')('is led out of its folder by no link in it', async () => {
    const victim = fresh();
    writeFileSync(victim, 'of somebody else');
    const made = async () => {
      const folder = fresh();
      const index = await openIndex(folder, plain);
      index.add({ id: 'a', text: story });
      index.save();
      await index.close();
      return folder;
    };
    const folder = await made();
    symlinkSync(victim, join(folder, 'snapshot-2.twct.part'));
    mkdirSync(join(folder, 'snapshot-7.twct.part'));
    symlinkSync(victim, join(folder, 'writer'));
    const index = await openIndex(folder, plain);
    index.add({ id: 'b', text: 'Rain.' });
    index.save();
    await index.close();
    expect(readdirSync(folder)).toContain('snapshot-2.twct');
    expect(readFileSync(victim, 'utf8')).toBe('of somebody else');
    const again = await openIndex(folder, plain);
    expect(again.size).toBe(2);
    await again.close();
    for (const name of ['changes.lmdb', 'changes.lmdb-lock', 'snapshot-1.twct'])
      for (const to of [victim, join(home, 'nowhere')])
        for (const readOnly of [false, true]) {
          const linked = await made();
          rmSync(join(linked, name), { force: true });
          symlinkSync(to, join(linked, name));
          await expect(openIndex(linked, { ...plain, readOnly }), `${name} ${readOnly}`).rejects.toMatchObject({
            code: 'UNREADABLE',
            message: expect.stringContaining(`${name} is a link or no file`),
          });
          expect(readFileSync(victim, 'utf8')).toBe('of somebody else');
          expect(existsSync(join(home, 'nowhere'))).toBe(false);
        }
  });

  it('misses a snapshot that is gone', async () => {
    const folder = fresh();
    const index = await openIndex(folder, plain);
    index.add({ id: 'a', text: story });
    index.save();
    await index.close();
    rmSync(join(folder, 'snapshot-1.twct'));
    await expect(openIndex(folder, plain)).rejects.toMatchObject({
      code: 'UNREADABLE',
      message: expect.stringContaining('snapshot-1.twct'),
    });
  });

  it('lets one write and others read, who see what was written when they refresh', async () => {
    const folder = fresh();
    const writer = await openIndex(folder, plain);
    writer.add({ id: 'a', text: story });
    await expect(openIndex(folder, plain)).rejects.toMatchObject({
      code: 'IN_USE',
      message: expect.stringMatching(new RegExp(`process ${process.pid}.*readOnly`)),
    });
    const reader = await openIndex(folder, { ...plain, readOnly: true });
    expect(reader.query(story).map(({ b }) => b)).toEqual(['a']);
    writer.add({ id: 'b', text: story });
    writer.save();
    writer.add({ id: 'c', text: story });
    expect([reader.refresh(), reader.size]).toEqual([2, 3]);
    expect(() => reader.add({ id: 'd', text: '' })).toThrow(expect.objectContaining({ code: 'UNWRITABLE' }));
    await reader.close();
    await writer.close();
    const next = await openIndex(folder, plain);
    expect(next.size).toBe(3);
    await next.close();
  });

  it('has every addition that returned before the process was killed, and can be written again', async () => {
    const folder = fresh();
    for (const rounds of [20, 35]) {
      const child = spawn(process.execPath, ['--import', 'tsx', 'tests/node/keeps-adding.ts', folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let last = -1;
      for await (const line of createInterface({ input: child.stdout })) {
        last = Number(line);
        if (last >= rounds && !child.killed) child.kill('SIGKILL');
      }
      expect(last).toBeGreaterThanOrEqual(rounds);
      const index = await openIndex(folder, plain);
      for (let n = 0; n <= last; n++) expect(index.has(`${n}`)).toBe(true);
      index.save();
      await index.close();
    }
  }, 120_000);

  it('takes over from a process that is gone, whoever has its number now', async () => {
    const folder = fresh();
    mkdirSync(folder);
    for (const owner of ['999999999 1', `${process.pid} 1`, '', 'nonsense']) {
      writeFileSync(join(folder, 'writer'), owner);
      const index = await openIndex(folder, plain);
      await index.close();
    }
    expect(readdirSync(folder)).not.toContain('writer');
  });

  it('refuses a snapshot that was altered, and a folder that is none', async () => {
    const folder = fresh();
    const index = await openIndex(folder, plain);
    index.add({ id: 'a', text: story });
    index.save();
    await index.close();
    writeFileSync(join(folder, 'snapshot-1.twct'), 'something else, of more than twenty bytes');
    await expect(openIndex(folder, plain)).rejects.toMatchObject({
      code: 'UNREADABLE',
      message: /snapshot-1\.twct.*mark of a saved index/,
    });
    const file = fresh();
    writeFileSync(file, 'a file');
    await expect(openIndex(file, plain)).rejects.toMatchObject({
      code: expect.stringMatching(/UNWRITABLE|UNREADABLE/),
    });
    await expect(openIndex(fresh(), { ...plain, readOnly: true })).rejects.toMatchObject({ code: 'UNREADABLE' });
  });

  it.each([
    [7, {}, 'INVALID_ARGUMENT'],
    ['folder', { readOnly: 'yes' }, 'INVALID_ARGUMENT'],
    ['folder', { readonly: true }, 'INVALID_ARGUMENT'],
    ['folder', null, 'INVALID_ARGUMENT'],
  ])('refuses %j with %j', async (folder, options, code) => {
    await expect(openIndex(folder as string, options as object)).rejects.toMatchObject({ code });
  });
});

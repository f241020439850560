import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIndex } from '../../src/node/index.js';
import { checkPages } from '../../src/node/lmdb-pages.js';
import { textOf } from '../faults/story.js';

/** What stands where in a file of LMDB, as in lmdb-pages.ts. */
const PAGE = 4096;

let home: string;
let whole: string;
let file: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'twicetold-pages-'));
  whole = join(home, 'whole');
  file = join(whole, 'changes.lmdb');
  const index = await openIndex(whole, { lexicon: false });
  // Short texts stand in leaves, long ones on pages of their own, and enough of them make a tree of two levels.
  for (let n = 0; n < 120; n++) index.add({ id: `${n}`, text: textOf(n).repeat(n % 7 === 0 ? 30 : 1) });
  for (let n = 0; n < 120; n += 2) index.remove(`${n}`);
  await index.close();
});
afterAll(() => rmSync(home, { recursive: true }));

const refused = expect.objectContaining({ name: 'TwicetoldError', code: 'UNREADABLE' });
/** Whether a file of these bytes is refused before LMDB maps it; any other error is thrown. */
function isRefused(bytes: Uint8Array): boolean {
  const path = join(home, 'damaged.lmdb');
  writeFileSync(path, bytes);
  try {
    checkPages(path, true);
    return false;
  } catch (error) {
    expect(error).toEqual(refused);
    return true;
  }
}

describe('a file of LMDB', () => {
  it('passes whole, empty, and where there is none', () => {
    expect(readFileSync(file).length % PAGE).toBe(0);
    checkPages(file, false);
    checkPages(join(home, 'nowhere'), false);
    expect(isRefused(new Uint8Array(0))).toBe(false);
  });

  it('is refused when it was cut off anywhere', () => {
    const path = join(home, 'cut.lmdb');
    copyFileSync(file, path);
    for (let length = statSync(file).size - 1; length > 0; length -= 509) {
      truncateSync(path, length);
      for (const readOnly of [true, false])
        expect(() => checkPages(path, readOnly), `${length} bytes`).toThrow(refused);
    }
  });

  it('is refused by openIndex, with the file named, and the process lives on', async () => {
    const folder = join(home, 'cut');
    cpSync(whole, folder, { recursive: true });
    truncateSync(join(folder, 'changes.lmdb'), statSync(file).size / 2);
    for (const readOnly of [true, false])
      await expect(openIndex(folder, { lexicon: false, readOnly })).rejects.toThrow(
        expect.objectContaining({
          code: 'UNREADABLE',
          message: expect.stringMatching(/cut.changes\.lmdb is damaged: /),
        }),
      );
  });

  it('is refused by openIndex where its pages are in order and what they hold is not', async () => {
    for (const [n, damage] of ['{"add"?', 'null   ', '{"adx":'].entries()) {
      const folder = join(home, `written over ${n}`);
      cpSync(whole, folder, { recursive: true });
      const bytes = readFileSync(file, 'latin1').replaceAll('{"add":', damage);
      writeFileSync(join(folder, 'changes.lmdb'), bytes, 'latin1');
      await expect(openIndex(folder, { lexicon: false }), damage).rejects.toThrow(refused);
    }
  });

  it('is refused when it is something else', () => {
    expect(isRefused(new TextEncoder().encode('Not an index. '.repeat(1000)))).toBe(true);
    const other = new Uint8Array(readFileSync(file));
    for (const at of [24, PAGE + 24]) {
      const bytes = other.slice();
      bytes[at + 4] = 3;
      expect(isRefused(bytes), 'another version').toBe(true);
    }
  });

  it('is refused when a page in use has another number, kind or layout, and only then', () => {
    const bytes = new Uint8Array(readFileSync(file));
    const pages = bytes.length / PAGE;
    let used = 0;
    for (let page = 2; page < pages; page++) {
      const damage = (offset: number, value: number): boolean => {
        const other = bytes.slice();
        new DataView(other.buffer).setUint16(page * PAGE + offset, value, true);
        return isRefused(other);
      };
      // Pages that are free, or the inner ones of a long text, have no header that anybody reads.
      if (!damage(0, 0xffff)) continue;
      used++;
      expect(damage(18, 0x10), `kind of page ${page}`).toBe(true);
      expect(damage(20, 0xfffe), `layout of page ${page}`).toBe(true);
    }
    expect(used).toBeGreaterThan(20);
  });

  it('is refused when a page is in two places, or a tree leads in a circle', () => {
    const bytes = new Uint8Array(readFileSync(file));
    const view = new DataView(bytes.buffer);
    const latest = view.getBigUint64(152, true) > view.getBigUint64(PAGE + 152, true) ? 0 : PAGE;
    const main = view.getBigUint64(latest + 24 + 24 + 48 + 40, true);
    view.setBigUint64(latest + 24 + 24 + 40, main, true);
    expect(isRefused(bytes)).toBe(true);
  });
});

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readDocuments, readText } from '../../src/node/index.js';
import type { SourceDocument } from '../../src/types.js';

let folder: string;
const at = (...parts: string[]) => join(folder, ...parts);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twicetold-'));
  await mkdir(at('news', 'older'), { recursive: true });
  await mkdir(at('empty'));
  await mkdir(at('broken'));
  await writeFile(at('news', 'b.txt'), 'Second.');
  await writeFile(at('news', 'a.MD'), '\ufeffFirst, after a byte-order mark.');
  await writeFile(at('news', 'picture.png'), new Uint8Array([0x89, 0x50]));
  await writeFile(at('news', 'older', 'c.text'), 'Third.');
  await symlink(at('news'), at('news', 'older', 'circle'));
  await writeFile(at('page.html'), '<p>Named by itself.</p>');
  await writeFile(at('broken', '1.txt'), 'Fine.');
  await writeFile(at('broken', '2.txt'), new Uint8Array([0x47, 0x75, 0x74, 0xe9, 0x2e]));
  await writeFile(at('broken', '3.txt'), 'Fine, too.');
});
afterAll(() => rm(folder, { recursive: true }));

async function all(documents: AsyncIterable<SourceDocument>): Promise<SourceDocument[]> {
  const list: SourceDocument[] = [];
  for await (const doc of documents) list.push(doc);
  return list;
}
const refusal = (code: string, words: RegExp) =>
  expect.objectContaining({ name: 'TwicetoldError', code, message: expect.stringMatching(words) });

describe('readDocuments', () => {
  it('reads the text files of a folder and of all within it, named by their paths in it', async () => {
    expect(await all(readDocuments(at('news')))).toEqual([
      { id: 'a.MD', text: 'First, after a byte-order mark.' },
      { id: 'b.txt', text: 'Second.' },
      { id: 'older/c.text', text: 'Third.' },
    ]);
  });

  it('names the links that it does not follow', async () => {
    const links: string[] = [];
    await all(readDocuments(at('news'), { onLink: (path) => links.push(path) }));
    expect(links).toEqual([at('news', 'older', 'circle')]);
  });

  it('names documents of several paths by the paths as given, and reads any file named by itself', async () => {
    const found = await all(readDocuments([at('page.html'), at('news', 'older')]));
    expect(found.map(({ id }) => id)).toEqual([at('page.html'), at('news', 'older', 'c.text')]);
    expect((await all(readDocuments([at('page.html')])))[0]).toEqual({
      id: at('page.html'),
      text: 'Named by itself.',
    });
  });

  it.each([
    ['a folder without documents', () => [at('empty')], /no documents in ".*empty".*\.txt, \.text, \.md.*\.parquet/],
    ['no paths', () => [], /no documents in an empty list of paths/],
  ])('refuses %s', async (_, paths, words) => {
    await expect(all(readDocuments(paths()))).rejects.toThrow(refusal('NO_DOCUMENTS', words));
  });

  it('refuses a path that is not there, naming it', async () => {
    await expect(all(readDocuments(at('nowhere')))).rejects.toThrow(
      refusal('UNREADABLE', /nowhere cannot be read: there is no such file or folder/),
    );
  });

  it('ends at the first file that is not UTF-8, naming it and the byte', async () => {
    await expect(all(readDocuments(at('broken')))).rejects.toThrow(
      refusal('NOT_UTF8', /broken.2\.txt is not UTF-8 text \(at byte \d+\)/),
    );
  });

  it('passes over files that it cannot read where it may tell, and reads the rest', async () => {
    const skipped: [string, string][] = [];
    const onSkip = (path: string, error: { code: string }) => void skipped.push([path, error.code]);
    const found = await all(readDocuments([at('nowhere'), at('broken')], { onSkip }));
    expect(found.map(({ text }) => text)).toEqual(['Fine.', 'Fine, too.']);
    expect(skipped).toEqual([
      [at('nowhere'), 'UNREADABLE'],
      [at('broken', '2.txt'), 'NOT_UTF8'],
    ]);
  });

  it('passes over a folder within that it cannot read, and reads what comes after it', async () => {
    for (const name of ['1', '2', '3']) {
      await mkdir(at('some', name), { recursive: true });
      await writeFile(at('some', name, 'a.txt'), `${name}.`);
    }
    const skipped: [string, string][] = [];
    const onSkip = (path: string, error: { code: string }) => void skipped.push([path, error.code]);
    const texts: string[] = [];
    for await (const { text } of readDocuments(at('some'), { onSkip })) {
      texts.push(text);
      // Gone when its turn comes.
      if (text === '1.') await rm(at('some', '2'), { recursive: true });
    }
    expect(texts).toEqual(['1.', '3.']);
    expect(skipped).toEqual([[at('some', '2'), 'UNREADABLE']]);
  });

  it('takes what a parser did not expect for a fault of the file, and reads the rest', async () => {
    await mkdir(at('odd'));
    await writeFile(at('odd', '1.json'), '{"text":"One.","surprise":1}');
    await writeFile(at('odd', '2.json'), '{"text":"Two."}');
    const { hasOwn } = Object;
    const cause = new RangeError('nobody thought of this');
    const spy = vi.spyOn(Object, 'hasOwn').mockImplementation((object, key) => {
      if (hasOwn(object, 'surprise')) throw cause;
      return hasOwn(object, key);
    });
    try {
      const skipped: unknown[] = [];
      const found = await all(readDocuments(at('odd'), { onSkip: (_, error) => skipped.push(error) }));
      expect(found.map(({ text }) => text)).toEqual(['Two.']);
      expect(skipped).toEqual([refusal('MALFORMED', /1\.json cannot be read as json: nobody thought of this$/)]);
      expect((skipped[0] as Error).cause).toBe(cause);
    } finally {
      spy.mockRestore();
    }
  });

  it('ends with what onSkip throws', async () => {
    await writeFile(at('bad.jsonl'), '{"text":\n{"text":"One."}\n');
    const mine = new Error('enough');
    const onSkip = () => {
      throw mine;
    };
    await expect(all(readDocuments([at('bad.jsonl'), at('news')], { onSkip }))).rejects.toBe(mine);
  });

  it.each([[7], [null], [[7]], [{}]])('refuses %j for paths', async (paths) => {
    await expect(all(readDocuments(paths as unknown as string))).rejects.toThrow(refusal('INVALID_ARGUMENT', /path/));
  });

  it.each([
    [{ onskip: () => {} }, /"onskip".*onSkip/],
    [{ onSkip: true }, /onSkip must be a function, got true/],
    [null, /an object, got null/],
  ])('refuses the options %o', async (options, words) => {
    await expect(all(readDocuments(at('news'), options as object))).rejects.toThrow(refusal('INVALID_ARGUMENT', words));
  });
});

describe('readText', () => {
  it('reads a file of any UTF-8', async () => {
    await writeFile(at('any.txt'), 'Ünï \0 中文 \u202e😀\r\n');
    expect(await readText(at('any.txt'))).toBe('Ünï \0 中文 \u202e😀\r\n');
    await writeFile(at('wide.txt'), Buffer.from('\ufeffÜnï 中', 'utf16le'));
    expect(await readText(at('wide.txt'))).toBe('Ünï 中');
  });

  it.each([
    ['a byte that never stands in UTF-8', [0x61, 0x62, 0xff, 0x63], 2],
    ['Latin-1', [0x61, 0xe9], 1],
    ['Latin-1 before ASCII', [0x61, 0xe9, 0x62], 1],
    ['a character cut off at the end', [0x61, 0xe4, 0xb8], 1],
    ['UTF-16 without a mark', [0xd8, 0x00, 0x61], 0],
    ['UTF-32', [0xff, 0xfe, 0x00, 0x00, 0x61, 0x00, 0x00, 0x00], 0],
  ])('refuses %s, naming the byte where it begins', async (_, bytes, place) => {
    await writeFile(at('bad.bin'), Uint8Array.from(bytes));
    await expect(readText(at('bad.bin'))).rejects.toThrow(
      refusal('NOT_UTF8', new RegExp(`bad\\.bin is not UTF-8 text \\(at byte ${place}\\)`)),
    );
  });

  it('refuses what is no path, and what is longer than any text', async () => {
    for (const path of [undefined, null, 7])
      await expect(readText(path as unknown as string)).rejects.toThrow(
        refusal('INVALID_ARGUMENT', /path must be a string/),
      );
    await writeFile(at('long.txt'), Buffer.alloc(65 * 1024 * 1024, 'long '));
    await expect(readText(at('long.txt'))).rejects.toThrow(refusal('TOO_LARGE', /long\.txt has more than 64 MiB/));
  });

  it.skipIf(!existsSync('/dev/zero'))('refuses a file without an end', async () => {
    await expect(readText('/dev/zero')).rejects.toThrow(refusal('TOO_LARGE', /\/dev\/zero has more than 64 MiB/));
  });

  it('refuses a folder, and a path that is not there', async () => {
    await expect(readText(at('news'))).rejects.toThrow(refusal('UNREADABLE', /news cannot be read: it is a folder/));
    await expect(readText(at('nowhere'))).rejects.toThrow(refusal('UNREADABLE', /nowhere.*no such file/));
  });
});

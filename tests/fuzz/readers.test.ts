import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TwicetoldError } from '../../src/index.js';
import { readDocuments } from '../../src/node/index.js';
import { ATOM, HTML, NEWSML, NINJS, NITF, RSS } from '../node/fixtures.js';
import { damaged, fuzz, TIMEOUT } from './fuzz.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twicetold-'));
});
afterAll(() => rm(folder, { recursive: true }));

const RECORDS = '{"id":"a","text":"One \\u00e9 two."}\n{"id":"b","text":"Three.","date":"2025-06-02"}\n';
const TABLE = 'id,text,published\na,"One, ""two"".",2025-06-02\nb,Three.,\n';
const PARQUET = parquetWriteBuffer({
  columnData: [
    { name: 'id', data: ['a', 'b', 'c'] },
    { name: 'text', data: ['One two.', 'Three four.', 'Three four.'] },
  ],
});
const bytes = (text: string) => new TextEncoder().encode(text);
const FILES: [string, Uint8Array][] = [
  ['page.html', bytes(HTML)],
  ['feed.xml', bytes(RSS)],
  ['atom.xml', bytes(ATOM)],
  ['newsml.xml', bytes(NEWSML)],
  ['nitf.xml', bytes(NITF)],
  ['ninjs.json', bytes(typeof NINJS === 'string' ? NINJS : JSON.stringify(NINJS))],
  ['records.jsonl', bytes(RECORDS)],
  ['table.csv', bytes(TABLE)],
  ['table.parquet', new Uint8Array(PARQUET)],
  ['text.txt', bytes('One.\nTwo \u00e9.')],
  ['records.jsonl.gz', new Uint8Array(gzipSync(RECORDS))],
];

describe('a damaged file', () => {
  it.each(FILES)(
    'is read as documents, or refused with a reason: %s',
    async (name, whole) => {
      const path = join(folder, name);
      await fuzz(
        fc.asyncProperty(damaged(whole), async (content) => {
          await writeFile(path, content);
          for (const onSkip of [() => undefined, undefined]) {
            try {
              for await (const doc of readDocuments(path, { languages: ['en'], ...(onSkip && { onSkip }) })) {
                expect(typeof doc.id).toBe('string');
                expect(typeof doc.text).toBe('string');
                for (const value of Object.values(doc)) expect(typeof value).toBe('string');
              }
            } catch (error) {
              if (!(error instanceof TwicetoldError)) throw error;
              // The sentence names the file.
              expect(error.message).toContain(name);
            }
          }
        }),
        25,
      );
      expect((await readdir(folder)).filter((file) => !FILES.some(([known]) => known === file))).toEqual([]);
    },
    TIMEOUT,
  );
});

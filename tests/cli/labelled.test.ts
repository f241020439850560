import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelledPairs } from '../../src/cli/labelled.js';
import { TwicetoldError } from '../../src/index.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twicetold-labelled-'));
  await mkdir(join(folder, 'texts'));
  await writeFile(join(folder, 'texts/one.txt'), 'The old bridge is closed.');
  await writeFile(
    join(folder, 'texts/two.html'),
    '<html><body><p>The bridge, old as it is, is closed.</p></body></html>',
  );
  await writeFile(join(folder, 'texts/many.jsonl'), '{"id":1,"text":"x"}\n{"id":2,"text":"y"}\n');
});
afterAll(() => rm(folder, { recursive: true }));

async function read(table: string, cells?: 'texts' | 'files') {
  const path = join(folder, 'labelled.csv');
  await writeFile(path, table);
  const pairs = [];
  for await (const pair of labelledPairs(path, cells, {})) pairs.push(pair);
  return pairs;
}

const refused = (table: string, cells?: 'texts' | 'files') =>
  read(table, cells).then(
    () => 'nothing',
    (error: unknown) => (error instanceof TwicetoldError ? error.message.replace(`${folder}/`, '') : error),
  );

describe('labelled pairs', () => {
  it('are texts with the line that each begins on, whatever lines are within them', async () => {
    for (const end of ['\n', '\r\n']) {
      const table = ['label,a,b', '1,"x', 'y",z', '', 'NO,"one, two","p', '', 'q"', 'same,u,v', ''].join(end);
      const pairs = await read(table);
      expect(pairs.map(({ a, b, same, name }) => [a, b, same, name.replace(/^.*labelled/, 'labelled')])).toEqual([
        [`x${end}y`, 'z', true, 'labelled.csv line 2'],
        ['one, two', `p${end}${end}q`, false, 'labelled.csv line 5'],
        ['u', 'v', true, 'labelled.csv line 8'],
      ]);
    }
  });

  it('are files beside the table, where the first row names such', async () => {
    const pairs = await read('a;b;label\ntexts/one.txt;texts/two.html;1\n');
    expect(pairs).toMatchObject([
      { a: { text: 'The old bridge is closed.' }, b: { text: 'The bridge, old as it is, is closed.' }, same: true },
    ]);
    expect(await read('a,b,label\ntexts/one.txt,texts/two.html,1\n', 'texts')).toMatchObject([{ a: 'texts/one.txt' }]);
  });

  it.each([
    [
      'a,b,label\nx,y,maybe\n',
      'labelled.csv line 2: the label must be 1 or 0, true or false, yes or no, same or different, got "maybe"',
    ],
    ['a,b,label\nx,y,1\n"p\nq",,0\n', 'labelled.csv line 3: the column b is empty'],
    ['a,b,label\nx,y,1\nx\n', 'labelled.csv line 3: the column b is empty'],
    [
      'left,right,label\nx,y,1\n',
      'labelled.csv line 1: there is no column a; the first line must name the columns a, b and label, and names "left", "right", "label"',
    ],
    [
      'a,b,label\ntexts/one.txt,texts/two.html,1\ntexts/one.txt,texts/none.txt,0\n',
      'labelled.csv line 3: "texts/none.txt" cannot be read: there is no such file',
    ],
    [
      'a,b,label\ntexts/one.txt,texts/many.jsonl,1\n',
      'labelled.csv line 2: "texts/many.jsonl" holds several documents, and must hold one',
    ],
  ])('are refused with their line: %j', async (table, message) => {
    expect(await refused(table)).toBe(message);
  });
});

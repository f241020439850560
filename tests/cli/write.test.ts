import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printableJson } from '../../src/cli/terminal.js';
import { pairLines, put, reportJson } from '../../src/cli/write.js';
import { createDetector } from '../../src/index.js';

const STORY =
  'The city council of Porto voted on Monday to close the bridge. Engineers found cracks in 14 of its 40 cables.';
const report = await (await createDetector()).detect(
  Array.from({ length: 40 }, (_, n) => ({ id: `d${n}`, text: `${STORY} \u{e0001}It was said on day ${n}.` })),
);

describe('reportJson', () => {
  it('is the JSON of the whole report, in pieces', () => {
    expect(report.pairs.length).toBeGreaterThan(256);
    const pieces = [...reportJson(report)];
    expect(pieces.length).toBeGreaterThan(8);
    expect(pieces.join('')).toBe(printableJson(report));
  });

  it('is so of a report on nothing', async () => {
    const nothing = await (await createDetector()).detect([]);
    expect([...reportJson(nothing)].join('')).toBe(printableJson(nothing));
  });
});

describe('put', () => {
  it('writes pieces one after the other, to a file and to standard output', async () => {
    const target = join(await mkdtemp(join(tmpdir(), 'twicetold-put-')), 'report.json');
    const said: string[] = [];
    const stdout = {
      write: (piece: string, done: () => void) => {
        said.push(piece);
        done();
      },
    };
    const host = { stdout } as unknown as Parameters<typeof put>[2];
    await put(target, reportJson(report), host);
    expect(await readFile(target, 'utf8')).toBe(printableJson(report));
    await put('-', reportJson(report), host);
    expect(said.join('')).toBe(printableJson(report));
    await put('-', pairLines(report.pairs), host);
    expect(said.at(-1)?.trimEnd().split('\n')).toHaveLength(report.pairs.length);
  });
});

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { readDocuments } from '../../src/node/index.js';

interface Result {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the command line from its sources, with pipes for a terminal. */
function twicetold(...args: string[]): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], { stdio: 'pipe' });
    const result: Result = { code: null, out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      result.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      result.err += text;
    });
    child.on('error', reject).on('close', (code) => resolve({ ...result, code }));
  });
}

const STORY =
  'The city council of Porto voted on Monday to close the Arrábida bridge for 18 months. Engineer Rui Tavares found cracks in 14 of its 40 cables last winter.';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twicetold-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('twicetold scan', () => {
  it('prints the related pairs with their strongest sentences, writes the report, and is silent on stderr', async () => {
    const { code, out, err } = await twicetold('scan', 'seeds', '--json', at('report.json'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^5 documents, [\d,]+ words: 2 related pairs of \d+ candidates compared\./);
    expect(out).toMatch(
      /000_f0c481dc8f7ce29f\.txt.*001_b279f3c4a7ccf51b\.txt.*rewrite.*\d %.*001_b279f3c4a7ccf51b\.txt/,
    );
    expect(out).toMatch(
      /002_c69a9569748683a6\.txt.*003_e52716612eb63005\.txt.*rewrite.*\d %.*002_c69a9569748683a6\.txt/,
    );
    expect(out).toContain('The strongest of');
    expect(out).toContain('Told twice within 000_f0c481dc8f7ce29f.txt');
    expect(out).toContain('Try Our AI Features');
    expect(out).toContain(`Full report: ${at('report.json')}`);
    const report = await (await createDetector()).detect(readDocuments('seeds'));
    expect(JSON.parse(await readFile(at('report.json'), 'utf8'))).toEqual(report);
  });

  it('prints nothing but JSON on stdout when asked to', async () => {
    const { code, out, err } = await twicetold('scan', 'seeds', '--json', '-', '--rewrite-threshold', '1');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ stats: { documents: 5, related: expect.any(Number) } });
  });

  it('names a file that it must skip, does the rest, and says so by its exit code', async () => {
    await writeFile(at('good.txt'), STORY);
    await writeFile(at('again.txt'), STORY);
    await writeFile(at('bad.txt'), Uint8Array.of(0x61, 0xff));
    const paths = [at('good.txt'), at('bad.txt'), at('again.txt')];
    const { code, out, err } = await twicetold('scan', ...paths);
    expect(code).toBe(3);
    expect(err).toBe(
      `twicetold: skipped: ${at('bad.txt')} is not UTF-8 text (at byte 1); convert it first, for example with iconv\n`,
    );
    expect(out).toContain('duplicate');
    const strict = await twicetold('scan', ...paths, '--strict');
    expect(strict).toMatchObject({ code: 3, out: '', err: expect.stringContaining('bad.txt is not UTF-8') });
  });

  it('lets no control character of a document or of its name reach the terminal', async () => {
    const evil = '\u001b]0;owned\u0007 \u009b31m \u202e';
    const name = at('e\u001b[2Jvil.txt');
    await writeFile(
      name,
      `${STORY.replace('Porto', `Porto ${evil}`)}\nThen the ${evil} council of Porto went home again on Monday.`,
    );
    await writeFile(at('evil too.txt'), `${STORY}${evil}\nOn Monday the council of Porto went home.`);
    await writeFile(at('b\u001b[2Jad.txt'), Uint8Array.of(0xff));
    const paths = [name, at('evil too.txt'), at('b\u001b[2Jad.txt')];
    const control = /[^\P{C}\n]/u;
    const scan = await twicetold('scan', ...paths);
    expect(scan.out).toContain('evil too.txt');
    expect(scan.err).toContain('ad.txt is not UTF-8');
    expect(scan.out).not.toMatch(control);
    expect(scan.err).not.toMatch(control);
    const json = await twicetold('scan', ...paths.slice(0, 2), '--json', '-');
    expect(json.out).not.toMatch(control);
    expect(JSON.parse(json.out).documents.map(({ id }: { id: string }) => id)).toEqual(paths.slice(0, 2).sort());
    const compared = await twicetold('compare', name, at('evil too.txt'));
    expect(compared).toMatchObject({ code: 0, err: '' });
    expect(compared.out).not.toMatch(control);
  });

  it('exits with 2 on wrong usage and with 3 on wrong input, with a sentence on stderr', async () => {
    const runs = await Promise.all([
      twicetold('scan'),
      twicetold('scan', 'seeds', '--rewrite-threshold', '7'),
      twicetold('scan', 'seeds', '--language', 'tlh'),
      twicetold('scan', at('nowhere')),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([2, 2, 2, 3]);
    expect(runs.map(({ out }) => out).join('')).toBe('');
    expect(runs[1]?.err).toBe('twicetold: rewriteThreshold must be a number from 0.05 to 1, got 7\n');
    expect(runs[2]?.err).toMatch(/^twicetold: language "tlh" is not one of/);
    expect(runs[3]?.err).toMatch(/nowhere cannot be read: there is no such file or folder/);
  });
});

describe('twicetold compare', () => {
  it('prints the relation and all sentence pairs, or the comparison as JSON', async () => {
    await writeFile(at('one.txt'), STORY);
    await writeFile(at('two.txt'), `${STORY} Lorries will take another way.`);
    const [table, json] = await Promise.all([
      twicetold('compare', at('one.txt'), at('two.txt')),
      twicetold('compare', at('one.txt'), at('two.txt'), '--json'),
    ]);
    expect(table).toMatchObject({ code: 0, err: '' });
    expect(table.out).toContain('2 sentence pairs:');
    expect(table.out).toContain('near-duplicate');
    expect(json).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(json.out)).toEqual(
      (await createDetector()).compare(STORY, `${STORY} Lorries will take another way.`),
    );
  });
});

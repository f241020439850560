import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { runHere as twicetold } from './host.js';

const home = mkdtempSync(join(tmpdir(), 'twicetold-outputs-'));
afterAll(() => rmSync(home, { recursive: true }));

const STORY = 'The council of Porto closed the old bridge on Monday. Engineers found cracks in 14 of its 40 cables.';
const at = (...names: string[]) => join(home, ...names);

beforeEach(() => {
  rmSync(at('in'), { recursive: true, force: true });
  mkdirSync(at('in'));
  for (const name of ['a', 'b', 'c']) writeFileSync(at('in', `${name}.txt`), `${STORY} So says ${name}.`);
  writeFileSync(at('labelled.csv'), 'a,b,label\nin/a.txt,in/b.txt,1\nin/b.txt,in/c.txt,0\n');
  symlinkSync(at('in', 'a.txt'), at('in', 'link.lnk'));
  linkSync(at('in', 'a.txt'), at('in', 'hard.lnk'));
});

/** A run that must be refused in a sentence, with what was to be read as it was. */
async function refused(...args: string[]) {
  const { code, out, err } = await twicetold(...args);
  expect({ code, out }, args.join(' ')).toEqual({ code: 2, out: '' });
  expect(readFileSync(at('in', 'a.txt'), 'utf8')).toBe(`${STORY} So says a.`);
  return err.replaceAll(`${home}/`, '');
}

describe('an output', () => {
  const [a, b] = [at('in', 'a.txt'), at('in', 'b.txt')];

  it('is no file that is to be read, whatever it is called', async () => {
    expect(await refused('scan', a, b, '--json', a, '--quiet')).toBe(
      'twicetold: --json would overwrite in/a.txt, which is to be read; name another file\n',
    );
    for (const name of ['link.lnk', 'hard.lnk', '../in/a.txt'])
      expect(await refused('scan', a, b, '--csv', at('in', name))).toContain('--csv would overwrite in/a.txt');
    expect(await refused('scan', at('in', '[ab].txt'), '--html', a)).toContain('--html would overwrite');
    for (const option of ['--json', '--html', '--plot'])
      expect(await refused('compare', a, b, option, a)).toContain(`${option} would overwrite in/a.txt`);
    const config = at('options.json');
    writeFileSync(config, '{"rewriteThreshold":0.5}');
    expect(await refused('scan', a, b, '--config', config, '--json', config)).toContain('options.json');
  });

  it('is neither a report that is shown, nor a text of it', async () => {
    const report = at('r.json');
    await twicetold('scan', at('in'), '--json', report, '--quiet');
    const before = readFileSync(report);
    expect(await refused('report', report, '--html', report)).toContain('--html would overwrite r.json');
    expect(await refused('report', report, '--documents', a, b, '--csv', a)).toContain('would overwrite in/a.txt');
    expect(readFileSync(report)).toEqual(before);
  });

  it('is neither a table of labelled pairs, nor a file that it names', async () => {
    const table = at('labelled.csv');
    expect(await refused('calibrate', table, '--json', table)).toContain('--json would overwrite labelled.csv');
    expect(await refused('calibrate', table, '--svg', a)).toContain('--svg would overwrite in/a.txt');
  });

  it('is a file of its own', async () => {
    const one = at('in', 'one.x');
    expect(await refused('scan', at('in'), '--json', one, '--csv', one)).toBe(
      'twicetold: --json and --csv name the same file, in/one.x; give each a file of its own\n',
    );
    // Links to what is not there yet are written through.
    symlinkSync(one, at('in', 'new.lnk'));
    symlinkSync(at('in'), at('in', 'round'));
    for (const other of [at('in', 'new.lnk'), at('in', 'round', 'one.x')])
      expect(await refused('compare', a, b, '--json', one, '--plot', other)).toContain('name the same file');
    expect(existsSync(one)).toBe(false);
    const nowhere = await twicetold('scan', a, b, '--json', '/dev/null', '--csv', '/dev/null', '--quiet');
    expect(nowhere).toEqual({ code: 0, out: '', err: '' });
  });

  it('within a folder that is read is left out and written again, by whatever links it is named', async () => {
    symlinkSync(at('in'), at('linked'));
    for (const folder of [at('in'), at('linked')])
      for (const name of [at('in', 'r.json'), at('linked', 'r.json')]) {
        const { code } = await twicetold('scan', folder, '--json', name, '--quiet');
        expect(code).toBe(0);
        expect(JSON.parse(readFileSync(at('in', 'r.json'), 'utf8')).stats.documents).toBe(3);
      }
  });

  it('that cannot be written is refused before anything is read', async () => {
    const bad = [
      ...['--json', '--csv', '--html', '--jsonl'].map((option) => ['scan', at('nowhere'), option]),
      ...['--json', '--plot', '--html'].map((option) => ['compare', at('nowhere'), at('nowhere'), option]),
      ...['--json', '--svg'].map((option) => ['calibrate', at('nowhere'), option]),
      ...['--html', '--csv'].map((option) => ['report', at('nowhere'), option]),
    ];
    for (const args of bad)
      for (const [file, why] of [
        [at('nodir', 'x'), 'there is no such file or folder'],
        [at('in'), 'it is a folder'],
        [`${at('in', 'x')}/`, 'it is a folder'],
        ['', 'it is a folder'],
      ] as const) {
        const { code, out, err } = await twicetold(...args, file);
        expect({ code, out, err }).toEqual({ code: 3, out: '', err: `twicetold: ${file} cannot be written: ${why}\n` });
      }
  });
});

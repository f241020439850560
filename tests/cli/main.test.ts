import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDetector, MinHasher, SIGNATURE_FORMAT } from '../../src/index.js';
import { openIndex, readDocuments } from '../../src/node/index.js';
import { type Result, runAtTerminal, runHere as twicetold } from './host.js';

/** Runs the command line in a process of its own, from its sources, with something on standard input. */
function spawned(input: string, ...args: string[]): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], { stdio: 'pipe' });
    child.stdin.end(input);
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

vi.setConfig({ testTimeout: 180_000 });

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
    const { code, out, err } = await spawned('', 'scan', 'seeds', '--json', at('report.json'));
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

  it('lets none out as lines of JSON either, nor of folders and options, and keeps them in files and pipes', async () => {
    const evil = '\u001b]0;owned\u0007 \u009b31m \u202e';
    const [one, two, index] = [at(`one ${evil}.txt`), at(`two ${evil}.txt`), at(`index ${evil}`)];
    await writeFile(one, STORY);
    await writeFile(two, STORY);
    const said = [
      await twicetold('scan', one, two, '--jsonl', '-'),
      await twicetold('sign', one, two),
      await twicetold('index', 'add', index, one),
      await twicetold('index', 'query', index, two, '--json'),
      await twicetold('index', 'stats', index),
      await twicetold('index', 'remove', index, one),
      await twicetold('scan', one, `--${evil}`),
      await twicetold('scan', one, '--linkage', evil),
      await twicetold('scan', one, '--permutations', evil),
      await twicetold(evil),
    ];
    expect(said.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0, 2, 2, 2, 2]);
    const control = /[^\P{C}\n]/u;
    for (const { out, err } of said) expect(out + err).not.toMatch(control);
    expect(JSON.parse(said[0]?.out as string)).toMatchObject({ a: one, b: two });
    expect(
      said[1]?.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual([one, two]);
    expect(JSON.parse(said[3]?.out as string)).toMatchObject({ a: two, b: one });
    const [table, shown] = [
      await twicetold('scan', one, two, '--csv', '-'),
      await runAtTerminal('scan', one, two, '--csv', '-'),
    ];
    expect(table.out).toContain(`${one},${two},duplicate`);
    expect(shown.out.replaceAll('\r\n', '\n')).not.toMatch(control);
    expect(shown.out).toMatch(/two \ufffd\]0;owned\ufffd.*,duplicate,1,/);
    for (const plotted of [
      ['compare', one, two, '--html', '-'],
      ['compare', one, two, '--plot', '-'],
    ])
      expect((await runAtTerminal(...plotted)).out).not.toMatch(/[^\P{C}\n\t]/u);
  });

  it('takes no file for a document that it writes itself', async () => {
    const pages = at('pages');
    await mkdir(pages);
    await writeFile(join(pages, 'one.txt'), STORY);
    await writeFile(join(pages, 'two.txt'), STORY);
    const written = ['--html', 'report.html', '--json', 'report.json', '--csv', 'pairs.csv', '--jsonl', 'pairs.jsonl'];
    const args = ['scan', pages, ...written.map((arg) => (arg.startsWith('--') ? arg : join(pages, arg)))];
    for (const _ of ['first', 'again']) {
      const { code, out, err } = await twicetold(...args);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/^2 documents/);
    }
  });

  it('follows no link of a folder, be it named or found by a pattern', async () => {
    const linked = at('linked');
    await mkdir(join(linked, 'in'), { recursive: true });
    await writeFile(join(linked, 'in', 'story.txt'), STORY);
    await symlink('..', join(linked, 'in', 'round'));
    for (const path of [linked, `${linked}/**/*.txt`])
      expect((await twicetold('scan', path)).out).toMatch(/^1 document,/);
  });

  it('says once of the links of folders that they were not followed', async () => {
    const links = at('links');
    await mkdir(links);
    await writeFile(at('linked to.txt'), STORY);
    await symlink(at('linked to.txt'), join(links, 'one.txt'));
    expect((await twicetold('scan', links)).err).toMatch(
      /^twicetold: the link .*one\.txt was not followed; name it to have it read\ntwicetold: no documents in /,
    );
    await writeFile(join(links, 'story.txt'), STORY);
    await symlink(at('nowhere'), join(links, 'two.txt'));
    const { code, out, err } = await twicetold('scan', links);
    expect({ code, err }).toEqual({
      code: 0,
      err: `twicetold: 2 links in folders were not followed, such as ${join(links, 'one.txt')}; name them to have them read\n`,
    });
    expect(out).toMatch(/^1 document,/);
    expect((await twicetold('scan', join(links, 'one.txt'), links)).out).toMatch(/^2 documents,/);
  });

  it('refuses a file that it could not write before it reads anything', async () => {
    const { code, out, err } = await twicetold('scan', at('nowhere'), '--html', at('no folder/report.html'));
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toBe(`twicetold: ${at('no folder/report.html')} cannot be written: there is no such file or folder\n`);
  });

  it('prints one format at most', async () => {
    const { code, out, err } = await twicetold('scan', 'seeds', '--json', '-', '--csv', '-');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('only one of --json and --csv can be printed');
  });

  it('keeps its exit code where nobody reads its messages', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'scan', at('nowhere')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.destroy();
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(3);
  });

  it('exits with 2 on wrong usage and with 3 on wrong input, with a sentence on stderr', async () => {
    const runs = await Promise.all([
      twicetold('scan'),
      twicetold('scan', 'seeds', '--rewrite-threshold', '7'),
      twicetold('scan', 'seeds', '--languages', 'tlh'),
      spawned('', 'scan', at('nowhere')),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([2, 2, 2, 3]);
    expect(runs.map(({ out }) => out).join('')).toBe('');
    expect(runs[1]?.err).toBe('twicetold: rewriteThreshold must be a number from 0.05 to 1, got 7\n');
    expect(runs[2]?.err).toMatch(/^twicetold: language "tlh" is not one of/);
    expect(runs[3]?.err).toMatch(/nowhere cannot be read: there is no such file or folder/);
  });

  it('names the page to a person at a terminal who asked for none, and to nobody else', async () => {
    expect((await runAtTerminal('scan', 'seeds')).out).toMatch(/--html report\.html/);
    expect((await twicetold('scan', 'seeds')).out).not.toMatch(/--html/);
    expect((await runAtTerminal('scan', 'seeds', '--html', at('asked.html'))).out).not.toMatch(/--html/);
  });

  it('says so of paths that no file can have', async () => {
    const runs = [await twicetold('calibrate', '\0'), await twicetold('watch', '\0', '--index', at('nul'))];
    expect(runs.map(({ code }) => code)).toEqual([3, 3]);
    for (const { err } of runs) expect(err).toMatch(/^twicetold: .* cannot be (?:read|watched): /);
  });
});

describe('bounds on the command line', () => {
  it('pass over a document that is too long, end a run of too many, and end one that takes too long', async () => {
    const { code, err } = await twicetold('scan', 'seeds', '--max-document-bytes', '4000', '--quiet');
    expect(code).toBe(3);
    expect(err).toMatch(/skipped: the text of document "000_f0c481dc8f7ce29f\.txt" has more than 4000 bytes/);
    for (const [flag, value] of [
      ['--max-documents', '4'],
      ['--max-candidates', '1'],
      ['--timeout-ms', '1'],
    ] as const) {
      const ended = await twicetold('scan', 'seeds', flag, value, '--quiet');
      expect([flag, ended.code, ended.out]).toEqual([flag, 3, '']);
      expect(ended.err).toMatch(
        flag === '--timeout-ms' ? /longer than timeoutMs, 1 ms/ : new RegExp(`more than ${value} `),
      );
    }
    expect((await twicetold('scan', 'seeds', '--max-documents', '0')).code).toBe(2);
  });
});

describe('what twicetold scan writes', () => {
  it('is lines of JSON, a table, or a page, to a file or to standard output', async () => {
    const { code, out, err } = await twicetold(
      'scan',
      'seeds',
      '--jsonl',
      '-',
      '--csv',
      at('pairs.csv'),
      '--html',
      at('report.html'),
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const pairs = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(pairs.map(({ relation }) => relation)).toEqual(['rewrite', 'rewrite']);
    const csv = await readFile(at('pairs.csv'), 'utf8');
    expect(csv.split('\r\n')[0]).toBe('a,b,relation,score,resemblance,containment_a,containment_b,passages,original');
    expect(csv.split('\r\n')).toHaveLength(4);
    expect(await readFile(at('report.html'), 'utf8')).toContain('2 rewrites in 5 documents');
  });

  it('says by its exit code whether a pair is as closely related as asked', async () => {
    const runs = await Promise.all(
      ['rewrite', 'excerpt', 'near-duplicate'].map((relation) =>
        twicetold('scan', 'seeds', '--quiet', '--fail-on', relation),
      ),
    );
    expect(runs.map(({ code, out, err }) => [code, out, err])).toEqual([
      [1, '', ''],
      [1, '', ''],
      [0, '', ''],
    ]);
    const wrong = await twicetold('scan', 'seeds', '--fail-on', 'theft');
    expect(wrong).toMatchObject({ code: 2, out: '' });
  });

  it('takes documents from standard input, and files by a pattern that the shell left', async () => {
    const lines = [1, 2].map((id) => JSON.stringify({ id, body: STORY })).join('\n');
    const stdin = await spawned(lines, 'scan', '-', '--jsonl', '-');
    expect(stdin).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(stdin.out)).toMatchObject({ a: '1', b: '2', relation: 'duplicate' });
    const pattern = await twicetold('scan', 'seeds/00[01]*.txt', '--csv', '-');
    expect(pattern.out.split('\r\n')).toHaveLength(3);
  });

  it('compares whole texts alone where it is told so, on the command line or in a configuration', async () => {
    await writeFile(at('level.json'), JSON.stringify({ level: 'document' }));
    const [flag, config] = await Promise.all([
      twicetold('scan', 'seeds', '--level', 'document'),
      twicetold('scan', 'seeds', '--config', at('level.json')),
    ]);
    for (const { code, out } of [flag, config]) {
      expect(code).toBe(0);
      expect(out).toMatch(/: 0 related pairs/);
    }
  });

  it('takes options from a configuration, beneath those of the command line', async () => {
    await writeFile(at('options.ts'), 'const x: number = 1;\nexport default { rewriteThreshold: x, quiet: true };');
    await writeFile(at('options.json'), '{ "rewriteThreshold": 0.9, "wrong": 1 }');
    const [typed, over, wrong] = await Promise.all([
      spawned('', 'scan', 'seeds', '--config', at('options.ts'), '--csv', '-'),
      twicetold('scan', 'seeds', '--config', at('options.ts'), '--csv', '-', '--rewrite-threshold', '0.4'),
      twicetold('scan', 'seeds', '--config', at('options.json')),
    ]);
    expect(typed.out).not.toContain('rewrite');
    expect(over.out.match(/,rewrite,/g)).toHaveLength(2);
    expect(wrong).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/options\.json has no option "wrong"/),
    });
  });
});

describe('twicetold calibrate', () => {
  const OTHER = 'The museum opens its new wing on Friday with a show of early maps. Entry is free for a week.';
  const table = ['a,b,label', `"${STORY}","${STORY.toUpperCase()}",1`, `"${STORY}","${OTHER}",0`, ''].join('\n');

  it('prints the thresholds and what scores mean, draws them, and gives them as JSON', async () => {
    await writeFile(at('labelled.csv'), table);
    const { code, out, err } = await twicetold('calibrate', at('labelled.csv'), '--svg', at('curve.svg'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('2 pairs of documents, 1 of them the same.');
    expect(out).toMatch(/For a precision of 0\.95 take 0\.\d+: precision 1\.000 \(0\.21 to 1\.00 at 95 % confidence\)/);
    expect(out).toContain('as it is set');
    expect(await readFile(at('curve.svg'), 'utf8')).toMatch(/^<svg /);
    const json = await twicetold('calibrate', at('labelled.csv'), '--json', '--precision', '0.5');
    expect(JSON.parse(json.out)).toMatchObject({ pairs: 2, same: 1, wanted: 0.5, auc: 1 });
  });

  it('names the line that is wrong, and refuses pairs of one kind alone', async () => {
    await writeFile(at('wrong.csv'), `${table}x,y,2\n`);
    await writeFile(at('alike.csv'), 'a,b,label\nx,y,0\n');
    const [wrong, alike, both] = await Promise.all([
      twicetold('calibrate', at('wrong.csv')),
      twicetold('calibrate', at('alike.csv'), '--sentences'),
      twicetold('calibrate', at('wrong.csv'), '--json', '--svg', '-'),
    ]);
    expect(wrong).toMatchObject({ code: 3, out: '', err: expect.stringContaining('wrong.csv line 4: the label must') });
    expect(alike).toMatchObject({ code: 2, out: '', err: expect.stringContaining('got 0 and 1') });
    expect(both).toMatchObject({ code: 2, out: '', err: expect.stringContaining('only one of --json and --svg') });
  });
});

describe('twicetold index', () => {
  it('keeps documents in a folder, and looks others up in them', async () => {
    const index = at('archive.index');
    const rewrite = 'seeds/000_f0c481dc8f7ce29f.txt';
    expect(await twicetold('index', 'stats', index)).toMatchObject({
      code: 3,
      err: expect.stringContaining('holds no index'),
    });
    expect(
      (await twicetold('index', 'add', index, 'seeds/001_b279f3c4a7ccf51b.txt', 'seeds/002_c69a9569748683a6.txt')).out,
    ).toBe(`2 documents added, 0 replaced; 2 documents in ${index}.\n`);
    const found = await twicetold('index', 'query', index, rewrite, '--json');
    expect(JSON.parse(found.out)).toMatchObject({
      a: rewrite,
      b: 'seeds/001_b279f3c4a7ccf51b.txt',
      relation: 'rewrite',
    });
    expect((await twicetold('index', 'remove', index, 'seeds/001_b279f3c4a7ccf51b.txt')).out).toContain(
      '1 document removed',
    );
    expect(await twicetold('index', 'remove', index, 'none')).toMatchObject({
      code: 3,
      err: expect.stringContaining('"none"'),
    });
    expect((await twicetold('index', 'query', index, rewrite)).out).toContain('nothing of it is in the index');
    expect(JSON.parse((await twicetold('index', 'stats', index, '--json')).out)).toMatchObject({ documents: 1 });
  });
});

describe('twicetold index add, where the id is there', () => {
  const record = (text: string) => JSON.stringify({ id: 'p', text });
  const holds = async (index: string) => {
    await writeFile(at('same story.txt'), STORY);
    const found = await twicetold('index', 'query', index, at('same story.txt'), '--json');
    return JSON.parse(found.out);
  };

  it('keeps the earlier version where the new one takes longer than it may', async () => {
    const index = at('replaced.index');
    await writeFile(at('short.jsonl'), record(STORY));
    await writeFile(at('long.jsonl'), record(STORY.repeat(2000)));
    expect((await twicetold('index', 'add', index, at('short.jsonl'))).code).toBe(0);
    const { code, err } = await twicetold('index', 'add', index, at('long.jsonl'), '--timeout-ms', '5');
    expect(code).toBe(3);
    expect(err).toContain('longer than timeoutMs, 5 ms');
    expect(await holds(index)).toMatchObject({ b: 'p', relation: 'duplicate' });
  });

  it('opens an index whose documents took longer to add than a query may take', async () => {
    const index = at('long ago.index');
    await writeFile(at('long ago.jsonl'), record(STORY.repeat(2000)));
    expect((await twicetold('index', 'add', index, at('long ago.jsonl'))).code).toBe(0);
    expect(await twicetold('index', 'stats', index, '--timeout-ms', '5')).toMatchObject({ code: 0, err: '' });
    expect(await twicetold('index', 'query', index, at('long ago.jsonl'), '--timeout-ms', '5')).toMatchObject({
      code: 3,
      err: expect.stringContaining('longer than timeoutMs, 5 ms'),
    });
    expect((await twicetold('index', 'stats', index, '--timeout-ms', '0')).code).toBe(2);
  });
});

describe('twicetold index, while another process writes', () => {
  it('says what a user of the command can do', async () => {
    const writer = await openIndex(at('taken.index'));
    try {
      for (const args of [
        ['index', 'add', at('taken.index'), 'seeds'],
        ['index', 'remove', at('taken.index'), 'p'],
        ['watch', 'seeds', '--index', at('taken.index')],
      ]) {
        const { code, out, err } = await twicetold(...args);
        expect({ code, out }).toEqual({ code: 3, out: '' });
        expect(err).toContain(`is being written by process ${process.pid}; try again when it has ended`);
        expect(err).toContain('index query and index stats answer meanwhile');
        expect(err).not.toContain('readOnly');
      }
    } finally {
      await writer.close();
    }
  });
});

describe('twicetold index query, of a file that is in the index', () => {
  it('compares it with no entry of its own where it goes by the same id, and says where it may go by another', async () => {
    const docs = at('docs');
    const index = at('docs.index');
    await mkdir(docs);
    for (const name of ['bridge.txt', 'copy of bridge.txt']) await writeFile(join(docs, name), STORY);
    expect((await twicetold('index', 'add', index, docs)).code).toBe(0);
    const whole = await twicetold('index', 'query', index, docs, '--json');
    expect(whole.err).toBe('');
    expect(
      whole.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { a: 'bridge.txt', b: 'copy of bridge.txt' },
      { a: 'copy of bridge.txt', b: 'bridge.txt' },
    ]);
    // A file of that name elsewhere would be a copy: it is shown, and what it may be is said.
    const one = await twicetold('index', 'query', index, join(docs, 'bridge.txt'), '--json');
    expect(one.code).toBe(0);
    expect(one.out.trim().split('\n')).toHaveLength(2);
    expect(one.err.trim().split('\n')).toHaveLength(1);
    expect(one.err).toContain('docs/bridge.txt was compared with bridge.txt of the index, which may be the same file');
    expect((await twicetold('index', 'query', '--help')).out).toContain('goes by its path');
  });
});

describe('twicetold index, looked at only', () => {
  it('leaves a folder as it is that holds no index', async () => {
    const articles = at('articles');
    await mkdir(articles);
    await writeFile(join(articles, 'story.txt'), STORY);
    for (const args of [
      ['query', articles, 'seeds'],
      ['stats', articles],
      ['remove', articles, 'story.txt'],
    ]) {
      const { code, out, err } = await twicetold('index', ...args);
      expect({ code, out }).toEqual({ code: 3, out: '' });
      expect(err).toContain('holds no index');
    }
    expect(await readdir(articles)).toEqual(['story.txt']);
  });

  it('answers while another process writes', async () => {
    await writeFile(at('story of today.txt'), STORY);
    const writer = await openIndex(at('busy.index'));
    try {
      writer.add({ id: 'wire', text: STORY });
      const found = await twicetold('index', 'query', at('busy.index'), at('story of today.txt'));
      expect(found).toMatchObject({ code: 0, err: '', out: expect.stringContaining('duplicate') });
      expect((await twicetold('index', 'stats', at('busy.index'))).out).toContain('1 document in');
    } finally {
      await writer.close();
    }
  });
});

/** Runs `watch`, gives it a file at a time, each when what it says of the one before is there, and ends it unless it ends by itself. */
async function watched(
  args: readonly string[],
  steps: readonly (readonly [file: string, text: string, said: RegExp])[],
  endsItself = false,
) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'watch', ...args], { stdio: 'pipe' });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  try {
    await vi.waitFor(() => expect(said).toContain('watching'), { timeout: 20_000 });
    for (const [file, text, answer] of steps) {
      await writeFile(file, text);
      await vi.waitFor(() => expect(said).toMatch(answer), { timeout: 20_000 });
    }
    if (!endsItself) child.kill('SIGINT');
    return { code: await ended, said };
  } finally {
    child.kill('SIGKILL');
  }
}

describe('twicetold watch', () => {
  it('goes on after a document that is too large, and says so by its exit code', async () => {
    const incoming = at('large and small');
    await mkdir(incoming);
    const { code, said } = await watched(
      [incoming, '--index', at('small.index'), '--max-document-bytes', '300'],
      [
        [join(incoming, 'large.txt'), STORY.repeat(3), /skipped: the text of document .*large\.txt" has more than 300/],
        [join(incoming, 'small.txt'), STORY, /small\.txt: new/],
      ],
    );
    expect(code).toBe(3);
    expect(said).toContain('ended, 1 document in');
  });

  it('goes on after a document that takes longer than it may, and names it', async () => {
    const incoming = at('long and short');
    await mkdir(incoming);
    const { code, said } = await watched(
      [incoming, '--index', at('short.index'), '--timeout-ms', '500'],
      [
        [join(incoming, 'long.txt'), STORY.repeat(400_000), /long\.txt was not taken in: .*longer than timeoutMs/],
        [join(incoming, 'short.txt'), STORY, /short\.txt: new/],
      ],
    );
    expect(code).toBe(3);
    expect(said).toMatch(/long\.txt was not compared: .*longer than timeoutMs/);
    expect(said).toContain('ended, 1 document in');
  });

  it('keeps the earlier version of a document that takes longer than it may', async () => {
    const incoming = at('short, then long');
    await mkdir(incoming);
    const { code, said } = await watched(
      [incoming, '--index', at('kept.index'), '--timeout-ms', '500'],
      [
        [join(incoming, 'story.txt'), STORY, /story\.txt: new/],
        [
          join(incoming, 'story.txt'),
          STORY.repeat(400_000),
          /story\.txt was not taken in, and its earlier version stays: .*longer than timeoutMs/,
        ],
      ],
    );
    expect(code).toBe(3);
    expect(said).toContain('ended, 1 document in');
    await writeFile(at('same story.txt'), STORY);
    const found = await twicetold('index', 'query', at('kept.index'), at('same story.txt'), '--json');
    expect(JSON.parse(found.out)).toMatchObject({ b: 'story.txt', relation: 'duplicate' });
  });

  it.runIf(process.platform !== 'win32')('passes over pipes, as scan does', async () => {
    const incoming = at('incoming pipe');
    await mkdir(incoming);
    execFileSync('mkfifo', [join(incoming, 'pipe.txt')]);
    const { code, said } = await watched(
      [incoming, '--index', at('pipes.index')],
      [[join(incoming, 'story.txt'), STORY, /story\.txt: new/]],
    );
    expect(code).toBe(0);
    expect(said).toContain('ended, 1 document in');
  });

  it('follows no link, and says so once of those that are there', async () => {
    const incoming = at('incoming links');
    await mkdir(incoming);
    await writeFile(at('elsewhere.txt'), STORY);
    for (const name of ['1.txt', '2.txt']) await symlink(at('elsewhere.txt'), join(incoming, name));
    const { code, said } = await watched(
      [incoming, '--index', at('links.index')],
      [[join(incoming, 'story.txt'), STORY, /story\.txt: new/]],
    );
    expect(code).toBe(0);
    expect(said.match(/2 links in folders were not followed, such as .*1\.txt/g)).toHaveLength(1);
    expect(said).toContain('ended, 1 document in');
  });

  it('stops at the first file that cannot be read where it is told to, with the index closed', async () => {
    const incoming = at('strict');
    await mkdir(incoming);
    const { code, said } = await watched(
      [incoming, '--index', at('strict.index'), '--strict'],
      [[join(incoming, 'bad.json'), '{', /bad\.json/]],
      true,
    );
    expect(code).toBe(3);
    expect(said).not.toContain('ended');
    expect((await twicetold('index', 'add', at('strict.index'), 'seeds', '--quiet')).code).toBe(0);
  });

  it('refuses a folder that is not there, and makes no index for it', async () => {
    const { code, err } = await twicetold('watch', at('nowhere'), '--index', at('never.index'));
    expect(code).toBe(3);
    expect(err).toContain('there is no such folder');
    expect(await readdir(folder)).not.toContain('never.index');
  });

  it('tells what each file that arrives has in common with those before it, and ends on a signal with all saved', async () => {
    const incoming = at('incoming');
    await mkdir(incoming);
    await writeFile(join(incoming, 'first.txt'), STORY);
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'src/cli/main.ts', 'watch', incoming, '--index', at('watch.index')],
      { stdio: 'pipe' },
    );
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    await vi.waitFor(() => expect(err).toContain('watching'), { timeout: 20_000 });
    await writeFile(join(incoming, 'second.txt'), STORY);
    await vi.waitFor(() => expect(out).toContain('second.txt'), { timeout: 20_000 });
    await writeFile(
      join(incoming, 'third.md'),
      'Rain is expected in the north by the weekend, and farmers welcome it.',
    );
    await vi.waitFor(() => expect(out).toContain('third.md: new'), { timeout: 20_000 });
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(out).toMatch(/second\.txt and first\.txt have the same words\. \(1\.00\)/);
    expect(err).toContain('ended, 3 documents');
    expect(JSON.parse((await twicetold('index', 'stats', at('watch.index'), '--json')).out)).toMatchObject({
      documents: 3,
    });
  });
});

describe('twicetold sign', () => {
  it('prints a signature a line', async () => {
    await writeFile(at('story.txt'), STORY);
    const { code, out } = await twicetold('sign', at('story.txt'), '--permutations', '16');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      id: at('story.txt'),
      format: SIGNATURE_FORMAT,
      signature: [...new MinHasher({ permutations: 16 }).sign(STORY)],
    });
  });
});

describe('twicetold completion', () => {
  it.each(['bash', 'zsh', 'fish'])('is a script for %s with the commands and their options', async (shell) => {
    const { code, out } = await twicetold('completion', shell);
    expect(code).toBe(0);
    for (const word of ['scan', 'compare', 'watch', 'rewrite-threshold']) expect(out).toContain(word);
  });

  it('completes what an option may be, and leaves files to bash', async () => {
    const { out } = await twicetold('completion', 'bash');
    const completed = (...words: string[]) =>
      execFileSync('bash', [
        '-c',
        `${out}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _twicetold; echo "\${COMPREPLY[*]}"`,
        'bash',
        ...words,
      ])
        .toString()
        .trim();
    expect(completed('twicetold', 'sc')).toBe('scan');
    expect(completed('twicetold', 'scan', '--js')).toBe('--json --jsonl');
    expect(completed('twicetold', 'scan', '--fail-on', '')).toBe('duplicate near-duplicate rewrite excerpt');
    expect(completed('twicetold', 'completion', '')).toBe('bash zsh fish');
    expect(completed('twicetold', 'index', '')).toBe('add query remove stats');
    expect(completed('twicetold', 'scan', '')).toBe('');
  });
});

describe('twicetold --help', () => {
  it('is pointed to after wrong usage, that of the command in question', async () => {
    expect((await twicetold('scna')).err).toContain('(see twicetold --help)');
    expect((await twicetold('scan', '--bogus')).err).toContain('(see twicetold scan --help)');
    expect((await twicetold('index', 'add')).err).toContain('(see twicetold index add --help)');
  });

  it('lists the commands, and shows examples for each', async () => {
    const { code, out, err } = await twicetold('--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const command of ['scan', 'compare', 'index', 'watch', 'sign', 'completion'])
      expect(out).toContain(`  ${command} `);
    const helps = await Promise.all(
      [['scan'], ['compare'], ['index', 'add'], ['index', 'query'], ['watch'], ['sign']].map((command) =>
        twicetold(...command, '--help'),
      ),
    );
    for (const help of helps) expect(help.out).toMatch(/Examples?:\n {2}twicetold /);
  });
});

describe('twicetold compare', () => {
  it('takes standard input for one of the two, not for both', async () => {
    expect(await twicetold('compare', '-', '-')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('standard input is one document'),
    });
  });

  it('prints the relation and all sentence pairs, or the comparison as JSON', async () => {
    await writeFile(at('one.txt'), STORY);
    await writeFile(at('two.txt'), `${STORY} Lorries will take another way.`);
    const [table, json] = await Promise.all([
      twicetold('compare', at('one.txt'), at('two.txt')),
      twicetold('compare', at('one.txt'), at('two.txt'), '--json'),
    ]);
    expect(table).toMatchObject({ code: 0, err: '' });
    expect(table.out).toContain('relation near-duplicate');
    expect(table.out).toContain('passage 1, verbatim');
    expect(json).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(json.out)).toEqual(
      (await createDetector()).compare(STORY, `${STORY} Lorries will take another way.`),
    );
  });

  it('draws the texts against each other, and gives the words that match', async () => {
    await writeFile(at('one.txt'), STORY);
    await writeFile(at('two.txt'), `${STORY} Lorries will take another way.`);
    const [plot, json] = await Promise.all([
      twicetold('compare', at('one.txt'), at('two.txt'), '--plot', at('plot.svg'), '--quiet'),
      twicetold('compare', at('one.txt'), at('two.txt'), '--json', '--evidence'),
    ]);
    expect(plot).toMatchObject({ code: 0, out: '' });
    expect(await readFile(at('plot.svg'), 'utf8')).toMatch(/^<svg .*<title>one\.txt against two\.txt/s);
    expect(JSON.parse(json.out).passages[0].words.length).toBeGreaterThan(0);
    const both = await twicetold('compare', at('one.txt'), at('two.txt'), '--json', '--plot', '-');
    expect(both).toMatchObject({ code: 2, out: '' });
    expect(both.err).toContain('only one of');
  });
});

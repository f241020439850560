import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as arrow from 'apache-arrow';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { detect } from '../../src/index.js';
import { batchOf, schemaOf } from '../../src/spark/columns.js';

// A process from its sources takes a second to start, more on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const folder = mkdtempSync(join(tmpdir(), 'twicetold-'));
afterAll(() => rmSync(folder, { recursive: true }));

const COMMAND = [
  '--import',
  pathToFileURL(resolve('node_modules/tsx/dist/esm/index.mjs')).href,
  resolve('src/cli/main.ts'),
];

function twicetold(args: readonly string[], input: Buffer = Buffer.alloc(0), cwd = process.cwd()) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...COMMAND, ...args], {
    cwd,
    input,
    maxBuffer: 1 << 28,
  });
  return { status, out: stdout, err: stderr.toString() };
}

describe('twicetold worker', () => {
  const columns = { id: 'utf8', text: 'utf8' } as const;
  const schema = schemaOf(arrow, columns);
  const stream = (rows: readonly { id: string | null; text: string }[]) => {
    const writer = new arrow.RecordBatchStreamWriter();
    writer.write(batchOf(arrow, schema, columns, rows));
    return Buffer.from(writer.finish().toUint8Array(true));
  };

  it('reads a stream and writes one, and says by its exit code and on stderr which row ended it', () => {
    const rows = [
      { id: 'a', text: 'The council voted on Monday to close the old bridge for repairs.' },
      { id: null, text: 'Nobody knows this one.' },
    ];
    const good = twicetold(['worker', 'keys'], stream(rows));
    expect([good.status, good.err]).toEqual([0, '']);
    const table = arrow.tableFromIPC(good.out);
    expect(table.numRows).toBe(2);
    expect(table.getChild('bad')?.toJSON()[1]).toMatch(/the id of the document must be a string, got null/);
    const strict = twicetold(['worker', 'keys', '--strict'], stream(rows));
    expect([strict.status, strict.err]).toEqual([
      3,
      'twicetold: row 2: the id of the document must be a string, got null\n',
    ]);
    expect(twicetold(['worker', 'keys', '--permutations', '3'], stream(rows)).status).toBe(2);
    expect(twicetold(['worker', 'dig']).status).toBe(2);
    const none = twicetold(['worker', 'recurring']);
    expect([none.status, none.err]).toEqual([
      3,
      expect.stringMatching(/no Arrow IPC stream .* cut off before its end/),
    ]);
  });

  it('obeys no configuration file that is not named', () => {
    const path = join(folder, 'twicetold.config.json');
    writeFileSync(path, '{"shingleSize": 5, "seed": "random"}');
    const planned = (args: readonly string[]) =>
      JSON.parse(twicetold(['worker', 'plan', ...args], undefined, folder).out.toString()).options;
    expect(planned([])).toMatchObject({ shingleSize: 3, seed: 1 });
    expect(planned(['--config', path])).toMatchObject({ shingleSize: 5 });
  });

  it('does not end well where nobody reads what it writes', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => ({ id: `${n}`, text: 'Hello there.' }));
    const child = spawn(process.execPath, [...COMMAND, 'worker', 'keys'], { stdio: 'pipe' });
    child.stdout.destroy();
    child.stdin.on('error', () => undefined).end(stream(many));
    expect(await new Promise((done) => child.on('close', done))).toBe(3);
  });
});

describe('twicetold report', () => {
  it('shows a report that was written before, and makes a page of it', async () => {
    const text =
      'The council voted on Monday to close the old bridge. Repairs will take until the spring, engineers said.';
    const found = await detect([
      { id: 'a', text },
      { id: 'b', text },
    ]);
    const path = join(folder, 'report.json');
    writeFileSync(path, JSON.stringify(found));
    const html = join(folder, 'report.html');
    const { status, out, err } = twicetold(['report', path, '--html', html]);
    expect([status, err]).toEqual([0, '']);
    expect(out.toString()).toMatch(/^2 documents, \d+ words: 1 related pair of 1 candidate compared\./);
    expect(readFileSync(html, 'utf8')).toMatch(/<!doctype html>/);
    writeFileSync(path, '{"pairs": []}');
    const none = twicetold(['report', path]);
    expect(none.status).toBe(3);
    expect(none.err).toMatch(/is no report: documents must be an array/);
  });
});

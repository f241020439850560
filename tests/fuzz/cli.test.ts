import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { runFor } from '../cli/host.js';
import { fuzz, TIMEOUT } from './fuzz.js';

const home = process.cwd();
let folder: string;
const STORY = 'The council of Porto closed the old bridge on Monday. Engineers found cracks in its cables.';

// Names are looked for where the test stands, so it stands where there is nothing but what it made.
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twicetold-cli-'));
  process.chdir(folder);
  mkdirSync('pages');
  writeFileSync('pages/a.txt', STORY);
  writeFileSync('pages/b.txt', `${STORY} Lorries will take another way.`);
  writeFileSync('bad.txt', Uint8Array.of(0x61, 0xff));
  writeFileSync('rows.jsonl', `${JSON.stringify({ id: 'r', body: STORY })}\n{"id":1}\n`);
  writeFileSync('options.json', '{"rewriteThreshold":0.5}');
  writeFileSync('wrong.json', '{"rewriteThreshold":');
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

/** Every command with every flag that it knows, and whether a value goes with it. */
const COMMANDS = commandsOf(createProgram({ ...process, stdout: process.stdout, stderr: process.stderr }));

function commandsOf(
  command: Command,
  before: readonly string[] = [],
): { path: string[]; flags: [string, boolean][] }[] {
  const flags = command.options.map(({ long, required, optional }): [string, boolean] => [
    long ?? '',
    required || optional,
  ]);
  const path = [...before, ...(command.parent === null ? [] : [command.name()])];
  return [{ path, flags }, ...command.commands.flatMap((sub) => commandsOf(sub, path))];
}

/** Nothing that leaves the folder, and nothing that waits for standard input. */
const harmless = (value: string) => value !== '-' && !value.includes('/') && !value.includes('..');
const odd = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '1',
    '2',
    '7',
    '0.5',
    '1e999',
    'NaN',
    '0x10',
    'random',
    'en',
    'en,de',
    'und',
    'tlh',
    ',',
  ),
  fc.constantFrom(
    '--',
    '-x',
    '=',
    '\0',
    '\u001b[2J',
    '💥',
    '\ud800',
    '__proto__',
    'constructor',
    'a'.repeat(5000),
    '[',
    '{a,b}',
    '*',
  ),
  fc.constantFrom('average', 'single', 'document', 'rewrite', 'text', 'html', 'parquet', 'bash', 'fish'),
  fc.string({ unit: 'binary', maxLength: 12 }).filter(harmless),
);
const inputs = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'pages',
      'pages/a.txt',
      'pages/b.txt',
      'rows.jsonl',
      'bad.txt',
      'pages/*.txt',
      'nowhere',
    ),
  },
  { weight: 1, arbitrary: odd },
);
const OUTPUTS = ['--html', '--json', '--jsonl', '--csv', '--plot'];
const outputs = fc.constantFrom('out.1', 'out.2', 'pages', '', '\0', 'none/out');
const valueFor = (flag: string): fc.Arbitrary<string> =>
  OUTPUTS.includes(flag)
    ? outputs
    : flag === '--index'
      ? fc.constantFrom('kept.index', 'bad.txt', '')
      : flag === '--config'
        ? fc.constantFrom('options.json', 'wrong.json', 'nowhere.json', 'pages')
        : odd;

const commandLines = fc.constantFrom(...COMMANDS).chain(({ path, flags }) => {
  const flag =
    flags.length === 0
      ? fc.constant<string[]>([])
      : fc
          .constantFrom(...flags)
          .chain(
            ([name, takes]): fc.Arbitrary<string[]> =>
              takes ? valueFor(name).map((value) => [name, value]) : fc.constant([name]),
          );
  const parts = fc.array(
    fc.oneof(
      flag,
      flag,
      inputs.map((input) => [input]),
      odd.map((value) => [value]),
    ),
    { maxLength: 6 },
  );
  const first: fc.Arbitrary<string[]> =
    path[0] === 'index' ? fc.constantFrom(['kept.index'], ['bad.txt'], []) : fc.constant<string[]>([]);
  return fc.tuple(first, parts).map(([before, after]) => [...path, ...before, ...after.flat()]);
});

describe('the command line', () => {
  it(
    'does what it is told, or says in a sentence why not, whatever its arguments',
    async () => {
      const own = new Set([...readdirSync('.'), 'out.1', 'out.2', 'kept.index']);
      await fuzz(
        fc.asyncProperty(commandLines, async (args) => {
          const { code, err } = await runFor(100, args);
          expect([0, 1, 2, 3, 130]).toContain(code);
          if (code === 2 || code === 3) expect(err).toMatch(/^(?:error|twicetold): |^Usage: /m);
          expect(err).not.toMatch(/^\s+at /m);
          // A folder that is named as an index is made; nothing else but what was named for output.
          const made = readdirSync('.').filter((name) => !own.has(name));
          expect(made.filter((name) => !args.includes(name))).toEqual([]);
          for (const name of made) rmSync(name, { recursive: true });
        }),
        120,
      );
    },
    TIMEOUT,
  );
});

/**
 * Mutation testing by Stryker of the rooms that find text: `npm run test:mutation [-- --every 36] [--of text,sketch] [--seed 1]`.
 *
 * One mutant in so many is tried, drawn by what it is, since all of them (some nine thousand) take a day. Each is judged by the tests of its
 * room. Stryker's runner at times says of a mutant that it survived when none of its tests ran (stryker-js issue 6073), so each that is
 * left is put into the source and tried again by a new process, with the files of tests that come to it. Results: `benchmarks/results/mutation.json`, room by room, with what is left.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Place, ROOMS, replaced, type Tally, tallied } from './rooms.js';

interface Mutant {
  id: string;
  mutatorName: string;
  replacement: string;
  location: { start: Place; end: Place };
  status: string;
  statusReason?: string;
  coveredBy?: string[];
}
interface Left {
  file: string;
  line: number;
  mutator: string;
  was: string;
  replacement: string;
}

const RESULTS = 'benchmarks/results/mutation.json';
/** Where Stryker works and writes. */
const WORK = '.stryker-tmp';

const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '36' },
    seed: { type: 'string', default: '1' },
    of: { type: 'string', default: Object.keys(ROOMS).join(',') },
  },
});

/** The mutants of a room that were tried. */
function mutantsOf(room: string): { file: string; source: string; mutants: Mutant[]; testsOf: Map<string, string> }[] {
  const env = { MUTATED_ROOM: room, MUTANTS_EVERY: values.every, MUTANTS_SEED: values.seed };
  rmSync(join(WORK, 'report.json'), { force: true });
  spawnSync('npx', ['--no-install', 'stryker', 'run', 'tests/mutation/stryker.config.mjs'], {
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  const { files, testFiles } = JSON.parse(readFileSync(join(WORK, 'report.json'), 'utf8')) as {
    files: Record<string, { source: string; mutants: Mutant[] }>;
    testFiles: Record<string, { tests: { id: string }[] }>;
  };
  const testsOf = new Map(Object.entries(testFiles).flatMap(([file, { tests }]) => tests.map(({ id }) => [id, file])));
  return Object.entries(files).map(([file, { source, mutants }]) => ({
    file,
    source,
    testsOf,
    mutants: mutants.filter(({ status, statusReason }) => status !== 'Ignored' && statusReason !== 'not in the sample'),
  }));
}

/** Copy of what the tests need, in which a source can be changed. */
function workshop(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'));
  for (const name of ['src', 'tests', 'seeds', 'lexicon', 'package.json', 'tsconfig.json', 'esbuild-plugins.ts'])
    cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** What tests come to in a process of their own; those of the room, where none are named. */
function tried(folder: string, room: string, tests: readonly string[]): 'Survived' | 'Killed' | 'Timeout' {
  const config = [
    '--config',
    'tests/mutation/vitest.config.ts',
    '--root',
    folder,
    '--bail=1',
    '--silent=true',
    ...tests,
  ];
  const { status, error } = spawnSync(
    process.execPath,
    [join(folder, 'node_modules/vitest/vitest.mjs'), 'run', ...config],
    {
      cwd: folder,
      env: { ...process.env, MUTATED_ROOM: room },
      stdio: 'ignore',
      timeout: 600_000,
    },
  );
  return error !== undefined ? 'Timeout' : status === 0 ? 'Survived' : 'Killed';
}

/** Tests that were seen to pass without a mutant: a runner that does not start fails all mutants. */
const passing = new Set<string>();

/**
 * What a mutant comes to in a process of its own: by the tests that are said to come to it, then by all of its room, since what a module does
 * when it is loaded is said to be done by the test that loaded it.
 */
function triedAgain(
  folder: string,
  room: string,
  file: string,
  source: string,
  mutant: Mutant,
  tests: readonly string[],
): string {
  for (const some of tests.length === 0 ? [[]] : [tests, []]) {
    const these = `${room}: ${some.join(' ')}`;
    if (!passing.has(these) && tried(folder, room, some) === 'Survived') passing.add(these);
    if (!passing.has(these)) throw new Error(`without a mutant these tests fail too: ${these}`);
    writeFileSync(join(folder, file), replaced(source, mutant.location, mutant.replacement));
    const came = tried(folder, room, some);
    writeFileSync(join(folder, file), source);
    if (came !== 'Survived') return came;
  }
  return 'Survived';
}

/** What is known of rooms that were tried before. */
const results = (existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {}) as Record<
  string,
  Tally & { every: number; seed: number; left: Left[] }
>;
const folder = workshop();
try {
  for (const room of values.of.split(',')) {
    const statuses: string[] = [];
    const left: Left[] = [];
    let again = 0;
    for (const { file, source, mutants, testsOf } of mutantsOf(room))
      for (const mutant of mutants) {
        let { status } = mutant;
        if (status === 'Survived') {
          const tests = [...new Set(mutant.coveredBy?.map((id) => testsOf.get(id) as string))];
          status = triedAgain(folder, room, file, source, mutant, tests);
          if (status !== 'Survived') again++;
        }
        statuses.push(status);
        if (status !== 'Survived' && status !== 'NoCoverage') continue;
        const { start, end } = mutant.location;
        const was = source
          .split('\n')
          .slice(start.line - 1, end.line)
          .join('\n');
        left.push({
          file,
          line: start.line,
          mutator: mutant.mutatorName,
          was: was.trim().slice(0, 200),
          replacement: mutant.replacement.slice(0, 200),
        });
        console.log(`left: ${file}:${start.line} ${mutant.mutatorName}: ${mutant.replacement.slice(0, 100)}`);
      }
    const tally = tallied(statuses, again);
    console.log(room, JSON.stringify(tally));
    results[room] = { every: Number(values.every), seed: Number(values.seed), ...tally, left };
    writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(WORK, { recursive: true, force: true });
}

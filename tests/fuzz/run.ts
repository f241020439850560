/**
 * Fuzzes one thing for long: `npm run fuzz -- <text|kernel|index|store|readers|cli> [--minutes 15]`. The minutes are shared by the properties
 * of the target. A failure prints its seed and the smallest input.
 */
import { spawnSync } from 'node:child_process';

/** By target, its file, which of its tests, and how many they are. */
const TARGETS: Readonly<Record<string, readonly [file: string, tests: string, count: number]>> = {
  text: ['text', 'text from outside', 2],
  kernel: ['text', 'bytes from outside', 1],
  index: ['savedindex', 'is refused, or answers as an index does', 1],
  store: ['store', 'the files of a durable index', 1],
  readers: ['readers', 'a damaged file', 11],
  cli: ['cli', 'the command line', 1],
};

const [name, ...rest] = process.argv.slice(2);
const target = TARGETS[name ?? ''];
const minutes = Number(rest[0] === '--minutes' ? rest[1] : 15);
if (target === undefined || !(minutes > 0)) {
  console.error(`usage: npm run fuzz -- <${Object.keys(TARGETS).join('|')}> [--minutes 15]`);
  process.exitCode = 2;
} else {
  const [file, tests, count] = target;
  const args = ['vitest', 'run', `tests/fuzz/${file}.test.ts`, '-t', tests, '--coverage.enabled=false'];
  const env = { ...process.env, FUZZ_SECONDS: String(Math.ceil((60 * minutes) / count)) };
  process.exitCode = spawnSync('npx', ['--no-install', ...args], { stdio: 'inherit', env }).status ?? 1;
}

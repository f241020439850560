// node .ci/supply.mjs <folder of a package that has twicetold installed>: what a user gets beside the code
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MOST_DIRECT = 6;
const MOST_IN_ALL = 20;
// Each lets its code be passed on in a bundle that names it.
const LICENCES = /^\(?(?:MIT|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|BlueOak-1\.0\.0|CC0-1\.0|Unlicense)\b/;
const SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];

const [folder] = process.argv.slice(2);
const root = join(folder, 'node_modules/twicetold');
const failures = [];
const check = (label, ok, found) => {
  console.log(`${label}: ${found}`);
  if (!ok) failures.push(label);
};

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const direct = Object.keys(manifest.dependencies ?? {}).length;
check(`direct dependencies, at most ${MOST_DIRECT}`, direct <= MOST_DIRECT, direct);
const listed = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: folder, encoding: 'utf8' });
// The folder itself and twicetold are no dependencies of it.
const all = listed.trim().split('\n').length - 2;
check(`dependencies in all, at most ${MOST_IN_ALL}`, all <= MOST_IN_ALL, all);

const own = SCRIPTS.filter((name) => manifest.scripts?.[name] !== undefined);
const lock = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'));
const running = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
check(
  'install scripts',
  own.length + running.length === 0,
  [...own, ...running.map(([path]) => path)].join(', ') || 'none',
);

const notice = readFileSync(join(root, 'dist/NOTICE.txt'), 'utf8');
const parts = notice.split(`\n${'-'.repeat(80)}\n`).slice(1);
const headed = parts.map((part) => /^\s*(\S+) (\S+) \((.*)\)\n([\s\S]*)$/.exec(part));
const bare = headed.filter((part) => part === null || !LICENCES.test(part[3]) || part[4].trim() === '');
check(
  'bundled parts without a licence that allows it, or without its text',
  parts.length > 0 && bare.length === 0,
  `${bare.length} of ${parts.length}${bare.map((part) => ` ${part?.[1]} (${part?.[3]})`).join()}`,
);

if (failures.length > 0) {
  console.error(`not as promised: ${failures.join('; ')}`);
  process.exitCode = 1;
}

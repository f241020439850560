// node .ci/measure.mjs size <node_modules> | node .ci/measure.mjs import <folder of a package that has twicetold>
import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// The lexicon's data are 4.7 MB of it.
const MAX_BYTES = 8_000_000;
const MAX_MS = 30;
const RUNS = 15;

const [what, folder] = process.argv.slice(2);

function check(label, value, limit, unit) {
  console.log(`${label}: ${value} ${unit} (limit ${limit} ${unit})`);
  if (!(value < limit)) process.exitCode = 1;
}

if (what === 'size') {
  let bytes = 0;
  let files = 0;
  for (const entry of readdirSync(folder, { recursive: true })) {
    const stat = lstatSync(join(folder, entry));
    if (!stat.isFile()) continue;
    bytes += stat.size;
    files++;
  }
  check(`clean install, ${files} files`, Number((bytes / 1e6).toFixed(3)), MAX_BYTES / 1e6, 'MB');
} else if (what === 'import') {
  const scripts = {
    "import 'twicetold'": ['--input-type=module', "await import('twicetold')"],
    "require('twicetold')": ['--input-type=commonjs', "require('twicetold')"],
  };
  for (const [label, [type, load]] of Object.entries(scripts)) {
    const code = `const t = performance.now(); ${load}; console.log(performance.now() - t);`;
    const times = Array.from({ length: RUNS }, () =>
      Number(execFileSync(process.execPath, [type, '-e', code], { cwd: folder, encoding: 'utf8' })),
    ).sort((a, b) => a - b);
    // What else the machine does can only add to the time.
    console.log(`  ${RUNS} runs, ${times[0].toFixed(1)} to ${times.at(-1).toFixed(1)} ms`);
    check(`${label}, least`, Number(times[0].toFixed(1)), MAX_MS, 'ms');
  }
} else {
  throw new Error(`unknown measurement: ${what}`);
}

// node .ci/measure.mjs size <node_modules> | import <folder of a package that has twicetold> | help <the same folder>
//   | packed <tarball> | browser <dist>
import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// The lexicon's data are 4.7 MB of it; the readers and the command line are in it as ESM and CommonJS.
const MAX_BYTES = 9_500_000;
const MAX_PACKED = 8_000_000;
const MAX_PACKED_WITHOUT_LEXICON = 1_500_000;
// The goal for the core, which importing keeps; with all that a detector loads it is over it, and must not grow further.
const GOAL_BROWSER = 45_000;
const MAX_BROWSER = 69_000;
const MAX_HELP_MS = 150;
// What Node alone took where that limit was set; a machine that is slower at it by half is slower at the rest.
const NODE_MS = 85;
const MAX_MS = 30;
// Modules of Node that take some time to load, and what they took where that limit was set.
const OWN_MODULES = "import('node:http2')";
const OWN_MS = 15;
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
    "import 'twicetold'": ['--input-type=module', "import('twicetold')"],
    "require('twicetold')": ['--input-type=commonjs', "require('twicetold')"],
  };
  for (const [label, [type, load]] of Object.entries(scripts)) {
    // Beside it what Node takes to load a part of its own that is as large, which a slower machine is slower at too.
    const code = `const timed = async (f) => { const t = performance.now(); await f(); return performance.now() - t; };
      (async () => console.log(JSON.stringify([await timed(() => ${OWN_MODULES}), await timed(() => ${load})])))();`;
    const times = Array.from({ length: RUNS }, () =>
      JSON.parse(execFileSync(process.execPath, [type, '-e', code], { cwd: folder, encoding: 'utf8' })),
    );
    const sorted = (n) => times.map((pair) => pair[n]).sort((a, b) => a - b);
    const [own, ours] = [sorted(0), sorted(1)];
    // What else the machine does can only add to the time.
    console.log(
      `  ${RUNS} runs, ${ours[0].toFixed(1)} to ${ours.at(-1).toFixed(1)} ms; modules of Node, least: ${own[0].toFixed(1)} ms`,
    );
    const limit = Number((MAX_MS * Math.max(1, own[0] / OWN_MS)).toFixed(1));
    check(`${label}, least`, Number(ours[0].toFixed(1)), limit, 'ms');
  }
} else if (what === 'help') {
  // Of a process that does nothing, and of `twicetold --help`, in turn.
  const empty = [];
  const help = [];
  const time = (args, into) => {
    const begun = performance.now();
    execFileSync(process.execPath, args, { cwd: folder });
    into.push(performance.now() - begun);
  };
  for (let run = 0; run < RUNS; run++) {
    time(['-e', '0'], empty);
    time(['node_modules/twicetold/dist/cli/main.js', '--help'], help);
  }
  const least = (times) => Math.min(...times).toFixed(0);
  console.log(`  ${RUNS} runs, least: node alone ${least(empty)} ms`);
  const limit = Math.round(MAX_HELP_MS * Math.max(1, Number(least(empty)) / NODE_MS));
  check('twicetold --help, least', Number(least(help)), limit, 'ms');
} else if (what === 'packed') {
  const bytes = statSync(folder).size;
  // The lexicon's data are compressed by themselves to what they take in the tarball, or a little more.
  const lexicon = gzipSync(readFileSync('dist/lexicon/en-data.js'), { level: 9 }).length;
  check('tarball', Number((bytes / 1e6).toFixed(3)), MAX_PACKED / 1e6, 'MB');
  check(
    'tarball without the lexicon',
    Number(((bytes - lexicon) / 1e6).toFixed(3)),
    MAX_PACKED_WITHOUT_LEXICON / 1e6,
    'MB',
  );
} else if (what === 'browser') {
  const { build } = await import('esbuild');
  const { metafile, outputFiles } = await build({
    stdin: { contents: `export * from './index.js'`, resolveDir: folder, loader: 'js' },
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    outdir: 'out',
    write: false,
    metafile: true,
    platform: 'browser',
    logLevel: 'error',
  });
  const size = new Map(
    outputFiles.map(({ path, contents }) => [path.split(/[\\/]/).pop(), gzipSync(contents, { level: 9 }).length]),
  );
  // What is loaded at once: a module and what it imports by a statement. Languages and lexicons follow on demand.
  const chunks = Object.entries(metafile.outputs);
  const loadedBy = (path, loaded = new Set()) => {
    if (loaded.has(path)) return loaded;
    loaded.add(path);
    for (const { path: next, kind } of metafile.outputs[path].imports)
      if (kind === 'import-statement') loadedBy(next, loaded);
    return loaded;
  };
  const kilobytes = (paths) =>
    Number(([...paths].reduce((sum, path) => sum + size.get(path.split('/').pop()), 0) / 1e3).toFixed(1));
  const entry = chunks.find(([path, { entryPoint }]) => entryPoint !== undefined && path.includes('stdin'))[0];
  const detector = chunks.find(([path]) => /(?:^|\/)detector-[A-Z0-9-]+\.js$/.test(path))[0];
  for (const [path] of chunks)
    if (/(?:^|\/)en-[A-Z0-9]+\.js$/.test(path))
      console.log(`  on demand: ${path.split('/').pop()} ${kilobytes([path])} kB`);
  const all = kilobytes(loadedBy(detector, loadedBy(entry)));
  if (all > GOAL_BROWSER) console.log(`  with a detector over the goal of ${GOAL_BROWSER / 1e3} kB`);
  check('import in a browser, min+gzip, kernel included', kilobytes(loadedBy(entry)), GOAL_BROWSER / 1e3, 'kB');
  check('the same and the first detector, its language apart', all, MAX_BROWSER / 1e3, 'kB');
} else {
  throw new Error(`unknown measurement: ${what}`);
}

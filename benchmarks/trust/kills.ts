/**
 * Kills writers of a durable index: `npm run bench -- kills [--kills 1000] [--seed 1] [--load 2]`.
 *
 * Each time two processes open one folder at once, of which one must get it; it adds, removes and saves at random, telling each step before
 * and after, until both are killed with SIGKILL at a random moment. The folder is then opened, and must hold what was acknowledged, with or
 * without the one step that was under way. So many other processes as `--load` says keep the machine busy meanwhile. Needs the built package.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { killWriters } from '../../tests/faults/kills.js';
import { option } from '../speed/corpus.js';
import { writeResults } from '../speed/report.js';

type Node = typeof import('../../src/node/index.js');

export async function main(args: readonly string[]): Promise<void> {
  const kills = Number(option(args, 'kills') ?? 1000);
  const seed = Number(option(args, 'seed') ?? 1);
  const load = Number(option(args, 'load') ?? 2);
  const home = mkdtempSync(join(tmpdir(), 'kills-'));
  const busy: ChildProcess[] = [];
  try {
    const writer = join(home, 'writer.mjs');
    await build({
      entryPoints: ['tests/faults/writer.ts'],
      outfile: writer,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    const built = pathToFileURL(resolve('dist/node.js')).href;
    const { openIndex } = (await import(built)) as Node;
    // They end with this process, however it ends.
    const work = `while (process.ppid === ${process.pid}) Math.random()`;
    for (let n = 0; n < load; n++) busy.push(spawn(process.execPath, ['-e', work]));
    const begun = performance.now();
    const outcome = await killWriters({
      folder: join(home, 'index'),
      kills,
      writers: 2,
      longest: 300,
      command: [writer, built],
      open: (folder) => openIndex(folder, { lexicon: false }),
      seed,
      onKill: (kill) => {
        if (kill % 10 === 0) console.log(`${kill} kills`);
      },
    });
    const minutes = Number(((performance.now() - begun) / 60_000).toFixed(1));
    console.log(JSON.stringify({ ...outcome, wrong: outcome.wrong.slice(0, 20), minutes }, undefined, 2));
    writeResults('kills', { ...outcome, wrong: outcome.wrong.length, seed, load, minutes });
    if (outcome.wrong.length > 0) process.exitCode = 1;
  } finally {
    for (const child of busy) child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  }
}

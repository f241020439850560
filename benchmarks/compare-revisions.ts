import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, printTable } from './speed/report.js';

/*
 * `tsx benchmarks/compare-revisions.ts [base] [rounds]`: measures the ratios of `ratios.ts` at HEAD's working tree and
 * at a base revision (default: main) in turn, and prints how they changed. The base's sources are measured by HEAD's
 * benchmarks, so that a change of method does not look like one of speed.
 */
const [base = 'main', rounds = '5'] = process.argv.slice(2);
const root = execFileSync('git', ['rev-parse', '--show-toplevel'], { encoding: 'utf8' }).trim();
const other = join(mkdtempSync(join(tmpdir(), 'base-')), 'tree');
execFileSync('git', ['worktree', 'add', '--detach', '--quiet', other, base], { cwd: root });
try {
  if (!existsSync(join(other, 'src/kernel/compile.ts'))) throw new Error(`${base} has no kernel to compare with`);
  rmSync(join(other, 'benchmarks'), { recursive: true, force: true });
  cpSync(join(root, 'benchmarks'), join(other, 'benchmarks'), {
    recursive: true,
    filter: (path) => !path.includes('.venv'),
  });
  symlinkSync(join(root, 'node_modules'), join(other, 'node_modules'));
  const seen = { base: [] as Record<string, number>[], head: [] as Record<string, number>[] };
  const measure = (tree: string): Record<string, number> => {
    const text = execFileSync('node', ['--import', 'tsx', 'benchmarks/run.ts', 'ratios', '--json'], {
      cwd: tree,
      encoding: 'utf8',
    });
    return JSON.parse(text.trim().split('\n').pop() as string) as Record<string, number>;
  };
  for (let round = 0; round < Number(rounds); round++) {
    seen.base.push(measure(other));
    seen.head.push(measure(root));
  }
  const middle = (rows: Record<string, number>[], name: string) => median(rows.map((row) => row[name] ?? Number.NaN));
  printTable(
    Object.keys(seen.head[0] as Record<string, number>).map((name) => {
      const [before, after] = [middle(seen.base, name), middle(seen.head, name)];
      return {
        ratio: name,
        base: before.toPrecision(3),
        head: after.toPrecision(3),
        'head / base': (after / before).toFixed(3),
      };
    }),
  );
} finally {
  execFileSync('git', ['worktree', 'remove', '--force', other], { cwd: root });
  rmSync(join(other, '..'), { recursive: true, force: true });
}

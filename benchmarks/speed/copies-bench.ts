/**
 * Copies and edits alone: `detect` with `level: 'document'`, datasketch's MinHashLSH and rensa's deduplicator over one corpus, one
 * thread each, in turn: `npm run bench -- copies <documents> --data <folder> [--keep <folder>]`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeCorpus } from '../corpus.js';
import { peerPython } from '../peers/python.js';
import { option } from './corpus.js';
import { bundle } from './corpus-bench.js';
import { readTruth } from './corpusscore.js';
import { median, printTable, readResults, writeResults } from './report.js';

interface Answer {
  seconds: number;
  cpuSeconds: number;
  pairs: [string, string][];
  refused: string[];
}

/** What is meant by a copy or an edit here. */
const PLANTED = new Set(['copy', 'typed', 'cut', 'reordered']);
const ROUNDS = 3;

export async function main(args: readonly string[]): Promise<void> {
  const size = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 10_000);
  const data = option(args, 'data') ?? '../shared/data';
  const folder = mkdtempSync(join(tmpdir(), 'copies-'));
  try {
    const home = join(option(args, 'keep') ?? folder, `${size}`);
    if (!existsSync(join(home, 'truth.jsonl'))) await writeCorpus(data, size, home);
    const documents = join(home, 'documents.jsonl');
    const script = fileURLToPath(new URL('../peers/copies.py', import.meta.url));
    const contender = await bundle(folder, 'benchmarks/speed/copies-contender.ts');
    const commands: Record<string, string[]> = {
      "twicetold, level: 'document'": [process.execPath, contender, documents],
      'datasketch MinHashLSH': [peerPython(), script, 'datasketch', documents],
      'rensa RMinHashDeduplicator': [peerPython(), script, 'rensa', documents],
    };
    const planted = [...readTruth(join(home, 'truth.jsonl')).values()].filter(({ kind }) => PLANTED.has(kind));
    const answers = new Map<string, Answer[]>();
    for (let round = 0; round < ROUNDS; round++)
      for (const [name, [file, ...rest]] of Object.entries(commands)) {
        const output = execFileSync(file as string, rest, {
          encoding: 'utf8',
          maxBuffer: 1 << 28,
          stdio: ['ignore', 'pipe', 'inherit'],
          env: { ...process.env, RAYON_NUM_THREADS: '1', OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
        });
        answers.set(name, [...(answers.get(name) ?? []), JSON.parse(output) as Answer]);
      }
    const own = median((answers.get("twicetold, level: 'document'") as Answer[]).map(({ cpuSeconds }) => cpuSeconds));
    const rows = [...answers].map(([name, list]) => {
      const { pairs, refused } = list[0] as Answer;
      const found = new Set([...pairs.map(([a, b]) => [a, b].sort().join()), ...refused]);
      const hits = planted.filter(
        ({ id, of }) => found.has([id, of as string].sort().join()) || found.has(id) || found.has(of as string),
      );
      const seconds = median(list.map(({ cpuSeconds }) => cpuSeconds));
      return {
        name,
        'CPU seconds': Number(seconds.toFixed(3)),
        'µs a document': Math.round((seconds / size) * 1e6),
        'times as long': Number((seconds / own).toFixed(2)),
        recall: Number((hits.length / planted.length).toFixed(4)),
      };
    });
    printTable(rows);
    const others = (readResults<{ runs: { size: number }[] }>('copies')?.runs ?? []).filter((run) => run.size !== size);
    writeResults('copies', { runs: [...others, { size, rows }].sort((x, y) => x.size - y.size) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jaccard, shingles } from '../../src/index.js';
import { peerPython, peerScript } from '../peers/python.js';
import type { Job, Result, Row } from './contender.js';
import { documents, option, plantedPairs } from './corpus.js';
import { barChart, median, printTable, spread, writeResults } from './report.js';

const JS = ['twicetold kernel', 'twicetold reference', 'npm minhash', 'npm bloom-filters'];
const PYTHON = ['datasketch 2', 'rensa 0.5 full', 'rensa 0.5 sampling', 'gaoya'];

type Outcome = { name: string; result: Result } | { name: string; missing: string };

/** MinHash signatures: throughput, spread, peak memory and error of every contender on the same documents. */
export async function main(args: readonly string[]): Promise<void> {
  const quick = args.includes('--quick');
  const corpus = option(args, 'corpus');
  const job: Job = {
    permutations: quick ? [128] : [64, 128, 256],
    runs: 7,
    documents: Object.fromEntries(
      (quick ? [500] : [50, 500, 5000]).map((words) => [
        words,
        documents(Math.min(2000, 1_000_000 / words), words, corpus),
      ]),
    ),
    pairs: plantedPairs(documents(200, 300, corpus), 3),
  };
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'job.json');
  writeFileSync(path, JSON.stringify(job));
  const outcomes: Outcome[] = [];
  for (const name of JS) outcomes.push(attempt(name, () => ['node', '--import', 'tsx', contender, name, path]));
  for (const name of PYTHON) outcomes.push(attempt(name, () => [peerPython(), peerScript, name, path]));
  rmSync(folder, { recursive: true });

  const exact = job.pairs.map(([a, b]) => jaccard(shingles(a), shingles(b)));
  const table: Line[] = outcomes.flatMap((outcome): Line[] =>
    'missing' in outcome
      ? [{ contender: outcome.name, note: `missing: ${outcome.missing}` }]
      : outcome.result.rows.map((row) => line(outcome.name, outcome.result, row, exact)),
  );
  printTable(table);
  const headline = ratios(outcomes);
  printTable(headline);
  writeResults('sign', { corpus: corpus === undefined ? 'made up' : 'real', table, headline });
  const bars = table.filter((row) => row.words === 500 && row.k === 128);
  barChart(
    'sign',
    '500-word documents, 128 permutations, one thread: MB/s of text (log scale)',
    bars.map((row) => ({ label: `${row.contender}, from ${row.from}`, value: Number(row['MB/s']) })),
  );
}

const contender = fileURLToPath(new URL('./contender.ts', import.meta.url));

function attempt(name: string, command: () => string[]): Outcome {
  process.stderr.write(`${name} ...\n`);
  try {
    const [file, ...args] = command() as [string, ...string[]];
    const text = execFileSync(file, args, {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, RAYON_NUM_THREADS: '1', OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    });
    return { name, result: JSON.parse(text) as Result };
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer | string };
    return {
      name,
      missing: (
        String(stderr ?? '')
          .trim()
          .split('\n')
          .pop() || message
      ).slice(0, 160),
    };
  }
}

interface Line {
  contender: string;
  from?: string;
  words?: number;
  k?: number;
  'MB/s'?: string;
  'ns/shingle'?: string;
  spread?: string;
  'peak MB'?: number;
  RMSE?: string;
  note: string;
}

function line(name: string, result: Result, row: Row, exact: readonly number[]): Line {
  const estimates = result.estimates[row.permutations];
  const squares = estimates?.map((estimate, i) => (estimate - (exact[i] as number)) ** 2);
  return {
    contender: name,
    from: row.from,
    words: row.words,
    k: row.permutations,
    'MB/s': (row.bytes / median(row.seconds) / 1e6).toPrecision(3),
    'ns/shingle': ((median(row.seconds) / row.shingles) * 1e9).toPrecision(3),
    spread: spread(row.seconds),
    'peak MB': Math.round(result.peakBytes / 1e6),
    RMSE: squares === undefined ? '-' : Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length).toFixed(4),
    note: '',
  };
}

/** The table of the ratios to reach: the kernel's speed over a peer's, 500 words, 128 permutations. */
function ratios(outcomes: readonly Outcome[]) {
  const speed = (name: string, from: string): number | undefined => {
    const outcome = outcomes.find((o) => o.name === name);
    if (outcome === undefined || 'missing' in outcome) return undefined;
    const row = outcome.result.rows.find((r) => r.words === 500 && r.permutations === 128 && r.from === from);
    return row && row.shingles / median(row.seconds);
  };
  const ratio = (what: string, from: string, peer: string, peerFrom: string, goal: number) => {
    const [a, b] = [speed('twicetold kernel', from), speed(peer, peerFrom)];
    return { what, goal, got: a === undefined || b === undefined ? 'missing' : (a / b).toPrecision(3) };
  };
  return [
    ratio('bytes, vs npm minhash', 'bytes', 'npm minhash', 'text', 300),
    ratio('bytes, vs the reference', 'bytes', 'twicetold reference', 'bytes', 8),
    ratio('text, vs datasketch 2', 'text', 'datasketch 2', 'text', 60),
    ratio('text, vs rensa 0.5 full', 'text', 'rensa 0.5 full', 'text', 3),
    ratio('ready hashes, vs rensa 0.5 full', 'hashes', 'rensa 0.5 full', 'hashes', 1),
  ];
}

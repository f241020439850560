import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peerPython, peerScript } from '../peers/python.js';
import type { Job, Result, Row } from './contender.js';
import { documents, option } from './corpus.js';
import { type Planted, plant, type Quality, qualityOf } from './quality.js';
import { type Attempt, attempt, barChart, median, printTable, spread, writeResults } from './report.js';

const JS = ['twicetold kernel', 'twicetold reference', 'npm minhash', 'npm bloom-filters'];
const PYTHON = ['datasketch 2', 'rensa 0.5 full', 'rensa 0.5 sampling', 'gaoya'];

type Outcome = Attempt<Result>;

/** MinHash signatures: throughput, spread, peak memory and error of every contender on the same documents. */
export async function main(args: readonly string[]): Promise<void> {
  const quick = args.includes('--quick');
  const corpus = option(args, 'corpus');
  const planted = plant(documents(quick ? 60 : 200, 300, corpus), 3);
  const job: Job = {
    permutations: quick ? [128] : [64, 128, 256],
    runs: 7,
    documents: Object.fromEntries(
      (quick ? [500] : [50, 500, 5000]).map((words) => [
        words,
        documents(Math.min(2000, 1_000_000 / words), words, corpus),
      ]),
    ),
    planted: planted.texts,
  };
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'job.json');
  writeFileSync(path, JSON.stringify(job));
  const outcomes = [...JS, ...PYTHON].map((name) => run(name, path));
  const headline = headToHead(job, folder, quick ? 3 : 7);
  rmSync(folder, { recursive: true });

  const table: Line[] = outcomes.flatMap((outcome): Line[] =>
    'missing' in outcome
      ? [{ contender: outcome.name, note: `missing: ${outcome.missing}` }]
      : outcome.result.rows.map((row) => line(outcome.name, outcome.result, row, planted)),
  );
  printTable(table);
  printTable(headline);
  writeResults('sign', { corpus: corpus === undefined ? 'made up' : 'real', table, headline });
  const bars = (name: string, words: number) =>
    barChart(
      name,
      `${words}-word documents, 128 permutations, one thread: MB/s of text (log scale)`,
      table
        .filter((row) => row.words === words && row.k === 128)
        .map((row) => ({ label: `${row.contender}, from ${row.from}`, value: Number(row['MB/s']) })),
    );
  bars('sign', 500);
  if (!quick) for (const words of [50, 5000]) bars(`sign-${words}`, words);
}

const contender = fileURLToPath(new URL('./contender.ts', import.meta.url));

/** Measures one contender by the job at `path`. */
function run(name: string, path: string): Outcome {
  return attempt<Result>(name, () =>
    JS.includes(name) ? ['node', '--import', 'tsx', contender, name, path] : [peerPython(), peerScript, name, path],
  );
}

interface Line extends Partial<Quality> {
  contender: string;
  from?: string;
  words?: number;
  k?: number;
  'MB/s'?: string;
  'ns/shingle'?: string;
  spread?: string;
  'peak MB'?: number;
  note: string;
}

function line(name: string, result: Result, row: Row, planted: Planted): Line {
  const verdict = result.verdicts[row.permutations];
  return {
    contender: name,
    from: row.from,
    words: row.words,
    k: row.permutations,
    'MB/s': (row.bytes / median(row.seconds) / 1e6).toPrecision(3),
    'ns/shingle': ((median(row.seconds) / row.shingles) * 1e9).toPrecision(3),
    spread: spread(row.seconds),
    'peak MB': Math.round(result.peakBytes / 1e6),
    ...(verdict === undefined ? {} : qualityOf(planted, verdict)),
    note: '',
  };
}

/** What is to be reached: the kernel's speed over a peer's, 500 words, 128 permutations. */
const GOALS = [
  { what: 'bytes, vs npm minhash', from: 'bytes', peer: 'npm minhash', peerFrom: 'text', goal: 300 },
  { what: 'bytes, vs the reference', from: 'bytes', peer: 'twicetold reference', peerFrom: 'bytes', goal: 8 },
  { what: 'text, vs datasketch 2', from: 'text', peer: 'datasketch 2', peerFrom: 'text', goal: 60 },
  { what: 'text, vs rensa 0.5 full', from: 'text', peer: 'rensa 0.5 full', peerFrom: 'text', goal: 3 },
  { what: 'ready hashes, vs rensa 0.5 full', from: 'hashes', peer: 'rensa 0.5 full', peerFrom: 'hashes', goal: 1 },
] as const;

/**
 * Kernel and peers turn by turn, a process each time, because a machine's clock changes in the minutes that the
 * whole table takes. A ratio is the median over rounds, each taken from neighbouring runs.
 */
function headToHead(job: Job, folder: string, rounds: number) {
  const path = join(folder, 'short.json');
  const short = { ...job, permutations: [128], runs: 5, documents: { 500: job.documents[500] }, planted: [] };
  writeFileSync(path, JSON.stringify(short));
  const peers = [...new Set(GOALS.map(({ peer }) => peer))];
  const seen = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++)
    for (const peer of peers) {
      const [us, them] = [run('twicetold kernel', path), run(peer, path)];
      for (const { what, from, peerFrom } of GOALS.filter((goal) => goal.peer === peer)) {
        const [a, b] = [speed(us, from), speed(them, peerFrom)];
        if (a !== undefined && b !== undefined) seen.set(what, [...(seen.get(what) ?? []), a / b]);
      }
    }
  return GOALS.map(({ what, goal }) => {
    const ratios = seen.get(what);
    if (ratios === undefined) return { what, goal, got: 'missing' };
    return {
      what,
      goal,
      got: median(ratios).toPrecision(3),
      from: Math.min(...ratios).toPrecision(3),
      to: Math.max(...ratios).toPrecision(3),
      rounds: ratios.length,
    };
  });
}

/** Shingles a second in the only row of that form. */
function speed(outcome: Outcome, from: string): number | undefined {
  if ('missing' in outcome) return undefined;
  const row = outcome.result.rows.find((r) => r.from === from);
  return row && row.shingles / median(row.seconds);
}

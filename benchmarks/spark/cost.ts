/**
 * What a run on Spark costs, stage by stage, on a cluster of this machine's processes, and whether its report is that of `detect`:
 *
 *     npm run bench:spark -- cost <news|10k|100k|1m ...> --data <folder> [--workers 2] [--no-check] [--held] [--keep <folder>]
 *
 * `news` is what `npm run eval -- documents` reads: all articles of the data folder and what was rewritten of them; sizes are made
 * corpora, which `--keep` keeps for the next run, and with them what the run wrote; where the reports differ, `detect`'s is beside the other. `--held` holds each worker to one core, so that one and two compare as machines do: a
 * task is three processes (the JVM, Python, the worker of twicetold), and those of one executor use all the cores that they find.
 * Seconds are of the wall clock, CPU seconds those of all processes of the cluster (the JVMs, Python, the workers of twicetold); shuffle,
 * spill and peak memory are from Spark's event log. Results are kept in results/spark.json.
 */
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { descendants, SparkCluster } from '../../tests/spark/cluster.js';
import { writeCorpus } from '../corpus.js';
import { readNewsroom } from '../quality/documents.js';
import { option } from '../speed/corpus.js';
import { type Alone, detectAlone, sameBytes } from './alone.js';

const SIZES: Readonly<Record<string, number>> = {
  '1k': 1000,
  '10k': 10_000,
  '30k': 30_000,
  '100k': 100_000,
  '1m': 1_000_000,
};
const NEWS = 'news';
const RESULTS = 'benchmarks/results/spark.json';

/** What a stage cost. Bytes are of all tasks together, peaks of one task, or of all processes at one time. */
interface StageCost {
  stage: string;
  seconds: number;
  cpuSeconds: number;
  peakBytes: number;
  shuffleBytes: number;
  spilledBytes: number;
  peakTaskBytes: number;
}

interface Run {
  /** Seconds of one machine are not those of another. */
  machine: { cpu: string | undefined; cores: number; node: string };
  /** Articles of the data folder, or made from them. */
  corpus: 'news' | 'made';
  documents: number;
  workers: number;
  /** Whether each worker had one core, and no other. */
  held?: boolean;
  seconds: number;
  cpuSeconds: number;
  /** What `detect` took in the same run, on one thread, and whether the two reports are the same bytes. */
  detect?: Alone & { same: boolean };
  stats: Record<string, unknown>;
  stages: StageCost[];
}

export async function main(args: readonly string[]): Promise<void> {
  const corpora = args.filter((arg) => arg === NEWS || SIZES[arg] !== undefined);
  const data = option(args, 'data') ?? '../shared/data';
  const workers = (option(args, 'workers') ?? '2').split(',').map(Number);
  if (corpora.length === 0)
    throw new Error(`usage: npm run bench:spark -- cost ${[NEWS, ...Object.keys(SIZES)].join('|')} --data <folder>`);
  const kept = option(args, 'keep');
  const folder = mkdtempSync(join(tmpdir(), 'twicetold-cost-'));
  try {
    for (const corpus of corpora) {
      const home = corpus === NEWS ? join(folder, NEWS) : join(kept ?? folder, `${SIZES[corpus]}`);
      const documents = join(home, 'documents.jsonl');
      const size = corpus === NEWS ? writeNews(data, home) : (SIZES[corpus] as number);
      if (corpus !== NEWS && !existsSync(join(home, 'truth.jsonl'))) await writeCorpus(data, size, home, 1, false);
      for (const count of workers) {
        const out = join(kept ?? folder, `out-${corpus}-${count}`);
        const cost = await measured(documents, size, count, out, args);
        const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
        const run: Run = { machine, corpus: corpus === NEWS ? 'news' : 'made', ...cost };
        print(run);
        keep(run);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the articles of the data folder and their rewrites as JSON lines, and returns how many there are. */
function writeNews(data: string, home: string): number {
  const { texts } = readNewsroom(data);
  mkdirSync(home);
  const lines = Array.from(texts, ([id, text]) => `${JSON.stringify({ id, text })}\n`);
  writeFileSync(join(home, 'documents.jsonl'), lines.join(''));
  return texts.size;
}

async function measured(
  documents: string,
  size: number,
  workers: number,
  out: string,
  args: readonly string[],
): Promise<Omit<Run, 'corpus' | 'machine'>> {
  const held = args.includes('--held');
  const cluster = await SparkCluster.start(workers, '2500m', held);
  try {
    const events = join(cluster.folder, 'events');
    mkdirSync(events);
    const samples: Sample[] = [];
    let [read, total] = [0, 0];
    const look = () => {
      const { at, cpu, memory } = sample(cluster.pids);
      // The seconds of a process that ends without being waited for are gone; those of before are kept.
      total += Math.max(0, cpu - read);
      read = cpu;
      samples.push({ at, cpu: total, memory });
    };
    look();
    const sampler = setInterval(look, 500);
    const submitted = await cluster.submit(
      [
        documents,
        '--out',
        out,
        '--worker',
        `node ${resolve('dist/cli/main.js')}`,
        '--stages',
        join(cluster.folder, 'stages.json'),
      ],
      {
        'spark.executor.memory': '1500m',
        'spark.driver.memory': '2g',
        // Tasks as large at a million documents as at ten thousand.
        'spark.sql.shuffle.partitions': String(Math.max(16, Math.ceil(size / 10_000))),
        'spark.executor.extraJavaOptions': '-XX:+UseSerialGC',
        'spark.driver.extraJavaOptions': '-XX:+UseSerialGC',
        'spark.eventLog.enabled': 'true',
        'spark.eventLog.rolling.enabled': 'false',
        'spark.eventLog.compress': 'false',
        'spark.eventLog.dir': `file:${events}`,
      },
    );
    clearInterval(sampler);
    look();
    if (submitted.code !== 0) throw new Error(`the run ended with ${submitted.code}: ${submitted.err.slice(-3000)}`);
    const { stages, ...stats } = JSON.parse(readFileSync(join(cluster.folder, 'stages.json'), 'utf8')) as {
      stages: { stage: string; began: number; seconds: number }[];
    };
    const logged = await readEvents(join(events, readdirSync(events)[0] as string));
    const run: Omit<Run, 'corpus' | 'machine'> = {
      documents: size,
      workers,
      held,
      seconds: submitted.seconds,
      cpuSeconds: (samples.at(-1)?.cpu ?? 0) - (samples[0]?.cpu ?? 0),
      stats,
      stages: stages.map(({ stage, began, seconds }) => {
        const within = samples.filter(({ at }) => at >= began && at <= began + seconds);
        const cpuAt = (time: number) => samples.findLast(({ at }) => at <= time)?.cpu ?? 0;
        return {
          stage,
          seconds,
          cpuSeconds: cpuAt(began + seconds) - cpuAt(began),
          peakBytes: Math.max(0, ...within.map(({ memory }) => memory)),
          ...(logged.get(stage) ?? { shuffleBytes: 0, spilledBytes: 0, peakTaskBytes: 0 }),
        };
      }),
    };
    if (!args.includes('--no-check')) {
      const report = join(out, 'report.json');
      const took = await detectAlone(documents, `${report}.detect`);
      run.detect = { ...took, same: sameBytes(`${report}.detect`, report) };
      if (run.detect.same) rmSync(`${report}.detect`);
    }
    return run;
  } finally {
    await cluster.stop();
  }
}

interface Sample {
  /** Seconds since 1970. */
  at: number;
  cpu: number;
  memory: number;
}

/** CPU seconds that a cluster's processes have had, ended ones among them, and the memory that they hold. */
function sample(pids: readonly number[]): Sample {
  let ticks = 0;
  let pages = 0;
  for (const pid of [...pids, ...descendants(pids)]) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // utime, stime, cutime, cstime; a clock tick is a hundredth of a second on Linux.
      for (const field of [11, 12, 13, 14]) ticks += Number(fields[field]);
      pages += Number(fields[21]);
    } catch {
      // It has ended.
    }
  }
  return { at: Date.now() / 1000, cpu: ticks / 100, memory: pages * 4096 };
}

/** By the stage of the driver, what Spark logged of its tasks. */
async function readEvents(
  path: string,
): Promise<Map<string, Pick<StageCost, 'shuffleBytes' | 'spilledBytes' | 'peakTaskBytes'>>> {
  const nameOf = new Map<number, string>();
  const costs = new Map<string, Pick<StageCost, 'shuffleBytes' | 'spilledBytes' | 'peakTaskBytes'>>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const event = JSON.parse(line);
    if (event.Event === 'SparkListenerJobStart') {
      const name = String(event.Properties?.['spark.job.description'] ?? '').replace('twicetold: ', '');
      for (const id of event['Stage IDs']) nameOf.set(id, name);
    }
    if (event.Event !== 'SparkListenerTaskEnd') continue;
    const metrics = event['Task Metrics'];
    const name = nameOf.get(event['Stage ID']) ?? '';
    const cost = costs.get(name) ?? { shuffleBytes: 0, spilledBytes: 0, peakTaskBytes: 0 };
    cost.shuffleBytes += metrics?.['Shuffle Write Metrics']?.['Shuffle Bytes Written'] ?? 0;
    cost.spilledBytes += metrics?.['Disk Bytes Spilled'] ?? 0;
    cost.peakTaskBytes = Math.max(cost.peakTaskBytes, metrics?.['Peak Execution Memory'] ?? 0);
    costs.set(name, cost);
  }
  return costs;
}

function print({ corpus, documents, workers, held, seconds, cpuSeconds, detect, stages, stats }: Run): void {
  console.log(
    `\n${documents} documents (${corpus}), ${workers} workers${held ? ' of one core each' : ''}: ${seconds.toFixed(0)} s, ${cpuSeconds.toFixed(0)} s of CPU`,
  );
  if (detect !== undefined)
    console.log(
      `detect alone: ${detect.seconds.toFixed(0)} s, ${detect.cpuSeconds.toFixed(0)} s of CPU; the same report: ${detect.same}`,
    );
  console.log(JSON.stringify(stats));
  console.table(
    stages.map(({ stage, seconds: wall, cpuSeconds: cpu, peakBytes, shuffleBytes, spilledBytes, peakTaskBytes }) => ({
      stage,
      seconds: wall.toFixed(1),
      cpu: cpu.toFixed(1),
      'shuffle MB': (shuffleBytes / 1e6).toFixed(1),
      'shuffle B/doc': Math.round(shuffleBytes / documents),
      'spilled MB': (spilledBytes / 1e6).toFixed(1),
      'peak MB': Math.round(peakBytes / 1e6),
      'task MB': (peakTaskBytes / 1e6).toFixed(0),
    })),
  );
}

const keyOf = ({ machine, corpus, documents, workers, held = false }: Run) =>
  `${machine.cpu} ${corpus} ${documents} ${workers} ${held}`;

function keep(run: Run): void {
  const before = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')).runs as Run[]) : [];
  const runs = [...before.filter((each) => keyOf(each) !== keyOf(run)), run];
  runs.sort((x, y) => x.documents - y.documents || x.workers - y.workers);
  writeFileSync(RESULTS, `${JSON.stringify({ runs }, null, 2)}\n`);
}

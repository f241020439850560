/**
 * What larger runs would take, from the runs that were measured: `npm run bench:spark -- reckon`, of those of made corpora on two workers in
 * results/spark.json. CPU seconds are taken as a fixed part and a part for each document, machine by machine, fitted by least squares; where
 * a machine has one size, in proportion. Bytes shuffled grow faster than documents, since a document shares keys with more of the others: they are
 * taken as a power of their number, which is too much once most documents have the hundred partners that are kept of each; as many for a document as
 * in the largest run is too little. It prints how far the runs are from all of that.
 *
 * The task that takes most memory is one of `overlap`, which sorts rows with the terms of two documents. What that stage shuffles is a power of its own, and
 * partitions are reckoned so that each gets `PARTITION` of it, as in the runs, whose tasks took so many times the bytes that they were given, at most.
 */
import { readFileSync } from 'node:fs';

/** Cores and memory that an executor of the table has. */
const CORES = 8;
const SIZES = [10e6, 100e6, 1e9];
/** Shuffled bytes of the largest stage that a partition is to have: between those of 100,000 documents and of a million. */
const PARTITION = 128e6;
const LARGEST = 'overlap';

interface Run {
  machine: { cpu: string };
  corpus: string;
  documents: number;
  workers: number;
  cpuSeconds: number;
  stages: { stage: string; shuffleBytes: number; spilledBytes: number; peakTaskBytes: number }[];
}

const largest = ({ stages }: Run) => stages.find(({ stage }) => stage === LARGEST) as Run['stages'][number];
/** Bytes of the largest stage in each of its partitions, which were as many as benchmarks/spark/cost.ts asks for. */
const partition = (run: Run) => largest(run).shuffleBytes / Math.max(16, Math.ceil(run.documents / 10_000));

const shuffled = ({ stages }: Run) => stages.reduce((sum, stage) => sum + stage.shuffleBytes, 0);

export async function main(): Promise<void> {
  const { runs } = JSON.parse(readFileSync('benchmarks/results/spark.json', 'utf8')) as { runs: Run[] };
  const points = runs.filter(({ corpus, workers }) => corpus === 'made' && workers === 2);
  if (new Set(points.map(({ documents }) => documents)).size < 2)
    throw new Error('results/spark.json must hold runs of two sizes at least');
  // Bytes are the same on any machine: of each size the last.
  const sizes = [...new Map(points.map((run) => [run.documents, run])).values()];
  const shuffle = power(sizes.map((run) => [run.documents, shuffled(run)]));
  const stage = power(sizes.map((run) => [run.documents, largest(run).shuffleBytes]));
  // Below some tens of megabytes a task has its first pages and no more.
  const full = sizes.filter((run) => partition(run) > PARTITION / 2);
  const times = Math.max(...full.map((run) => largest(run).peakTaskBytes / partition(run)));
  const widest = sizes.reduce((most, run) => (run.documents > most.documents ? run : most));
  const least = shuffled(widest) / widest.documents;
  console.log(
    `shuffle: ${shuffle.factor.toFixed(0)} bytes times the documents to the power of ${shuffle.exponent.toFixed(3)}`,
  );
  console.log(
    `${LARGEST}: ${stage.factor.toFixed(0)} bytes to the power of ${stage.exponent.toFixed(3)}; a task takes ${times.toFixed(1)} times its partition at most`,
  );
  console.table(
    sizes.map((run) => {
      const { documents, stages } = run;
      const most = stages.reduce((one, other) => (other.peakTaskBytes > one.peakTaskBytes ? other : one));
      return {
        documents,
        'shuffle B/doc': Math.round(shuffled(run) / documents),
        model: Math.round(shuffle.factor * documents ** (shuffle.exponent - 1)),
        'spilled MB': (stages.reduce((sum, stage) => sum + stage.spilledBytes, 0) / 1e6).toFixed(0),
        'largest task MB': (most.peakTaskBytes / 1e6).toFixed(0),
        of: most.stage,
        [`${LARGEST} B/doc`]: Math.round(largest(run).shuffleBytes / documents),
        'its model': Math.round(stage.factor * documents ** (stage.exponent - 1)),
        'MB a partition': (partition(run) / 1e6).toFixed(0),
        'MB a task of it': (largest(run).peakTaskBytes / 1e6).toFixed(0),
      };
    }),
  );
  for (const name of new Set(points.map(({ machine }) => machine.cpu))) {
    const own = points.filter(({ machine }) => machine.cpu === name);
    const [first] = own as [Run];
    const cpu =
      own.length < 2
        ? { fixed: 0, each: first.cpuSeconds / first.documents }
        : line(own.map(({ documents, cpuSeconds }) => [documents, cpuSeconds]));
    console.log(`\n${name}: ${cpu.fixed.toFixed(0)} s of CPU and ${(1e3 * cpu.each).toFixed(2)} ms a document`);
    console.table(
      own.map(({ documents, cpuSeconds }) => ({
        documents,
        'CPU s': cpuSeconds.toFixed(0),
        model: (cpu.fixed + cpu.each * documents).toFixed(0),
      })),
    );
    console.table(
      SIZES.map((documents) => {
        const hours = (cpu.fixed + cpu.each * documents) / 3600;
        return {
          documents,
          'core hours': Math.round(hours),
          'shuffle TB, least': ((least * documents) / 1e12).toFixed(2),
          'by the power': ((shuffle.factor * documents ** shuffle.exponent) / 1e12).toFixed(2),
          'partitions, least': Math.ceil((largest(widest).shuffleBytes / widest.documents / PARTITION) * documents),
          ' by the power': Math.ceil((stage.factor * documents ** stage.exponent) / PARTITION),
          'largest task MB': ((times * PARTITION) / 1e6).toFixed(0),
          [`executors of ${CORES} cores for 8 hours`]: Math.ceil(hours / 8 / CORES),
        };
      }),
    );
  }
}

/** The line through points that is nearest to them by squares, relative to their height, so that small runs count too. */
function line(points: readonly (readonly [number, number])[]): { fixed: number; each: number } {
  let [sw, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  for (const [x, y] of points) {
    const w = 1 / y ** 2;
    sw += w;
    sx += w * x;
    sy += w * y;
    sxx += w * x * x;
    sxy += w * x * y;
  }
  const each = (sw * sxy - sx * sy) / (sw * sxx - sx * sx);
  return { each, fixed: (sy - each * sx) / sw };
}

/** The power law that is nearest to points by squares of their logarithms. */
function power(points: readonly (readonly [number, number])[]): { factor: number; exponent: number } {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (of: (at: readonly [number, number]) => number) =>
    logs.reduce((sum, at) => sum + of(at), 0) / logs.length;
  const [x, y] = [mean(([u]) => u), mean(([, v]) => v)];
  const exponent = mean(([u, v]) => (u - x) * (v - y)) / mean(([u]) => (u - x) ** 2);
  return { exponent, factor: Math.exp(y - exponent * x) };
}

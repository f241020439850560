/**
 * What larger runs would take, from the runs that were measured: `npm run bench:spark -- reckon`, of those of made corpora on two workers in
 * results/spark.json. CPU seconds are taken as a fixed part and a part for each document, machine by machine, fitted by least squares; where
 * a machine has one size, in proportion. Bytes shuffled grow faster than documents, since a document shares keys with more of the others: they are
 * taken as a power of their number, which is too much once most documents have the hundred partners that are kept of each; as many for a document as
 * in the largest run is too little. It prints how far the runs are from all of that, and the memory of the largest task.
 */
import { readFileSync } from 'node:fs';

/** Cores and memory that an executor of the table has. */
const CORES = 8;
const SIZES = [10e6, 100e6, 1e9];

interface Run {
  machine: { cpu: string };
  corpus: string;
  documents: number;
  workers: number;
  cpuSeconds: number;
  stages: { stage: string; shuffleBytes: number; spilledBytes: number; peakTaskBytes: number }[];
}

const shuffled = ({ stages }: Run) => stages.reduce((sum, stage) => sum + stage.shuffleBytes, 0);

export async function main(): Promise<void> {
  const { runs } = JSON.parse(readFileSync('benchmarks/results/spark.json', 'utf8')) as { runs: Run[] };
  const points = runs.filter(({ corpus, workers }) => corpus === 'made' && workers === 2);
  if (new Set(points.map(({ documents }) => documents)).size < 2)
    throw new Error('results/spark.json must hold runs of two sizes at least');
  const shuffle = power(points.map((run) => [run.documents, shuffled(run)]));
  const widest = points.reduce((most, run) => (run.documents > most.documents ? run : most));
  const least = shuffled(widest) / widest.documents;
  console.log(
    `shuffle: ${shuffle.factor.toFixed(0)} bytes times the documents to the power of ${shuffle.exponent.toFixed(3)}`,
  );
  console.table(
    points.map((run) => {
      const { documents, stages } = run;
      const largest = stages.reduce((most, stage) => (stage.peakTaskBytes > most.peakTaskBytes ? stage : most));
      return {
        documents,
        'shuffle B/doc': Math.round(shuffled(run) / documents),
        model: Math.round(shuffle.factor * documents ** (shuffle.exponent - 1)),
        'spilled MB': (stages.reduce((sum, stage) => sum + stage.spilledBytes, 0) / 1e6).toFixed(0),
        'largest task MB': (largest.peakTaskBytes / 1e6).toFixed(0),
        of: largest.stage,
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

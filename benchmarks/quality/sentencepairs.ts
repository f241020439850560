/**
 * `detector.similarity` on pairs of sentences that people labelled.
 *
 *     npm run eval -- msrp <data folder> [--every n] [--json file] [--svg file] [--gate file]
 *     npm run eval -- paws <data folder> [the same]
 *
 * msrp: sentences of news, 5,801 pairs of one event of which two thirds are paraphrases (Dolan and Brockett 2005); accuracy and F1, the
 * threshold of each fifth of the pairs fitted on the others. paws: pairs of the same words, swapped or not (Zhang, Baldridge and
 * He 2019); the area under the ROC curve.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { areaUnderRoc, type LabelledScore, pointAt, precisionRecall } from '../../src/calibrate/curve.js';
import { calibrate, renderCalibration } from '../../src/calibrate/index.js';
import { createDetector } from '../../src/index.js';
import { evalOptions, gate, record } from './options.js';

/** Parts of the pairs, each measured with a threshold fitted on the others. */
const FOLDS = 5;

/** What the evaluation found. */
export interface SentencePairsResult {
  every: number;
  pairs: number;
  same: number;
  auc: number;
  /** With thresholds fitted on other pairs, for the best accuracy. */
  accuracy: number;
  f1: number;
  thresholds: number[];
  /** With a threshold of 0.5. */
  even: { accuracy: number; f1: number };
  pairsPerSecond: number;
}

interface Labelled {
  a: string;
  b: string;
  same: boolean;
}

/** The pairs of a data set. */
const READERS: Record<string, (data: string) => Labelled[]> = {
  msrp: (data) =>
    rows(join(data, 'msrp', 'train.tsv')).map(([quality, , , a, b]) => ({
      a: a as string,
      b: b as string,
      same: quality === '1',
    })),
  paws: (data) =>
    rows(join(data, 'paws', 'dev.tsv')).map(([, a, b, label]) => ({
      a: a as string,
      b: b as string,
      same: label === '1',
    })),
};

/** Rows of a tab-separated file without quoting; a head and a byte-order mark are left out. */
function rows(file: string): string[][] {
  const lines = readFileSync(file, 'utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/);
  return lines.filter((line) => /^\d+\t/.test(line)).map((line) => line.split('\t'));
}

/** Scores every n-th pair. */
async function score(
  name: string,
  data: string,
  every: number,
): Promise<{ labelled: LabelledScore[]; seconds: number }> {
  const detector = await createDetector();
  const pairs = (READERS[name] as (typeof READERS)[string])(data).filter((_, n) => n % every === 0);
  const begun = performance.now();
  const labelled = pairs.map(({ a, b, same }) => ({ score: detector.similarity(a, b), same }));
  return { labelled, seconds: (performance.now() - begun) / 1000 };
}

/** Accuracy and F1, each fifth with the threshold that is most accurate on the others. */
function folded(labelled: readonly LabelledScore[]) {
  const thresholds: number[] = [];
  let [right, found, correct] = [0, 0, 0];
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = labelled.filter((_, n) => n % FOLDS !== fold);
    const all = others.filter(({ same }) => same).length;
    const best = precisionRecall(others).reduce((x, y) =>
      hits(y, others.length, all) > hits(x, others.length, all) ? y : x,
    );
    thresholds.push(best.threshold);
    for (const { score, same } of labelled.filter((_, n) => n % FOLDS === fold)) {
      const is = score >= best.threshold;
      if (is) found++;
      if (is && same) right++;
      if (is === same) correct++;
    }
  }
  const same = labelled.filter((pair) => pair.same).length;
  return { accuracy: correct / labelled.length, f1: (2 * right) / (found + same), thresholds };
}

/** Pairs on the right side of a threshold. */
function hits({ found, right }: { found: number; right: number }, pairs: number, same: number): number {
  return right + (pairs - same) - (found - right);
}

/** Evaluates one of the data sets from the command line. */
async function run(name: 'msrp' | 'paws', args: readonly string[]): Promise<void> {
  const { data, every, option } = evalOptions(name, args);
  const { labelled, seconds } = await score(name, data, every);
  const same = labelled.filter((pair) => pair.same).length;
  const even = pointAt(labelled, 0.5);
  const result: SentencePairsResult = {
    every,
    pairs: labelled.length,
    same,
    auc: areaUnderRoc(labelled),
    ...folded(labelled),
    even: { accuracy: hits(even, labelled.length, same) / labelled.length, f1: even.f1 },
    pairsPerSecond: labelled.length / seconds,
  };
  console.log(`${result.pairs} pairs, ${same} the same: AUC ${result.auc.toFixed(4)}`);
  console.log(
    `thresholds fitted on other pairs (${result.thresholds.map((t) => t.toFixed(3)).join(', ')}): accuracy ${result.accuracy.toFixed(4)}, F1 ${result.f1.toFixed(4)}`,
  );
  console.log(`threshold 0.5: accuracy ${result.even.accuracy.toFixed(4)}, F1 ${result.even.f1.toFixed(4)}`);
  console.log(
    `all called the same: accuracy ${(same / result.pairs).toFixed(4)}, F1 ${((2 * same) / (result.pairs + same)).toFixed(4)}; ${result.pairsPerSecond.toFixed(0)} pairs/s`,
  );
  record(option('--json'), result);
  const svg = option('--svg');
  if (svg !== undefined) writeFileSync(svg, renderCalibration(await calibrate(labelled)));
  gate(option('--gate'), result, (now, recorded) => [
    { name: 'AUC', now: now.auc, before: recorded.auc, slack: 0.01 },
    { name: 'accuracy', now: now.accuracy, before: recorded.accuracy, slack: 0.01 },
    { name: 'F1', now: now.f1, before: recorded.f1, slack: 0.01 },
  ]);
}

/** `npm run eval -- msrp` */
export const msrp = { main: (args: readonly string[]) => run('msrp', args) };
/** `npm run eval -- paws` */
export const paws = { main: (args: readonly string[]) => run('paws', args) };

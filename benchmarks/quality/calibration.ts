/**
 * Whether the scores of sentence pairs are probabilities: of pairs scored p, what share is true?
 *
 *     npm run eval -- calibration <data folder> [--every n] [--json file] [--svg file] [--gate file]
 *
 * On `rewrites` and `independent`. `reported`: the pairs that `compare` reports, by its shipped weights, which were fitted on these
 * stories. `held out`: every pair of sentences of a rewrite or report and the source, by weights fitted on other stories (benchmarks/fit). `retold`: the same
 * of rewrites alone, by the weights for documents of which it is known that one retells the other. The picture is of those held out, and so is the gate.
 */
import { writeFileSync } from 'node:fs';
import type { LabelledScore } from '../../src/calibrate/curve.js';
import { calibrate, type ReliabilityBin, renderCalibration } from '../../src/calibrate/index.js';
import { reliability } from '../../src/calibrate/reliability.js';
import { createDetector } from '../../src/index.js';
import { load } from '../../src/lexicon/en.js';
import { makeSamples } from '../fit/samples.js';
import { heldOut } from '../fit/scorer.js';
import { evalOptions, gate, record } from './options.js';
import { readStories } from './rewrites.js';
import { tellSame } from './sentencegold.js';

const KINDS = ['light', 'medium', 'heavy', 'digest', 'independent'];
/** Pairs that a tenth of the scale needs to say something. */
const ENOUGH = 30;
const RIDGE = 1;

/** What the evaluation found. */
export interface CalibrationResult {
  every: number;
  /** Largest distance of a tenth's mean score from the share that is true, where it has enough pairs. */
  reported: { pairs: number; off: number; bins: ReliabilityBin[] };
  heldOut: { pairs: number; off: number; bins: ReliabilityBin[] };
  retold: { pairs: number; off: number; bins: ReliabilityBin[] };
}

/** The pairs that `compare` reports of one story in `every`, against the gold. */
async function reportedPairs(data: string, every: number): Promise<LabelledScore[]> {
  const detector = await createDetector();
  const out: LabelledScore[] = [];
  for (const story of readStories(data).filter((_, n) => n % every === 0)) {
    for (const rewrite of story.rewrites)
      for (const { sentences } of detector.compare(rewrite.text, story.source.text).passages)
        for (const { a, b, score } of sentences) {
          const same = tellSame(rewrite, a, story.source, b);
          if (same !== undefined) out.push({ score, same });
        }
    for (const report of story.independent)
      for (const { sentences } of detector.compare(report, story.source.text).passages)
        for (const { score } of sentences) out.push({ score, same: false });
  }
  return out;
}

/** All pairs of sentences of rewrites, reports and their sources, scored by weights that were fitted on other stories. */
async function heldOutPairs(
  data: string,
  every: number,
): Promise<Readonly<Record<'asked' | 'retold', LabelledScore[]>>> {
  const samples = await makeSamples(data, await load());
  const held = heldOut(samples, RIDGE);
  const by = (of: 'asked' | 'retold', kinds: readonly string[]) =>
    samples
      .filter(({ kind, story }) => kinds.includes(kind) && story % every === 0)
      .flatMap((sample) =>
        [...(held.get(sample)?.[of] ?? [])].flatMap((score, e) =>
          sample.counts[e] ? [{ score, same: sample.y[e] === 1 }] : [],
        ),
      );
  return { asked: by('asked', KINDS), retold: by('retold', KINDS.slice(0, -1)) };
}

function described(labelled: readonly LabelledScore[]) {
  const bins = reliability(labelled);
  const off = Math.max(...bins.filter(({ pairs }) => pairs >= ENOUGH).map(({ mean, share }) => Math.abs(mean - share)));
  return { pairs: labelled.length, off, bins };
}

/** Runs from the command line. */
export async function main(args: readonly string[]): Promise<void> {
  const { data, every, option } = evalOptions('calibration', args);
  const held = await heldOutPairs(data, every);
  const result: CalibrationResult = {
    every,
    reported: described(await reportedPairs(data, every)),
    heldOut: described(held.asked),
    retold: described(held.retold),
  };
  for (const [name, { pairs, off, bins }] of Object.entries({
    'held out': result.heldOut,
    'held out, known to be retold': result.retold,
    reported: result.reported,
  })) {
    console.log(`${name}: ${pairs} pairs of sentences, at most ${off.toFixed(3)} off in a tenth with ${ENOUGH} pairs`);
    for (const { from, to, pairs: n, mean, share, low, high } of bins)
      console.log(
        `  ${from.toFixed(1)} to ${to.toFixed(1)}  ${String(n).padStart(6)} pairs  mean ${mean.toFixed(3)}  true ${share.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`,
      );
  }
  record(option('--json'), result);
  const svg = option('--svg');
  if (svg !== undefined) writeFileSync(svg, renderCalibration(await calibrate(held.asked, { of: 'sentences' })));
  gate(option('--gate'), result, (now, recorded) => [
    { name: 'tenths held out', now: 1 - now.heldOut.off, before: 1 - recorded.heldOut.off, slack: 0.02 },
    { name: 'tenths reported', now: 1 - now.reported.off, before: 1 - recorded.reported.off, slack: 0.02 },
  ]);
}

/**
 * Rewritten news against its sources, and independent reports of the same events against them: sentence pairs and
 * relations at the default settings. The scorer was fitted on these stories; benchmarks/fit/sentences.ts gives the
 * held-out figures of its sentence pairs.
 *
 *     npm run eval -- rewrites <data folder> [--encoder [model folder]] [--json file] [--gate file]
 *
 * `--gate` fails where the sentence pairs of a level are found less well than in the file, fewer rewrites are found at all, or more independent
 * reports are taken for one.
 *
 * With `--encoder` also what `detect` reports with a sentence encoder and without: all-MiniLM-L6-v2, made on first use, or the model of
 * a folder in the layout of @huggingface/transformers.
 */
import { createDetector } from '../../src/index.js';
import type { Comparison } from '../../src/types.js';
import { MODEL, openEncoder, prepareModel } from '../encoder/model.js';
import { describeEncoder, evaluateEncoder } from './encoded.js';
import { evalOptions, gate, type Held, record } from './options.js';
import { readStories } from './rewrites.js';
import { addCounts, countPairs, type PairCounts, quality } from './sentencegold.js';

/** What was found of the rewrites at one level of disguise. */
interface LevelResult {
  documents: number;
  /** Documents by their relation to the source. */
  relations: Record<string, number>;
  precision: number;
  recall: number;
  f1: number;
}

/** What the evaluation found, by level; of independent reports too, which have no sentence pairs. */
interface RewritesResult {
  every: number;
  levels: Record<string, LevelResult>;
  pairsPerSecond: number;
}

/** What an F1 may fall by, and how many documents in sixty may change sides: a figure of sixty stories moves by as much for nothing. */
const SLACK_F1 = 0.01;
const SLACK_DOCUMENTS = 1 / 60;

/** Compares every rewrite and every independent report with its source. */
export async function evaluateRewrites(data: string): Promise<RewritesResult> {
  const detector = await createDetector();
  const tallies = new Map<string, { documents: number; relations: Record<string, number>; pairs: PairCounts }>();
  const tally = (level: string) => {
    const known = tallies.get(level) ?? { documents: 0, relations: {}, pairs: { found: 0, right: 0, gold: 0 } };
    tallies.set(level, known);
    return known;
  };
  let seconds = 0;
  let compared = 0;
  const compare = (a: string, b: string, level: string): Comparison => {
    const begun = performance.now();
    const comparison = detector.compare(a, b);
    seconds += (performance.now() - begun) / 1000;
    compared++;
    const entry = tally(level);
    entry.documents++;
    entry.relations[comparison.relation] = (entry.relations[comparison.relation] ?? 0) + 1;
    return comparison;
  };
  for (const story of readStories(data)) {
    for (const rewrite of story.rewrites) {
      const { passages } = compare(rewrite.text, story.source.text, rewrite.level);
      const pairs = passages.flatMap((passage) => passage.sentences);
      addCounts(tally(rewrite.level).pairs, countPairs(rewrite, story.source, pairs));
    }
    for (const report of story.independent) compare(report, story.source.text, 'independent');
  }
  const levels = Object.fromEntries(
    [...tallies].map(([level, { pairs, ...counts }]) => [level, { ...counts, ...quality(pairs) }]),
  );
  return { every: 1, levels, pairsPerSecond: compared / seconds };
}

/** Runs from the command line. */
export async function main(args: readonly string[]): Promise<void> {
  const { data, every, option } = evalOptions('rewrites', args, ' [--encoder [model folder]]');
  if (every !== 1) throw new Error('rewrites are all looked at: there is no --every');
  const result = await evaluateRewrites(data);
  for (const [level, r] of Object.entries(result.levels)) {
    const relations = Object.entries(r.relations)
      .map(([relation, n]) => `${n} ${relation}`)
      .join(', ');
    const sentences =
      level === 'independent'
        ? ''
        : `sentences: P ${r.precision.toFixed(3)} R ${r.recall.toFixed(3)} F1 ${r.f1.toFixed(3)}  `;
    console.log(`${level.padEnd(12)} ${sentences}${r.documents} documents: ${relations}`);
  }
  console.log(`${result.pairsPerSecond.toFixed(0)} pairs/s`);
  let encoder: Awaited<ReturnType<typeof evaluateEncoder>> | undefined;
  if (args.includes('--encoder')) {
    const named = option('--encoder');
    const model = named === undefined || named.startsWith('--') ? MODEL : named;
    // Of a model of the caller's only what runs it is missing.
    await prepareModel(model === MODEL);
    encoder = await evaluateEncoder(data, await openEncoder(model));
    console.log(`\n${describeEncoder(encoder)}`);
  }
  record(option('--json'), encoder === undefined ? result : { ...result, encoder });
  gate(option('--gate'), result, held);
}

function held({ levels }: RewritesResult, recorded: RewritesResult): Held[] {
  return Object.entries(recorded.levels).flatMap(([level, before]) => {
    const now = levels[level] as LevelResult;
    if (level === 'independent')
      return [
        {
          name: 'independent reports left alone',
          now: unrelated(now),
          before: unrelated(before),
          slack: SLACK_DOCUMENTS,
        },
      ];
    return [
      { name: `F1 of ${level}`, now: now.f1, before: before.f1, slack: SLACK_F1 },
      { name: `${level} found`, now: 1 - unrelated(now), before: 1 - unrelated(before), slack: SLACK_DOCUMENTS },
    ];
  });
}

function unrelated({ documents, relations }: LevelResult): number {
  return (relations.unrelated ?? 0) / documents;
}

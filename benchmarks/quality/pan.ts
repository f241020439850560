/**
 * Quality and speed of `compare` on a PAN text-alignment corpus.
 *
 *     npm run eval -- pan <corpus folder> [--every n] [--json file] [--gate file]
 *
 * `--gate` fails when the result falls short of the one in the file, which `--json` recorded: plagdet by more than
 * 0.005, or clean pairs with detections where it had fewer.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createDetector } from '../../src/index.js';
import { codePoints, readPan, readPanText, SUBSETS } from './pancorpus.js';
import { type PassageCase, type Plagdet, plagdet } from './plagdet.js';

/** What the evaluation found. */
export interface PanResult {
  every: number;
  overall: Plagdet;
  subsets: Record<string, Plagdet>;
  cleanPairsWithDetections: number;
  cleanPairs: number;
  pairsPerSecond: number;
}

/** Compares every n-th pair of the corpus and measures the passages found. */
export async function evaluatePan(
  root: string,
  every = 1,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<PanResult> {
  const detector = await createDetector();
  const pairs = readPan(root).filter((_, i) => i % every === 0);
  const found = new Map<string, { cases: PassageCase[]; detections: PassageCase[] }>(
    SUBSETS.map((s) => [s, { cases: [], detections: [] }]),
  );
  const touchedClean = new Set<string>();
  let seconds = 0;
  pairs.forEach((pair, n) => {
    const suspicious = readPanText(root, 'susp', pair.suspicious);
    const source = readPanText(root, 'src', pair.source);
    const begun = performance.now();
    const { passages } = detector.compare(suspicious, source);
    seconds += (performance.now() - begun) / 1000;
    const points = [codePoints(suspicious), codePoints(source)] as const;
    const entry = found.get(pair.subset) as { cases: PassageCase[]; detections: PassageCase[] };
    entry.cases.push(...pair.cases);
    for (const { a, b } of passages) {
      entry.detections.push({
        pair: pair.pair,
        suspicious: [points[0](a.start), points[0](a.end)],
        source: [points[1](b.start), points[1](b.end)],
      });
    }
    if (pair.cases.length === 0 && passages.length > 0) touchedClean.add(pair.pair);
    if (n % 50 === 0) onProgress(n, pairs.length);
  });
  const all = [...found.values()];
  return {
    every,
    overall: plagdet(
      all.flatMap((s) => s.cases),
      all.flatMap((s) => s.detections),
    ),
    subsets: Object.fromEntries([...found].map(([name, s]) => [name, plagdet(s.cases, s.detections)])),
    cleanPairsWithDetections: touchedClean.size,
    cleanPairs: pairs.filter((p) => p.cases.length === 0).length,
    pairsPerSecond: pairs.length / seconds,
  };
}

/** Runs from the command line. */
export async function main(args: readonly string[]): Promise<void> {
  const root = args.find((a) => !a.startsWith('--') && args[args.indexOf(a) - 1]?.startsWith('--') !== true);
  const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  if (root === undefined)
    throw new Error('usage: npm run eval -- pan <corpus folder> [--every n] [--json file] [--gate file]');
  const every = Number(option('--every') ?? 1);
  if (!Number.isInteger(every) || every < 1) throw new Error(`--every must be a whole number from 1 on, got ${every}`);
  const result = await evaluatePan(root, every, (done, total) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total} pairs`);
  });
  const row = (name: string, m: Plagdet) =>
    console.log(
      name.padEnd(28),
      m.plagdet.toFixed(4),
      ' R',
      m.recall.toFixed(3),
      ' P',
      m.precision.toFixed(3),
      ' G',
      m.granularity.toFixed(3),
      ` ${m.cases} cases, ${m.detections} detections`,
    );
  for (const [name, m] of Object.entries(result.subsets)) row(name, m);
  row('all', result.overall);
  console.log(
    `pairs without a case with a detection: ${result.cleanPairsWithDetections} of ${result.cleanPairs} (${result.subsets['01-no-plagiarism']?.detections ?? 0} detections among those without plagiarism); ${result.pairsPerSecond.toFixed(0)} pairs/s`,
  );
  const json = option('--json');
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
  const gate = option('--gate');
  if (gate !== undefined) check(result, JSON.parse(readFileSync(gate, 'utf8')) as PanResult);
}

/** What plagdet may fall by: the measure moves by as much when a handful of borders does. */
const SLACK = 0.005;

function check(result: PanResult, recorded: PanResult): void {
  if (result.every !== recorded.every)
    throw new Error(`the record is of every ${recorded.every}th pair, the result of every ${result.every}th`);
  if (result.overall.plagdet < recorded.overall.plagdet - SLACK)
    throw new Error(`plagdet fell from ${recorded.overall.plagdet.toFixed(4)} to ${result.overall.plagdet.toFixed(4)}`);
  if (result.cleanPairsWithDetections > recorded.cleanPairsWithDetections)
    throw new Error(
      `${result.cleanPairsWithDetections} clean pairs have detections, ${recorded.cleanPairsWithDetections} had`,
    );
  console.log(`holds: plagdet ${recorded.overall.plagdet.toFixed(4)} is on record`);
}

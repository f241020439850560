/**
 * How much the settings of passages owe to the pairs that they were chosen on: plagdet of the blocks with the settings in
 * use, and five-fold cross-validated, where for each fifth of the corpus the settings are chosen on the other four.
 *
 *     npx tsx benchmarks/fit/blocks.ts <PAN corpus folder> [--every n] [--json file]
 */
import { writeFileSync } from 'node:fs';
import { BLOCK_SETTINGS, type BlockSettings, findBlocks } from '../../src/align/blocks.js';
import type { Block } from '../../src/align/borders.js';
import { similarityMatrix } from '../../src/align/similarity.js';
import { pairVectors } from '../../src/align/vectors.js';
import { type AnalysedText, analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import { codePoints, type PanPair, readPan, readPanText } from '../quality/pancorpus.js';
import { type PassageCase, plagdet } from '../quality/plagdet.js';

const FOLDS = 5;
/** Each setting by itself, a step down and a step up. */
const STEPS: { readonly [K in keyof BlockSettings]: readonly number[] } = {
  seedCosine: [0.17, 0.23],
  seedReach: [3, 5],
  leastScore: [28, 40],
  leastDensity: [0.2, 0.45],
  copied: [0.8, 0.94],
};

/** What each variant of the settings finds in one fold. */
interface Tally {
  readonly cases: PassageCase[];
  readonly detections: PassageCase[];
}

/** The settings in use, then the variants that differ in one. */
function variants(): BlockSettings[] {
  const names = Object.keys(STEPS) as (keyof BlockSettings)[];
  return [
    BLOCK_SETTINGS,
    ...names.flatMap((name) => STEPS[name].map((value) => ({ ...BLOCK_SETTINGS, [name]: value }))),
  ];
}

function detections(pair: PanPair, a: AnalysedText, b: AnalysedText, blocks: readonly Block[]): PassageCase[] {
  const [pointA, pointB] = [codePoints(a.text), codePoints(b.text)];
  const ends = (doc: AnalysedText, from: number, to: number, point: (offset: number) => number): [number, number] => [
    point(doc.termSpans[2 * from] as number),
    point(doc.termSpans[2 * to - 1] as number),
  ];
  return blocks.map(({ fromA, toA, fromB, toB }) => ({
    pair: pair.pair,
    suspicious: ends(a, fromA, toA, pointA),
    source: ends(b, fromB, toB, pointB),
  }));
}

function score(tallies: readonly Tally[]): number {
  return plagdet(
    tallies.flatMap((t) => t.cases),
    tallies.flatMap((t) => t.detections),
  ).plagdet;
}

const args = process.argv.slice(2);
const root = args[0];
if (root === undefined || root.startsWith('--'))
  throw new Error('usage: npx tsx benchmarks/fit/blocks.ts <PAN corpus folder> [--every n] [--json file]');
const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const every = Number(option('--every') ?? 1);
const table = new TermTable(await loadLanguage('en'));
const settings = variants();
const tallies: Tally[][] = settings.map(() => Array.from({ length: FOLDS }, () => ({ cases: [], detections: [] })));
const pairs = readPan(root).filter((_, n) => n % every === 0);
pairs.forEach((pair, n) => {
  const a = analyse(readPanText(root, 'susp', pair.suspicious), table);
  const b = analyse(readPanText(root, 'src', pair.source), table);
  const vectors = pairVectors(a, b);
  const matrix = similarityMatrix(vectors);
  settings.forEach((setting, v) => {
    const tally = tallies[v]?.[n % FOLDS] as Tally;
    tally.cases.push(...pair.cases);
    tally.detections.push(...detections(pair, a, b, findBlocks(vectors, matrix, setting)));
  });
  if (process.stderr.isTTY && n % 50 === 0) process.stderr.write(`\r${n} of ${pairs.length} pairs`);
});

settings.forEach((setting, v) => {
  const changed = (Object.keys(STEPS) as (keyof BlockSettings)[]).filter((k) => setting[k] !== BLOCK_SETTINGS[k]);
  const name = changed.map((k) => `${k} ${setting[k]}`).join(', ') || 'in use';
  console.log(name.padEnd(20), score(tallies[v] as Tally[]).toFixed(4));
});
const chosen = Array.from({ length: FOLDS }, (_, fold) => {
  const without = settings.map((_, v) => score((tallies[v] as Tally[]).filter((_, f) => f !== fold)));
  return without.indexOf(Math.max(...without));
});
const held = score(chosen.map((v, fold) => tallies[v]?.[fold] as Tally));
const fitted = Math.max(...settings.map((_, v) => score(tallies[v] as Tally[])));
console.log('best of these on all pairs:', fitted.toFixed(4));
console.log('five-fold cross-validated: ', held.toFixed(4));
const json = option('--json');
if (json !== undefined)
  writeFileSync(
    json,
    `${JSON.stringify({ every, pairs: pairs.length, inUse: score(tallies[0] as Tally[]), fitted, crossValidated: held }, null, 2)}\n`,
  );

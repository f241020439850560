/**
 * Fits the scorer of sentences out of context (src/align/alone.ts) and prints its weights, with its quality on fifths it was not fitted on.
 *
 *     npx tsx benchmarks/fit/alone.ts <data folder> [--words] [--json file]
 *
 * From the Microsoft Research paraphrase corpus, PAWS, and the labelled rewrites: each rewritten sentence that carries one sentence of
 * its source with that one, and with the two others that share the most words.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALONE_FEATURES, aloneFeatures } from '../../src/align/alone.js';
import { load } from '../../src/lexicon/en.js';
import { knownWords } from '../../src/lexicon/known.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import { readStories } from '../quality/rewrites.js';
import { fitLogistic, probability } from './logistic.js';

interface Example {
  kind: string;
  fold: number;
  same: boolean;
  features: number[];
}

const K = ALONE_FEATURES.length;
const FOLDS = 5;
const RIDGE = 1;
/** PAWS counts little: swapping words until a sentence says something else is rarer than its pairs are. */
const WEIGHTS: Readonly<Record<string, number>> = {
  msrp: 1,
  paws: 0.05,
  light: 0.3,
  medium: 0.3,
  heavy: 0.1,
  digest: 0,
};

const data = process.argv[2];
if (data === undefined || data.startsWith('--')) {
  console.error('usage: npx tsx benchmarks/fit/alone.ts <data folder> [--words] [--json file]');
  process.exit(2);
}
const lexicon = process.argv.includes('--words') ? undefined : await load();
const table = new TermTable(await loadLanguage('en'));
const examples = [
  ...readPairs('msrp/train.tsv', 'msrp', 0, 3),
  ...readPairs('paws/dev.tsv', 'paws', 3, 1),
  ...rewritten(),
];
const held = examples.map(() => 0);
for (let fold = 0; fold < FOLDS; fold++) {
  const model = fitAlone(examples.filter((example) => example.fold !== fold));
  examples.forEach((example, n) => {
    if (example.fold === fold) held[n] = probability(model, Float64Array.from(example.features), 0, K);
  });
}
const results = Object.fromEntries(Object.keys(WEIGHTS).map((kind) => [kind, quality(kind)]));
for (const [kind, { pairs, accuracy, f1, auc }] of Object.entries(results))
  console.log(
    `${kind.padEnd(8)} ${pairs} pairs: accuracy ${accuracy.toFixed(3)}, F1 ${f1.toFixed(3)}, AUC ${auc.toFixed(3)}`,
  );
const weights = fitAlone(examples);
const model = Object.fromEntries([...ALONE_FEATURES, 'intercept'].map((name, f) => [name, weights[f] as number]));
for (const [name, weight] of Object.entries(model)) console.log(`  ${name}: ${weight.toFixed(3)},`);
const at = process.argv.indexOf('--json');
if (at > 0) writeFileSync(process.argv[at + 1] as string, `${JSON.stringify({ heldOut: results, model }, null, 2)}\n`);

/** Sentences whose label stands in one column of a table, and they themselves in two that follow each other. */
function readPairs(file: string, kind: string, label: number, first: number): Example[] {
  return readFileSync(join(data as string, file), 'utf8')
    .split('\n')
    .slice(kind === 'msrp' ? 1 : 0)
    .map((line) => line.trim().split('\t'))
    .filter((cells) => /^[01]$/.test(cells[label] ?? ''))
    .map((cells, n) => ({
      kind,
      fold: n % FOLDS,
      same: cells[label] === '1',
      features: featuresOf(cells[first] as string, cells[first + 1] as string),
    }));
}

function rewritten(): Example[] {
  return readStories(data as string).flatMap(({ source, rewrites }, n) =>
    rewrites.flatMap(({ level, text, spans, from }) =>
      spans.flatMap(([start, end], s) => {
        const carried = from[s] as number[];
        if (carried.length !== 1 || carried[0] === 0) return [];
        const others = source.spans.slice(1).map(([p, q], k) => ({
          same: k + 1 === carried[0],
          features: featuresOf(text.slice(start, end), source.text.slice(p, q)),
        }));
        const right = others.filter(({ same }) => same);
        const wrong = others
          .filter(({ same }) => !same)
          .sort((x, y) => (y.features[0] as number) - (x.features[0] as number));
        return [...right, ...wrong.slice(0, 2)].map((other) => ({ kind: level, fold: n % FOLDS, ...other }));
      }),
    ),
  );
}

/** The features of two texts of a sentence each, whatever full stops are in them. */
function featuresOf(one: string, other: string): number[] {
  const [a, b] = [one, other].map((text) => {
    const content = analyse(text, table);
    const whole = {
      ...content,
      firstTerm: Uint32Array.of(0, content.termIds.length),
      sentences: Uint32Array.of(0, text.length),
    };
    return { content: whole, known: lexicon && knownWords(whole, lexicon) };
  });
  if (a === undefined || b === undefined) return [];
  return aloneFeatures(a.content, 0, b.content, 0, a.known, b.known);
}

function fitAlone(chosen: readonly Example[]): Float64Array {
  return fitLogistic(
    Float64Array.from(chosen.flatMap(({ features }) => features)),
    Uint8Array.from(chosen, ({ same }) => (same ? 1 : 0)),
    K,
    RIDGE,
    Float64Array.from(chosen, ({ kind }) => WEIGHTS[kind] as number),
  );
}

function quality(kind: string): { pairs: number; accuracy: number; f1: number; auc: number } {
  const of = examples
    .map((example, n) => ({ ...example, p: held[n] as number }))
    .filter((example) => example.kind === kind);
  const found = of.filter(({ p }) => p >= 0.5);
  const right = found.filter(({ same }) => same).length;
  const all = of.filter(({ same }) => same).length;
  // The area under the curve by ranks (Mann and Whitney 1947); ties are no issue among thousands of reals.
  const ranked = [...of].sort((x, y) => x.p - y.p);
  const ranks = ranked.reduce((sum, { same }, n) => sum + (same ? n + 1 : 0), 0);
  return {
    pairs: of.length,
    accuracy: of.filter(({ p, same }) => p >= 0.5 === same).length / of.length,
    f1: (2 * right) / (found.length + all),
    auc: (ranks - (all * (all + 1)) / 2) / (all * (of.length - all)),
  };
}

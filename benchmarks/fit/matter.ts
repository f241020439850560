/**
 * Fits whether two texts that are alike tell of one matter (src/relate/form.ts), and prints the weights with how many of each kind are kept
 * at the log-odds below which one in a hundred rewrites and updates is, each judged by a model that was fitted without its story.
 *
 *     npx tsx benchmarks/fit/matter.ts <data folder> [--words]
 *
 * Pairs are rewrites of the data folder with their sources, and pairs of the background that were looked at (documents-checked.json).
 */
import { alignDocuments } from '../../src/align/align.js';
import { createAnalyser } from '../../src/corpus/analyser.js';
import { DisjointSets } from '../../src/disjointsets.js';
import { load } from '../../src/lexicon/en.js';
import type { Lexicon } from '../../src/lexicon/lexicon.js';
import { type ComparableDocument, comparable } from '../../src/relate/document.js';
import { matterFeatures } from '../../src/relate/form.js';
import { NEAR_DUPLICATE } from '../../src/relate/relation.js';
import { exactResemblance } from '../../src/relate/shares.js';
import { resolveOptions } from '../../src/settings/options.js';
import { readChecked, readNewsroom } from '../quality/documents.js';
import { fitLogistic } from './logistic.js';
import { area } from './retellingmodel.js';

const FOLDS = 5;
const RIDGE = 0.1;
const LOST = [0.005, 0.01, 0.02, 0.05];

interface MatterPair {
  kind: 'rewrite' | 'same' | 'different';
  story: number;
  features: readonly number[];
}

const data = process.argv[2];
if (data === undefined || data.startsWith('--')) {
  console.error('usage: npx tsx benchmarks/fit/matter.ts <data folder> [--words]');
  process.exit(2);
}
const pairs = await readPairs(data, process.argv.includes('--words') ? undefined : await load());
const odds = new Map<MatterPair, number>();
for (let fold = 0; fold < FOLDS; fold++) {
  const weights = fitMatter(pairs.filter(({ story }) => story % FOLDS !== fold));
  for (const pair of pairs.filter(({ story }) => story % FOLDS === fold)) odds.set(pair, logOdds(pair, weights));
}
const of = (...kinds: MatterPair['kind'][]) =>
  pairs.filter(({ kind }) => kinds.includes(kind)).map((pair) => odds.get(pair) as number);
const told = of('rewrite', 'same').sort((x, y) => x - y);
console.log(`AUC held out: ${area(told, of('different')).toFixed(3)}`);
console.table(
  LOST.map((share) => {
    const least = told[Math.floor(share * told.length)] as number;
    const below = (kind: MatterPair['kind']) => {
      const all = of(kind);
      return `${all.filter((z) => z < least).length} of ${all.length}`;
    };
    return {
      'log-odds': least.toFixed(2),
      rewrites: below('rewrite'),
      same: below('same'),
      different: below('different'),
    };
  }),
);
console.log(Array.from(fitMatter(pairs), (weight) => weight.toFixed(2)).join(' '));

async function readPairs(folder: string, lexicon: Lexicon | undefined): Promise<MatterPair[]> {
  const { texts, rewrites } = readNewsroom(folder);
  const { same, different } = readChecked();
  const settings = resolveOptions({ languages: ['en'] });
  const analyser = await createAnalyser(settings, new Map(lexicon && [['en', lexicon]]));
  const numbers = new Map([...texts.keys()].map((id, n) => [id, n]));
  const stories = new DisjointSets(numbers.size);
  const known = new Map<string, ComparableDocument>();
  const read = (id: string) => {
    const doc =
      known.get(id) ??
      comparable(analyser({ id, text: texts.get(id) as string }), [], settings.shingleSize, settings.seed);
    known.set(id, doc);
    return doc;
  };
  const labelled: { kind: MatterPair['kind']; ids: readonly [string, string] }[] = [
    ...rewrites.map(({ source, id }) => ({ kind: 'rewrite' as const, ids: [source, id] as const })),
    ...same.map((ids) => ({ kind: 'same' as const, ids })),
    ...different.map((ids) => ({ kind: 'different' as const, ids })),
  ];
  const story = ([a]: readonly [string, string]) => stories.find(numbers.get(a) as number);
  for (const { ids } of labelled) stories.unite(numbers.get(ids[0]) as number, numbers.get(ids[1]) as number);
  return labelled.flatMap(({ kind, ids }) => {
    const [a, b] = [read(ids[0]), read(ids[1])];
    // What is the same but for a few words is asked for no facts.
    if (exactResemblance(a.shingleSet, b.shingleSet) >= NEAR_DUPLICATE) return [];
    const { matches } = alignDocuments(a.content, b.content, a.known, b.known);
    return [{ kind, story: story(ids), features: matterFeatures(a, b, matches) }];
  });
}

/** The weights, with as much weight on what is one story as on what is none. */
function fitMatter(some: readonly MatterPair[]): Float64Array {
  const k = some[0]?.features.length ?? 0;
  const y = Uint8Array.from(some, ({ kind }) => (kind === 'different' ? 0 : 1));
  const ones = y.reduce((sum, one) => sum + one, 0);
  const weights = Float64Array.from(y, (one) => some.length / 2 / (one === 1 ? ones : some.length - ones));
  return fitLogistic(Float64Array.from(some.flatMap(({ features }) => [...features])), y, k, RIDGE, weights);
}

function logOdds({ features }: MatterPair, weights: Float64Array): number {
  return features.reduce((z, x, f) => z + x * (weights[f] as number), weights[features.length] as number);
}

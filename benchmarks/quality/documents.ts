/**
 * Rewritten news among all of the data folder's: what `detect` finds of it, and how much of all that it reports is told twice.
 *
 *     npm run eval -- documents <data folder> [--every n] [--workers n] [--json file] [--gate file] [--pairs file]
 *
 * Recall: rewrites of `rewrites`, `l2r-news` and `onestop` reported as a rewrite or closer of their source. Precision: of all pairs that are
 * reported as a rewrite or closer, those of one story: a source and its rewrites; documents of the same words; and what the background
 * holds of updates and reprints, which were looked at one by one and are listed in `documents-checked.json` beside this file. A pair
 * that nobody looked at counts as wrong, and is counted by itself too. `--pairs` writes those for somebody to look at.
 *
 * `--every n` takes one rewrite in n with its source, and of what is neither one document in n.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DisjointSets } from '../../src/disjointsets.js';
import { detect } from '../../src/node/index.js';
import type { DocumentPair, SourceDocument } from '../../src/types.js';
import { evalOptions, gate, record } from './options.js';
import { readStories } from './rewrites.js';

/** A rewrite, and the document that it was made from. */
interface Rewrite {
  id: string;
  source: string;
  kind: string;
}

/** What the evaluation found. */
export interface DocumentsResult {
  every: number;
  documents: number;
  /** By kind: rewrites, and those found with their source as a rewrite or closer, as an excerpt of each other. */
  recall: Record<string, { rewrites: number; found: number; excerpts: number; share: number }>;
  /** All kinds together. */
  share: number;
  /** Of the pairs that are reported as a rewrite or closer. */
  precision: number;
  pairs: number;
  right: number;
  /** The same without pairs of documents of the same words. */
  precisionOfOthers: number;
  /** Pairs of the background that were looked at and are told twice or not, and that nobody looked at. */
  background: { same: number; different: number; notLookedAt: number };
  /** Precision by the words of the shorter text: of pairs of which both have at least so many. */
  byWords: { from: number; pairs: number; precision: number }[];
  excerpts: number;
  candidates: number;
  seconds: number;
  documentsPerSecond: number;
}

/** Pairs of background documents that somebody looked at, by ids. */
interface Checked {
  same: [a: string, b: string][];
  different: [a: string, b: string][];
}

/** Language models' texts that barely resemble what they were made from (see the data's README). */
const NOT_REWRITES = new Set([6, 69, 92, 136, 168].map((n) => `l2r/${n}/GPT-3-Turbo`));
/** Words of the shorter text by which the precision is told: briefs of a wire are forms that are filled again. */
const LENGTHS = [0, 50, 100, 200];
/** Holds the text of another article. */
const MISFILED = 'onestop/Royal-Baby/ele';

/** All documents of the data folder by id, and which were made from which. */
export function readNewsroom(data: string): { texts: Map<string, string>; rewrites: Rewrite[] } {
  const texts = new Map<string, string>();
  const rewrites: Rewrite[] = [];
  for (const topic of readdirSync(join(data, 'bbc-news'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  ))
    for (const file of readdirSync(join(data, 'bbc-news', topic.name)))
      texts.set(`${topic.name}/${file.replace('.txt', '')}`, read(join(data, 'bbc-news', topic.name, file)));
  for (const file of readdirSync(join(data, 'reuters')).filter((name) => name.endsWith('.sgm')))
    for (const match of readFileSync(join(data, 'reuters', file), 'latin1').matchAll(
      /NEWID="(\d+)"[\s\S]*?<BODY>([\s\S]*?)<\/BODY>/g,
    ))
      texts.set(`reuters/${match[1]}`, (match[2] as string).replaceAll('&lt;', '<').replaceAll('&amp;', '&'));
  for (const kind of ['human', 'GPT-4o', 'Llama-3-70B', 'GPT-3-Turbo'])
    for (const [n, text] of (JSON.parse(read(join(data, 'l2r-news', `${kind}.json`))) as string[]).entries()) {
      const id = `l2r/${n}/${kind}`;
      if (NOT_REWRITES.has(id)) continue;
      texts.set(id, text);
      if (kind !== 'human') rewrites.push({ id, source: `l2r/${n}/human`, kind });
    }
  for (const level of ['adv', 'int', 'ele'])
    for (const file of readdirSync(join(data, 'onestop', level))) {
      const story = `onestop/${file.replace('.txt', '')}`;
      const id = `${story}/${level}`;
      if (id === MISFILED) continue;
      texts.set(id, read(join(data, 'onestop', level, file)));
      if (level !== 'adv') rewrites.push({ id, source: `${story}/adv`, kind: `onestop ${level}` });
    }
  for (const story of readStories(data))
    for (const { level, text } of story.rewrites) {
      const id = `rewrites/${story.id}/${level}`;
      texts.set(id, text);
      rewrites.push({ id, source: story.id, kind: level });
    }
  return { texts, rewrites: rewrites.filter(({ source }) => texts.has(source)) };
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

/** Runs `detect` on one in `every` and counts what it finds. */
export async function evaluateDocuments(
  data: string,
  every: number,
  workers: number,
): Promise<{ result: DocumentsResult; doubtful: DocumentPair[] }> {
  const { texts, rewrites } = readNewsroom(data);
  const chosen = rewrites.filter((_, n) => n % every === 0);
  const partOfOne = new Set(rewrites.flatMap(({ id, source }) => [id, source]));
  const kept = new Set(chosen.flatMap(({ id, source }) => [id, source]));
  let n = 0;
  for (const id of texts.keys()) if (!partOfOne.has(id) && n++ % every === 0) kept.add(id);
  const documents: SourceDocument[] = [...kept].map((id) => ({ id, text: texts.get(id) as string }));
  const begun = performance.now();
  const report = await detect(documents, { workers });
  const seconds = (performance.now() - begun) / 1000;

  const reported = report.pairs.filter(({ relation }) => relation !== 'excerpt');
  const checked = readChecked();
  const truth = storiesOf(documents, rewrites, reported, checked);
  const different = new Set(checked.different.map(([a, b]) => keyOf(a, b)));
  const right = reported.filter(({ a, b }) => truth(a, b));
  const wrong = reported.filter(({ a, b }) => !truth(a, b));
  const words = new Map(report.documents.map((doc) => [doc.id, doc.words]));
  const found = new Map(report.pairs.map((pair) => [keyOf(pair.a, pair.b), pair.relation]));
  const kinds = [...new Set(chosen.map(({ kind }) => kind))];
  const recall = Object.fromEntries(
    kinds.map((kind) => {
      const relations = chosen.filter((r) => r.kind === kind).map(({ id, source }) => found.get(keyOf(id, source)));
      const excerpts = relations.filter((relation) => relation === 'excerpt').length;
      const told = relations.filter((relation) => relation !== undefined).length - excerpts;
      return [kind, { rewrites: relations.length, found: told, excerpts, share: told / relations.length }];
    }),
  );
  const isBackground = ({ a, b }: DocumentPair) => !partOfOne.has(a) && !partOfOne.has(b);
  const exact = right.filter(({ relation }) => relation === 'duplicate').length;
  const doubtful = wrong.filter(({ a, b }) => !different.has(keyOf(a, b)));
  return {
    result: {
      every,
      documents: documents.length,
      recall,
      share: Object.values(recall).reduce((sum, kind) => sum + kind.found, 0) / chosen.length,
      precision: right.length / reported.length,
      pairs: reported.length,
      right: right.length,
      precisionOfOthers: (right.length - exact) / (reported.length - exact),
      background: {
        same: right.filter((pair) => isBackground(pair) && pair.relation !== 'duplicate').length,
        different: wrong.length - doubtful.length,
        notLookedAt: doubtful.length,
      },
      byWords: LENGTHS.map((from) => {
        const long = reported.filter(({ a, b }) => Math.min(words.get(a) as number, words.get(b) as number) >= from);
        return { from, pairs: long.length, precision: long.filter(({ a, b }) => truth(a, b)).length / long.length };
      }),
      excerpts: report.pairs.length - reported.length,
      candidates: report.stats.candidates,
      seconds,
      documentsPerSecond: documents.length / seconds,
    },
    doubtful,
  };
}

/** Whether two documents tell one story, as far as is known. */
function storiesOf(
  documents: readonly SourceDocument[],
  rewrites: readonly Rewrite[],
  reported: readonly DocumentPair[],
  { same }: Checked,
): (a: string, b: string) => boolean {
  const places = new Map(documents.map(({ id }, n) => [id, n]));
  const sets = new DisjointSets(documents.length);
  const unite = (a: string, b: string) => {
    const [x, y] = [places.get(a), places.get(b)];
    if (x !== undefined && y !== undefined) sets.unite(x, y);
  };
  for (const { id, source } of rewrites) unite(id, source);
  for (const { a, b, relation } of reported) if (relation === 'duplicate') unite(a, b);
  for (const [a, b] of same) unite(a, b);
  return (a, b) => sets.find(places.get(a) as number) === sets.find(places.get(b) as number);
}

function keyOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** What was looked at by hand. */
export function readChecked(): Checked {
  const file = new URL('./documents-checked.json', import.meta.url);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Checked) : { same: [], different: [] };
}

/** Runs from the command line. */
export async function main(args: readonly string[]): Promise<void> {
  const { data, every, option } = evalOptions('documents', args, ' [--workers n] [--pairs file]');
  const { result, doubtful } = await evaluateDocuments(data, every, Number(option('--workers') ?? 1));
  for (const [kind, { rewrites, found, excerpts }] of Object.entries(result.recall))
    console.log(
      `${kind.padEnd(12)} ${found} of ${rewrites} found as a rewrite of their source or closer${excerpts > 0 ? `, ${excerpts} as an excerpt` : ''}`,
    );
  console.log(`recall ${result.share.toFixed(4)}`);
  for (const { from, pairs, precision } of result.byWords.slice(1))
    console.log(`  of texts of ${from} words and more: ${precision.toFixed(4)} of ${pairs}`);
  const { same, different, notLookedAt } = result.background;
  console.log(
    `precision ${result.precision.toFixed(4)} of ${result.pairs} pairs, ${result.precisionOfOthers.toFixed(4)} of those of other than the same words`,
  );
  console.log(
    `of the background: ${same} pairs of one story, ${different} not, ${notLookedAt} that nobody looked at; ${result.excerpts} excerpts beside`,
  );
  console.log(
    `${result.documents} documents, ${result.candidates} candidates, ${result.seconds.toFixed(0)} s, ${result.documentsPerSecond.toFixed(0)} documents/s`,
  );
  record(option('--json'), result);
  const pairs = option('--pairs');
  if (pairs !== undefined) writeFileSync(pairs, `${JSON.stringify(doubtful, null, 1)}\n`);
  gate(option('--gate'), result, (now, recorded) => [
    { name: 'recall', now: now.share, before: recorded.share, slack: 0.01 },
    { name: 'precision', now: now.precision, before: recorded.precision, slack: 0.005 },
  ]);
}

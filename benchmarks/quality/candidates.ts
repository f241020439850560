/**
 * How many rewrites the candidate stage proposes, among all of the data folder's news, and at what cost.
 *
 *     npm run eval -- candidates <data folder>
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { proposePairs } from '../../src/candidates/candidates.js';
import { bandKey } from '../../src/candidates/lsh.js';
import { OverlapFilter } from '../../src/candidates/overlap.js';
import { BY_TERMS } from '../../src/candidates/pairs.js';
import { countTerms, rankTerms, sentenceTerms } from '../../src/candidates/rareterms.js';
import { DocumentFrequency } from '../../src/candidates/rarity.js';
import { Rows } from '../../src/columns.js';
import { bandsFor } from '../../src/sketch/bands.js';
import { MinHasher } from '../../src/sketch/minhash.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import { readStories } from './rewrites.js';

/** A document; those of one story are rewrites of its source. */
interface StoryDocument {
  story: string;
  kind: string;
  text: string;
}

/** BBC and Reuters articles, the rewrites of both, and human articles with language models' rewrites. */
export function readNews(data: string): StoryDocument[] {
  const documents: StoryDocument[] = [];
  for (const kind of ['human', 'GPT-4o', 'Llama-3-70B', 'GPT-3-Turbo']) {
    const texts = JSON.parse(readFileSync(join(data, 'l2r-news', `${kind}.json`), 'utf8')) as string[];
    texts.forEach((text, i) => {
      documents.push({ story: `l2r/${i}`, kind: kind === 'human' ? 'source' : kind, text });
    });
  }
  for (const topic of readdirSync(join(data, 'bbc-news'))) {
    const folder = join(data, 'bbc-news', topic);
    if (!statSync(folder).isDirectory()) continue;
    for (const file of readdirSync(folder))
      documents.push({
        story: `${topic}/${file.replace('.txt', '')}`,
        kind: 'source',
        text: readFileSync(join(folder, file), 'utf8'),
      });
  }
  for (const story of readStories(data))
    for (const { level, text } of story.rewrites) documents.push({ story: story.id, kind: level, text });
  for (const file of readdirSync(join(data, 'reuters')).filter((f) => f.endsWith('.sgm'))) {
    for (const match of readFileSync(join(data, 'reuters', file), 'latin1').matchAll(
      /NEWID="(\d+)"[\s\S]*?<BODY>([\s\S]*?)<\/BODY>/g,
    ))
      documents.push({ story: `reuters/${match[1]}`, kind: 'source', text: match[2] as string });
  }
  return documents;
}

/** Runs from the command line. */
export async function main(args: readonly string[]): Promise<void> {
  const data = args[0];
  if (data === undefined) throw new Error('usage: npm run eval -- candidates <data folder>');
  const documents = readNews(data);
  const table = new TermTable(await loadLanguage('en'));
  const hasher = new MinHasher();
  const banding = bandsFor(0.5, 128);
  const terms = new Rows();
  const bands = new Rows();
  const frequency = new DocumentFrequency();
  for (const [d, { text }] of documents.entries()) {
    terms.add(sentenceTerms(analyse(text, table)));
    countTerms(terms.at(d), d, frequency);
    const signature = hasher.sign(text);
    bands.add(Uint32Array.from({ length: banding.bands }, (_, band) => bandKey(signature, band, banding.rows)));
  }
  const ranks = frequency.rank();
  for (let d = 0; d < terms.length; d++) terms.shorten(d, rankTerms(terms.at(d), ranks));
  const columns = { terms, bands, order: Uint32Array.from(documents.keys()) };
  const begun = performance.now();
  const { a, b, shared, kind } = proposePairs(columns, { banding, maxKeyDocuments: 50, minSharedKeys: 3 });
  const seconds = (performance.now() - begun) / 1000;
  const filter = new OverlapFilter(columns, ranks.documents);
  const proposed = new Set<number>();
  const passed = new Set<number>();
  for (let p = 0; p < a.length; p++) {
    const [x, y] = [a[p] as number, b[p] as number];
    proposed.add(x * documents.length + y);
    if (kind[p] !== BY_TERMS || filter.passes(x, y, shared[p] as number)) passed.add(x * documents.length + y);
  }
  const source = new Map<string, number>();
  documents.forEach(({ story, kind }, i) => {
    if (kind === 'source') source.set(story, i);
  });
  const found = new Map<string, { all: number; proposed: number; passed: number }>();
  documents.forEach(({ story, kind }, i) => {
    const of = source.get(story);
    if (kind === 'source' || of === undefined) return;
    const entry = found.get(kind) ?? { all: 0, proposed: 0, passed: 0 };
    found.set(kind, entry);
    entry.all++;
    const pair = Math.min(i, of) * documents.length + Math.max(i, of);
    if (proposed.has(pair)) entry.proposed++;
    if (passed.has(pair)) entry.passed++;
  });
  console.log(
    `${documents.length} documents, ${((2 * proposed.size) / documents.length).toFixed(1)} candidates a document, proposed in ${seconds.toFixed(1)} s; ${((2 * passed.size) / documents.length).toFixed(1)} worth comparing`,
  );
  for (const [kind, entry] of found)
    console.log(
      `${kind.padEnd(12)} ${entry.proposed} of ${entry.all} proposed with their source, ${entry.passed} worth comparing`,
    );
}

/**
 * How many rewrites the candidate stage proposes, among all of the data folder's news, and at what cost.
 *
 *     npm run eval -- candidates <data folder>
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { proposePairs } from '../../src/candidates/candidates.js';
import { countTerms, type DocumentFrequency } from '../../src/candidates/rareterms.js';
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
  const texts = documents.map(({ text }) => analyse(text, table));
  const signatures = documents.map(({ text }) => hasher.sign(text));
  const frequency: DocumentFrequency = new Map();
  for (const text of texts) countTerms(text, frequency);
  const begun = performance.now();
  const { pairs } = proposePairs(texts, signatures, frequency, {
    banding: bandsFor(0.5, 128),
    maxKeyDocuments: 50,
    minSharedKeys: 3,
  });
  const seconds = (performance.now() - begun) / 1000;
  const proposed = new Set(pairs.map(({ a, b }) => a * documents.length + b));
  const source = new Map<string, number>();
  documents.forEach(({ story, kind }, i) => {
    if (kind === 'source') source.set(story, i);
  });
  const found = new Map<string, { all: number; proposed: number }>();
  documents.forEach(({ story, kind }, i) => {
    const of = source.get(story);
    if (kind === 'source' || of === undefined) return;
    const entry = found.get(kind) ?? { all: 0, proposed: 0 };
    found.set(kind, entry);
    entry.all++;
    if (proposed.has(Math.min(i, of) * documents.length + Math.max(i, of))) entry.proposed++;
  });
  console.log(
    `${documents.length} documents, ${((2 * pairs.length) / documents.length).toFixed(1)} candidates a document, proposed in ${seconds.toFixed(1)} s`,
  );
  for (const [kind, { all, proposed: hits }] of found)
    console.log(`${kind.padEnd(12)} ${hits} of ${all} proposed with their source`);
}

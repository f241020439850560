import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readStories } from '../quality/rewrites.js';

/** A real article, and the subject that its archive files it under. */
export interface Article {
  readonly topic: string;
  readonly text: string;
}

/** A text with its rewrites by people and language models, and reports of the same event by others. */
export interface RewrittenStory {
  readonly source: string;
  readonly rewrites: readonly string[];
  readonly independent: readonly string[];
}

/** What corpora are made from. */
export interface Sources {
  readonly articles: readonly Article[];
  readonly stories: readonly RewrittenStory[];
}

/** Words under which an article is a flash and no article. */
const SHORTEST = 100;

/** Entries of l2r-news/GPT-3-Turbo.json that barely resemble their source. */
const NOT_REWRITTEN = new Set([6, 69, 92, 136, 168]);

/** Reads the shared data folder, or any folder of `.txt` files, which then has no rewrites. */
export function readSources(data: string): Sources {
  if (!existsSync(join(data, 'reuters'))) {
    if (!existsSync(data)) throw new Error(`${data} is not there: name a folder of texts, or the shared data folder`);
    return { articles: distinct(textFiles(data, 'all')), stories: [] };
  }
  const told = readStories(data);
  const used = new Set(told.map(({ id }) => id));
  const bbc = join(data, 'bbc-news');
  const articles = readdirSync(bbc)
    .filter((topic) => statSync(join(bbc, topic)).isDirectory())
    .sort()
    .flatMap((topic) => textFiles(join(bbc, topic), topic, (file) => !used.has(`${topic}/${file}`)));
  for (const { id, topic, text } of reutersArticles(join(data, 'reuters')))
    if (!used.has(`reuters/${id}`)) articles.push({ topic, text });
  const rewritten = told.map(({ source, rewrites, independent }) => ({
    source: source.text,
    rewrites: rewrites.map(({ text }) => text),
    independent,
  }));
  const stories = [...rewritten, ...modelRewrites(data), ...readingLevels(data)];
  return {
    articles: distinct(
      articles,
      stories.map(({ source }) => source),
    ),
    stories,
  };
}

/** Each text once, and none so short that it tells nothing. */
function distinct(articles: readonly Article[], others: readonly string[] = []): Article[] {
  // Line ends differ from one edition to the next; the beginning is enough to tell.
  const keyOf = (text: string) => (text.match(/\w+/g) ?? []).slice(0, 40).join(' ');
  const seen = new Set<string>(others.map(keyOf));
  return articles.filter(({ text }) => {
    const words = text.split(/\s+/);
    const key = keyOf(text);
    if (words.length < SHORTEST || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function textFiles(folder: string, topic: string, wanted: (name: string) => boolean = () => true): Article[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((x, y) => (x.name < y.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return textFiles(path, entry.name, wanted);
      if (!entry.name.endsWith('.txt') || !wanted(entry.name.slice(0, -4))) return [];
      return [{ topic, text: readFileSync(path, 'latin1').replace(/\r/g, '').trim() }];
    });
}

/** The articles of Reuters-21578, lines unwrapped to paragraphs. */
function reutersArticles(folder: string): { id: string; topic: string; text: string }[] {
  const out: { id: string; topic: string; text: string }[] = [];
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.sgm'))
    .sort()) {
    for (const [, id, entry] of readFileSync(join(folder, file), 'latin1').matchAll(
      /NEWID="(\d+)">([\s\S]*?)<\/REUTERS>/g,
    )) {
      const body = /<BODY>([\s\S]*?)<\/BODY>/.exec(entry as string)?.[1];
      if (body === undefined) continue;
      const topic = /<TOPICS><D>([^<]*)/.exec(entry as string)?.[1] ?? 'none';
      const text = body
        .replace(/\s*\bREUTER\b\s*(?:&#3;)?\s*$/i, '')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&amp;/g, '&')
        .replace(/&#\d+;/g, '')
        .split(/\n {2,}/)
        .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
        .filter(Boolean)
        .join('\n');
      out.push({ id: id as string, topic, text });
    }
  }
  return out;
}

function modelRewrites(data: string): RewrittenStory[] {
  const read = (kind: string) => JSON.parse(readFileSync(join(data, 'l2r-news', `${kind}.json`), 'utf8')) as string[];
  const models = ['GPT-4o', 'Llama-3-70B', 'GPT-3-Turbo'].map((kind) => ({ kind, texts: read(kind) }));
  return read('human').map((source, i) => ({
    source,
    rewrites: models
      .filter(({ kind }) => kind !== 'GPT-3-Turbo' || !NOT_REWRITTEN.has(i))
      .map(({ texts }) => texts[i] as string),
    independent: [],
  }));
}

function readingLevels(data: string): RewrittenStory[] {
  const folder = join(data, 'onestop');
  return readdirSync(join(folder, 'adv'))
    .filter((file) => file.endsWith('.txt') && file !== 'Royal-Baby.txt')
    .sort()
    .map((file) => ({
      source: readFileSync(join(folder, 'adv', file), 'utf8').trim(),
      rewrites: ['int', 'ele']
        .filter((level) => existsSync(join(folder, level, file)))
        .map((level) => readFileSync(join(folder, level, file), 'utf8').trim()),
      independent: [],
    }));
}

/**
 * Makes corpora of any size from real articles, with the truth beside them:
 *
 *     npx tsx benchmarks/corpus.ts <data folder> <documents> <folder to write> [--seed 1] [--template]
 *
 * The first documents of an archive of real articles (Reuters, BBC, or any folder of texts) stand as they are; each has a seeded
 * chance of being passed on (copied, mistyped, cut, reordered), and stories with real rewrites bring them along. Where the archive ends,
 * further epochs of it are unrelated documents: sentences of one subject recombined, with other names, figures and rare
 * words (see corpora/renaming.ts), and in the first fifteen the rewritten stories renamed alike. Between them stand families of documents of one
 * form with different facts. `--template` makes one family of all.
 *
 * - `documents.jsonl`: {id, text}
 * - `truth.jsonl`: {id, story, kind, of?, family?}; documents of one story tell the same, `of` is what it was made from
 */
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomStream } from '../src/sketch/hash.js';
import { type Dice, EDITS, edited, paragraphs, refilled, sentencesOf } from './corpora/edits.js';
import { Renaming } from './corpora/renaming.js';
import { type Article, readSources, type Sources } from './corpora/sources.js';

/** What is known of a document. */
export interface Truth {
  id: string;
  /** Documents of one story tell the same; no others do. */
  story: string;
  kind: 'article' | 'recombined' | (typeof EDITS)[number] | 'source' | 'rewrite' | 'independent' | 'template';
  /** The id of the document that it was made from. */
  of?: string;
  /** Documents of one form with different facts. */
  family?: string;
}

interface Planned {
  text: string;
  truth: Omit<Truth, 'id' | 'of'> & { of?: Planned };
  id?: string;
}

/** One article in so many is passed on. */
const PASSED_ON = 6;
/** One article in so many is the form of a family. */
const FORMS = 2000;
/**
 * Epochs that bring the rewritten stories along. There are 354 of them, and under other names each is still a copy whose words were
 * exchanged: a million documents would hold 145 of each, and ten thousand pairs of such copies for every rewrite of it.
 */
const STORY_EPOCHS = 15;
/** Documents that are held back, so that a text and what was made from it do not stand together. */
const HELD = 5000;
/** Words of a recombined document, at least and at most. */
const LENGTH = [320, 480] as const;

/** The documents of a corpus, in order, one at a time. */
export function* makeCorpus(
  sources: Sources,
  documents: number,
  seed: number,
  template = false,
): Generator<{ document: { id: string; text: string }; truth: Truth }> {
  const dice = diceOf(seed);
  const held: Planned[] = [];
  let written = 0;
  const write = (planned: Planned) => {
    planned.id = `d${String(written++).padStart(7, '0')}`;
    const { of, ...truth } = planned.truth;
    return {
      document: { id: planned.id, text: planned.text },
      truth: { id: planned.id, ...truth, ...(of === undefined ? {} : { of: of.id as string }) },
    };
  };
  for (const planned of template ? oneForm(sources, dice) : plan(sources, documents, dice)) {
    held.push(planned);
    if (held.length < HELD) continue;
    const at = dice(held.length);
    const next = held[at] as Planned;
    // What something was made from stands before it, so that its id is known.
    if (next.truth.of !== undefined && next.truth.of.id === undefined) continue;
    held[at] = held[held.length - 1] as Planned;
    held.pop();
    yield write(next);
    if (written >= documents) return;
  }
  const rest = [...held.filter(({ truth }) => truth.of === undefined), ...held.filter(({ truth }) => truth.of)];
  for (const planned of rest) {
    if (written >= documents) return;
    yield write(planned);
  }
}

/** Everything there is to write, without end. */
function* plan(sources: Sources, documents: number, dice: Dice): Generator<Planned> {
  const { articles, stories } = sources;
  const size = articles.length + stories.reduce((sum, { rewrites }) => sum + 1 + rewrites.length, 0);
  const renaming = new Renaming(
    [...articles.map(({ text }) => text), ...stories.map(({ source }) => source)],
    Math.ceil(documents / size),
  );
  const { names, words } = vocabulary(articles);
  for (let epoch = 0; ; epoch++) {
    const queue: (() => Generator<Planned>)[] = [];
    const own = epoch === 0 ? articles : recombined(articles, dice);
    own.forEach(({ text }, i) => {
      const story = `${epoch}/article/${i}`;
      queue.push(function* () {
        const isForm = dice(FORMS) === 0;
        const family = `${epoch}/form/${i}`;
        const first: Planned = {
          text: renaming.apply([text], epoch, 'along')[0] as string,
          truth: { story, kind: epoch === 0 ? 'article' : 'recombined', ...(isForm ? { family } : {}) },
        };
        yield first;
        if (dice(PASSED_ON) === 0) {
          const edit = EDITS[dice(EDITS.length)] as (typeof EDITS)[number];
          yield { text: edited(first.text, edit, dice), truth: { story, kind: edit, of: first } };
        }
        if (isForm) {
          for (let n = 5 + dice(56); n > 0; n--)
            yield {
              text: refilled(first.text, names, words, dice),
              truth: { story: `${family}/${n}`, kind: 'template', family },
            };
        }
      });
    });
    const told = epoch < STORY_EPOCHS ? stories : [];
    told.forEach((texts, i) => {
      const story = `${epoch}/story/${i}`;
      queue.push(function* () {
        const [source, ...others] = renaming.apply(
          [texts.source, ...texts.rewrites, ...texts.independent],
          epoch,
          'apart',
        );
        const first: Planned = { text: source as string, truth: { story, kind: 'source' } };
        yield first;
        const rewrites = others.splice(0, texts.rewrites.length);
        for (const text of rewrites) yield { text, truth: { story, kind: 'rewrite', of: first } };
        for (const [n, text] of others.entries())
          yield { text, truth: { story: `${story}/independent/${n}`, kind: 'independent' } };
      });
    });
    shuffle(queue, dice);
    for (const group of queue) yield* group();
  }
}

/** One form, filled again and again. */
function* oneForm({ articles }: Sources, dice: Dice): Generator<Planned> {
  const { names, words } = vocabulary(articles);
  const form = articles.find(({ text }) => text.length > 1500 && text.length < 2500) as Article;
  for (let n = 0; ; n++)
    yield {
      text: refilled(form.text, names, words, dice),
      truth: { story: `form/${n}`, kind: 'template', family: 'form' },
    };
}

/** The sentences of each subject in another order, cut into documents. */
function recombined(articles: readonly Article[], dice: Dice): Article[] {
  const byTopic = new Map<string, string[]>();
  for (const { topic, text } of articles) {
    const list = byTopic.get(topic) ?? [];
    byTopic.set(topic, list);
    for (const sentence of sentencesOf(text)) list.push(sentence);
  }
  const out: Article[] = [];
  for (const [topic, sentences] of byTopic) {
    shuffle(sentences, dice);
    let own: string[] = [];
    let words = 0;
    let wanted = LENGTH[0] + dice(LENGTH[1] - LENGTH[0]);
    for (const sentence of sentences) {
      own.push(sentence);
      words += sentence.split(' ').length;
      if (words < wanted) continue;
      out.push({ topic, text: paragraphs(own, dice) });
      own = [];
      words = 0;
      wanted = LENGTH[0] + dice(LENGTH[1] - LENGTH[0]);
    }
  }
  return out;
}

/** Names and longer words of the archive, to fill forms with. */
function vocabulary(articles: readonly Article[]): { names: string[]; words: string[] } {
  const names = new Set<string>();
  const words = new Set<string>();
  for (const { text } of articles.slice(0, 5000)) {
    for (const [name] of text.matchAll(/(?<=[a-z,] )[A-Z][a-z]{3,}/g)) names.add(name);
    for (const [word] of text.matchAll(/\b[a-z]{7,}\b/g)) words.add(word);
  }
  return { names: [...names], words: [...words] };
}

function shuffle<T>(list: T[], dice: Dice): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = dice(i + 1);
    [list[i], list[j]] = [list[j] as T, list[i] as T];
  }
}

function diceOf(seed: number): Dice {
  const next = randomStream(seed);
  return (below) => Math.floor((next() / 2 ** 32) * below);
}

/** Writes a corpus and its truth into a folder. */
export async function writeCorpus(
  data: string,
  documents: number,
  folder: string,
  seed = 1,
  template = false,
): Promise<{ documents: string; truth: string }> {
  mkdirSync(folder, { recursive: true });
  const paths = { documents: join(folder, 'documents.jsonl'), truth: join(folder, 'truth.jsonl') };
  const out = createWriteStream(paths.documents);
  const truths = createWriteStream(paths.truth);
  const put = (stream: typeof out, line: object): Promise<void> | undefined =>
    stream.write(`${JSON.stringify(line)}\n`) ? undefined : new Promise((resolve) => stream.once('drain', resolve));
  for (const { document, truth } of makeCorpus(readSources(data), documents, seed, template)) {
    await put(out, document);
    await put(truths, truth);
  }
  await Promise.all([out, truths].map((stream) => new Promise((resolve) => stream.end(resolve))));
  return paths;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [data, documents, folder, ...options] = process.argv.slice(2);
  if (data === undefined || folder === undefined || !(Number(documents) > 0)) {
    console.error(
      'usage: npx tsx benchmarks/corpus.ts <data folder> <documents> <folder to write> [--seed 1] [--template]',
    );
    process.exitCode = 2;
  } else {
    const seed = options.includes('--seed') ? Number(options[options.indexOf('--seed') + 1]) : 1;
    await writeCorpus(data, Number(documents), folder, seed, options.includes('--template'));
  }
}

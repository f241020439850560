import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { carried, type GoldText, sourceTells } from './sentencegold.js';

/** A news story with its rewrites and its independent reports; every text comes with its sentences. */
export interface Story {
  id: string;
  source: GoldText;
  rewrites: (GoldText & { level: string; from: number[][] })[];
  independent: string[];
}

/** Stories whose headline in `source-*.json` belongs to another one, as the data's README says. */
const FOREIGN_HEADLINES = new Set(['reuters/18889', 'reuters/2798', 'reuters/11326']);

/** One article, its sentences as paragraphs, as a newsroom's feed has them. */
function joinSentences(sentences: string[]): Omit<GoldText, 'tells'> {
  let text = '';
  const spans: [number, number][] = [];
  for (const sentence of sentences) {
    if (text !== '') text += '\n\n';
    spans.push([text.length, text.length + sentence.length]);
    text += sentence;
  }
  return { text, spans };
}

/** Reads `rewrites` and `independent` of the data folder. */
export function readStories(data: string): Story[] {
  const stories = new Map<string, Story>();
  const folder = join(data, 'rewrites');
  const files = readdirSync(folder);
  for (const file of files.filter((f) => f.startsWith('source-')).sort()) {
    for (const doc of JSON.parse(readFileSync(join(folder, file), 'utf8')) as { id: string; sentences: string[] }[])
      stories.set(doc.id, {
        id: doc.id,
        source: {
          ...joinSentences(doc.sentences),
          tells: sourceTells(doc.sentences.length, FOREIGN_HEADLINES.has(doc.id)),
        },
        rewrites: [],
        independent: [],
      });
  }
  for (const file of files.filter((f) => f.startsWith('rewrites-')).sort()) {
    for (const line of readFileSync(join(folder, file), 'utf8').trim().split('\n')) {
      const r = JSON.parse(line) as { source: string; level: string; sentences: { text: string; from: number[] }[] };
      const story = stories.get(r.source);
      story?.rewrites.push({
        ...joinSentences(r.sentences.map((s) => s.text)),
        level: r.level,
        from: r.sentences.map((s) => s.from),
        tells: r.sentences.map((s) => carried(s.from, story.source.tells)),
      });
    }
  }
  const reports = join(data, 'independent');
  if (existsSync(reports)) {
    for (const file of readdirSync(reports)
      .filter((f) => f.endsWith('.jsonl'))
      .sort()) {
      for (const line of readFileSync(join(reports, file), 'utf8').trim().split('\n')) {
        const r = JSON.parse(line) as { id: string; text: string };
        stories.get(r.id)?.independent.push(r.text);
      }
    }
  }
  return [...stories.values()];
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A news story with its rewrites and its independent reports; every text comes with its sentences. */
export interface Story {
  id: string;
  source: GoldText;
  rewrites: (GoldText & { level: string; from: number[][] })[];
  independent: string[];
}

/** A text and where its gold sentences are in it. */
export interface GoldText {
  text: string;
  spans: [number, number][];
}

/** One article, its sentences as paragraphs, as a newsroom's feed has them. */
function joinSentences(sentences: string[]): GoldText {
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
      stories.set(doc.id, { id: doc.id, source: joinSentences(doc.sentences), rewrites: [], independent: [] });
  }
  for (const file of files.filter((f) => f.startsWith('rewrites-')).sort()) {
    for (const line of readFileSync(join(folder, file), 'utf8').trim().split('\n')) {
      const r = JSON.parse(line) as { source: string; level: string; sentences: { text: string; from: number[] }[] };
      stories.get(r.source)?.rewrites.push({
        ...joinSentences(r.sentences.map((s) => s.text)),
        level: r.level,
        from: r.sentences.map((s) => s.from),
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

/** The gold sentences that a span touches by more than half of the shorter. */
export function touched(gold: GoldText, start: number, end: number): number[] {
  const out: number[] = [];
  gold.spans.forEach(([s, e], i) => {
    const overlap = Math.min(e, end) - Math.max(s, start);
    if (overlap * 2 > Math.min(e - s, end - start)) out.push(i);
  });
  return out;
}

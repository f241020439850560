import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createDetector } from '../../src/index.js';
import type { SentenceEncoder } from '../../src/types.js';
import { readSources } from '../corpora/sources.js';
import { readStories } from './rewrites.js';

/** What `detect` reports of pairs of a text and its source, without and with an encoder. */
interface Found {
  documents: number;
  /** Pairs that are reported at all. */
  related: { without: number; with: number };
  /** Pairs that the encoder was asked about. */
  asked: number;
}

/**
 * Gives every rewrite and every independent report with its source to `detect`, without and with an encoder; likewise each independent
 * report with the rewrites of that source, and the other retellings of the data folder with theirs.
 */
export async function evaluateEncoder(data: string, encoder: SentenceEncoder): Promise<EncoderResult> {
  const detector = await createDetector();
  const levels: Record<string, Found> = {};
  const seconds = { without: 0, with: 0, encoding: 0 };
  let sentences = 0;
  const timed: SentenceEncoder = async (some) => {
    const begun = performance.now();
    const vectors = await encoder(some);
    seconds.encoding += (performance.now() - begun) / 1000;
    sentences += some.length;
    return vectors;
  };
  const report = async (a: string, b: string, run: 'without' | 'with') => {
    const begun = performance.now();
    const found = await detector.detect(
      [
        { id: 'a', text: a },
        { id: 'b', text: b },
      ],
      run === 'with' ? { encoder: timed } : {},
    );
    seconds[run] += (performance.now() - begun) / 1000;
    return found;
  };
  const look = async (level: string, text: string, source: string) => {
    levels[level] ??= { documents: 0, related: { without: 0, with: 0 }, asked: 0 };
    const entry = levels[level];
    entry.documents++;
    entry.related.without += (await report(text, source, 'without')).pairs.length;
    const { pairs, stats } = await report(text, source, 'with');
    entry.related.with += pairs.length;
    entry.asked += stats.encoded ?? 0;
  };
  const stories = readStories(data);
  for (const { source, rewrites, independent } of stories) {
    for (const { level, text } of rewrites) await look(level, text, source.text);
    for (const text of independent) {
      await look('independent', text, source.text);
      for (const rewrite of rewrites) await look('independent of a rewrite', text, rewrite.text);
    }
  }
  if (existsSync(join(data, 'l2r-news')) && existsSync(join(data, 'onestop')))
    for (const { source, rewrites } of readSources(data).stories.slice(stories.length))
      for (const text of rewrites) await look('l2r-news and onestop', text, source);
  const documents = Object.values(levels).reduce((sum, level) => sum + level.documents, 0);
  return {
    levels,
    pairsPerSecond: { without: documents / seconds.without, with: documents / seconds.with },
    sentencesPerSecond: sentences / seconds.encoding,
  };
}

/** What comes of it; speeds are of wall time, one pair a run. */
export interface EncoderResult {
  levels: Record<string, Found>;
  pairsPerSecond: { without: number; with: number };
  sentencesPerSecond: number;
}

/** The result as lines to print. */
export function describeEncoder({ levels, pairsPerSecond, sentencesPerSecond }: EncoderResult): string {
  const lines = Object.entries(levels).map(
    ([level, { documents, related, asked }]) =>
      `${level.padEnd(24)} ${documents} documents, ${asked} in doubt: reported ${related.without} without the encoder, ${related.with} with it`,
  );
  return [
    ...lines,
    `detect, one pair a run: ${pairsPerSecond.without.toFixed(0)} pairs/s without, ${pairsPerSecond.with.toFixed(0)} with; ${sentencesPerSecond.toFixed(0)} sentences/s encoded`,
  ].join('\n');
}

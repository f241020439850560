import { readFileSync } from 'node:fs';
import type { Truth } from '../corpus.js';

/** How planted pairs were found. */
export interface CorpusScore {
  /** By what was planted: pairs of a document with what it was made from. */
  recall: Record<string, { planted: number; found: number; share: number }>;
  /** Of the pairs that can be judged, the share of those of one story. */
  precision: number;
  right: number;
  wrong: number;
  /** Wrong ones by kind; pairs of one form with different facts are counted among the wrong ones. */
  wrongKinds: Record<string, number>;
  /** Pairs of two real articles of different stories, of which nobody knows. */
  unjudged: number;
  /** Excerpts of recombined documents, which are made of others' sentences. */
  excerpts: number;
  /** Pairs of one real text, or of its rewrites, with other names, figures and rare words (see corpora/renaming.ts): a form filled again, or a copy by somebody who exchanged the names, and nobody can say which. */
  renamed: number;
}

/** Reads the truth of a corpus. */
export function readTruth(path: string): Map<string, Truth> {
  const truth = new Map<string, Truth>();
  for (const line of readFileSync(path, 'latin1').split('\n')) {
    if (line === '') continue;
    const entry = JSON.parse(line) as Truth;
    truth.set(entry.id, entry);
  }
  return truth;
}

/** Scores pairs (`a b relation score` a line) against the truth. */
export function scoreCorpus(pairsPath: string, truth: ReadonlyMap<string, Truth>): CorpusScore {
  const recall: CorpusScore['recall'] = {};
  const tally = (kind: string) => {
    const known = recall[kind] ?? { planted: 0, found: 0, share: 0 };
    recall[kind] = known;
    return known;
  };
  for (const entry of truth.values()) if (entry.of !== undefined) tally(plantedKind(entry)).planted++;
  let right = 0;
  let wrong = 0;
  let unjudged = 0;
  let excerpts = 0;
  let renamed = 0;
  const wrongKinds: Record<string, number> = {};
  for (const line of readFileSync(pairsPath, 'latin1').split('\n')) {
    if (line === '') continue;
    const [idA, idB, relation] = line.split(' ');
    const a = truth.get(idA as string) as Truth;
    const b = truth.get(idB as string) as Truth;
    if (a.of === b.id) tally(plantedKind(a)).found++;
    else if (b.of === a.id) tally(plantedKind(b)).found++;
    if (a.story === b.story) right++;
    // Real archives have updates and reprints that nobody marked; so have the copies of such articles.
    else if (isReal(a) && isReal(b)) unjudged++;
    else if (originalOf(a) !== undefined && originalOf(a) === originalOf(b)) renamed++;
    // Recombined documents hold whole sentences of others: that an excerpt of one stands in the other is so.
    else if (relation === 'excerpt' && (isRecombined(a) || isRecombined(b))) excerpts++;
    else {
      wrong++;
      const kind = a.family !== undefined && a.family === b.family ? 'one form' : [a.kind, b.kind].sort().join(' and ');
      wrongKinds[kind] = (wrongKinds[kind] ?? 0) + 1;
    }
  }
  for (const entry of Object.values(recall)) entry.share = entry.found / entry.planted;
  return {
    recall,
    precision: right / Math.max(1, right + wrong),
    right,
    wrong,
    wrongKinds,
    unjudged,
    excerpts,
    renamed,
  };
}

/** Rewrites whose words stand as they were written are apart: renamed ones have lost the synonyms of what was exchanged. */
function plantedKind({ kind, story }: Truth): string {
  return kind === 'rewrite' && !story.startsWith('0/') ? 'rewrite, renamed' : kind;
}

function isRecombined({ story, kind }: Truth): boolean {
  return kind === 'recombined' || (!story.startsWith('0/') && story.includes('/article/'));
}

/** The real story, or report on it, that a document of any epoch was made from; of articles there is none, since they are recombined. */
function originalOf({ story }: Truth): string | undefined {
  return story.match(/^\d+\/(story\/.+)$/)?.[1];
}

function isReal({ story, kind }: Truth): boolean {
  return story.startsWith('0/article/') && kind !== 'template';
}

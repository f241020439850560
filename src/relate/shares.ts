import { sentenceLength } from '../align/passages.js';
import type { SentenceMatch } from '../align/select.js';
import type { AnalysedText } from '../text/analyse.js';

/** Jaccard similarity of two sets of shingles by their 32-bit hashes, ascending; 0 where either is empty. */
export function exactResemblance(a: Uint32Array, b: Uint32Array): number {
  const both = commonCount(a, b);
  const either = a.length + b.length - both;
  return either > 0 ? both / either : 0;
}

/** Members that two ascending columns have in common. */
export function commonCount(a: Uint32Array, b: Uint32Array): number {
  let both = 0;
  for (let x = 0, y = 0; x < a.length && y < b.length; ) {
    const u = a[x] as number;
    const v = b[y] as number;
    if (u === v) both++;
    if (u <= v) x++;
    if (v <= u) y++;
  }
  return both;
}

/** The share of a document's words in sentences that retell the other, each counted by its score beyond even chance. */
export function retoldShare(doc: AnalysedText, matches: readonly SentenceMatch[], side: 'i' | 'j'): number {
  const best = new Float64Array(doc.sentences.length / 2);
  for (const match of matches) best[match[side]] = Math.max(best[match[side]] as number, 2 * match.score - 1);
  let retold = 0;
  for (let s = 0; s < best.length; s++) retold += (best[s] as number) * sentenceLength(doc, s);
  return doc.termIds.length > 0 ? retold / doc.termIds.length : 0;
}

/** The share of a document's words in sentences that have a counterpart. */
export function matchedShare(doc: AnalysedText, matches: readonly SentenceMatch[], side: 'i' | 'j'): number {
  return coveredShare(
    doc,
    matches.map((match) => termsOf(doc, match[side], match[side])),
  );
}

/** A run of terms, `[from, to)`. */
export type Run = readonly [from: number, to: number];

/** The terms of sentences `first` to `last`. */
export function termsOf(doc: AnalysedText, first: number, last: number): Run {
  return [doc.firstTerm[first] as number, doc.firstTerm[last + 1] as number];
}

/** The share of a document's words in the given runs. */
export function coveredShare(doc: AnalysedText, runs: readonly Run[]): number {
  const inside = new Uint8Array(doc.termIds.length);
  for (const [from, to] of runs) inside.fill(1, from, to);
  let covered = 0;
  for (let t = 0; t < inside.length; t++) covered += inside[t] as number;
  return inside.length > 0 ? covered / inside.length : 0;
}

/** The share of a document's words in sentences that say otherwise than their counterpart, each by how far. */
export function contradictedShare(doc: AnalysedText, matches: readonly SentenceMatch[], side: 'i' | 'j'): number {
  const most = new Map<number, number>();
  for (const match of matches)
    if (match.otherwise !== undefined)
      most.set(match[side], Math.max(most.get(match[side]) ?? 0, match.otherwise.degree));
  let words = 0;
  for (const [s, degree] of most) words += degree * sentenceLength(doc, s);
  return doc.termIds.length > 0 ? words / doc.termIds.length : 0;
}

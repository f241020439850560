import type { AnalysedText } from '../text/analyse.js';
import { fold } from '../text/fold.js';
import type { PassageKind } from '../types.js';

/** Above this product of lengths the two sentences are compared as bags of words: the table would cost too much. */
const LARGEST_TABLE = 250_000;

/** How many words of two sentences stand in both in one order, and how many words the two have. */
export interface Agreement {
  same: number;
  words: number;
}

/** The longest common subsequence of the folded words of sentence `i` of `a` and `j` of `b` (Wagner and Fischer 1974). */
export function wordAgreement(a: AnalysedText, i: number, b: AnalysedText, j: number): Agreement {
  const left = sentenceWords(a, i);
  const right = sentenceWords(b, j);
  const words = left.length + right.length;
  if (left.length * right.length > LARGEST_TABLE) return { same: bagOverlap(left, right), words };
  let before = new Uint32Array(right.length + 1);
  let now = new Uint32Array(right.length + 1);
  for (const word of left) {
    for (let y = 0; y < right.length; y++) {
      now[y + 1] = word === right[y] ? (before[y] as number) + 1 : Math.max(now[y] as number, before[y + 1] as number);
    }
    [before, now] = [now, before];
  }
  return { same: before[right.length] as number, words };
}

/** The kind of a passage from the agreement of its sentence pairs. */
export function passageKind(agreements: readonly Agreement[]): PassageKind {
  let same = 0;
  let words = 0;
  for (const agreement of agreements) {
    same += agreement.same;
    words += agreement.words;
  }
  const share = words > 0 ? (2 * same) / words : 0;
  return share >= 0.95 ? 'verbatim' : share >= 0.6 ? 'edited' : 'paraphrased';
}

function sentenceWords(doc: AnalysedText, s: number): string[] {
  const words: string[] = [];
  for (let t = doc.firstTerm[s] as number; t < (doc.firstTerm[s + 1] as number); t++) {
    words.push(fold(doc.text.slice(doc.termSpans[2 * t], doc.termSpans[2 * t + 1])));
  }
  return words;
}

function bagOverlap(left: string[], right: string[]): number {
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let same = 0;
  for (const word of right) {
    const n = counts.get(word) ?? 0;
    if (n > 0) {
      same++;
      counts.set(word, n - 1);
    }
  }
  return same;
}

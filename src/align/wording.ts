import type { AnalysedText } from '../text/analyse.js';
import type { PassageKind } from '../types.js';
import { inRuns } from './runs.js';

/** Above this product of lengths only words in runs that both have count as in order: the table would cost too much. */
const LARGEST_TABLE = 4_000_000;

/** A text's folded words, and the first of each sentence. */
type WordSequences = Pick<AnalysedText, 'termWords' | 'firstTerm'>;

/** How many words of two sentences stand in both in one order, and how many words the two have. */
export interface Agreement {
  same: number;
  words: number;
}

let before = new Uint16Array(64);
let now = new Uint16Array(64);

/** The longest common subsequence of the folded words of sentence `i` of `a` and `j` of `b` (Wagner and Fischer 1974). */
export function wordAgreement(a: WordSequences, i: number, b: WordSequences, j: number): Agreement {
  const left = a.termWords.subarray(a.firstTerm[i], a.firstTerm[i + 1]);
  const right = b.termWords.subarray(b.firstTerm[j], b.firstTerm[j + 1]);
  const words = left.length + right.length;
  if (left.length * right.length > LARGEST_TABLE)
    return { same: inRuns(left, 0, left.length, right, 0, right.length).reduce((sum, mark) => sum + mark, 0), words };
  const n = right.length;
  if (n >= now.length) {
    before = new Uint16Array(2 * n);
    now = new Uint16Array(2 * n);
  }
  before.fill(0, 0, n + 1);
  now[0] = 0;
  for (let x = 0; x < left.length; x++) {
    const word = left[x] as number;
    for (let y = 0; y < n; y++) {
      const diagonal = before[y] as number;
      const up = before[y + 1] as number;
      const side = now[y] as number;
      now[y + 1] = word === right[y] ? diagonal + 1 : up > side ? up : side;
    }
    const swap = before;
    before = now;
    now = swap;
  }
  return { same: before[n] as number, words };
}

/** Shares of words in one order from which a passage is a copy, or an edited one. */
export const VERBATIM = 0.95;
const EDITED = 0.6;

/** The kind of a passage from the agreement of its sentence pairs. */
export function passageKind(agreements: readonly Agreement[]): PassageKind {
  let same = 0;
  let words = 0;
  for (const agreement of agreements) {
    same += agreement.same;
    words += agreement.words;
  }
  const share = words > 0 ? (2 * same) / words : 0;
  return share >= VERBATIM ? 'verbatim' : share >= EDITED ? 'edited' : 'paraphrased';
}

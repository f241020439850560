import type { KnownWords } from '../lexicon/known.js';
import { spend } from '../settings/deadline.js';
import { type AnalysedText, firstTermAt } from '../text/analyse.js';
import { NAME, NUMBER, STOP } from '../text/terms.js';
import type { MatchingWords, SentenceFeature, Span } from '../types.js';
import { FEATURES } from './features.js';
import { JOINT_FEATURES } from './model.js';
import { round } from './passages.js';
import type { SentenceScores } from './sentences.js';

/** Places of a term that are tried for each time it stands in the other text, the nearest ones: what bounds the cost. */
const MOST_PLACES = 64;
/** Pairs of places that are tried in all, so that a term of a passage of many has fewer to try, but not less than these: a pair is 60 bytes. */
const MOST_PAIRS = 1 << 20;
const LEAST_PLACES = 4;
/** Terms that all runs have together, at most: of two passages that say one word again and again nearly every run goes on to the end. */
const MOST_IN_RUNS = 1 << 22;

/** A run of equal terms: `length` terms from term `a` on and from term `b` on, `content` of them content terms. */
interface Run {
  readonly a: number;
  readonly b: number;
  readonly length: number;
  readonly content: number;
}

/**
 * The words that two spans have in common, as runs: each word is in one run at most. The longest runs come first, counted
 * in content words, and of equal ones those whose words stand at like places; so a phrase is matched with its copy rather
 * than its words with others of the like, and a phrase that was moved is matched where it went. A run has a content word:
 * that both texts say `of the` is no evidence. Terms are compared as they are stemmed.
 *
 * @param known what a lexicon knows of the terms of `a`
 */
export function matchingWords(
  a: AnalysedText,
  spanA: Span,
  b: AnalysedText,
  spanB: Span,
  known?: KnownWords,
): MatchingWords[] {
  const [fromA, toA] = termsIn(a, spanA);
  const [fromB, toB] = termsIn(b, spanB);
  const usedA = new Uint8Array(toA - fromA);
  const usedB = new Uint8Array(toB - fromB);
  const taken: Run[] = [];
  for (const run of runsOf(a, fromA, toA, b, fromB, toB)) {
    for (const part of partsLeft(run, a, fromA, usedA, fromB, usedB)) {
      usedA.fill(1, part.a - fromA, part.a - fromA + part.length);
      usedB.fill(1, part.b - fromB, part.b - fromB + part.length);
      taken.push(part);
    }
  }
  return taken
    .sort((x, y) => x.a - y.a)
    .map((run) => ({
      a: spanOf(a, run.a, run.length),
      b: spanOf(b, run.b, run.length),
      ...(known === undefined ? {} : { rarity: rarityOf(a, run, known) }),
    }));
}

/** How rare the words of a run are, names and figures aside: those belong to the event, not to who tells it. */
function rarityOf({ termFlags }: AnalysedText, { a: from, length }: Run, { lexicon, rows }: KnownWords): number {
  let sum = 0;
  for (let t = from; t < from + length; t++)
    if (!((termFlags[t] as number) & (STOP | NAME | NUMBER))) sum += lexicon.rarity(rows[t] as number);
  return round(sum);
}

/** What the score of sentences `i` and `j` was made from, strongest first; what says nothing is left out. */
export function sentenceFeatures(
  { matrix, features, model, joint }: SentenceScores,
  i: number,
  j: number,
): SentenceFeature[] {
  const [from, to] = [matrix.first[i] as number, matrix.first[i + 1] as number];
  const e = from + matrix.column.subarray(from, to).indexOf(j);
  if (e < from) return [];
  const made = FEATURES.map((name, f) => {
    const value = features[e * FEATURES.length + f] as number;
    return { name: name as string, value: round(value), effect: round((joint?.model.pair ?? 1) * model[name] * value) };
  });
  if (joint !== undefined) {
    const odds = joint.features[e * JOINT_FEATURES.length + 1] as number;
    made.push({ name: 'place', value: round(1 / (1 + Math.exp(-odds))), effect: round(joint.model.place * odds) });
  }
  return made.filter(({ effect }) => effect !== 0).sort((x, y) => Math.abs(y.effect) - Math.abs(x.effect));
}

/** The runs of equal terms with a content term, best first. */
function runsOf(a: AnalysedText, fromA: number, toA: number, b: AnalysedText, fromB: number, toB: number): Run[] {
  const places = new Map<number, number[]>();
  for (let q = fromB; q < toB; q++) {
    const known = places.get(b.termIds[q] as number);
    if (known === undefined) places.set(b.termIds[q] as number, [q]);
    else known.push(q);
  }
  const slope = (toB - fromB) / Math.max(1, toA - fromA);
  const expected = (p: number) => fromB + slope * (p - fromA);
  const most = Math.max(LEAST_PLACES, Math.min(MOST_PLACES, Math.floor(MOST_PAIRS / (toA - fromA + 1))));
  const runs: Run[] = [];
  let before: readonly number[] = [];
  let room = MOST_IN_RUNS;
  for (let p = fromA; p < toA && room > 0; p++) {
    spend();
    const here = nearest(places.get(a.termIds[p] as number) ?? [], expected(p), most);
    const begun = new Set(before);
    before = here;
    for (const q of here) {
      if (begun.has(q - 1)) continue;
      let length = 1;
      while (p + length < toA && q + length < toB && a.termIds[p + length] === b.termIds[q + length]) length++;
      room -= length;
      const content = contentOf(a, p, length);
      if (content > 0) runs.push({ a: p, b: q, length, content });
    }
  }
  const astray = ({ a: p, b: q }: Run) => Math.abs(q - expected(p));
  // Those that are the same by all of these stay in the order of their places.
  return runs.sort((x, y) => y.content - x.content || y.length - x.length || astray(x) - astray(y));
}

/** Of ascending places so many around one. */
function nearest(places: readonly number[], around: number, most: number): readonly number[] {
  if (places.length <= most) return places;
  let low = 0;
  let high = places.length;
  while (low < high) {
    const mid = (low + high) >>> 1;
    if ((places[mid] as number) < around) low = mid + 1;
    else high = mid;
  }
  const from = Math.min(Math.max(0, low - (most >>> 1)), places.length - most);
  return places.slice(from, from + most);
}

/** The parts of a run that are in no run taken before. */
function partsLeft(
  run: Run,
  a: AnalysedText,
  fromA: number,
  usedA: Uint8Array,
  fromB: number,
  usedB: Uint8Array,
): Run[] {
  const parts: Run[] = [];
  for (let k = 0; k < run.length; ) {
    let end = k;
    while (end < run.length && !usedA[run.a + end - fromA] && !usedB[run.b + end - fromB]) end++;
    const content = contentOf(a, run.a + k, end - k);
    if (content > 0) parts.push({ a: run.a + k, b: run.b + k, length: end - k, content });
    k = end + 1;
  }
  return parts;
}

function contentOf(doc: AnalysedText, from: number, length: number): number {
  let content = 0;
  for (let t = from; t < from + length; t++) if (!((doc.termFlags[t] as number) & STOP)) content++;
  return content;
}

/** The terms that begin in a span, `[from, to)`. */
function termsIn(doc: AnalysedText, { start, end }: Span): [from: number, to: number] {
  return [firstTermAt(doc, start), firstTermAt(doc, end)];
}

function spanOf(doc: AnalysedText, from: number, length: number): Span {
  return { start: doc.termSpans[2 * from] as number, end: doc.termSpans[2 * (from + length) - 1] as number };
}

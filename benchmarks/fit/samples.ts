/**
 * Pairs of documents with labelled sentences, to fit on and to measure by; and models fitted on some stories for the others.
 *
 * Besides each rewrite against its source there are: two rewrites in one document (a story told twice), a source
 * followed by another story (teasers at the end of a page), two rewrites of one source, independent reports of the
 * same event, and another story altogether. Headlines (sentence 0 of a source) are left out: lead and headline
 * say the same, and the gold names only one.
 */

import type { OwnFacts } from '../../src/align/facts.js';
import { FEATURES } from '../../src/align/features.js';
import { scoreRetelling } from '../../src/align/sentences.js';
import { type SimilarityMatrix, similarityMatrix } from '../../src/align/similarity.js';
import { pairVectors } from '../../src/align/vectors.js';
import { knownWords } from '../../src/lexicon/known.js';
import type { Lexicon } from '../../src/lexicon/lexicon.js';
import type { KnownText } from '../../src/relate/voices.js';
import { type AnalysedText, analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import { type GoldText, readStories, touched } from '../quality/rewrites.js';
import { fitSigned, probability } from './logistic.js';

/** A text, and for each of its gold sentences the sentences of the story's source that it carries. */
interface Labelled extends GoldText {
  from: number[][];
}

/** One pair of documents: its features, labels, and which entries count. */
export interface Sample {
  story: number;
  kind: string;
  weight: number;
  x: Float64Array;
  y: Uint8Array;
  counts: Uint8Array;
  gold: number;
  matrix: SimilarityMatrix;
  facts: { a: OwnFacts; b: OwnFacts };
  texts: { a: KnownText; b: KnownText };
}

const K = FEATURES.length;
/** Which way a feature may speak; 0 where both make sense. */
const SIGNS: Record<(typeof FEATURES)[number], number> = {
  cosine: 1,
  overlap: 1,
  betterRank: 1,
  worseRank: 1,
  diagonal: 1,
  around: 1,
  company: 1,
  figures: 1,
  figureConflict: -1,
  names: 1,
  position: -1,
  shortness: 0,
  betterMargin: 1,
  worseMargin: 1,
  ownNames: -1,
  ownFigures: -1,
  answering: 0,
  answered: 1,
  mostAnswered: 1,
  meaning: 1,
};
/** Stories are told apart by their number modulo this. */
export const FOLDS = 5;

/** Reads the stories of a data folder and makes all pairs; without a lexicon where that is undefined. */
export async function makeSamples(data: string, lexicon: Lexicon | undefined): Promise<Sample[]> {
  const table = new TermTable(await loadLanguage('en'));
  const stories = readStories(data);
  const out: Sample[] = [];
  stories.forEach((story, n) => {
    const source: Labelled = { ...story.source, from: story.source.spans.map((_, i) => [i]) };
    const other: Labelled = {
      text: (stories[(n + 5) % stories.length] as (typeof stories)[0]).source.text,
      spans: [],
      from: [],
    };
    const { rewrites } = story;
    rewrites.forEach((rewrite, i) => {
      out.push(sample(table, lexicon, n, rewrite.level, rewrite, source, 1));
      out.push(
        sample(
          table,
          lexicon,
          n,
          'twice',
          joined(rewrite, rewrites[(i + 1) % rewrites.length] as Labelled),
          source,
          0.3,
        ),
      );
      out.push(sample(table, lexicon, n, 'teaser', rewrite, joined(source, other), 0.5));
      if (i > 0) out.push(sample(table, lexicon, n, 'siblings', rewrite, rewrites[i - 1] as Labelled, 0.3));
    });
    for (const text of story.independent) {
      const report: Labelled = { text, spans: [], from: [] };
      out.push(sample(table, lexicon, n, 'independent', report, source, 1));
      for (const rewrite of rewrites)
        out.push(sample(table, lexicon, n, 'independent of rewrite', rewrite, report, 0.5));
    }
    out.push(sample(table, lexicon, n, 'other story', other, source, 1));
  });
  return out;
}

function joined(a: Labelled, b: Labelled): Labelled {
  const shift = a.text.length + 2;
  return {
    text: `${a.text}\n\n${b.text}`,
    from: [...a.from, ...b.from],
    spans: [...a.spans, ...b.spans.map(([s, e]): [number, number] => [s + shift, e + shift])],
  };
}

function sample(
  table: TermTable,
  lexicon: Lexicon | undefined,
  story: number,
  kind: string,
  a: Labelled,
  b: Labelled,
  weight: number,
): Sample {
  const docA = analyse(a.text, table);
  const docB = analyse(b.text, table);
  const vectors = pairVectors(docA, docB);
  const { matrix, features, facts } = scoreRetelling(
    vectors,
    similarityMatrix(vectors),
    lexicon && knownWords(docA, lexicon),
    lexicon && knownWords(docB, lexicon),
  );
  const y = new Uint8Array(matrix.column.length);
  const counts = new Uint8Array(y.length);
  const carries = (text: Labelled, sentences: Uint32Array, s: number) =>
    touched(text, sentences[2 * s] as number, sentences[2 * s + 1] as number).flatMap((g) => text.from[g] ?? []);
  const carriedB = Array.from({ length: matrix.columns }, (_, j) => carries(b, docB.sentences, j));
  for (let i = 0; i < matrix.rows; i++) {
    const carriedA = carries(a, docA.sentences, i);
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
      const other = carriedB[matrix.column[e] as number] as number[];
      counts[e] = carriedA.includes(0) || other.includes(0) ? 0 : 1;
      y[e] = carriedA.some((s) => other.includes(s)) ? 1 : 0;
    }
  }
  const gold = a.from.reduce((n, from) => n + from.filter((s) => s !== 0).length, 0);
  return {
    story,
    kind,
    weight,
    x: features,
    y,
    counts,
    gold,
    matrix,
    facts,
    texts: { a: knownText(docA, lexicon), b: knownText(docB, lexicon) },
  };
}

/** Weights fitted on some pairs of documents. */
export function fitModel(chosen: readonly Sample[], ridge: number): Float64Array {
  const n = chosen.reduce((sum, s) => sum + s.counts.reduce((a, c) => a + c, 0), 0);
  const x = new Float64Array(n * K);
  const y = new Uint8Array(n);
  const w = new Float64Array(n);
  let r = 0;
  for (const s of chosen) {
    for (let e = 0; e < s.y.length; e++) {
      if (!s.counts[e]) continue;
      x.set(s.x.subarray(e * K, e * K + K), r * K);
      w[r] = s.weight;
      y[r++] = s.y[e] as number;
    }
  }
  return fitSigned(
    x,
    y,
    K,
    ridge,
    FEATURES.map((name) => SIGNS[name]),
    w,
  );
}

/** The probability of each entry. */
export function predict(model: Float64Array, s: Sample): Float64Array {
  return Float64Array.from(s.y, (_, e) => probability(model, s.x, e * K, K));
}

/** The probability of each entry of every pair, from models fitted on other stories. */
export function heldOut(samples: readonly Sample[], ridge: number): Map<Sample, Float64Array> {
  const held = new Map<Sample, Float64Array>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const weights = fitModel(
      samples.filter((s) => s.story % FOLDS !== fold),
      ridge,
    );
    for (const s of samples) if (s.story % FOLDS === fold) held.set(s, predict(weights, s));
  }
  return held;
}

function knownText(content: AnalysedText, lexicon: Lexicon | undefined): KnownText {
  return lexicon === undefined ? { content } : { content, known: knownWords(content, lexicon) };
}

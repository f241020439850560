/**
 * Pairs of documents with labelled sentences, to fit on and to measure by.
 *
 * Besides each rewrite against its source there are: two rewrites in one document (a story told twice), a source
 * followed by another story (teasers at the end of a page), two rewrites of one source, independent reports of the
 * same event, and another story altogether.
 */

import type { OwnFacts } from '../../src/align/facts.js';
import type { Feature } from '../../src/align/features.js';
import { sentenceSpan } from '../../src/align/passages.js';
import { scoreRetelling } from '../../src/align/sentences.js';
import { type SimilarityMatrix, similarityMatrix } from '../../src/align/similarity.js';
import { type PairVectors, pairVectors } from '../../src/align/vectors.js';
import { knownWords } from '../../src/lexicon/known.js';
import type { Lexicon } from '../../src/lexicon/lexicon.js';
import type { KnownText } from '../../src/relate/voices.js';
import { type AnalysedText, analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import { readStories, type Story } from '../quality/rewrites.js';
import { type GoldText, tellSame } from '../quality/sentencegold.js';

/** One pair of documents: its features, labels, and which entries count. */
export interface Sample {
  story: number;
  kind: string;
  /** Whether one text retells the other, or both a third. */
  retold: boolean;
  weight: number;
  x: Float64Array;
  y: Uint8Array;
  counts: Uint8Array;
  matrix: SimilarityMatrix;
  vectors: PairVectors;
  facts: { a: OwnFacts; b: OwnFacts };
  texts: { a: KnownText; b: KnownText };
  labels: { a: GoldText; b: GoldText };
}

/** Which way a feature may speak; 0 where both make sense. */
export const SIGNS: Record<Feature, number> = {
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
  stories.forEach((story, place) => {
    const { source, rewrites } = story;
    // One article stands there twice, under two headlines: both are held out together.
    const n = stories.findIndex((other) => leadOf(other) === leadOf(story));
    const other = unlabelled((stories[(place + 5) % stories.length] as (typeof stories)[0]).source.text);
    rewrites.forEach((rewrite, i) => {
      out.push(sample(table, lexicon, n, rewrite.level, rewrite, source, 1));
      out.push(
        sample(
          table,
          lexicon,
          n,
          'twice',
          joined(rewrite, rewrites[(i + 1) % rewrites.length] as GoldText),
          source,
          0.3,
        ),
      );
      out.push(sample(table, lexicon, n, 'teaser', rewrite, joined(source, other), 0.5));
      if (i > 0) out.push(sample(table, lexicon, n, 'siblings', rewrite, rewrites[i - 1] as GoldText, 0.3));
    });
    for (const text of story.independent) {
      const report = unlabelled(text);
      out.push(sample(table, lexicon, n, 'independent', report, source, 1));
      for (const rewrite of rewrites)
        out.push(sample(table, lexicon, n, 'independent of rewrite', rewrite, report, 0.5));
    }
    out.push(sample(table, lexicon, n, 'other story', other, source, 1));
  });
  return out;
}

function leadOf({ source: { text, spans } }: Story): string {
  return text.slice(...(spans[1] ?? [0]));
}

/** A text that tells nothing of what the source does. */
function unlabelled(text: string): GoldText {
  return { text, spans: [], tells: [] };
}

function joined(a: GoldText, b: GoldText): GoldText {
  const shift = a.text.length + 2;
  return {
    text: `${a.text}\n\n${b.text}`,
    tells: [...a.tells, ...b.tells],
    spans: [...a.spans, ...b.spans.map(([s, e]): [number, number] => [s + shift, e + shift])],
  };
}

function sample(
  table: TermTable,
  lexicon: Lexicon | undefined,
  story: number,
  kind: string,
  a: GoldText,
  b: GoldText,
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
  for (let i = 0; i < matrix.rows; i++) {
    const here = sentenceSpan(docA, i);
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
      const same = tellSame(a, here, b, sentenceSpan(docB, matrix.column[e] as number));
      counts[e] = same === undefined ? 0 : 1;
      y[e] = same ? 1 : 0;
    }
  }
  return {
    story,
    kind,
    retold: a.tells.length > 0 && b.tells.length > 0,
    weight,
    x: features,
    y,
    counts,
    matrix,
    vectors,
    facts,
    texts: { a: knownText(docA, lexicon), b: knownText(docB, lexicon) },
    labels: { a, b },
  };
}

function knownText(content: AnalysedText, lexicon: Lexicon | undefined): KnownText {
  return lexicon === undefined ? { content } : { content, known: knownWords(content, lexicon) };
}

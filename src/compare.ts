import { matchingWords } from './align/evidence.js';
import { round, sentenceSpan } from './align/passages.js';
import { similarityMatrix } from './align/similarity.js';
import { pairVectors } from './align/vectors.js';
import type { ReadDocument } from './corpus/analyser.js';
import { comparable } from './relate/document.js';
import { relate } from './relate/relation.js';
import type { Settings } from './settings/options.js';
import type { AnalysedText } from './text/analyse.js';
import { BoilerplateFinder } from './text/boilerplate.js';
import type { CompareOptions, Comparison, MatchingWords, PassagePair, SentenceSimilarities, Span } from './types.js';

/** Compares two documents by themselves: what both carry in unlike surroundings is set aside, the rest is aligned and judged. */
export function compareDocuments(
  a: ReadDocument,
  b: ReadDocument,
  { shingleSize, seed, rewriteThreshold }: Settings,
  { evidence = false }: CompareOptions = {},
): Comparison {
  const finder = new BoilerplateFinder();
  finder.add(a.text);
  finder.add(b.text);
  const [left, right] = [a, b].map((doc) => comparable(doc, finder.find(doc.text), shingleSize, seed)) as [
    ReturnType<typeof comparable>,
    ReturnType<typeof comparable>,
  ];
  const comparison = relate(left, right, rewriteThreshold);
  if (!evidence) return comparison;
  return {
    ...comparison,
    passages: comparison.passages.map((passage) => ({ ...passage, words: wordsOf(passage, a.text, b.text) })),
  };
}

/** How alike the sentences of two documents are, pair by pair. */
export function compareSentences(a: AnalysedText, b: AnalysedText): SentenceSimilarities {
  if (a.text > b.text) {
    const { a: left, b: right, pairs } = compareSentences(b, a);
    const turned = pairs.map((pair) => ({ a: pair.b, b: pair.a, similarity: pair.similarity }));
    return { a: right, b: left, pairs: turned.sort((x, y) => x.a - y.a || x.b - y.b) };
  }
  const { rows, first, column, cosine } = similarityMatrix(pairVectors(a, b));
  const pairs: SentenceSimilarities['pairs'] = [];
  for (let i = 0; i < rows; i++)
    for (let e = first[i] as number; e < (first[i + 1] as number); e++)
      pairs.push({ a: i, b: column[e] as number, similarity: round(cosine[e] as number) });
  return { a: sentencesOf(a), b: sentencesOf(b), pairs };
}

function sentencesOf(doc: AnalysedText): Span[] {
  return Array.from({ length: doc.sentences.length / 2 }, (_, s) => sentenceSpan(doc, s));
}

/** The matching words of a passage, the same whichever text comes first. */
function wordsOf(passage: PassagePair, a: AnalysedText, b: AnalysedText): MatchingWords[] {
  if (a.text <= b.text) return matchingWords(a, passage.a, b, passage.b);
  return matchingWords(b, passage.b, a, passage.a)
    .map((words) => ({ a: words.b, b: words.a }))
    .sort((x, y) => x.a.start - y.a.start);
}

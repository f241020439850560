import { matchingWords, sentenceFeatures } from './align/evidence.js';
import { round, sentenceSpan } from './align/passages.js';
import type { SentenceScores } from './align/sentences.js';
import { similarityMatrix } from './align/similarity.js';
import { pairVectors } from './align/vectors.js';
import type { ReadDocument } from './corpus/analyser.js';
import { knownWords } from './lexicon/known.js';
import { type ComparableDocument, comparable } from './relate/document.js';
import { relate } from './relate/relation.js';
import { ownVoices, sharedFacts } from './relate/voices.js';
import type { Settings } from './settings/options.js';
import type { AnalysedText } from './text/analyse.js';
import { BoilerplateFinder } from './text/boilerplate.js';
import type {
  CompareOptions,
  Comparison,
  MatchingWords,
  PassagePair,
  SentencePair,
  SentenceSimilarities,
  Span,
  TextFacts,
} from './types.js';

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
    ComparableDocument,
    ComparableDocument,
  ];
  let scores: SentenceScores | undefined;
  const comparison = relate(
    left,
    right,
    rewriteThreshold,
    (told) => {
      scores = told;
    },
    {},
    'alone',
  );
  if (!evidence) return comparison;
  const forward = a.text.text <= b.text.text;
  const [placeA, placeB] = [left, right].map(({ content }) => placesOf(content)) as [SentencePlaces, SentencePlaces];
  const featuresOf = (pair: SentencePair) => {
    const [i, j] = [placeA(pair.a), placeB(pair.b)];
    return scores === undefined ? [] : sentenceFeatures(scores, forward ? i : j, forward ? j : i);
  };
  return {
    ...comparison,
    passages: comparison.passages.map((passage) => ({
      ...passage,
      sentences: passage.sentences.map((pair) => ({ ...pair, features: featuresOf(pair) })),
      words: wordsOf(passage, a, b),
    })),
    facts: { a: factsOf(left, right), b: factsOf(right, left) },
  };
}

/** What a text has of its own, as the relation is judged by. */
function factsOf(text: ComparableDocument, other: ComparableDocument): TextFacts {
  const sentences = text.content.sentences.length / 2;
  // As if none of its sentences might answer to the other text, so that each counts as one.
  const { quotations, named, figures } = ownVoices(text, other, new Float64Array(sentences));
  return {
    sentences,
    quotations: Math.round(quotations),
    names: named,
    figures: Math.round(figures),
    shared: sharedFacts(text.content, other.content),
  };
}

type SentencePlaces = (span: Span) => number;

/** Which sentence of a text a span is. */
function placesOf({ sentences }: AnalysedText): SentencePlaces {
  const places = new Map<number, number>();
  for (let s = 0; 2 * s < sentences.length; s++) places.set(sentences[2 * s] as number, s);
  return ({ start }) => places.get(start) ?? -1;
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
function wordsOf(passage: PassagePair, a: ReadDocument, b: ReadDocument): MatchingWords[] {
  if (a.text.text <= b.text.text)
    return matchingWords(a.text, passage.a, b.text, passage.b, a.lexicon && knownWords(a.text, a.lexicon));
  return wordsOf({ ...passage, a: passage.b, b: passage.a }, b, a)
    .map((words) => ({ ...words, a: words.b, b: words.a }))
    .sort((x, y) => x.a.start - y.a.start);
}

import { count, faultOf, list, number, object, oneOf, optional, string } from '../shapes.js';
import { RELATIONS } from './words.js';

const place = { start: count, end: count };
const span = object(place);
const sentences = list(
  object({
    a: span,
    b: span,
    score: number,
    contradicts: optional(list(string)),
    features: optional(list(object({ name: string, value: number, effect: number }))),
  }),
);
const passages = list(
  object({
    a: span,
    b: span,
    score: number,
    kind: oneOf('verbatim', 'edited', 'paraphrased'),
    sentences,
    words: optional(list(object({ a: span, b: span, rarity: optional(number) }))),
  }),
);
const facts = object({ sentences: count, quotations: count, names: count, figures: count, shared: count });
const member = object({ document: string, ...place });

const compared = {
  relation: oneOf(...RELATIONS, 'unrelated'),
  score: number,
  resemblance: number,
  containment: object({ a: number, b: number }),
  passages,
  original: optional(oneOf('a', 'b')),
  facts: optional(object({ a: facts, b: facts })),
};
const comparison = object(compared);

const report = object({
  documents: list(
    object({
      id: string,
      title: optional(string),
      published: optional(string),
      language: string,
      source: optional(string),
      url: optional(string),
      author: optional(string),
      copyright: optional(string),
      words: count,
      sentences: count,
      repeats: sentences,
    }),
  ),
  pairs: list(object({ a: string, b: string, ...compared })),
  clusters: list(
    object({
      members: list(string),
      representative: string,
      lowestScore: number,
      weakestLink: object({ a: string, b: string, score: number }),
    }),
  ),
  passageClusters: list(object({ members: list(member), representative: member })),
  boilerplate: list(object({ text: string, documents: count })),
  stats: object({
    documents: count,
    words: count,
    sentences: count,
    candidates: count,
    related: count,
    cappedKeys: count,
    lexicon: list(string),
  }),
});

/** What is wrong with a report and where, in words; undefined where nothing is. */
export function faultOfReport(value: unknown): string | undefined {
  return faultOf(report, value);
}

/** The same of a pair of a report, or of what `compare` gave. */
export function faultOfComparison(value: unknown): string | undefined {
  return faultOf(comparison, value);
}

/** The same of what a dot plot is drawn of. */
export function faultOfPlot(similarities: unknown, drawn: unknown): string | undefined {
  return faultOf(plotted, similarities) ?? faultOf(object({ passages }), drawn);
}

const plotted = object({
  a: list(span),
  b: list(span),
  pairs: list(object({ a: count, b: count, similarity: number })),
});

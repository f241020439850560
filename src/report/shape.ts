import { RELATIONS } from './words.js';

/*
 * What of a report is looked at, as shapes: each says nothing of a value that fits, else where in it something else stands than what
 * must be there. Places are put together on the way back from a fault alone, so that a report of gigabytes costs one walk.
 */

interface Fault {
  readonly at: string;
  readonly wanted: string;
}
type Shape = (value: unknown) => Fault | undefined;

function is(wanted: string, fits: (value: unknown) => boolean): Shape {
  return (value) => (fits(value) ? undefined : { at: '', wanted });
}

function list(of: Shape): Shape {
  return (value) => {
    if (!Array.isArray(value)) return { at: '', wanted: 'an array' };
    for (let n = 0; n < value.length; n++) {
      const fault = of(value[n]);
      if (fault !== undefined) return { ...fault, at: `[${n}]${fault.at}` };
    }
    return undefined;
  };
}

function object(fields: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(fields);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { at: '', wanted: 'an object' };
    for (const [name, of] of entries) {
      const fault = of((value as Record<string, unknown>)[name]);
      if (fault !== undefined) return { ...fault, at: `.${name}${fault.at}` };
    }
    return undefined;
  };
}

function optional(of: Shape): Shape {
  return (value) => (value === undefined ? undefined : of(value));
}

function oneOf(...words: readonly string[]): Shape {
  return is(`one of ${words.join(', ')}`, (value) => words.includes(value as string));
}

const string = is('a string', (value) => typeof value === 'string');
const number = is('a number', Number.isFinite);
const count = is('a whole number from 0 on', (value) => Number.isSafeInteger(value) && (value as number) >= 0);

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
  return inWords(report(value));
}

/** The same of a pair of a report, or of what `compare` gave. */
export function faultOfComparison(value: unknown): string | undefined {
  return inWords(comparison(value));
}

/** The same of what a dot plot is drawn of. */
export function faultOfPlot(similarities: unknown, drawn: unknown): string | undefined {
  return inWords(plotted(similarities) ?? object({ passages })(drawn));
}

const plotted = object({
  a: list(span),
  b: list(span),
  pairs: list(object({ a: count, b: count, similarity: number })),
});

function inWords(fault: Fault | undefined): string | undefined {
  return fault && `${fault.at.slice(1) || 'the whole'} must be ${fault.wanted}`;
}

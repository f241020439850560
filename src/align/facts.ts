import { type KnownWords, rowSet } from '../lexicon/known.js';
import { type Lexicon, LIKENESS_STEPS } from '../lexicon/lexicon.js';
import { NAME, NUMBER } from '../text/terms.js';
import type { PairVectors, SentenceVectors } from './vectors.js';

/**
 * What a document says that the other does not: names and figures. A retelling has few of its own, however other its
 * words; an independent report has its own voices, places and numbers. Counted once a sentence, and summed up to
 * each sentence, so that those of any run of sentences are a difference; one entry more than there are sentences.
 */
export interface OwnFacts {
  readonly names: Uint32Array;
  readonly ownNames: Uint32Array;
  readonly figures: Uint32Array;
  readonly ownFigures: Uint32Array;
}

/** Between what retellings have (0.1) and independent reports (0.3): says nothing either way. */
const USUAL_SHARE = 0.2;

/** The share of the names of sentences `[from, to)` that the other document lacks; a share of few says little, so three are added of the usual share. */
export function ownNameShare({ names, ownNames }: OwnFacts, from: number, to: number): number {
  return share(ownNames, names, from, to);
}

/** The same for figures. */
export function ownFigureShare({ figures, ownFigures }: OwnFacts, from: number, to: number): number {
  return share(ownFigures, figures, from, to);
}

function share(own: Uint32Array, all: Uint32Array, from: number, to: number): number {
  return (
    ((own[to] as number) - (own[from] as number) + 3 * USUAL_SHARE) / ((all[to] as number) - (all[from] as number) + 3)
  );
}

/** Likeness from which a name is another form of one that the other document has (Britain, British), in steps of the lexicon. */
const SAME_NAME = 0.6 * LIKENESS_STEPS;

/** The facts of both documents, those of `a` first. */
export function ownFacts(vectors: PairVectors, a?: KnownWords, b?: KnownWords): { a: OwnFacts; b: OwnFacts } {
  const { sequenceA, termsB, weights } = vectors;
  const rowsA = rowsPresent(a);
  const rowsB = rowsPresent(b);
  return {
    a: factsOf(vectors.a, present(termsB, weights.length), rowOfTerm(sequenceA.terms, a), rowsB, a?.lexicon),
    b: factsOf(vectors.b, present(sequenceA.terms, weights.length), rowOfTerm(termsB, b), rowsA, b?.lexicon),
  };
}

function factsOf(
  { count, first, terms, flags }: SentenceVectors,
  elsewhere: Uint8Array,
  rowOf: Map<number, number>,
  rowsElsewhere: ReadonlySet<number>,
  lexicon: Lexicon | undefined,
): OwnFacts {
  const names = new Uint32Array(count + 1);
  const ownNames = new Uint32Array(count + 1);
  const figures = new Uint32Array(count + 1);
  const ownFigures = new Uint32Array(count + 1);
  for (let s = 0; s < count; s++) {
    let [n, ownN, f, ownF] = [names[s] as number, ownNames[s] as number, figures[s] as number, ownFigures[s] as number];
    for (let t = first[s] as number; t < (first[s + 1] as number); t++) {
      const flag = flags[t] as number;
      const term = terms[t] as number;
      if (flag & NUMBER) {
        f++;
        if (elsewhere[term] === 0) ownF++;
      } else if (flag & NAME) {
        n++;
        if (elsewhere[term] === 0 && !(lexicon !== undefined && hasForm(rowOf.get(term), rowsElsewhere, lexicon)))
          ownN++;
      }
    }
    names[s + 1] = n;
    ownNames[s + 1] = ownN;
    figures[s + 1] = f;
    ownFigures[s + 1] = ownF;
  }
  return { names, ownNames, figures, ownFigures };
}

/** Whether the other document has another form of the word in a row. */
function hasForm(
  row: number | undefined,
  rows: ReadonlySet<number>,
  { first, neighbours, likeness }: Lexicon,
): boolean {
  if (row === undefined || row < 0) return false;
  for (let e = first[row] as number; e < (first[row + 1] as number) && (likeness[e] as number) >= SAME_NAME; e++)
    if (rows.has(neighbours[e] as number)) return true;
  return false;
}

/** By term, 1 where the document has it. */
function present(terms: Uint32Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  for (let t = 0; t < terms.length; t++) out[terms[t] as number] = 1;
  return out;
}

function rowsPresent(known: KnownWords | undefined): ReadonlySet<number> {
  return known === undefined ? NONE : rowSet(known);
}

const NONE: ReadonlySet<number> = new Set();

function rowOfTerm(terms: Uint32Array, known: KnownWords | undefined): Map<number, number> {
  const out = new Map<number, number>();
  if (known !== undefined) for (let t = 0; t < terms.length; t++) out.set(terms[t] as number, known.rows[t] as number);
  return out;
}

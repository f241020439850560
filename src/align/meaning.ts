import type { KnownWords } from '../lexicon/known.js';
import { type Lexicon, LIKENESS_STEPS } from '../lexicon/lexicon.js';
import type { PairVectors, SentenceVectors } from './vectors.js';

/**
 * How alike the sentences of two documents are in meaning, by row (sentence of `a`) and column (sentence of `b`), row by row.
 *
 * - `forward`: how much of the sentence of `a` the other answers: the mean over its terms, by weight, of the likeness of the
 *   term that is nearest, 1 for the same one
 * - `backward`: the same for the sentence of `b`
 */
export interface MeaningMatrix {
  readonly forward: Float32Array;
  readonly backward: Float32Array;
  /** The cosine of the sums of two sentences' word vectors, 0 at least. */
  likeness(i: number, j: number): number;
}

/** Documents with more pairs of sentences than this are compared by their words alone: the columns would take 8 MB. */
const MOST_PAIRS = 1 << 20;
/** Likeness from which words answer each other, in steps of the lexicon. */
const LEAST_LIKENESS = 0.4 * LIKENESS_STEPS;
/** What the rarity of a word in all articles is divided by, so that a usual content word weighs as much as by its documents alone. */
const USUAL_RARITY = 6;

/** Compares all sentences of two documents of one language; undefined where that would take too much. */
export function meaningMatrix(vectors: PairVectors, a: KnownWords, b: KnownWords): MeaningMatrix | undefined {
  const rows = vectors.a.count;
  const columns = vectors.b.count;
  if (rows * columns > MOST_PAIRS || a.lexicon !== b.lexicon) return undefined;
  const { lexicon } = a;
  const size = vectors.weights.length;
  const rowOf = new Int32Array(size).fill(-1);
  for (let t = 0; t < a.rows.length; t++) rowOf[vectors.sequenceA.terms[t] as number] = a.rows[t] as number;
  for (let t = 0; t < b.rows.length; t++) {
    const term = vectors.termsB[t] as number;
    if (rowOf[term] === -1) rowOf[term] = b.rows[t] as number;
  }
  const weights = new Float64Array(size);
  for (let t = 0; t < size; t++)
    weights[t] = ((vectors.weights[t] as number) * lexicon.rarity(rowOf[t] as number)) / USUAL_RARITY;
  const postingsA = invert(vectors.a, size);
  const postingsB = { first: vectors.firstPosting, sentences: vectors.postings };
  const answers = answersOf(postingsA.first, postingsB.first, rowOf, lexicon);
  const forward = coverage(answers.a, answers.b, answers.likeness, postingsA, postingsB, weights, rows, columns, false);
  const backward = coverage(answers.b, answers.a, answers.likeness, postingsB, postingsA, weights, columns, rows, true);
  divideBy(forward, sums(vectors.a, weights), sums(vectors.b, weights), backward, columns);
  const meansA = sentenceMeans(vectors.a, weights, rowOf, lexicon);
  const meansB = sentenceMeans(vectors.b, weights, rowOf, lexicon);
  const d = lexicon.dimensions;
  return {
    forward,
    backward,
    likeness(i, j) {
      let sum = 0;
      for (let k = 0, x = i * d, y = j * d; k < d; k++, x++, y++) sum += (meansA[x] as number) * (meansB[y] as number);
      return sum > 0 ? Math.min(sum, 1) : 0;
    },
  };
}

/** Sentences that hold each term: `sentences[first[t] .. first[t + 1])`. */
interface Postings {
  readonly first: Uint32Array;
  readonly sentences: Uint32Array;
}

function invert({ count, first, terms }: SentenceVectors, size: number): Postings {
  const begin = new Uint32Array(size + 1);
  for (let t = 0; t < terms.length; t++)
    begin[(terms[t] as number) + 1] = (begin[(terms[t] as number) + 1] as number) + 1;
  for (let t = 0; t < size; t++) begin[t + 1] = (begin[t + 1] as number) + (begin[t] as number);
  const fill = begin.slice(0, size);
  const sentences = new Uint32Array(terms.length);
  for (let s = 0; s < count; s++) {
    for (let t = first[s] as number; t < (first[s + 1] as number); t++) {
      const term = terms[t] as number;
      sentences[fill[term] as number] = s;
      fill[term] = (fill[term] as number) + 1;
    }
  }
  return { first: begin, sentences };
}

/** Scratch for each lexicon: the term of `b` in each row, plus one. Cleared after use. */
const scratch = new WeakMap<Lexicon, Uint32Array>();

/** Which terms of `a` and of `b` answer each other, likest first; a term that both have answers itself. */
function answersOf(firstA: Uint32Array, firstB: Uint32Array, rowOf: Int32Array, lexicon: Lexicon) {
  const size = rowOf.length;
  let termOf = scratch.get(lexicon);
  if (termOf === undefined) {
    termOf = new Uint32Array(lexicon.words);
    scratch.set(lexicon, termOf);
  }
  const a: number[] = [];
  const b: number[] = [];
  const likeness: number[] = [];
  const inA = (t: number) => (firstA[t + 1] as number) > (firstA[t] as number);
  const inB = (t: number) => (firstB[t + 1] as number) > (firstB[t] as number);
  const { first, neighbours, likeness: alike } = lexicon;
  for (let side = 0; side < 2; side++) {
    const [from, to] = side === 0 ? [inA, inB] : [inB, inA];
    for (let t = 0; t < size; t++) if ((rowOf[t] as number) >= 0 && to(t)) termOf[rowOf[t] as number] = t + 1;
    for (let t = 0; t < size; t++) {
      if (!from(t)) continue;
      if (side === 0 && inB(t)) {
        a.push(t);
        b.push(t);
        likeness.push(LIKENESS_STEPS);
      }
      const row = rowOf[t] as number;
      if (row < 0) continue;
      for (let e = first[row] as number; e < (first[row + 1] as number); e++) {
        if ((alike[e] as number) < LEAST_LIKENESS) break;
        const other = termOf[neighbours[e] as number] as number;
        if (other === 0) continue;
        a.push(side === 0 ? t : other - 1);
        b.push(side === 0 ? other - 1 : t);
        likeness.push(alike[e] as number);
      }
    }
    for (let t = 0; t < size; t++) if ((rowOf[t] as number) >= 0) termOf[rowOf[t] as number] = 0;
  }
  const order = Uint32Array.from(likeness, (x, n) => (LIKENESS_STEPS - x) * 2 ** 23 + n).sort();
  const at = (n: number) => (order[n] as number) & (2 ** 23 - 1);
  return {
    a: Uint32Array.from(order, (_, n) => a[at(n)] as number),
    b: Uint32Array.from(order, (_, n) => b[at(n)] as number),
    likeness: Float64Array.from(order, (_, n) => (likeness[at(n)] as number) / LIKENESS_STEPS),
  };
}

/** For every pair of sentences the sum over the first one's terms of weight times likeness of the nearest term in the second. */
function coverage(
  from: Uint32Array,
  to: Uint32Array,
  likeness: Float64Array,
  own: Postings,
  other: Postings,
  weights: Float64Array,
  count: number,
  others: number,
  transposed: boolean,
): Float32Array {
  const out = new Float32Array(count * others);
  // Answers of each term, likest first.
  const begin = new Uint32Array(weights.length + 1);
  for (let n = 0; n < from.length; n++) begin[(from[n] as number) + 1] = (begin[(from[n] as number) + 1] as number) + 1;
  for (let t = 0; t < weights.length; t++) begin[t + 1] = (begin[t + 1] as number) + (begin[t] as number);
  const fill = begin.slice(0, weights.length);
  const list = new Uint32Array(from.length);
  for (let n = 0; n < from.length; n++) {
    const t = from[n] as number;
    list[fill[t] as number] = n;
    fill[t] = (fill[t] as number) + 1;
  }
  const met = new Uint32Array(others);
  for (let t = 0; t < weights.length; t++) {
    const weight = weights[t] as number;
    for (let l = begin[t] as number; l < (begin[t + 1] as number); l++) {
      const n = list[l] as number;
      const u = to[n] as number;
      const gain = weight * (likeness[n] as number);
      for (let q = other.first[u] as number; q < (other.first[u + 1] as number); q++) {
        const j = other.sentences[q] as number;
        if (met[j] === t + 1) continue;
        met[j] = t + 1;
        for (let p = own.first[t] as number; p < (own.first[t + 1] as number); p++) {
          const i = own.sentences[p] as number;
          const at = transposed ? j * count + i : i * others + j;
          out[at] = (out[at] as number) + gain;
        }
      }
    }
  }
  return out;
}

function sums(sentences: SentenceVectors, weights: Float64Array): Float64Array {
  const out = new Float64Array(sentences.count);
  for (let s = 0; s < sentences.count; s++) {
    for (let t = sentences.first[s] as number; t < (sentences.first[s + 1] as number); t++)
      out[s] = (out[s] as number) + (weights[sentences.terms[t] as number] as number);
  }
  return out;
}

function divideBy(
  forward: Float32Array,
  byRow: Float64Array,
  byColumn: Float64Array,
  backward: Float32Array,
  columns: number,
): void {
  for (let at = 0, i = 0; i < byRow.length; i++) {
    for (let j = 0; j < columns; j++, at++) {
      forward[at] = (forward[at] as number) / ((byRow[i] as number) || 1);
      backward[at] = (backward[at] as number) / ((byColumn[j] as number) || 1);
    }
  }
}

/** The sum of each sentence's word vectors by weight, as a unit vector. */
function sentenceMeans(
  sentences: SentenceVectors,
  weights: Float64Array,
  rowOf: Int32Array,
  { dimensions, vectors }: Lexicon,
): Float32Array {
  const out = new Float32Array(sentences.count * dimensions);
  for (let s = 0; s < sentences.count; s++) {
    const at = s * dimensions;
    for (let t = sentences.first[s] as number; t < (sentences.first[s + 1] as number); t++) {
      const term = sentences.terms[t] as number;
      const row = rowOf[term] as number;
      if (row < 0) continue;
      const weight = weights[term] as number;
      for (let k = 0, v = row * dimensions; k < dimensions; k++, v++)
        out[at + k] = (out[at + k] as number) + weight * (vectors[v] as number);
    }
    let sum = 0;
    for (let k = at; k < at + dimensions; k++) sum += (out[k] as number) ** 2;
    const length = Math.sqrt(sum);
    if (length > 0) for (let k = at; k < at + dimensions; k++) out[k] = (out[k] as number) / length;
  }
  return out;
}

import { spend } from '../settings/deadline.js';
import { NAME, NUMBER } from '../text/terms.js';
import type { MeaningMatrix } from './meaning.js';
import type { PairVectors } from './vectors.js';

/**
 * The pairs of sentences that share a content term, as columns over entries sorted by row (sentence of `a`) and
 * column (sentence of `b`): entries of row i are `[first[i], first[i + 1])`.
 *
 * - `column`: sentence of `b`
 * - `cosine`: cosine of the two sentences' weighted terms, in [0, 1]
 * - `shared`: sum of the squared weights of shared terms
 * - `names`, `figures`: shared terms of that kind
 */
export interface SimilarityMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly first: Uint32Array;
  readonly column: Uint32Array;
  readonly cosine: Float64Array;
  readonly shared: Float64Array;
  readonly names: Uint16Array;
  readonly figures: Uint16Array;
}

/**
 * The same with what a lexicon adds, beside the other columns; without a lexicon these are empty, and `likeness` is the cosine.
 *
 * - `answered`: mean of how much of each sentence the other answers (see meaning.ts); `mostAnswered`, the larger of the two
 * - `meaning`: cosine of the sums of their word vectors
 * - `likeness`: what ranks and neighbours go by: a blend of `cosine`, `meaning` and the geometric mean of the two answers
 */
export interface LikenessMatrix extends SimilarityMatrix {
  readonly answered: Float64Array;
  readonly mostAnswered: Float64Array;
  readonly meaning: Float64Array;
  readonly likeness: Float64Array;
}

/**
 * With more pairs of sentences than this a term proposes at most `COMMON` partners for a sentence, those nearest to its own
 * place, and in very long documents fewer, down to `FEWEST`: it would else propose nearly all pairs, and time would grow
 * with the square of the length.
 */
const MANY_PAIRS = 512 * 512;
const COMMON = 64;
const FEWEST = 4;
/** Pairs below this cosine are noise, and are not kept. */
const LEAST_COSINE = 0.04;

/**
 * Compares every sentence of `a` with every sentence of `b` that shares a term with it; of a document with itself, with those
 * that come `later` only.
 */
export function similarityMatrix(vectors: PairVectors, later = false): SimilarityMatrix {
  const { a, b, weights, firstPosting, postings } = vectors;
  const first = new Uint32Array(a.count + 1);
  const entries = new Entries(2 * (a.count + b.count));
  const sum = new Float64Array(b.count);
  const nameCount = new Uint16Array(b.count);
  const figureCount = new Uint16Array(b.count);
  const touched = new Uint32Array(b.count);
  const many = a.count * b.count > MANY_PAIRS;
  const most = Math.max(FEWEST, Math.min(COMMON, Math.floor(MANY_PAIRS / a.count)));
  for (let i = 0; i < a.count; i++) {
    spend();
    let n = 0;
    for (let t = a.first[i] as number; t < (a.first[i + 1] as number); t++) {
      const term = a.terms[t] as number;
      const flag = a.flags[t] as number;
      const w = (weights[term] as number) ** 2;
      let from = firstPosting[term] as number;
      let to = firstPosting[term + 1] as number;
      if (later && !many) from = placeOf(postings, from, to, i + 1);
      if (many && to - from > most) {
        const place = placeOf(postings, from, to, (i * b.count) / a.count);
        from = Math.min(Math.max(from, place - (most >>> 1)), to - most);
        to = from + most;
      }
      for (let p = from; p < to; p++) {
        const j = postings[p] as number;
        if (sum[j] === 0) touched[n++] = j;
        sum[j] = (sum[j] as number) + w;
        if (flag & NUMBER) figureCount[j] = (figureCount[j] as number) + 1;
        else if (flag & NAME) nameCount[j] = (nameCount[j] as number) + 1;
      }
    }
    if (n > 1) touched.subarray(0, n).sort();
    const mass = a.mass[i] as number;
    for (let k = 0; k < n; k++) {
      const j = touched[k] as number;
      const shared = sum[j] as number;
      const cosine = shared / Math.sqrt(mass * (b.mass[j] as number));
      if (cosine >= LEAST_COSINE && (!later || j > i))
        entries.add(j, cosine, shared, nameCount[j] as number, figureCount[j] as number);
      sum[j] = 0;
      nameCount[j] = 0;
      figureCount[j] = 0;
    }
    first[i + 1] = entries.length;
  }
  return { rows: a.count, columns: b.count, first, ...entries.finish() };
}

/** The first of ascending postings in `[from, to)` that is at least `wanted`. */
function placeOf(postings: Uint32Array, from: number, to: number, wanted: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const mid = (low + high) >>> 1;
    if ((postings[mid] as number) < wanted) low = mid + 1;
    else high = mid;
  }
  return low;
}

/** The columns of a matrix while they grow. */
class Entries {
  length = 0;
  #capacity: number;
  #column: Uint32Array;
  #cosine: Float64Array;
  #shared: Float64Array;
  #names: Uint16Array;
  #figures: Uint16Array;

  constructor(capacity: number) {
    this.#capacity = capacity + 16;
    this.#column = new Uint32Array(this.#capacity);
    this.#cosine = new Float64Array(this.#capacity);
    this.#shared = new Float64Array(this.#capacity);
    this.#names = new Uint16Array(this.#capacity);
    this.#figures = new Uint16Array(this.#capacity);
  }

  add(column: number, cosine: number, shared: number, names: number, figures: number): void {
    if (this.length === this.#capacity) this.#grow();
    const e = this.length++;
    this.#column[e] = column;
    this.#cosine[e] = cosine;
    this.#shared[e] = shared;
    this.#names[e] = names;
    this.#figures[e] = figures;
  }

  finish() {
    return {
      column: this.#column.subarray(0, this.length),
      cosine: this.#cosine.subarray(0, this.length),
      shared: this.#shared.subarray(0, this.length),
      names: this.#names.subarray(0, this.length),
      figures: this.#figures.subarray(0, this.length),
    };
  }

  #grow(): void {
    this.#capacity *= 2;
    const wider = <T extends Uint32Array | Float64Array | Uint16Array>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.#column = wider(new Uint32Array(this.#capacity), this.#column);
    this.#cosine = wider(new Float64Array(this.#capacity), this.#cosine);
    this.#shared = wider(new Float64Array(this.#capacity), this.#shared);
    this.#names = wider(new Uint16Array(this.#capacity), this.#names);
    this.#figures = wider(new Uint16Array(this.#capacity), this.#figures);
  }
}

/** A pair without a shared term is kept when, on the mean, so much of both sentences is answered. */
const LEAST_ANSWERED = 0.15;

/** Adds what a lexicon knows of the sentences' meaning, and the pairs that are alike by that alone. */
export function withMeaning(matrix: SimilarityMatrix, meaning: MeaningMatrix | undefined): LikenessMatrix {
  const none = new Float64Array(0);
  if (meaning === undefined)
    return { ...matrix, answered: none, mostAnswered: none, meaning: none, likeness: matrix.cosine };
  const { rows, columns } = matrix;
  const { forward, backward } = meaning;
  const first = new Uint32Array(rows + 1);
  const from: number[] = [];
  const column: number[] = [];
  for (let i = 0; i < rows; i++) {
    let e = matrix.first[i] as number;
    const end = matrix.first[i + 1] as number;
    for (let j = 0; j < columns; j++) {
      const known = e < end && matrix.column[e] === j;
      const at = i * columns + j;
      if (!known && (forward[at] as number) + (backward[at] as number) < 2 * LEAST_ANSWERED) continue;
      from.push(known ? e++ : -1);
      column.push(j);
    }
    first[i + 1] = column.length;
  }
  const n = column.length;
  const out = {
    rows,
    columns,
    first,
    column: Uint32Array.from(column),
    cosine: new Float64Array(n),
    shared: new Float64Array(n),
    names: new Uint16Array(n),
    figures: new Uint16Array(n),
    answered: new Float64Array(n),
    mostAnswered: new Float64Array(n),
    meaning: new Float64Array(n),
    likeness: new Float64Array(n),
  };
  for (let i = 0; i < rows; i++) {
    for (let k = first[i] as number; k < (first[i + 1] as number); k++) {
      const e = from[k] as number;
      const j = column[k] as number;
      if (e >= 0) {
        out.cosine[k] = matrix.cosine[e] as number;
        out.shared[k] = matrix.shared[e] as number;
        out.names[k] = matrix.names[e] as number;
        out.figures[k] = matrix.figures[e] as number;
      }
      const one = forward[i * columns + j] as number;
      const other = backward[i * columns + j] as number;
      const alike = meaning.likeness(i, j);
      out.answered[k] = (one + other) / 2;
      out.mostAnswered[k] = Math.max(one, other);
      out.meaning[k] = alike;
      out.likeness[k] = 0.4 * (out.cosine[k] as number) + 0.3 * alike + 0.3 * Math.sqrt(one * other);
    }
  }
  return out;
}

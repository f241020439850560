import type { AnalysedText } from '../text/analyse.js';
import { STOP } from '../text/terms.js';
import { spellingVariants } from './spelling.js';

/**
 * The sentences of one document as sets of weighted terms. Terms are numbered for the pair of documents at hand.
 *
 * - `terms[first[s] .. first[s + 1])`: the distinct content terms of sentence s, ascending
 * - `flags`: beside `terms` (see text/terms.ts)
 * - `mass[s]`: sum of the squared weights of the sentence's terms
 * - `length[s]`: terms of the sentence, common words and repeats included
 * - `wording[s]`: hash of the sequence of its terms, common words included
 */
export interface SentenceVectors {
  readonly count: number;
  readonly first: Uint32Array;
  readonly terms: Uint32Array;
  readonly flags: Uint8Array;
  readonly mass: Float64Array;
  readonly length: Uint32Array;
  readonly wording: Uint32Array;
}

/** Two documents over one numbering of terms. */
export interface PairVectors {
  readonly a: SentenceVectors;
  readonly b: SentenceVectors;
  /** Weight of each term. */
  readonly weights: Float64Array;
  /** Sentences of `b` that hold each term: `postings[firstPosting[t] .. firstPosting[t + 1])`. */
  readonly firstPosting: Uint32Array;
  readonly postings: Uint32Array;
}

/** Sentences added to a pair's own, so that in a pair of one-line texts a word still weighs something. */
const PRIOR_SENTENCES = 5;

/** Numbers the terms of two documents, weighs them, and writes each sentence as a set. */
export function pairVectors(a: AnalysedText, b: AnalysedText): PairVectors {
  const numbering = new Map<number, number>();
  const localA = numberTerms(a, numbering);
  const localB = numberTerms(b, numbering);
  for (const [from, to] of spellingVariants(a, localA, b, localB)) {
    for (let t = 0; t < localB.length; t++) if (localB[t] === from) localB[t] = to;
  }
  const size = numbering.size;
  const sentencesA = sets(a, localA);
  const sentencesB = sets(b, localB);
  const inA = sentenceFrequency(sentencesA.terms, size);
  const inB = sentenceFrequency(sentencesB.terms, size);
  const weights = new Float64Array(size);
  const half = (sentencesA.count + sentencesB.count) / 2 + PRIOR_SENTENCES;
  // The larger of the two counts: a term must not lose weight by being shared.
  for (let t = 0; t < size; t++) weights[t] = Math.log(1 + half / Math.max(inA[t] as number, inB[t] as number, 1));
  const { firstPosting, postings } = invert(sentencesB, inB);
  return { a: weigh(sentencesA, weights), b: weigh(sentencesB, weights), weights, firstPosting, postings };
}

function numberTerms(doc: AnalysedText, numbering: Map<number, number>): Uint32Array {
  const local = new Uint32Array(doc.termIds.length);
  for (let t = 0; t < local.length; t++) {
    const id = doc.termIds[t] as number;
    let n = numbering.get(id);
    if (n === undefined) {
      n = numbering.size;
      numbering.set(id, n);
    }
    local[t] = n;
  }
  return local;
}

type SentenceSets = Omit<SentenceVectors, 'mass'>;

function sets(doc: AnalysedText, local: Uint32Array): SentenceSets {
  const count = doc.firstTerm.length - 1;
  const first = new Uint32Array(count + 1);
  const terms = new Uint32Array(local.length);
  const flags = new Uint8Array(local.length);
  const length = new Uint32Array(count);
  const wording = new Uint32Array(count);
  let n = 0;
  for (let s = 0; s < count; s++) {
    const from = doc.firstTerm[s] as number;
    const to = doc.firstTerm[s + 1] as number;
    length[s] = to - from;
    const content = new Map<number, number>();
    let sequence = 0x811c9dc5;
    for (let t = from; t < to; t++) {
      const flag = doc.termFlags[t] as number;
      sequence = (Math.imul(sequence, 0x01000193) ^ (local[t] as number)) >>> 0;
      if (!(flag & STOP)) content.set(local[t] as number, flag | (content.get(local[t] as number) ?? 0));
    }
    wording[s] = sequence;
    for (const term of [...content.keys()].sort((x, y) => x - y)) {
      terms[n] = term;
      flags[n++] = content.get(term) as number;
    }
    first[s + 1] = n;
  }
  return { count, first, terms: terms.slice(0, n), flags: flags.slice(0, n), length, wording };
}

function sentenceFrequency(terms: Uint32Array, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (let i = 0; i < terms.length; i++) counts[terms[i] as number] = (counts[terms[i] as number] as number) + 1;
  return counts;
}

function weigh(sentences: SentenceSets, weights: Float64Array): SentenceVectors {
  const mass = new Float64Array(sentences.count);
  for (let s = 0; s < sentences.count; s++) {
    for (let t = sentences.first[s] as number; t < (sentences.first[s + 1] as number); t++) {
      mass[s] = (mass[s] as number) + (weights[sentences.terms[t] as number] as number) ** 2;
    }
  }
  return { ...sentences, mass };
}

function invert(sentences: SentenceSets, counts: Uint32Array) {
  const firstPosting = new Uint32Array(counts.length + 1);
  for (let t = 0; t < counts.length; t++) firstPosting[t + 1] = (firstPosting[t] as number) + (counts[t] as number);
  const fill = firstPosting.slice(0, counts.length);
  const postings = new Uint32Array(sentences.terms.length);
  for (let s = 0; s < sentences.count; s++) {
    for (let t = sentences.first[s] as number; t < (sentences.first[s + 1] as number); t++) {
      const term = sentences.terms[t] as number;
      postings[fill[term] as number] = s;
      fill[term] = (fill[term] as number) + 1;
    }
  }
  return { firstPosting, postings };
}

import type { KnownWords } from '../lexicon/known.js';
import type { AnalysedText } from '../text/analyse.js';
import { STOP } from '../text/terms.js';
import type { TermSequence } from './borders.js';
import { TermNumbering } from './numbering.js';
import { spellingVariants } from './spelling.js';
import { withSynonyms } from './synonyms.js';

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
  /** The terms in text order, common words included, and the first term of each sentence, one entry more. */
  readonly sequenceA: TermSequence;
  readonly sequenceB: TermSequence;
  /** The terms of `b` as they are, where in `sequenceB` synonyms may stand for them. */
  readonly termsB: Uint32Array;
  readonly firstTermA: Uint32Array;
  readonly firstTermB: Uint32Array;
}

/** Sentences added to a pair's own, so that in a pair of one-line texts a word still weighs something. */
const PRIOR_SENTENCES = 5;

/**
 * Numbers the terms of two documents, weighs them, and writes each sentence as a set. Where a lexicon knows the words of
 * both, synonyms stand for each other in the sequences.
 */
export function pairVectors(a: AnalysedText, b: AnalysedText, knownA?: KnownWords, knownB?: KnownWords): PairVectors {
  const numbering = new TermNumbering(a.termIds.length + b.termIds.length);
  const localA = numbering.ofAll(a.termIds);
  const localB = numbering.ofAll(b.termIds);
  const size = numbering.size;
  const variants = spellingVariants(a, localA, b, localB);
  if (variants.size > 0)
    for (let t = 0; t < localB.length; t++) localB[t] = variants.get(localB[t] as number) ?? (localB[t] as number);
  const sentencesA = sets(a, localA, size);
  const sentencesB = sets(b, localB, size);
  const inA = sentenceFrequency(sentencesA.terms, size);
  const inB = sentenceFrequency(sentencesB.terms, size);
  const weights = new Float64Array(size);
  const half = (sentencesA.count + sentencesB.count) / 2 + PRIOR_SENTENCES;
  // The larger of the two counts: a term must not lose weight by being shared.
  for (let t = 0; t < size; t++) weights[t] = Math.log(1 + half / Math.max(inA[t] as number, inB[t] as number, 1));
  const { firstPosting, postings } = invert(sentencesB, inB);
  return {
    a: weigh(sentencesA, weights),
    b: weigh(sentencesB, weights),
    weights,
    firstPosting,
    postings,
    sequenceA: { terms: localA, flags: a.termFlags },
    sequenceB: {
      terms: knownA && knownB ? withSynonyms(localA, knownA, localB, knownB) : localB,
      flags: b.termFlags,
    },
    termsB: localB,
    firstTermA: a.firstTerm,
    firstTermB: b.firstTerm,
  };
}

/** A document beside itself. */
export function ownVectors(doc: AnalysedText): PairVectors {
  const numbering = new TermNumbering(doc.termIds.length);
  const local = numbering.ofAll(doc.termIds);
  const { size } = numbering;
  const sentences = sets(doc, local, size);
  const within = sentenceFrequency(sentences.terms, size);
  const weights = new Float64Array(size);
  const half = sentences.count + PRIOR_SENTENCES;
  for (let t = 0; t < size; t++) weights[t] = Math.log(1 + half / Math.max(within[t] as number, 1));
  const weighed = weigh(sentences, weights);
  const sequence = { terms: local, flags: doc.termFlags };
  return {
    a: weighed,
    b: weighed,
    weights,
    ...invert(sentences, within),
    sequenceA: sequence,
    sequenceB: sequence,
    termsB: local,
    firstTermA: doc.firstTerm,
    firstTermB: doc.firstTerm,
  };
}

type SentenceSets = Omit<SentenceVectors, 'mass'>;

function sets(doc: AnalysedText, local: Uint32Array, size: number): SentenceSets {
  const count = doc.firstTerm.length - 1;
  const first = new Uint32Array(count + 1);
  const terms = new Uint32Array(local.length);
  const flags = new Uint8Array(local.length);
  const length = new Uint32Array(count);
  const wording = new Uint32Array(count);
  reserve(size, count);
  let n = 0;
  for (let s = 0; s < count; s++) {
    const from = doc.firstTerm[s] as number;
    const to = doc.firstTerm[s + 1] as number;
    const begun = n;
    const seen = ++stamp;
    let sequence = 0x811c9dc5;
    for (let t = from; t < to; t++) {
      const term = local[t] as number;
      const flag = doc.termFlags[t] as number;
      sequence = Math.imul(sequence, 0x01000193) ^ term;
      if (flag & STOP) continue;
      if (seenIn[term] !== seen) {
        seenIn[term] = seen;
        flagsThere[term] = 0;
        terms[n++] = term;
      }
      flagsThere[term] = (flagsThere[term] as number) | flag;
    }
    sortRange(terms, begun, n);
    for (let t = begun; t < n; t++) flags[t] = flagsThere[terms[t] as number] as number;
    first[s + 1] = n;
    length[s] = to - from;
    wording[s] = sequence;
  }
  return { count, first, terms: terms.subarray(0, n), flags: flags.subarray(0, n), length, wording };
}

/*
 * Scratch, by term: the last sentence that had it, of any pair, and its flags there. Fresh columns for each document would cost more than
 * what is done with them.
 */
let seenIn = new Uint32Array(1024);
let flagsThere = new Uint8Array(1024);
let stamp = 0;

function reserve(terms: number, sentences: number): void {
  if (terms <= seenIn.length && stamp + sentences <= 0xffff_ffff) return;
  seenIn = new Uint32Array(2 * Math.max(terms, 512));
  flagsThere = new Uint8Array(seenIn.length);
  stamp = 0;
}

/** Sorts a few numbers in place, by insertion: a typed array's own sort costs more than a sentence's terms are worth. */
function sortRange(values: Uint32Array, from: number, to: number): void {
  if (to - from > 48) {
    values.subarray(from, to).sort();
    return;
  }
  for (let k = from + 1; k < to; k++) {
    const value = values[k] as number;
    let at = k;
    for (; at > from && (values[at - 1] as number) > value; at--) values[at] = values[at - 1] as number;
    values[at] = value;
  }
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

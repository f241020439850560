import type { Postings } from './postings.js';
import { RARE_TERMS } from './rareterms.js';

/** A term in more sentences than this of the index is too common to look anything up by. */
const COMMON_TERM = 1000;
/** Or in more than this share of its documents, once it has many. */
const COMMON_SHARE = 0.05;
/** Documents from which an index says what is rare. */
const KNOWN_INDEX = 1000;
/** Share of the weight of the rare terms of the shorter text that a retelling has at least. */
const LEAST_SHARE = 0.2;
/** Keys shared from which two texts may have a passage in common, whatever else is in them. */
const PASSAGE_KEYS = 24;

/** Sentences of a document that places tell apart; the last one stands for all that follow. */
export const PLACES = 64;

/** A document that shares rare terms with a text. */
export interface Found {
  readonly document: number;
  /** Pairs of the text's rare terms that stand in one sentence there too. */
  readonly sharedKeys: number;
}

/**
 * Looks up the documents that share pairs of rare terms in a sentence with a text. Rarity is that at the time of asking, so that
 * what was added first is found as well as what was added last. It keeps its tables from one look-up to the next.
 *
 * By number of a document: the keys that it shares, the weight of the rare terms that it shares, and the term that was counted for
 * it last. By slot of a hash table of places: the place, the round in which it was used last, and the terms counted in that round.
 */
export class TermLookup {
  #shared = new Uint32Array(0);
  #weights = new Float64Array(0);
  #lastTerm = new Uint32Array(0);
  #places = new Uint32Array(1 << 12);
  #rounds = new Uint32Array(1 << 12);
  #terms = new Uint8Array(1 << 12);
  #round = 0;
  #used: number[] = [];

  /**
   * The documents that share at least `least` keys, most first. From a thousand documents on the index knows what is rare, and
   * passes over documents whose rare terms weigh too little against the text's: see `OverlapFilter`, which does the same
   * with more knowledge.
   *
   * @param row content terms by sentence: see `sentenceTerms`
   * @param postings by term, places: the number of the document times `PLACES` and the sentence
   * @param numbers documents have numbers below this; @param size how many there are
   * @param termsOf how many distinct content terms a document has
   */
  find(
    row: Uint32Array,
    postings: Postings,
    { least, numbers, size }: { least: number; numbers: number; size: number },
    termsOf: (document: number) => number,
  ): Found[] {
    if (this.#shared.length < numbers) {
      this.#shared = new Uint32Array(2 * numbers);
      this.#weights = new Float64Array(2 * numbers);
      this.#lastTerm = new Uint32Array(2 * numbers);
    }
    const common = size < KNOWN_INDEX ? COMMON_TERM : Math.min(COMMON_TERM, Math.max(100, size * COMMON_SHARE));
    const counts = new Map<number, number>();
    const serials = new Map<number, number>();
    const touched: number[] = [];
    let mass = 0;
    for (let at = 0; at < row.length; ) {
      const end = at + 1 + (row[at] as number);
      const terms: number[] = [];
      for (at++; at < end; at++) {
        const term = row[at] as number;
        let count = counts.get(term);
        if (count === undefined) {
          count = postings.count(term);
          counts.set(term, count);
        }
        if (count > 0 && count <= common) terms.push(term);
      }
      terms.sort((x, y) => (counts.get(x) as number) - (counts.get(y) as number) || x - y);
      this.#begin();
      for (const term of terms.slice(0, RARE_TERMS)) {
        const first = !serials.has(term);
        const weight = Math.log(1 + size / (counts.get(term) as number)) ** 2;
        if (first) {
          serials.set(term, serials.size + 1);
          mass += weight;
        }
        const serial = serials.get(term) as number;
        postings.each(term, (place) => {
          this.#count(place);
          const document = Math.floor(place / PLACES);
          if (!first || this.#lastTerm[document] === serial) return;
          if (this.#lastTerm[document] === 0) touched.push(document);
          this.#lastTerm[document] = serial;
          this.#weights[document] = (this.#weights[document] as number) + weight;
        });
      }
      for (const slot of this.#used) {
        const n = this.#terms[slot] as number;
        if (n < 2) continue;
        const document = Math.floor((this.#places[slot] as number) / PLACES);
        this.#shared[document] = (this.#shared[document] as number) + (n * (n - 1)) / 2;
      }
    }
    const found: Found[] = [];
    for (const document of touched) {
      const sharedKeys = this.#shared[document] as number;
      const weight = this.#weights[document] as number;
      this.#shared[document] = 0;
      this.#weights[document] = 0;
      this.#lastTerm[document] = 0;
      if (sharedKeys < least) continue;
      if (size >= KNOWN_INDEX && sharedKeys < PASSAGE_KEYS) {
        const shorter = Math.min(1, termsOf(document) / Math.max(1, counts.size));
        if (weight < LEAST_SHARE * shorter * mass) continue;
      }
      found.push({ document, sharedKeys });
    }
    return found.sort((x, y) => y.sharedKeys - x.sharedKeys || x.document - y.document);
  }

  /** Forgets the places of the sentence before. */
  #begin(): void {
    this.#round++;
    this.#used = [];
  }

  #count(place: number): void {
    if (2 * this.#used.length >= this.#places.length) this.#grow();
    const mask = this.#places.length - 1;
    let slot = Math.imul(place, 0x9e3779b1) & mask;
    while (this.#rounds[slot] === this.#round) {
      if (this.#places[slot] === place) {
        this.#terms[slot] = (this.#terms[slot] as number) + 1;
        return;
      }
      slot = (slot + 1) & mask;
    }
    this.#rounds[slot] = this.#round;
    this.#places[slot] = place;
    this.#terms[slot] = 1;
    this.#used.push(slot);
  }

  #grow(): void {
    const [places, terms, used] = [this.#places, this.#terms, this.#used];
    this.#places = new Uint32Array(2 * places.length);
    this.#rounds = new Uint32Array(2 * places.length);
    this.#terms = new Uint8Array(2 * places.length);
    this.#round = 1;
    this.#used = [];
    for (const old of used) {
      for (let n = terms[old] as number; n > 0; n--) this.#count(places[old] as number);
    }
  }
}

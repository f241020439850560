import { mix32 } from '../sketch/hash.js';
import type { AnalysedText } from '../text/analyse.js';
import { STOP } from '../text/terms.js';
import type { DocumentFrequency, RarityRanks } from './rarity.js';

/** Rarest terms of a sentence that are paired into keys: 28 keys a sentence at most. */
export const RARE_TERMS = 8;

/**
 * The content terms of a document by sentence, as one row: for each sentence how many there are, then their ids,
 * each once. This is all that the search for candidates needs of a text.
 */
export function sentenceTerms(doc: AnalysedText): Uint32Array {
  const sentences = doc.firstTerm.length - 1;
  const row = new Uint32Array(sentences + doc.termIds.length);
  const seen = new KeySet();
  let at = 0;
  for (let s = 0; s < sentences; s++) {
    const head = at++;
    seen.clear();
    for (let t = doc.firstTerm[s] as number; t < (doc.firstTerm[s + 1] as number); t++) {
      if ((doc.termFlags[t] as number) & STOP) continue;
      const id = doc.termIds[t] as number;
      const before = seen.size;
      seen.add(id);
      if (seen.size > before) row[at++] = id;
    }
    row[head] = at - head - 1;
  }
  return row.slice(0, at);
}

/** Counts the terms of a row for a document. */
export function countTerms(row: Uint32Array, document: number, frequency: DocumentFrequency): void {
  for (let at = 0; at < row.length; ) {
    const end = at + 1 + (row[at] as number);
    for (at++; at < end; at++) frequency.count(row[at] as number, document);
  }
}

/** Puts ranks in the place of a row's ids, the rarest of each sentence first; terms of one document only go. Returns the row's new length. */
export function rankTerms(row: Uint32Array, ranks: RarityRanks): number {
  let to = 0;
  for (let at = 0; at < row.length; ) {
    const end = at + 1 + (row[at] as number);
    const head = to++;
    for (at++; at < end; at++) {
      const rank = ranks.of(row[at] as number);
      if (rank > 0) row[to++] = rank;
    }
    row[head] = to - head - 1;
    sortShort(row, head + 1, to);
  }
  return to;
}

/**
 * The keys of a document by which its rewrites are found, from its row of ranks: for each sentence, every pair of its rarest
 * terms, hashed to 32 bits; each key once. Writes them to `out`, from 0 on, and returns how many there are.
 *
 * A disguised retelling shares no three words in a row with its source, but two rare names, figures or nouns that stand in
 * one sentence there stand in one sentence here. Measured on 22,188 news articles: 205 keys a document find 99 %
 * of rewrites made by language models, of which shingles at a resemblance of 0.5 find 1 to 4 %. A term in
 * one document only can match nothing and makes no key.
 */
export function rareTermKeys(row: Uint32Array, out: KeySet): void {
  out.clear();
  for (let at = 0; at < row.length; ) {
    const end = at + 1 + (row[at] as number);
    const last = Math.min(end, at + 1 + RARE_TERMS);
    for (let x = at + 1; x < last; x++)
      for (let y = x + 1; y < last; y++) out.add(pairKey(row[x] as number, row[y] as number));
    at = end;
  }
}

function pairKey(rarer: number, commoner: number): number {
  return mix32((Math.imul(rarer, 0x9e3779b1) ^ commoner) >>> 0);
}

/** Sorts numbers in place, ascending; mostly there are few. */
function sortShort(row: Uint32Array, from: number, to: number): void {
  if (to - from > 40) {
    row.subarray(from, to).sort();
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const value = row[i] as number;
    let j = i;
    while (j > from && (row[j - 1] as number) > value) {
      row[j] = row[j - 1] as number;
      j--;
    }
    row[j] = value;
  }
}

/**
 * A set of 32-bit keys that is emptied without being written over: a slot counts when its stamp is the set's.
 *
 * - `keys[0 .. size)`: the members, in the order they came
 */
export class KeySet {
  keys = new Uint32Array(512);
  size = 0;
  #slots = new Uint32Array(1024);
  #stamps = new Uint32Array(1024);
  #stamp = 1;

  clear(): void {
    this.size = 0;
    this.#stamp = (this.#stamp + 1) >>> 0;
    if (this.#stamp === 0) {
      this.#stamps.fill(0);
      this.#stamp = 1;
    }
  }

  add(key: number): void {
    const mask = this.#slots.length - 1;
    let slot = key & mask;
    while (this.#stamps[slot] === this.#stamp) {
      if (this.#slots[slot] === key) return;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = key;
    this.#stamps[slot] = this.#stamp;
    this.keys[this.size++] = key;
    if (this.size === this.keys.length) this.#grow();
  }

  #grow(): void {
    const keys = this.keys.slice(0, this.size);
    this.keys = new Uint32Array(2 * this.keys.length);
    this.#slots = new Uint32Array(4 * keys.length);
    this.#stamps = new Uint32Array(4 * keys.length);
    this.#stamp = 0;
    this.clear();
    for (const key of keys) this.add(key);
  }
}

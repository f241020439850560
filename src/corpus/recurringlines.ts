import { type Surroundings, standApart, WITNESSES } from '../text/boilerplate.js';
import type { Corpus } from './corpus.js';

/**
 * Which lines of a corpus stand in so many documents that they may be boilerplate: a hash table in columns over the
 * keys of the lines, open addressing, at most half full.
 *
 * - `#low`, `#high`: the key in each slot
 * - `#counts`: documents that have the line; 0 where the slot is free
 * - `#last`: the last document counted for it, plus one
 * - `#state`: see below
 */
export class RecurringLines {
  #low = new Uint32Array(1 << 12);
  #high = new Uint32Array(1 << 12);
  #counts = new Uint32Array(1 << 12);
  #last = new Uint32Array(1 << 12);
  #state = new Uint8Array(0);
  #size = 0;
  readonly #corpus: Corpus;
  readonly #witnesses = new Map<number, Surroundings[]>();

  constructor(corpus: Corpus) {
    this.#corpus = corpus;
    for (let row = 0; row < corpus.lines.length; row++) this.#count(corpus.lines.at(row), row);
    this.#state = new Uint8Array(this.#counts.length);
    for (let row = 0; row < corpus.lines.length; row++)
      this.#each(row, (slot, needed) => {
        if ((this.#counts[slot] as number) >= needed) this.#state[slot] = CANDIDATE;
      });
  }

  /**
   * Documents, by row and in the order of ids, with the lines of each whose surroundings must be looked at: a few
   * documents for each line that stands in enough.
   */
  *witnesses(): Generator<{ row: number; lines: number[] }> {
    const asked = new Uint8Array(this.#counts.length);
    for (const row of this.#corpus.order) {
      const lines: number[] = [];
      const here = new Set<number>();
      this.#each(row, (slot, _, line) => {
        if (this.#state[slot] !== CANDIDATE || here.has(slot) || (asked[slot] as number) >= WITNESSES) return;
        here.add(slot);
        asked[slot] = (asked[slot] as number) + 1;
        lines.push(line);
      });
      if (lines.length > 0) yield { row, lines };
    }
  }

  /** Takes note of what stands around lines that were asked for, in the order in which they were. */
  testify({ row, lines }: { row: number; lines: readonly number[] }, around: readonly Surroundings[]): void {
    const columns = this.#corpus.lines.at(row);
    lines.forEach((line, n) => {
      const slot = this.#slotOf(columns[3 * line] as number, columns[3 * line + 1] as number);
      const heard = this.#witnesses.get(slot) ?? [];
      this.#witnesses.set(slot, heard);
      heard.push(around[n] as Surroundings);
      if (heard.length < Math.min(WITNESSES, this.#counts[slot] as number)) return;
      this.#witnesses.delete(slot);
      if (standApart(heard)) this.#state[slot] = RECURRING;
    });
  }

  /** Documents, by row, with those of their lines that recur. */
  *recurring(): Generator<{ row: number; lines: number[] }> {
    for (const row of this.#corpus.order) {
      const lines: number[] = [];
      this.#each(row, (slot, needed, line) => {
        if (this.#state[slot] === RECURRING && (this.#counts[slot] as number) >= needed) lines.push(line);
      });
      if (lines.length > 0) yield { row, lines };
    }
  }

  #each(row: number, visit: (slot: number, needed: number, line: number) => void): void {
    const lines = this.#corpus.lines.at(row);
    for (let at = 0; at < lines.length; at += 3)
      visit(this.#slotOf(lines[at] as number, lines[at + 1] as number), lines[at + 2] as number, at / 3);
  }

  #count(lines: Uint32Array, row: number): void {
    for (let at = 0; at < lines.length; at += 3) {
      if (2 * this.#size >= this.#low.length) this.#grow();
      const slot = this.#slotOf(lines[at] as number, lines[at + 1] as number);
      if (this.#counts[slot] === 0) {
        this.#low[slot] = lines[at] as number;
        this.#high[slot] = lines[at + 1] as number;
        this.#size++;
      } else if (this.#last[slot] === row + 1) continue;
      this.#last[slot] = row + 1;
      this.#counts[slot] = (this.#counts[slot] as number) + 1;
    }
  }

  #slotOf(low: number, high: number): number {
    const mask = this.#low.length - 1;
    let slot = low & mask;
    while (this.#counts[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [low, high, counts, last] = [this.#low, this.#high, this.#counts, this.#last];
    this.#low = new Uint32Array(2 * low.length);
    this.#high = new Uint32Array(2 * low.length);
    this.#counts = new Uint32Array(2 * low.length);
    this.#last = new Uint32Array(2 * low.length);
    for (let old = 0; old < low.length; old++) {
      if (counts[old] === 0) continue;
      const slot = this.#slotOf(low[old] as number, high[old] as number);
      this.#low[slot] = low[old] as number;
      this.#high[slot] = high[old] as number;
      this.#counts[slot] = counts[old] as number;
      this.#last[slot] = last[old] as number;
    }
  }
}

/** The line stands in enough documents; what stands around it is not known yet, or much the same. */
const CANDIDATE = 1;
/** It stands in unlike surroundings. */
const RECURRING = 2;

/** Slots at first. */
const FIRST_SLOTS = 1 << 12;

/**
 * How many documents hold each term: a hash table in columns, open addressing, at most half full.
 *
 * - `#ids`: the term in each slot
 * - `#counts`: documents that hold it; 0 where the slot is free
 * - `#last`: the last document counted for it, plus one
 */
export class DocumentFrequency {
  #ids = new Uint32Array(FIRST_SLOTS);
  #counts = new Uint32Array(FIRST_SLOTS);
  #last = new Uint32Array(FIRST_SLOTS);
  #size = 0;

  /** How many distinct terms were counted. */
  get size(): number {
    return this.#size;
  }

  /** Counts a term for a document; documents come one after the other, and each counts once. */
  count(id: number, document: number): void {
    if (2 * this.#size >= this.#ids.length) this.#grow();
    const slot = this.#slotOf(id);
    if (this.#counts[slot] === 0) {
      this.#ids[slot] = id;
      this.#size++;
    } else if (this.#last[slot] === document + 1) return;
    this.#last[slot] = document + 1;
    this.#counts[slot] = (this.#counts[slot] as number) + 1;
  }

  /** Numbers the terms that stand in more than one document from 1, the rarest first; of equals, the lesser id. Ends the counting. */
  rank(): RarityRanks {
    const slots: number[] = [];
    for (let slot = 0; slot < this.#ids.length; slot++) if ((this.#counts[slot] as number) > 1) slots.push(slot);
    const ids = this.#ids;
    const counts = this.#counts;
    const order = Uint32Array.from(slots).sort(
      (x, y) => (counts[x] as number) - (counts[y] as number) || (ids[x] as number) - (ids[y] as number),
    );
    const ranks = new Uint32Array(ids.length);
    const documents = new Uint32Array(order.length + 1);
    for (let n = 0; n < order.length; n++) {
      ranks[order[n] as number] = n + 1;
      documents[n + 1] = counts[order[n] as number] as number;
    }
    documents[0] = 1;
    return { documents, of: (id) => ranks[this.#slotOf(id)] as number };
  }

  #slotOf(id: number): number {
    const mask = this.#ids.length - 1;
    let slot = id & mask;
    while (this.#counts[slot] !== 0 && this.#ids[slot] !== id) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const ids = this.#ids;
    const counts = this.#counts;
    const last = this.#last;
    this.#ids = new Uint32Array(2 * ids.length);
    this.#counts = new Uint32Array(2 * ids.length);
    this.#last = new Uint32Array(2 * ids.length);
    for (let old = 0; old < ids.length; old++) {
      if (counts[old] === 0) continue;
      const slot = this.#slotOf(ids[old] as number);
      this.#ids[slot] = ids[old] as number;
      this.#counts[slot] = counts[old] as number;
      this.#last[slot] = last[old] as number;
    }
  }
}

/** Terms by their rarity in a corpus. */
export interface RarityRanks {
  /** By rank, how many documents hold the term; the rarest has rank 1. Rank 0 is every term that only one holds. */
  readonly documents: Uint32Array;
  /** The rank of a term by its id; 0 for one that stands in one document only. */
  of(id: number): number;
}

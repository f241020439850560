/**
 * Which entries have a key, by band: for each band a multimap of well-mixed 32-bit keys to entry numbers below 2^31, by
 * linear probing from the key's top bits, so that growing reads and writes memory in order. All bands have as many places,
 * a power of two that doubles when three quarters of one band's are taken; band b's are `b * places` and so on.
 *
 * `tags`, u8 a place: 0 when it is empty, else a byte of its key. Most searches read nothing else, and all tags of a
 * hundred thousand entries and 32 bands are 8 MB.
 * `cells`, two u32 a place: the key, and what has it: `entry + 1` when one entry has it; with the top bit set, the
 * first of its nodes.
 * `nodes`, two u32 each, for all bands: an entry, and the next node of the same key or 0. Node 0 is not used.
 *
 * Insert: constant time. Remove: that and the entries of the key. 12 to 24 bytes a band and entry once there are many.
 */
export class BandTables {
  readonly bands: number;
  #bits = 4;
  #tags: Uint8Array;
  #cells: Uint32Array;
  /** u32 a band: places taken. */
  readonly #taken: Uint32Array;
  #nodes = new Uint32Array(0);
  #usedNodes = 1;
  /** First of the nodes that are to be used again, or 0. */
  #freeNode = 0;
  /** The sum of what was read ahead: without it a compiler may leave the reading out. */
  protected read = 0;

  constructor(bands: number) {
    this.bands = bands;
    this.#tags = new Uint8Array(bands << this.#bits);
    this.#cells = new Uint32Array(2 * this.#tags.length);
    this.#taken = new Uint32Array(bands);
  }

  /**
   * Adds entries that do not have their keys yet: `entries[i]` under `keys[b * stride + i]` in band b, for each i below `count`.
   * One band after the other, because one fits the cache and all do not.
   */
  add(keys: Uint32Array, stride: number, entries: Uint32Array, count: number): void {
    for (let band = 0; band < this.bands; band++) {
      while (((this.#taken[band] as number) + count) * 4 > 3 << this.#bits) this.#grow();
      this.#readAhead(keys, band * stride, count, band, 0);
      for (let i = 0; i < count; i++) this.#addOne(band, keys[band * stride + i] as number, entries[i] as number);
    }
  }

  /** Takes an entry away that has these keys, one a band. */
  remove(keys: Uint32Array, entry: number): void {
    for (let band = 0; band < this.bands; band++) this.#removeOne(band, keys[band] as number, entry);
  }

  /**
   * Looks keys up, one a band: `starts[band]` becomes 0 when no entry has the key, else where its entries begin: `entryAt`
   * gives one, and `after` where the next is, 0 when there is no other.
   */
  find(keys: Uint32Array, starts: Uint32Array): void {
    this.#readAhead(keys, 0, this.bands, 0, 1);
    const tags = this.#tags;
    const cells = this.#cells;
    const places = 1 << this.#bits;
    const shift = 32 - this.#bits;
    for (let band = 0, base = 0; band < starts.length; band++, base += places) {
      const key = keys[band] as number;
      const tag = tagOf(key);
      let start = 0;
      let place = key >>> shift;
      for (let found = tags[base + place] as number; found !== 0; found = tags[base + place] as number) {
        if (found === tag && cells[2 * (base + place)] === key) {
          start = cells[2 * (base + place) + 1] as number;
          break;
        }
        place = (place + 1) & (places - 1);
      }
      starts[band] = start;
    }
  }

  entryAt(start: number): number {
    return start < LISTED ? start - 1 : (this.#nodes[2 * (start - LISTED)] as number);
  }

  after(start: number): number {
    if (start < LISTED) return 0;
    const next = this.#nodes[2 * (start - LISTED) + 1] as number;
    return next === 0 ? 0 : LISTED + next;
  }

  /**
   * Reads the tag where the search for each key will begin, one read not waiting for another: searches that branch on
   * what they read wait for memory one after the other.
   */
  #readAhead(keys: Uint32Array, from: number, count: number, band: number, bandsPerKey: 0 | 1): void {
    const tags = this.#tags;
    const shift = 32 - this.#bits;
    const step = bandsPerKey << this.#bits;
    let base = band << this.#bits;
    let read = 0;
    for (let i = from; i < from + count; i++, base += step)
      read += tags[base + ((keys[i] as number) >>> shift)] as number;
    this.read = read;
  }

  /** The place of a key, or the empty one where it would go. */
  #place(band: number, key: number): number {
    const tags = this.#tags;
    const mask = (1 << this.#bits) - 1;
    const base = band * (mask + 1);
    const tag = tagOf(key);
    let place = key >>> (32 - this.#bits);
    for (let found = tags[base + place]; found !== 0; found = tags[base + place]) {
      if (found === tag && this.#cells[2 * (base + place)] === key) break;
      place = (place + 1) & mask;
    }
    return base + place;
  }

  #addOne(band: number, key: number, entry: number): void {
    const at = this.#place(band, key);
    const cells = this.#cells;
    if (this.#tags[at] === 0) {
      this.#tags[at] = tagOf(key);
      cells[2 * at] = key;
      cells[2 * at + 1] = entry + 1;
      this.#taken[band] = (this.#taken[band] as number) + 1;
      return;
    }
    const held = cells[2 * at + 1] as number;
    const rest = held >= LISTED ? held - LISTED : this.#node(held - 1, 0);
    cells[2 * at + 1] = LISTED + this.#node(entry, rest);
  }

  #removeOne(band: number, key: number, entry: number): void {
    const at = this.#place(band, key);
    const held = this.#cells[2 * at + 1] as number;
    if (held < LISTED) {
      this.#erase(band, at);
      return;
    }
    const nodes = this.#nodes;
    let before = 0;
    let node = held - LISTED;
    while (nodes[2 * node] !== entry) {
      before = node;
      node = nodes[2 * node + 1] as number;
    }
    const next = nodes[2 * node + 1] as number;
    if (before !== 0) nodes[2 * before + 1] = next;
    else if (next !== 0) this.#cells[2 * at + 1] = LISTED + next;
    else this.#erase(band, at);
    nodes[2 * node + 1] = this.#freeNode;
    this.#freeNode = node;
  }

  /** Empties a place, and moves up what stands behind it only because it was taken (Knuth, TAOCP 3, 6.4, algorithm R). */
  #erase(band: number, hole: number): void {
    const cells = this.#cells;
    const tags = this.#tags;
    const mask = (1 << this.#bits) - 1;
    const base = band * (mask + 1);
    let empty = hole;
    for (let place = (hole - base + 1) & mask; tags[base + place] !== 0; place = (place + 1) & mask) {
      const at = base + place;
      const home = (cells[2 * at] as number) >>> (32 - this.#bits);
      if (((place - home) & mask) < ((at - empty) & mask)) continue;
      tags[empty] = tags[at] as number;
      cells[2 * empty] = cells[2 * at] as number;
      cells[2 * empty + 1] = cells[2 * at + 1] as number;
      empty = at;
    }
    tags[empty] = 0;
    this.#taken[band] = (this.#taken[band] as number) - 1;
  }

  #grow(): void {
    const [tags, cells, places] = [this.#tags, this.#cells, 1 << this.#bits];
    this.#tags = new Uint8Array(tags.length * 2);
    this.#cells = new Uint32Array(cells.length * 2);
    this.#bits++;
    const [newTags, newCells] = [this.#tags, this.#cells];
    const shift = 32 - this.#bits;
    const mask = 2 * places - 1;
    for (let band = 0; band < this.bands; band++) {
      const base = band * 2 * places;
      for (let at = band * places; at < (band + 1) * places; at++) {
        const tag = tags[at] as number;
        if (tag === 0) continue;
        const key = cells[2 * at] as number;
        let place = key >>> shift;
        while (newTags[base + place] !== 0) place = (place + 1) & mask;
        newTags[base + place] = tag;
        newCells[2 * (base + place)] = key;
        newCells[2 * (base + place) + 1] = cells[2 * at + 1] as number;
      }
    }
  }

  #node(entry: number, next: number): number {
    let node = this.#freeNode;
    if (node !== 0) this.#freeNode = this.#nodes[2 * node + 1] as number;
    else {
      node = this.#usedNodes++;
      if (2 * node >= this.#nodes.length) {
        const larger = new Uint32Array(Math.max(16, this.#nodes.length * 2));
        larger.set(this.#nodes);
        this.#nodes = larger;
      }
    }
    this.#nodes[2 * node] = entry;
    this.#nodes[2 * node + 1] = next;
    return node;
  }
}

/** Marks in a cell that nodes hold the entries. */
const LISTED = 2 ** 31;

/** A byte of a key that is not zero, from the other end than its place. */
function tagOf(key: number): number {
  return key & 255 || 1;
}

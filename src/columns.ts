/** Numbers a chunk, at least. */
const CHUNK = 1 << 20;

/**
 * Rows of unsigned 32-bit numbers, of any lengths, that are added one after the other and never moved: what is kept of a
 * million documents costs its own bytes, without an object for each and without copying to grow.
 *
 * - `#chunks`: the rows, end to end; none is cut in two
 * - `#place`: for row r its chunk at 3r, its first place there at 3r + 1, its length at 3r + 2
 */
export class Rows {
  readonly #chunks: Uint32Array[] = [];
  #place = new Uint32Array(3 * 1024);
  #free = 0;
  #count = 0;

  /** Rows that stand end to end in memory already, which is not copied. */
  static of(numbers: Uint32Array, lengths: Uint32Array): Rows {
    const rows = new Rows();
    rows.#chunks.push(numbers);
    rows.#free = numbers.length;
    rows.#count = lengths.length;
    rows.#place = new Uint32Array(3 * Math.max(1024, lengths.length));
    let at = 0;
    lengths.forEach((length, r) => {
      rows.#place[3 * r + 1] = at;
      rows.#place[3 * r + 2] = length;
      at += length;
    });
    return rows;
  }

  /** How many rows there are. */
  get length(): number {
    return this.#count;
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.byteLength, this.#place.byteLength);
  }

  /** Adds a row, by copy. */
  add(row: Uint32Array): void {
    if (3 * this.#count === this.#place.length) {
      const wider = new Uint32Array(2 * this.#place.length);
      wider.set(this.#place);
      this.#place = wider;
    }
    this.#write(this.#count++, row);
  }

  /** Puts another row in the place of one. The room of a shorter one before is not used again. */
  replace(r: number, row: Uint32Array): void {
    if (row.length > (this.#place[3 * r + 2] as number)) this.#write(r, row);
    else {
      this.at(r).set(row);
      this.#place[3 * r + 2] = row.length;
    }
  }

  /** Keeps the first numbers of a row only. */
  shorten(r: number, length: number): void {
    this.#place[3 * r + 2] = length;
  }

  /** Row r: a view, which may be written to. */
  at(r: number): Uint32Array {
    const from = this.#place[3 * r + 1] as number;
    return (this.#chunks[this.#place[3 * r] as number] as Uint32Array).subarray(
      from,
      from + (this.#place[3 * r + 2] as number),
    );
  }

  #write(r: number, row: Uint32Array): void {
    let chunk = this.#chunks[this.#chunks.length - 1];
    if (chunk === undefined || this.#free + row.length > chunk.length) {
      // Small corpora should not pay for a large chunk.
      const size = this.#chunks.length === 0 ? Math.max(row.length, CHUNK >>> 6) : Math.max(row.length, CHUNK);
      chunk = new Uint32Array(size);
      this.#chunks.push(chunk);
      this.#free = 0;
    }
    chunk.set(row, this.#free);
    this.#place[3 * r] = this.#chunks.length - 1;
    this.#place[3 * r + 1] = this.#free;
    this.#place[3 * r + 2] = row.length;
    this.#free += row.length;
  }
}

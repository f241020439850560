import { Rows } from '../columns.js';
import { refusal } from './snapshot.js';
import { TextPack } from './textpack.js';

/** Texts that must be gone before a new dictionary is worth the time of making it. */
const MANY_GONE = 256;

/**
 * The texts of an index, packed (see textpack.ts).
 *
 * - `#rows`: for text n the length of its packed bytes, then the bytes, four a number, zeros at the end
 */
export class Texts {
  #rows = new Rows();
  #pack = new TextPack();
  /** Texts that the dictionary was made for, and that are gone. */
  #gone = 0;

  /**
   * Texts that were saved; the columns are used where they stand.
   *
   * @param tokens the dictionary
   * @param numbers the rows, end to end
   * @param lengths numbers a row
   * @throws TwicetoldError where they do not fit each other
   */
  static of(tokens: readonly string[], numbers: Uint32Array, lengths: Uint32Array): Texts {
    if (lengths.reduce((sum, length) => sum + length, 0) !== numbers.length)
      throw refusal('its columns do not fit each other');
    let from = 0;
    for (const length of lengths) {
      if (length === 0 || length !== 1 + Math.ceil((numbers[from] as number) / 4))
        throw refusal('a text of it is damaged');
      from += length;
    }
    const texts = new Texts();
    texts.#pack = new TextPack(tokens);
    texts.#rows = Rows.of(numbers, lengths);
    return texts;
  }

  /** The dictionary. */
  get tokens(): readonly string[] {
    return this.#pack.tokens;
  }

  /** Adds a text. */
  add(text: string): void {
    const bytes = this.#pack.pack(text);
    const row = new Uint32Array(1 + ((bytes.length + 3) >>> 2));
    row[0] = bytes.length;
    new Uint8Array(row.buffer, 4).set(bytes);
    this.#rows.add(row);
  }

  /** Text n. */
  at(n: number): string {
    const row = this.#rows.at(n);
    return this.#pack.unpack(new Uint8Array(row.buffer, row.byteOffset + 4, row[0] as number));
  }

  /**
   * Some of the texts. By the same dictionary, unless as many have gone since it was made as are left: words come and go with texts, and
   * nobody else takes them out of it.
   */
  only(numbers: readonly number[]): Texts {
    const some = new Texts();
    const gone = this.#gone + this.#rows.length - numbers.length;
    if (gone >= Math.max(numbers.length, MANY_GONE)) {
      for (const n of numbers) some.add(this.at(n));
      return some;
    }
    some.#gone = gone;
    some.#pack = this.#pack;
    for (const n of numbers) some.#rows.add(this.#rows.at(n));
    return some;
  }

  /** The columns that {@link Texts.of} takes. */
  columns(): { numbers: Uint32Array; lengths: Uint32Array } {
    const rows = Array.from({ length: this.#rows.length }, (_, n) => this.#rows.at(n));
    const lengths = Uint32Array.from(rows, (row) => row.length);
    const numbers = new Uint32Array(lengths.reduce((sum, length) => sum + length, 0));
    let at = 0;
    for (const row of rows) {
      numbers.set(row, at);
      at += row.length;
    }
    return { numbers, lengths };
  }
}

import { Rows } from '../columns.js';
import { refusal } from './snapshot.js';
import { TextPack } from './textpack.js';

/** Tokens that a dictionary must have before a new one is worth the time of making it. */
const MANY_TOKENS = 4096;

/**
 * The texts of an index, packed (see textpack.ts).
 *
 * - `#rows`: for text n the length of its packed bytes, then the bytes, four a number, zeros at the end
 */
export class Texts {
  #rows = new Rows();
  #pack = new TextPack();

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
    return this.#pack.unpack(this.#packed(n));
  }

  #packed(n: number): Uint8Array {
    const row = this.#rows.at(n);
    return new Uint8Array(row.buffer, row.byteOffset + 4, row[0] as number);
  }

  /**
   * Some of the texts. By the same dictionary, unless these texts use less than half of it: words come and go with texts, and nobody else
   * takes them out of it.
   */
  only(numbers: readonly number[]): Texts {
    const some = new Texts();
    if (this.#mostlyUnused(numbers)) {
      for (const n of numbers) some.add(this.at(n));
      return some;
    }
    some.#pack = this.#pack;
    for (const n of numbers) some.#rows.add(this.#rows.at(n));
    return some;
  }

  #mostlyUnused(numbers: readonly number[]): boolean {
    const known = this.#pack.size;
    if (known < MANY_TOKENS || numbers.length === this.#rows.length) return false;
    return 2 * this.#pack.used(numbers.map((n) => this.#packed(n))) < known;
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

import { termId } from '../text/terms.js';
import { refusal } from './snapshot.js';

/** Of what words are made, and of what stands between them: a word ends where the other begins. (An expression for runs fails at millions of characters.) */
const IN_WORD = /[\p{L}\p{N}]/gu;
const BETWEEN = /[^\p{L}\p{N}]/gu;
const WORD = /^[\p{L}\p{N}]/u;
/** Longer tokens, those that come when the dictionary is full, and those that come for the first time are spelt out. */
const LONGEST = 24;
const MOST_TOKENS = 1 << 20;
/** Stands before a token that is spelt out: then its length and its UTF-16 code units. */
const SPELT = 0;

/** Bits of the memory for what came once, at first and at most. */
const FIRST_BITS = 1 << 15;
const MOST_BITS = 1 << 24;

/**
 * Packs texts by a dictionary that they share, without loss: a text is the numbers of its tokens, in the order of their second
 * appearance, so that common words have small ones; seven bits a byte, the lowest first. A single space between two words is left
 * out. Half of the words of a language come once (Zipf), and a number that is never used again costs its place in the dictionary: what
 * comes for the first time is spelt out. An English word takes about 2 bytes; packing and unpacking take some tens of microseconds an
 * article.
 *
 * - `#once`: a bit for each hash of a token that came before; of two tokens of one hash the second gets its number at once. It is
 *   emptied when a quarter of it is set, and not kept with the dictionary: a token may have to come once more
 */
export class TextPack {
  readonly #numbers = new Map<string, number>();
  /** By number, from 1. */
  readonly #tokens: string[] = [''];
  #buffer = new Uint8Array(1 << 12);
  #size = 0;
  #once = new Uint32Array(FIRST_BITS / 32);
  #onceSet = 0;

  /** @param tokens the dictionary of a pack before */
  constructor(tokens: readonly string[] = []) {
    for (const token of tokens) this.#tokens.push(token);
  }

  /** The dictionary, in the order of the numbers. */
  get tokens(): readonly string[] {
    return this.#tokens.slice(1);
  }

  /** How many tokens the dictionary has. */
  get size(): number {
    return this.#tokens.length - 1;
  }

  /** Packs a text. */
  pack(text: string): Uint8Array {
    // Reading needs no table of numbers, so it is made when something is written.
    if (this.#numbers.size + 1 < this.#tokens.length)
      for (let n = 1; n < this.#tokens.length; n++) this.#numbers.set(this.#tokens[n] as string, n);
    this.#size = 0;
    let afterWord = false;
    let space = false;
    for (let at = 0, word = WORD.test(text); at < text.length; word = !word) {
      const end = endOfRun(text, at, word ? BETWEEN : IN_WORD);
      const token = text.slice(at, end);
      at = end;
      if (token === ' ' && afterWord) {
        space = true;
        afterWord = false;
        continue;
      }
      this.#put(token);
      space = false;
      afterWord = word;
    }
    // At the end of the text no word follows that would tell of it.
    if (space) this.#put(' ');
    return this.#buffer.slice(0, this.#size);
  }

  /**
   * Unpacks what was packed.
   *
   * @throws TwicetoldError where the bytes are none that {@link pack} gives: a saved index may come from anybody
   */
  unpack(packed: Uint8Array): string {
    let text = '';
    let afterWord = false;
    let at = 0;
    const next = () => {
      let value = 0;
      for (let shift = 0; shift < 32; shift += 7) {
        const byte = packed[at++];
        if (byte === undefined) break;
        value |= (byte & 127) << shift;
        if (byte <= 127) return value >>> 0;
      }
      throw refusal('a text of it is damaged');
    };
    while (at < packed.length) {
      const number = next();
      let token = this.#tokens[number];
      if (token === undefined) throw refusal('a text of it has a word that is not in its dictionary');
      if (number === SPELT) {
        const length = next();
        if (length > packed.length - at) throw refusal('a text of it is damaged');
        token = spelt(length, next);
      }
      const word = WORD.test(token);
      if (word && afterWord) text += ' ';
      text += token;
      afterWord = word;
    }
    return text;
  }

  /** How many of the dictionary's tokens some packed texts have. */
  used(texts: Iterable<Uint8Array>): number {
    const marks = new Uint8Array(this.#tokens.length);
    let used = 0;
    for (const packed of texts) {
      let at = 0;
      const next = () => {
        let value = 0;
        for (let shift = 0; at < packed.length; shift += 7) {
          const byte = packed[at++] as number;
          value |= (byte & 127) << shift;
          if (byte <= 127) break;
        }
        return value;
      };
      while (at < packed.length) {
        const number = next();
        if (number === SPELT) for (let left = next(); left > 0 && at < packed.length; left--) next();
        else if (marks[number] === 0) {
          marks[number] = 1;
          used++;
        }
      }
    }
    return used;
  }

  #put(token: string): void {
    let number = this.#numbers.get(token);
    if (
      number === undefined &&
      token.length <= LONGEST &&
      this.#tokens.length < MOST_TOKENS &&
      this.#cameBefore(token)
    ) {
      // A piece of 13 characters and more is to V8 a view of its text, and holds all of it: it is put together anew.
      const own = token.split('').join('');
      number = this.#tokens.push(own) - 1;
      this.#numbers.set(own, number);
    }
    this.#number(number ?? SPELT);
    if (number !== undefined) return;
    this.#number(token.length);
    for (let i = 0; i < token.length; i++) this.#number(token.charCodeAt(i));
  }

  /** Whether a token came before, as far as that is remembered; remembers that it did. */
  #cameBefore(token: string): boolean {
    const bit = termId(token) & (32 * this.#once.length - 1);
    const mask = 1 << (bit & 31);
    if ((this.#once[bit >>> 5] as number) & mask) return true;
    if (4 * this.#onceSet >= 32 * this.#once.length) {
      this.#once = new Uint32Array(Math.min(MOST_BITS / 32, 2 * this.#once.length));
      this.#onceSet = 0;
      return this.#cameBefore(token);
    }
    this.#once[bit >>> 5] = (this.#once[bit >>> 5] as number) | mask;
    this.#onceSet++;
    return false;
  }

  #number(value: number): void {
    if (this.#size + 5 > this.#buffer.length) {
      const wider = new Uint8Array(2 * this.#buffer.length);
      wider.set(this.#buffer);
      this.#buffer = wider;
    }
    while (value > 127) {
      this.#buffer[this.#size++] = (value & 127) | 128;
      value >>>= 7;
    }
    this.#buffer[this.#size++] = value;
  }
}

/** The end of a run: where what may stand behind it comes next, else the end of the text. */
function endOfRun(text: string, from: number, behind: RegExp): number {
  behind.lastIndex = from;
  return behind.exec(text)?.index ?? text.length;
}

/** Units that are made a string at one time: a string that grows by one is a chain of as many pieces. */
const AT_ONCE = 1024;

/** A string of so many UTF-16 code units. */
function spelt(length: number, next: () => number): string {
  if (length <= LONGEST) {
    let short = '';
    for (let u = 0; u < length; u++) short += String.fromCharCode(next());
    return short;
  }
  const parts: string[] = [];
  for (let left = length; left > 0; left -= AT_ONCE)
    parts.push(String.fromCharCode(...Array.from({ length: Math.min(left, AT_ONCE) }, next)));
  return parts.join('');
}

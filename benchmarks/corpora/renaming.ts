import { mix32 } from '../../src/sketch/hash.js';

/** A word or a figure. */
const TOKEN = /[A-Za-z][A-Za-z'’-]*|\d[\d.,]*\d|\d/g;
const VOWELS = 'aeiouy';
const CONSONANTS = 'bcdfghjklmnpqrstvwxz';

/** Share of the archive's articles up to which a word is rare, and up to which it is neither rare nor common. */
const RARE = 0.001;
const UNCOMMON = 0.01;

/** Letters of a word that tell it from others whatever its ending. */
const STEM = 6;

/**
 * Gives an archive other names, figures and rare words, so that a second copy of it is about other things. Two hundred
 * thousand articles have not ten times the words of twenty thousand, nor ten times the articles for each: words that are rare
 * in the archive become new ones in each epoch, those that are neither rare nor common as many as the square root of
 * the epochs (Heaps 1978, with his exponent of about a half), common ones stay. Letters are exchanged one for one and
 * endings kept, so that forms of one word become forms of one word, and a text and its rewrite are renamed alike.
 */
export class Renaming {
  readonly #frequency = new Map<string, number>();
  readonly #articles: number;
  readonly #variants: number;
  readonly #renamed = new Map<string, string>();
  #epoch = 0;
  readonly #ciphers = new Map<number, Map<string, string>>();

  /** @param texts the archive; @param epochs how many copies of it the corpus has */
  constructor(texts: Iterable<string>, epochs: number) {
    let articles = 0;
    for (const text of texts) {
      articles++;
      const here = new Set<string>();
      for (const [token] of text.matchAll(TOKEN)) here.add(stemOf(token));
      for (const stem of here) this.#frequency.set(stem, (this.#frequency.get(stem) ?? 0) + 1);
    }
    this.#articles = articles;
    this.#variants = Math.ceil(Math.sqrt(epochs));
  }

  /** A text as it stands in the given epoch. Epoch 0 is the archive itself. */
  apply(text: string, epoch: number): string {
    if (epoch === 0) return text;
    if (this.#epoch !== epoch) {
      this.#epoch = epoch;
      this.#renamed.clear();
    }
    return text.replace(TOKEN, (token) => {
      const known = this.#renamed.get(token) ?? this.#rename(token, epoch);
      this.#renamed.set(token, known);
      return known;
    });
  }

  #rename(token: string, epoch: number): string {
    const stem = stemOf(token);
    const share = (this.#frequency.get(stem) ?? 0) / this.#articles;
    if (share > UNCOMMON) return token;
    const variant = share <= RARE ? epoch : (mix32((hashOf(stem) ^ epoch) >>> 0) % this.#variants) + 1_000_000;
    return this.#exchange(token, variant);
  }

  /** The token under one of the ciphers. */
  #exchange(token: string, variant: number): string {
    const cipher = this.#cipher(variant);
    const changed = token.length > 4 ? token.length - 2 : token.length;
    let out = '';
    for (let i = 0; i < token.length; i++) {
      const c = token[i] as string;
      out += i < changed || /\d/.test(c) ? (cipher.get(c) ?? c) : c;
    }
    return out;
  }

  #cipher(variant: number): Map<string, string> {
    const known = this.#ciphers.get(variant);
    if (known !== undefined) return known;
    const made = new Map<string, string>();
    const shift = (letters: string, salt: number) => {
      const order = [...letters].sort((x, y) => rank(x, variant, salt) - rank(y, variant, salt));
      [...letters].forEach((letter, i) => {
        made.set(letter, order[i] as string);
        made.set(letter.toUpperCase(), (order[i] as string).toUpperCase());
      });
    };
    shift(VOWELS, 1);
    shift(CONSONANTS, 2);
    shift('123456789', 3);
    this.#ciphers.set(variant, made);
    return made;
  }
}

function stemOf(token: string): string {
  return token.slice(0, STEM).toLowerCase();
}

function hashOf(word: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

function rank(letter: string, variant: number, salt: number): number {
  return mix32((Math.imul(variant + 1, 0x9e3779b1) ^ (letter.charCodeAt(0) * 31 + salt)) >>> 0);
}

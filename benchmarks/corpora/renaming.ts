import { mix32 } from '../../src/sketch/hash.js';
import { sentencesOf } from './edits.js';

/** A word or a figure. */
const TOKEN = /[A-Za-z][A-Za-z'’-]*|\d[\d.,]*\d|\d/g;
const VOWELS = 'aeiouy';
const CONSONANTS = 'bcdfghjklmnpqrstvwxz';

/** Share of the archive's articles up to which a word is rare, and up to which it is neither rare nor common. */
const RARE = 0.001;
const UNCOMMON = 0.01;

/** Words of a sentence that are new in each epoch, at least. */
const NEW = 3;

/** Letters of a word that tell it from others whatever its ending. */
const STEM = 6;

/**
 * Gives an archive other names, figures and rare words, so that a second copy of it is about other things. Two hundred
 * thousand articles have not ten times the words of twenty thousand, nor ten times the articles for each: words that are rare
 * in the archive become new ones in each epoch, those that are neither rare nor common as many as the square root of
 * the epochs (Heaps 1978, with his exponent of about a half), common ones stay. Letters are exchanged one for one and
 * endings kept, so that forms of one word become forms of one word, and a text and its rewrite are renamed alike.
 *
 * No archive has one sentence of common words in 145 articles, so some words of every sentence are new: its rarest. Stories that come
 * back whole, and not recombined, are named `apart`, with all that is not common new in each epoch. Before both, three in five of the
 * pairs found among 100,000 documents were of one story under other names, whose truth nobody can tell.
 */
export class Renaming {
  readonly #frequency = new Map<string, number>();
  readonly #articles: number;
  readonly #variants: number;
  readonly #renamed = { apart: new Map<string, string>(), along: new Map<string, string>() };
  /** By sentence, since each comes again in every epoch. */
  readonly #tellingOf = { apart: new Map<string, readonly string[]>(), along: new Map<string, readonly string[]>() };
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

  /** Texts of one story as they stand in the given epoch. Epoch 0 is the archive itself. */
  apply(texts: readonly string[], epoch: number, how: 'apart' | 'along'): string[] {
    if (epoch === 0) return [...texts];
    if (this.#epoch !== epoch) {
      this.#epoch = epoch;
      this.#renamed.apart.clear();
      this.#renamed.along.clear();
    }
    const renamed = this.#renamed[how];
    const isNew = this.#telling(texts, how);
    return texts.map((text) =>
      text.replace(TOKEN, (token) => {
        const stem = stemOf(token);
        if (isNew.has(stem)) return this.#exchange(token, epoch);
        const known = renamed.get(token) ?? this.#rename(token, stem, epoch, how);
        renamed.set(token, known);
        return known;
      }),
    );
  }

  /** The rarest words of sentences that else had fewer than `NEW` new ones. */
  #telling(texts: readonly string[], how: 'apart' | 'along'): Set<string> {
    const known = this.#tellingOf[how];
    const out = new Set<string>();
    for (const sentence of texts.flatMap(sentencesOf)) {
      const stems = known.get(sentence) ?? this.#lacking(sentence, how);
      known.set(sentence, stems);
      for (const stem of stems) out.add(stem);
    }
    return out;
  }

  #lacking(sentence: string, how: 'apart' | 'along'): readonly string[] {
    const bound = how === 'apart' ? UNCOMMON : RARE;
    const stems = [...new Set(Array.from(sentence.matchAll(TOKEN), ([token]) => stemOf(token)))];
    const rarest = stems.sort((x, y) => this.#share(x) - this.#share(y) || (x < y ? -1 : 1)).slice(0, NEW);
    return rarest.filter((stem) => this.#share(stem) > bound);
  }

  #share(stem: string): number {
    return (this.#frequency.get(stem) ?? 0) / this.#articles;
  }

  #rename(token: string, stem: string, epoch: number, how: 'apart' | 'along'): string {
    const share = this.#share(stem);
    if (share > UNCOMMON) return token;
    const isNew = how === 'apart' || share <= RARE;
    const variant = isNew ? epoch : (mix32((hashOf(stem) ^ epoch) >>> 0) % this.#variants) + 1_000_000;
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

import { fold } from './fold.js';
import type { Language } from './language.js';

/** A term that carries no meaning of its own. */
export const STOP = 1;
/** A figure: `12,000`, `3.1`, `three`. */
export const NUMBER = 2;
/** A proper name, as far as capitals tell. */
export const NAME = 4;
/** Begins with a capital letter; what that means is known only in the sentence. */
export const CAPITAL = 8;

/** A term and what it is: its 32-bit id and the flags above. */
export interface Term {
  readonly id: number;
  readonly flags: number;
}

/** Words remembered before the memory is emptied; a newspaper's year has about 200,000 spellings. */
const REMEMBERED = 1 << 18;

/** Hashes a term's key to its id (FNV-1a over UTF-16 code units, finished by a multiply-shift mix): the same in every run, so that no dictionary need be kept. */
export function termId(key: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

/** The id of a figure from its digits: `12000`, `3.1`. */
export function numberId(digits: string): number {
  return termId(
    `#${digits
      .replace(/^0+(?=\d)/, '')
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '')}`,
  );
}

/** Turns words into terms in one language, remembering what it has seen. */
export class TermTable {
  readonly #seen = new Map<string, Term>();

  constructor(readonly language: Language) {}

  /** The term of a word as it stands in the text. */
  of(word: string): Term {
    const known = this.#seen.get(word);
    if (known !== undefined) return known;
    if (this.#seen.size >= REMEMBERED) this.#seen.clear();
    const made = this.#make(word);
    this.#seen.set(word, made);
    return made;
  }

  #make(word: string): Term {
    const { language } = this;
    const folded = fold(word);
    const number = language.numbers.get(folded);
    if (number !== undefined) return { id: numberId(number), flags: NUMBER };
    if (/^\d+$/.test(folded)) return { id: numberId(folded), flags: NUMBER };
    const capital = /^\p{Lu}/u.test(word) ? CAPITAL : 0;
    if (language.stopWords.has(folded)) {
      // US, IT, WHO: a stop word in capitals is a name.
      if (/^\p{Lu}{2,5}$/u.test(word)) return { id: termId(word), flags: NAME | CAPITAL };
      return { id: termId(folded), flags: STOP | capital };
    }
    // Stemmers know the accents of their language, so they see the word before these are folded away.
    const stem = fold(language.stem(word.normalize('NFC').toLowerCase()));
    return { id: termId(stem === '' ? folded : stem), flags: capital };
  }
}

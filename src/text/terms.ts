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

/** Words of more characters are no words of a language: stemmers take their time over them, and memory is not for them. */
const LONGEST_WORD = 100;

const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Hashes a term's key to its id (FNV-1a over UTF-16 code units, finished by a multiply-shift mix): the same in every run, so that no dictionary need be kept. */
export function termId(key: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

/** The id of a figure from its digits: `12000`, `3.1`. Zeros that count for nothing do not count. */
export function numberId(digits: string): number {
  const point = digits.indexOf('.');
  const whole = point < 0 ? digits.length : point;
  let start = 0;
  while (start < whole - 1 && digits[start] === '0') start++;
  let end = digits.length;
  if (point >= 0) while (end > point && (digits[end - 1] === '0' || end === point + 1)) end--;
  return termId(`#${digits.slice(start, end)}`);
}

/** Turns words into terms in one language, remembering what it has seen. */
export class TermTable {
  readonly #seen = new Map<string, Term>();

  constructor(readonly language: Language) {}

  /** The term of a word as it stands in the text. */
  of(word: string): Term {
    const known = this.#seen.get(word);
    if (known !== undefined) return known;
    if (word.length > LONGEST_WORD) return this.#make(word);
    if (this.#seen.size >= REMEMBERED) this.#seen.clear();
    const made = this.#make(word);
    this.#seen.set(word, made);
    return made;
  }

  #make(spelt: string): Term {
    const { language } = this;
    const word = spelt.replace(IGNORABLE, '').normalize('NFC');
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
    if (word.length > LONGEST_WORD) return { id: termId(folded), flags: capital };
    // Stemmers know the accents of their language, so they see the word before these are folded away.
    const stem = fold(language.stem(word.toLowerCase()));
    return { id: termId(stem === '' ? folded : stem), flags: capital };
  }
}

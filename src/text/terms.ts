import { fold } from './fold.js';
import type { Language } from './language.js';
import { BEYOND_ASCII, type WordColumns } from './wordcolumns.js';

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

/** Slots of the table of remembered words at first and at most; it is emptied when half full at that. */
const FIRST_SLOTS = 1 << 13;
const MOST_SLOTS = 1 << 19;
/** Numbers a slot, and the places of those after the hash. */
const CELL = 4;
const META = 1;
const ID = 2;
const FLAGS = 3;
const FLAG_BITS = 15;

/** A hash of a piece of text that has nothing to do with `termId`, in the bits above those of the flags. */
function secondHash(text: string, start: number, end: number): number {
  let h = 0x9747b28c;
  for (let i = start; i < end; i++) h = Math.imul(h + text.charCodeAt(i), 0x5bd1e995) ^ (h >>> 15);
  return (h ^ (h >>> 13)) & ~FLAG_BITS;
}

/**
 * Turns words into terms in one language, remembering what it has seen: a hash table in columns, by the hash of the
 * folded word, its length and marks (see wordcolumns.ts) and a second hash, so that a word seen before costs no string. By the first alone
 * some words of a corpus of millions took another's stem, and which did hung on what was read before. Words
 * beyond ASCII, whose hash does not tell how they are spelt, are remembered by their spelling.
 */
export class TermTable {
  /**
   * Remembered words, four numbers each: the hash and what else tells it from others, 0 where the slot is free; the term's id; its flags in the
   * four lowest bits, and above them the second hash.
   * What is asked for together stands together, since looking words up is waiting for memory.
   */
  #cells = new Uint32Array(CELL * FIRST_SLOTS);
  #used = 0;
  readonly #spelt = new Map<string, Term>();

  constructor(readonly language: Language) {}

  /** The id of what `slotOf` found. */
  idAt(slot: number): number {
    return this.#cells[slot + ID] as number;
  }

  /** The flags of what `slotOf` found. */
  flagsAt(slot: number): number {
    return (this.#cells[slot + FLAGS] as number) & FLAG_BITS;
  }

  /** Where word `w` is remembered; valid until the next look-up. */
  slotOf(text: string, words: WordColumns, w: number): number {
    const start = words.starts[w] as number;
    const length = (words.ends[w] as number) - start;
    const mark = words.marks[w] as number;
    const hash = words.hashes[w] as number;
    const meta = ((length << 8) | mark) >>> 0;
    // So long a word has no stem: its hash is its id, and it is not even copied.
    if (length > LONGEST_WORD) return this.#fill(0, hash, 0);
    if (mark & BEYOND_ASCII) {
      const { id, flags } = this.of(text.slice(start, start + length));
      return this.#fill(0, id, flags);
    }
    const cells = this.#cells;
    const second = secondHash(text, start, start + length);
    const last = cells.length / CELL - 1;
    // Slot 0 is the scratch of words that are not remembered here.
    let slot = CELL * (hash & last || 1);
    while (cells[slot + META] !== 0) {
      if (
        cells[slot] === hash &&
        cells[slot + META] === meta &&
        ((cells[slot + FLAGS] as number) & ~FLAG_BITS) === second
      )
        return slot;
      slot = slot + CELL < cells.length ? slot + CELL : CELL;
    }
    if (this.#used * 2 >= last) {
      this.#cells = new Uint32Array(CELL * Math.min(MOST_SLOTS, 2 * (last + 1)));
      this.#used = 0;
      return this.slotOf(text, words, w);
    }
    this.#used++;
    cells[slot] = hash;
    cells[slot + META] = meta;
    const { id, flags } = this.#make(text.slice(start, start + length));
    return this.#fill(slot, id, second | flags);
  }

  /** The term of a word as it stands in the text. */
  of(word: string): Term {
    const known = this.#spelt.get(word);
    if (known !== undefined) return known;
    if (word.length > LONGEST_WORD) return this.#make(word);
    if (this.#spelt.size >= REMEMBERED) this.#spelt.clear();
    const made = this.#make(word);
    this.#spelt.set(word, made);
    return made;
  }

  #fill(slot: number, id: number, flags: number): number {
    this.#cells[slot + ID] = id;
    this.#cells[slot + FLAGS] = flags;
    return slot;
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

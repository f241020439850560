import { randomStream } from '../../src/sketch/hash.js';

/** A text of about `length` characters, along one axis that its sender controls. `seed` draws another of the same kind. */
export type Shape = (length: number, seed: number) => string;

const CONSONANTS = 'bdfgklmnprstvz';
const VOWELS = 'aeiou';

/** The number of the first word: those of four syllables begin here, of which there are 23 million. */
let first = 70 ** 3;
/** Words taken since, as far as is known. */
let taken = 0;

/** Has all words from now on be others than before: who sends a text to slow a reader down sends words that it has not seen. */
export function takeNewWords(): void {
  first += taken;
  taken = 0;
}

/** The number of the `n`-th word that was not seen before. */
function fresh(n: number): number {
  taken = Math.max(taken, n + 1);
  return first + n;
}

/** A word of syllables that `n` stands for, so that different numbers are different words. */
export function wordOf(n: number): string {
  let word = '';
  for (let rest = fresh(n); rest > 0; rest = Math.floor(rest / 70))
    word += (CONSONANTS[rest % 14] as string) + (VOWELS[Math.floor(rest / 14) % 5] as string);
  return word;
}

const capital = (word: string) => (word[0] as string).toUpperCase() + word.slice(1);
const repeat = (piece: string, length: number) => piece.repeat(Math.max(1, Math.floor(length / piece.length)));

/** Words drawn from as many as there are, so that vocabulary grows with the text. */
function drawn(length: number, seed: number, separate: (n: number) => string, make = wordOf): string {
  const next = randomStream(seed);
  const vocabulary = Math.max(16, Math.floor(length / 8));
  let text = '';
  for (let n = 0; text.length < length; n++) text += make(next() % vocabulary) + separate(n);
  return text;
}

/** Between names, words in lower case: of a line of capitals nobody can tell the names. */
const spoken = (n: number) => (n % 4 === 3 ? '. The ' : ' said to ');
const sentences = (n: number) => (n % 12 === 11 ? '. The ' : ' ');

/** A name whose consonants are those of all others, its vowels its own: one frame, so that spelling takes each for a candidate of each. */
function frameName(n: number, seed: number): string {
  let vowels = '';
  for (let rest = 2 * fresh(n) + (seed % 2), k = 0; k < 12; k++, rest = Math.floor(rest / 5))
    vowels += VOWELS[rest % 5];
  return `B${vowels}b`;
}

/** Texts of hostile shapes, each with what it aims at. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  'prose of many words': (length, seed) => drawn(length, seed, sentences),
  'one long word': (length) => repeat('a', length),
  'one long sentence': (length, seed) => drawn(length, seed, () => ' '),
  'sentences without words': (length) => repeat('. ', length),
  'sentences of one word': (length, seed) =>
    drawn(
      length,
      seed,
      () => '. ',
      (n) => capital(wordOf(n)),
    ),
  'one sentence repeated': (length) =>
    repeat('The council voted on Monday to close the old bridge for repairs. ', length),
  'one word repeated': (length) => repeat('bridge ', length),
  'one phrase in every sentence': (length, seed) =>
    drawn(length, seed, (n) => (n % 6 === 5 ? '. The Porto bridge council said ' : ' ')),
  'two words in turn': (length) => repeat('bridge council. ', length),
  'names of one spelling': (length, seed) => drawn(length, seed, spoken, (n) => frameName(n, seed)),
  'names a letter apart': (length, seed) =>
    drawn(length, 1, spoken, (n) => `${capital(wordOf(n))}${seed % 2 === 0 ? 'sky' : 'skyy'}`),
  figures: (length, seed) => drawn(length, seed, sentences, (n) => `${fresh(n)},000`),
  'figures in one sentence': (length, seed) =>
    drawn(
      length,
      seed,
      () => ' ',
      (n) => `${fresh(n)},000`,
    ),
  'names in one sentence': (length, seed) =>
    drawn(
      length,
      seed,
      (n) => (n % 4 === 3 ? ' the ' : ' '),
      (n) => capital(wordOf(n)),
    ),
  quotations: (length, seed) => drawn(length, seed, (n) => (n % 12 === 11 ? '.” “The ' : ' ')),
  'short lines': (length, seed) => drawn(length, seed, () => '\n'),
  'one line repeated': (length) => repeat('Share this story\n', length),
  'combining marks': (length) => `e${'\u0301'.repeat(length)}`,
  'soft hyphens': (length) => repeat('a\u00ad', length),
  'lone surrogates': (length) => repeat('\ud800', length),
  Chinese: (length, seed) => {
    const next = randomStream(seed);
    return Array.from({ length }, () => String.fromCharCode(0x4e00 + (next() % 5000))).join('');
  },
  'a text read to and fro': (length, seed) => {
    const half = drawn(length / 2, seed, sentences).split('. ');
    return [...half, ...[...half].reverse()].join('. ');
  },
};

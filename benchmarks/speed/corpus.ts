import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { randomStream } from '../../src/sketch/hash.js';

/** Letters by how often they stand in texts of a script. */
export const SCRIPTS = {
  ASCII: 'etaoinshrdlucmfwypvbgkjqxz',
  German: 'enisratdhulcgmobwfkzüväpöß',
  Russian: 'оеаинтсрвлкмдпуяыьгзбчйхжш',
  Greek: 'αοιετσνηυρπκμλωςγθδφχβξζψό',
  Chinese: '的一是不了在人有我他这个们中来上大为和国地到以说时',
} as const;

/** A seeded source of words whose lengths and frequencies are like those of English news. */
function* madeUpWords(seed: number, letters: string): Generator<string> {
  const next = randomStream(seed);
  const lengths = [2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 13];
  const vocabulary = Array.from({ length: 20_000 }, (_, rank) => {
    const length = rank < 150 ? 1 + (next() % 4) : (lengths[next() % lengths.length] as number);
    return Array.from({ length }, () => letters[Math.floor((next() / 2 ** 32) ** 2 * letters.length)]).join('');
  });
  for (let sentence = 12; ; ) {
    // Zipf's law: the word of rank r is drawn with probability about 1 / r.
    const word = vocabulary[Math.floor(20_000 ** (next() / 2 ** 32)) - 1] as string;
    const first = sentence === 0;
    if (first) sentence = 5 + (next() % 25);
    sentence--;
    const cased = first ? (word[0] as string).toUpperCase() + word.slice(1) : word;
    yield sentence === 0 ? `${cased}.` : next() % 14 === 0 ? `${cased},` : cased;
  }
}

function* wordsOf(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* wordsOf(path);
    // Peers tokenise ASCII only, so that all see the same shingles.
    else if (name.endsWith('.txt'))
      yield* readFileSync(path, 'latin1')
        .replace(/[^\x20-\x7e]+/g, ' ')
        .split(/\s+/)
        .filter(Boolean);
  }
}

/** So many documents of so many words each, made up in a script or from a folder, the same every time; fewer when the folder has no more. */
export function documents(
  count: number,
  words: number,
  folder?: string,
  script: keyof typeof SCRIPTS = 'ASCII',
): string[] {
  const source = folder === undefined ? madeUpWords(20_240_501, SCRIPTS[script]) : wordsOf(folder);
  const out: string[] = [];
  let document: string[] = [];
  for (const word of source) {
    document.push(word);
    if (document.length < words) continue;
    out.push(document.join(' '));
    document = [];
    if (out.length >= count) break;
  }
  return out;
}

/** Pairs to estimate: each document with a copy of which a part, another one in each pair, is replaced. */
export function plantedPairs(texts: readonly string[], seed: number): [string, string][] {
  const next = randomStream(seed);
  return texts.map((text, i) => {
    const other = (texts[(i + 1) % texts.length] as string).split(' ');
    const words = text.split(' ');
    const from = next() % words.length;
    const length = next() % words.length;
    return [text, words.map((word, j) => (j >= from && j < from + length ? (other[j] ?? word) : word)).join(' ')];
  });
}

/** The value after an option, if it is given. */
export function option(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? undefined : args[at + 1];
}

/**
 * The terms of words, as the library makes them: reads a word a line from standard input and writes its id and flags.
 *
 *     npx tsx lexicon/build/terms.ts < words > terms
 */
import { readFileSync } from 'node:fs';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));
const words = readFileSync(0, 'utf8').trimEnd().split('\n');
process.stdout.write(
  words
    .map((word) => table.of(word))
    .map(({ id, flags }) => `${id} ${flags}\n`)
    .join(''),
);

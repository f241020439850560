import { describe, expect, it } from 'vitest';
import { shingleHashes } from '../../src/sketch/minhash.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const en = await loadLanguage('en');
const uk = await loadLanguage('uk');

/** Fastest of three runs, in milliseconds of CPU time, which other work on the machine adds little to: noise only ever adds. */
function time(run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** A text of four times the length may take twelve times as long, and not sixteen, as quadratic code does. */
function expectLinear(run: (text: string) => unknown, shape: (length: number) => string, length: number) {
  const short = shape(length);
  const long = shape(4 * length);
  const before = time(() => run(short));
  const after = time(() => run(long));
  expect(after, `${before.toFixed(1)} ms, then ${after.toFixed(1)} ms`).toBeLessThan(3 * 4 * Math.max(before, 5));
}

const repeat = (piece: string) => (length: number) => piece.repeat(length / piece.length);
const SHAPES: [string, (length: number) => string][] = [
  ['prose', repeat('The two sides agreed on Monday to swap prisoners. ')],
  ['one long word', repeat('a')],
  ['one long word that the stemmer of English dwells on', (n) => `${'b'.repeat(n)}ing`],
  ['one long word of suffixes', repeat('ations')],
  ['many short lines', repeat('ab\n')],
  ['many short lines without words', (n) => `x${repeat('\n!')(n)}`],
  ['nothing but punctuation', repeat('!?.,;')],
  ['nothing but full stops', repeat('. ')],
  ['nothing but quotes', repeat('“”"\'')],
  ['nothing but opening quotes after a full stop', (n) => `a. ${repeat('“')(n)}`],
  ['nothing but closing quotes after blanks', repeat('. »')],
  ['nothing but blanks', repeat(' ')],
  ['blanks before the numbers of a list', (n) => `a. ${repeat(' ')(n / 2)}${repeat('1. ')(n / 2)}`],
  ['nothing but newlines', repeat('\n')],
  ['nothing but NEL', repeat('\u0085')],
  ['many combining marks', (n) => `e${repeat('\u0301')(n)}`],
  ['many soft hyphens', repeat('a\u00ad')],
  ['lone surrogates', repeat('\ud800')],
  ['one figure with commas', (n) => `1${repeat(',000')(n)}`],
  ['one figure with many decimal zeros', (n) => `0.${repeat('0')(n)}1`],
  ['figures and full stops', repeat('1.')],
  ['one acronym', repeat('A.')],
  ['initials', repeat('A. ')],
  ['titles', repeat('Mr. ')],
  ['hyphens between numerals', repeat('twenty-')],
];

describe('taking a text apart takes time in proportion to its length, for', () => {
  it.each(SHAPES)('%s', (_, shape) => {
    expectLinear((text) => analyse(text, new TermTable(en)), shape, 40_000);
  });

  it('one long word of Cyrillic suffixes in Ukrainian', () => {
    expectLinear((text) => analyse(text, new TermTable(uk)), repeat('авши'), 40_000);
  });

  it('a long run of Chinese', () => {
    expectLinear((text) => analyse(text, new TermTable(en)), repeat('中国人民和'), 20_000);
  });
});

describe('hashing the shingles of a text takes time in proportion to its length, for', () => {
  it.each(SHAPES)('%s', (_, shape) => {
    expectLinear((text) => shingleHashes(text, 3, 1), shape, 40_000);
  });
});

describe('megabytes without a blank are taken apart in seconds', () => {
  it('five of one word', () => {
    expect(analyse(repeat('a')(5_000_000), new TermTable(en)).termIds.length).toBe(1);
  });

  it('five of one figure', () => {
    expect(analyse(`1${repeat(',000')(5_000_000)}`, new TermTable(en)).termIds.length).toBe(1);
  });

  it('one of Chinese, most of it spent in Intl.Segmenter', () => {
    const text = repeat('中国人民和')(1_000_000);
    const { termSpans } = analyse(text, new TermTable(en));
    expect(termSpans.at(-1)).toBe(text.length);
  });
});

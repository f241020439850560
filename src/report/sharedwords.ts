import type { Span } from '../types.js';

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+|(?<=\p{N})[.,]\p{N}+)*/gu;

/** Words that are too short to mean anything where they stand alone. */
const SHORT = 3;

/** A word without case and accents. */
function fold(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s$/, '');
}

/**
 * For reports without evidence, as those that come from a file: a stand-in for what align/evidence.ts finds with the language's stems.
 * The words of a span whose like stands in the counterpart. A short word counts only where a shared word stands beside
 * it in both texts: that both hold `of` and `the` is no sign of anything.
 */
export function sharedWords(text: string, span: Span, other: string, counterpart: Span): Span[] {
  const theirs = [...other.slice(counterpart.start, counterpart.end).matchAll(WORD)].map(([word]) => fold(word));
  const left = new Map<string, number>();
  const couples = new Set<string>();
  for (const [i, word] of theirs.entries()) {
    left.set(word, (left.get(word) ?? 0) + 1);
    couples.add(`${word} ${theirs[i + 1] ?? ''}`);
  }
  const words = [...text.slice(span.start, span.end).matchAll(WORD)].map((match) => {
    const folded = fold(match[0]);
    const has = left.get(folded) ?? 0;
    if (has > 0) left.set(folded, has - 1);
    const start = span.start + match.index;
    const long = folded.length > SHORT || /\p{N}/u.test(folded);
    return { start, end: start + match[0].length, folded, long, shared: has > 0 };
  });
  return words
    .filter((word, i) => {
      if (!word.shared || word.long) return word.shared;
      const [before, after] = [words[i - 1], words[i + 1]];
      return (
        (before?.shared && before.long && couples.has(`${before.folded} ${word.folded}`)) ||
        (after?.shared && after.long && couples.has(`${word.folded} ${after.folded}`))
      );
    })
    .map(({ start, end }) => ({ start, end }));
}

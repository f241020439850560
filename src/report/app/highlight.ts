import type { PassagePair, SentencePair, Span } from '../../types.js';

/** Which of the two texts. */
export type Side = 'a' | 'b';

/** A piece of a text that is shown in one way throughout. */
export interface Piece {
  readonly text: string;
  /** Number of the passage that it lies in, or -1. */
  readonly passage: number;
  /** Number of the sentence pair within the passage, or -1. */
  readonly sentence: number;
  /** Whether its words stand in the counterpart too. */
  readonly shared: boolean;
}

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

/** Cuts a text into paragraphs of pieces, by the passages of one side. Spans that do not fit the text are left out. */
export function pieces(text: string, other: string, passages: readonly PassagePair[], side: Side): Piece[][] {
  const against: Side = side === 'a' ? 'b' : 'a';
  const fits = ({ start, end }: Span) => start >= 0 && start < end && end <= text.length;
  // What each character belongs to: the first passage that covers it, and the first sentence of that.
  const passage = new Int32Array(text.length).fill(-1);
  const sentence = new Int32Array(text.length).fill(-1);
  const shared = new Uint8Array(text.length);
  for (const [n, pair] of passages.entries()) {
    const span = pair[side];
    if (!fits(span)) continue;
    for (let i = span.start; i < span.end; i++) if (passage[i] === -1) passage[i] = n;
    const pairs: readonly Pick<SentencePair, 'a' | 'b'>[] = pair.sentences.length > 0 ? pair.sentences : [pair];
    for (const [m, { [side]: own, [against]: counterpart }] of pairs.entries()) {
      if (!fits(own)) continue;
      if (pair.sentences.length > 0)
        for (let i = own.start; i < own.end; i++) if (passage[i] === n && sentence[i] === -1) sentence[i] = m;
      for (const word of sharedWords(text, own, other, counterpart)) shared.fill(1, word.start, word.end);
    }
  }
  const paragraphs: Piece[][] = [];
  let paragraph: Piece[] = [];
  let from = 0;
  const flush = (to: number) => {
    if (to > from)
      paragraph.push({
        text: text.slice(from, to),
        passage: passage[from] as number,
        sentence: sentence[from] as number,
        shared: shared[from] === 1,
      });
    from = to;
  };
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\n') {
      flush(i);
      from = i + 1;
      if (paragraph.some((piece) => piece.text.trim() !== '')) paragraphs.push(paragraph);
      paragraph = [];
    } else if (
      i > from &&
      (passage[i] !== passage[from] || sentence[i] !== sentence[from] || shared[i] !== shared[from])
    ) {
      flush(i);
    }
  }
  flush(text.length);
  if (paragraph.some((piece) => piece.text.trim() !== '')) paragraphs.push(paragraph);
  return paragraphs;
}

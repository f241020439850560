import type { PassagePair, SentencePair, Span } from '../../types.js';
import { sharedWords } from '../sharedwords.js';

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
    for (const words of pair.words ?? []) shared.fill(1, words[side].start, words[side].end);
    const pairs: readonly Pick<SentencePair, 'a' | 'b'>[] = pair.sentences.length > 0 ? pair.sentences : [pair];
    for (const [m, { [side]: own, [against]: counterpart }] of pairs.entries()) {
      if (!fits(own)) continue;
      if (pair.sentences.length > 0)
        for (let i = own.start; i < own.end; i++) if (passage[i] === n && sentence[i] === -1) sentence[i] = m;
      if (pair.words === undefined)
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

import { Postings, type Segment } from '../candidates/postings.js';
import type { AnalysedText } from '../text/analyse.js';
import { documentsNeeded, standApart, surroundings, WITNESSES } from '../text/boilerplate.js';
import type { TextLine } from '../text/textlines.js';

/**
 * The lines of an index's documents: which of them stand in so many documents, and in such unlike surroundings, that they are boilerplate
 * (src/text/boilerplate.ts says when). Looking a text up takes time in its lines, and once in a while a look at six documents.
 */
export class IndexedLines {
  readonly #textOf: (number: number) => AnalysedText;
  /** By key of a line: the numbers of documents. */
  readonly #documents: Postings;
  /** By key of a line: whether it stood in unlike surroundings when these documents had it. */
  readonly #verdicts = new Map<number, { documents: string; apart: boolean }>();

  /** @param lives whether a document is still there; @param textOf reads one; @param segments of lines before */
  constructor(
    lives: (number: number) => boolean,
    textOf: (number: number) => AnalysedText,
    segments: readonly Segment[] = [],
  ) {
    this.#textOf = textOf;
    this.#documents = new Postings(lives, segments);
  }

  /** Adds the lines of a document. */
  add(text: AnalysedText, number: number): void {
    for (const key of new Set(text.lines.map(keyOf))) this.#documents.add(key, number);
  }

  /** All there is as one segment, with the documents renamed, in an order that they keep. */
  compacted(rename?: (number: number) => number): Segment {
    return this.#documents.compacted(rename);
  }

  /** Which lines of a text stand in enough documents, in unlike surroundings. */
  recurring(text: AnalysedText): boolean[] {
    return text.lines.map((line) => {
      const key = keyOf(line);
      if (this.#documents.count(key) < documentsNeeded(line)) return false;
      const witnesses: number[] = [];
      let documents = 0;
      this.#documents.each(key, (number) => {
        documents++;
        if (witnesses.length < WITNESSES) witnesses.push(number);
      });
      return documents >= documentsNeeded(line) && this.#standsApart(key, witnesses);
    });
  }

  #standsApart(key: number, witnesses: readonly number[]): boolean {
    const named = witnesses.join();
    const known = this.#verdicts.get(key);
    if (known?.documents === named) return known.apart;
    const apart = standApart(
      witnesses.flatMap((number) => {
        const text = this.#textOf(number);
        const line = text.lines.findIndex((other) => keyOf(other) === key);
        // In an index that was forged, the line may not be there.
        return line < 0 ? [] : surroundings(text, [line]);
      }),
    );
    this.#verdicts.set(key, { documents: named, apart });
    return apart;
  }
}

/** A line's key in 32 bits. */
function keyOf({ key }: TextLine): number {
  return (Math.imul(Math.floor(key / 0x1_0000_0000), 0x9e3779b1) ^ (key % 0x1_0000_0000)) >>> 0;
}

import type { ComparableDocument } from '../relate/document.js';
import type { Cell, Row } from './columns.js';
import { documentOf, numbers, type StepTools } from './step.js';

/** Characters of the documents that are kept at hand, beside those in use and the longest. */
const AT_HAND = 1 << 23;

/**
 * Makes documents ready for comparing, and keeps those at hand that were used last: pairs of one document stand together. The longest one
 * stays too: it is the dearest to make, and is asked for with every one of its partners.
 */
export class Desk {
  readonly #tools: Pick<StepTools, 'settings' | 'bench'>;
  /** By number, the one that was used last behind all others. */
  readonly #documents = new Map<Cell, ComparableDocument>();
  #held = 0;
  #longest: Cell;

  constructor(tools: Pick<StepTools, 'settings' | 'bench'>) {
    this.#tools = tools;
  }

  /** The two documents of a row. */
  pair(row: Row): [a: ComparableDocument, b: ComparableDocument] {
    try {
      return [this.#get(row, 'a'), this.#get(row, 'b')];
    } finally {
      this.#clear(row.cells);
    }
  }

  #get(row: Row, side: 'a' | 'b'): ComparableDocument {
    const number = row.cells[side] ?? null;
    const known = number === null ? undefined : this.#documents.get(number);
    const doc = known ?? this.#make(row, side);
    if (number === null) return doc;
    this.#documents.delete(number);
    this.#documents.set(number, doc);
    if (known !== undefined) return doc;
    this.#held += doc.source.text.length;
    const longest = this.#documents.get(this.#longest);
    if (longest === undefined || doc.source.text.length > longest.source.text.length) this.#longest = number;
    return doc;
  }

  #make(row: Row, side: 'a' | 'b'): ComparableDocument {
    const source = documentOf(row, this.#tools.settings, `_${side}`);
    return this.#tools.bench.prepare(source, numbers(row.cells[`recurring_${side}`])).doc;
  }

  /** Puts away what was not used for long. */
  #clear({ a, b }: Row['cells']): void {
    const stay = new Set([a, b, this.#longest]);
    let room = AT_HAND;
    for (const number of stay) room += this.#documents.get(number)?.source.text.length ?? 0;
    for (const [number, { source }] of this.#documents) {
      if (this.#held <= room) return;
      if (stay.has(number)) continue;
      this.#documents.delete(number);
      this.#held -= source.text.length;
    }
  }
}

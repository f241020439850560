import { countTerms, rankTerms } from '../candidates/rareterms.js';
import { DocumentFrequency } from '../candidates/rarity.js';
import { Rows } from '../columns.js';
import { quoted, TwicetoldError } from '../errors.js';
import type { BoilerplateText, DocumentSummary } from '../types.js';
import type { FoundSpan, Read } from './jobs.js';

/**
 * What stays in memory of the documents of a run: not their texts. Row r of each column is that of the r-th document read.
 * `npm run bench -- corpus` measures the bytes.
 */
export class Corpus {
  readonly summaries: DocumentSummary[] = [];
  /** Where the store has them. */
  readonly places: number[] = [];
  /** See {@link Read}. */
  readonly terms = new Rows();
  readonly lines = new Rows();
  readonly bands = new Rows();
  /** Languages whose lexicon was used. */
  readonly lexicons = new Set<string>();
  readonly #boilerplate = new Map<number, readonly FoundSpan[]>();
  readonly #ids = new Map<string, number>();
  /** Rows in the order of ids. */
  #order: Uint32Array | undefined;

  /** Takes note of an id that is about to be read; says the number of the document. */
  announce(id: string): number {
    const earlier = this.#ids.get(id);
    const number = this.#ids.size + 1;
    if (earlier !== undefined)
      throw new TwicetoldError(
        'DUPLICATE_ID',
        `documents ${earlier} and ${number} have the same id ${quoted(id)}; ids must be unique`,
      );
    this.#ids.set(id, number);
    return number;
  }

  /** How many documents were announced. */
  get announced(): number {
    return this.#ids.size;
  }

  /** Adds documents as they were read. */
  add(read: Read): void {
    for (const language of read.lexicons) this.lexicons.add(language);
    eachDocument(read, (n, terms, lines, bands) => {
      const row = this.summaries.length;
      this.summaries.push(read.summaries[n] as DocumentSummary);
      this.places.push(read.places[n] as number);
      this.terms.add(terms);
      this.lines.add(lines);
      this.bands.add(bands);
      this.#note(row, read.boilerplate[n] as FoundSpan[]);
    });
  }

  /** Puts documents that were read again, with more boilerplate known, in the place of what they were. */
  replace(rows: readonly number[], read: Read): void {
    eachDocument(read, (n, terms, _, bands) => {
      const row = rows[n] as number;
      this.summaries[row] = read.summaries[n] as DocumentSummary;
      this.places[row] = read.places[n] as number;
      this.terms.replace(row, terms);
      this.bands.replace(row, bands);
      this.#note(row, read.boilerplate[n] as FoundSpan[]);
    });
  }

  /** The rows in the order of ids, so that the order in which documents came does not matter. Asked when all are read. */
  get order(): Uint32Array {
    this.#ids.clear();
    this.#order ??= Uint32Array.from(this.summaries.keys()).sort((x, y) => (this.#id(x) < this.#id(y) ? -1 : 1));
    return this.#order;
  }

  /** Counts the documents that hold each term, and puts the terms' ranks in their place. */
  *rankTerms(): Generator<number, Uint32Array> {
    const frequency = new DocumentFrequency();
    for (let row = 0; row < this.terms.length; row++) {
      countTerms(this.terms.at(row), row, frequency);
      yield row;
    }
    const ranks = frequency.rank();
    for (let row = 0; row < this.terms.length; row++) this.terms.shorten(row, rankTerms(this.terms.at(row), ranks));
    return ranks.documents;
  }

  /** Boilerplate of all documents, what most of them have first. */
  boilerplate(): BoilerplateText[] {
    const byKey = new Map<number, BoilerplateText>();
    for (const row of this.order) {
      const document = this.#id(row);
      const here = new Set<number>();
      for (const { text, start, end, key, reason } of this.#boilerplate.get(row) ?? []) {
        const known = byKey.get(key);
        const entry: BoilerplateText = known ?? { text, documents: 0, occurrences: [], reason };
        if (known === undefined) byKey.set(key, entry);
        if (reason === 'recurring') entry.reason = reason;
        entry.occurrences.push({ document, start, end });
        if (!here.has(key)) entry.documents++;
        here.add(key);
      }
    }
    return [...byKey.values()].sort(
      (x, y) => y.documents - x.documents || (x.text < y.text ? -1 : x.text > y.text ? 1 : 0),
    );
  }

  #note(row: number, spans: readonly FoundSpan[]): void {
    if (spans.length > 0) this.#boilerplate.set(row, spans);
    else this.#boilerplate.delete(row);
  }

  #id(row: number): string {
    return (this.summaries[row] as DocumentSummary).id;
  }
}

/** Calls `visit` with the three rows of each document. */
export function eachDocument(
  { columns, places }: Read,
  visit: (n: number, terms: Uint32Array, lines: Uint32Array, bands: Uint32Array) => void,
): void {
  let at = 0;
  const next = () => {
    const from = at + 1;
    at = from + (columns[at] as number);
    return columns.subarray(from, at);
  };
  for (let n = 0; n < places.length; n++) visit(n, next(), next(), next());
}

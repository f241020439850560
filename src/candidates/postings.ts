import type { AnalysedText } from '../text/analyse.js';
import { STOP } from '../text/terms.js';
import { RARE_TERMS } from './rareterms.js';

/** A term in more sentences than this of the index is too common to look anything up by. */
const COMMON_TERM = 1000;

/** A document that shares rare terms with a query. */
export interface PostingCandidate {
  readonly document: number;
  /** Pairs of the query's rare terms that stand in one sentence there too. */
  readonly sharedKeys: number;
}

/**
 * Which sentences of which documents hold each term, for an index that grows and shrinks. It finds what
 * `rareTermKeys` finds, but weighs rarity at the time of the query, so that what was added first is found as well as
 * what was added last.
 *
 * Postings are pairs of a document's number and a sentence's number, by term.
 */
export class TermPostings {
  readonly #postings = new Map<number, number[]>();

  /** Adds a document. */
  add(document: number, doc: AnalysedText): void {
    forEachTerm(doc, (term, sentence) => {
      const list = this.#postings.get(term);
      if (list === undefined) this.#postings.set(term, [document, sentence]);
      else list.push(document, sentence);
    });
  }

  /** Removes a document that was added with the same text. */
  remove(document: number, doc: AnalysedText): void {
    const terms = new Set<number>();
    forEachTerm(doc, (term) => terms.add(term));
    for (const term of terms) {
      const list = this.#postings.get(term) ?? [];
      const kept: number[] = [];
      for (let p = 0; p < list.length; p += 2)
        if (list[p] !== document) kept.push(list[p] as number, list[p + 1] as number);
      if (kept.length > 0) this.#postings.set(term, kept);
      else this.#postings.delete(term);
    }
  }

  /** The documents that share at least `least` pairs of rare terms in a sentence with a text, most first. */
  query(doc: AnalysedText, least: number): PostingCandidate[] {
    const shared = new Map<number, number>();
    for (let s = 0; s + 1 < doc.firstTerm.length; s++) {
      const together = new Map<string, { document: number; terms: number }>();
      for (const term of this.#rarest(doc, s)) {
        const list = this.#postings.get(term) as number[];
        for (let p = 0; p < list.length; p += 2) {
          const place = `${list[p]} ${list[p + 1]}`;
          const entry = together.get(place);
          if (entry === undefined) together.set(place, { document: list[p] as number, terms: 1 });
          else entry.terms++;
        }
      }
      for (const { document, terms } of together.values()) {
        if (terms > 1) shared.set(document, (shared.get(document) ?? 0) + (terms * (terms - 1)) / 2);
      }
    }
    return [...shared]
      .filter(([, sharedKeys]) => sharedKeys >= least)
      .map(([document, sharedKeys]) => ({ document, sharedKeys }))
      .sort((x, y) => y.sharedKeys - x.sharedKeys || x.document - y.document);
  }

  /** The rarest terms of sentence `s` that the index holds. */
  #rarest(doc: AnalysedText, s: number): number[] {
    const counts = new Map<number, number>();
    for (let t = doc.firstTerm[s] as number; t < (doc.firstTerm[s + 1] as number); t++) {
      if ((doc.termFlags[t] as number) & STOP) continue;
      const list = this.#postings.get(doc.termIds[t] as number);
      if (list !== undefined && list.length <= 2 * COMMON_TERM) counts.set(doc.termIds[t] as number, list.length);
    }
    return [...counts]
      .sort((x, y) => x[1] - y[1] || x[0] - y[0])
      .slice(0, RARE_TERMS)
      .map(([term]) => term);
  }
}

function forEachTerm(doc: AnalysedText, visit: (term: number, sentence: number) => void): void {
  for (let s = 0; s + 1 < doc.firstTerm.length; s++) {
    const seen = new Set<number>();
    for (let t = doc.firstTerm[s] as number; t < (doc.firstTerm[s + 1] as number); t++) {
      const term = doc.termIds[t] as number;
      if ((doc.termFlags[t] as number) & STOP || seen.has(term)) continue;
      seen.add(term);
      visit(term, s);
    }
  }
}

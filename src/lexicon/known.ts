import type { AnalysedText } from '../text/analyse.js';
import { NUMBER, STOP } from '../text/terms.js';
import type { Lexicon } from './lexicon.js';

/** What a lexicon knows of a text: `rows`, beside the text's terms, the row of each, or -1 where it says nothing. */
export interface KnownWords {
  readonly lexicon: Lexicon;
  readonly rows: Int32Array;
}

/** Looks up the terms of a text. Common words and figures mean nothing by themselves, and are left out. */
export function knownWords({ termIds, termFlags }: AnalysedText, lexicon: Lexicon): KnownWords {
  const rows = new Int32Array(termIds.length);
  for (let t = 0; t < rows.length; t++)
    rows[t] = (termFlags[t] as number) & (STOP | NUMBER) ? -1 : lexicon.rowOf(termIds[t] as number);
  return { lexicon, rows };
}

const kept = new WeakMap<KnownWords, ReadonlySet<number>>();

/** The rows of a text, kept with it: in a corpus it is compared with several. */
export function rowSet(known: KnownWords): ReadonlySet<number> {
  const rows = kept.get(known) ?? new Set(known.rows);
  kept.set(known, rows);
  return rows;
}

import { Leaders } from '../candidates/bandlinks.js';
import { OverlapFilter } from '../candidates/overlap.js';
import { KeySet, rankTerms, rareTermKeys } from '../candidates/rareterms.js';
import { Rows } from '../columns.js';
import type { Row } from './columns.js';
import { type Step, words32 } from './step.js';

/**
 * Puts the ranks of terms in the place of the terms, and makes the rare-term keys. `ranked_terms`, `ranks`, `counts`: of those terms
 * of the document that stand in others too, the term, its rank in rarity and the documents that hold it.
 */
export const terms: Step = {
  takes: { doc: 'int64', sentence_terms: 'list<int32>' },
  optional: { ranked_terms: 'list<int32>', ranks: 'list<int32>', counts: 'list<int32>' },
  gives: { doc: 'int64', row: 'list<int32>', ranks: 'list<int32>', counts: 'list<int32>', keys: 'list<int32>' },
  async *run(rows) {
    const own = new KeySet();
    for await (const { cells } of rows) {
      const ids = words32(cells.ranked_terms);
      const ranks = words32(cells.ranks);
      const rankOf = new Map<number, number>();
      ids.forEach((id, n) => void rankOf.set(id, ranks[n] as number));
      const row = words32(cells.sentence_terms);
      const length = rankTerms(row, { documents: ranks, of: (id) => rankOf.get(id) ?? 0 });
      const ranked = row.subarray(0, length);
      rareTermKeys(ranked, own);
      yield { doc: cells.doc, row: ranked, ranks, counts: words32(cells.counts), keys: own.keys.slice(0, own.size) };
    }
  },
};

/** Finds each document of a full band the leader that it is compared with; rows stand in the order of `band`, `key`, `doc`. */
export const leaders: Step = {
  takes: { band: 'int32', key: 'int32', doc: 'int64', bands: 'list<int32>' },
  optional: {},
  gives: { a: 'int64', b: 'int64' },
  async *run(rows) {
    let full = '';
    let lead = new Leaders();
    for await (const { cells } of rows) {
      const here = `${cells.band} ${cells.key}`;
      if (here !== full) {
        full = here;
        lead = new Leaders();
      }
      const leader = lead.join(cells.doc as number, words32(cells.bands));
      if (leader !== undefined) yield { a: leader, b: cells.doc };
    }
  },
};

/** Pairs that are looked at together, at most. */
const TOGETHER = 256;

/**
 * Passes on the pairs whose terms say that comparing them is worth while. Each side has what `terms` gave for its document; pairs of
 * one `a` should stand together.
 */
export const overlap: Step = {
  takes: {
    a: 'int64',
    b: 'int64',
    shared: 'int32',
    row_a: 'list<int32>',
    ranks_a: 'list<int32>',
    counts_a: 'list<int32>',
    row_b: 'list<int32>',
    ranks_b: 'list<int32>',
    counts_b: 'list<int32>',
  },
  optional: {},
  gives: { a: 'int64', b: 'int64' },
  async *run(rows, { documents }) {
    let some: Row[] = [];
    for await (const row of rows) {
      if (some.length > 0 && (some.length >= TOGETHER || some[0]?.cells.a !== row.cells.a)) {
        yield* passing(some, documents);
        some = [];
      }
      some.push(row);
    }
    if (some.length > 0) yield* passing(some, documents);
  },
};

/** Of pairs of one `a`, those that pass. The ranks of their terms are numbered anew, in their order. */
function* passing(rows: readonly Row[], documents: number): Generator<{ a: number; b: number }> {
  const first = (rows[0] as Row).cells;
  const sides = [
    { row: first.row_a, ranks: first.ranks_a, counts: first.counts_a },
    ...rows.map(({ cells }) => ({ row: cells.row_b, ranks: cells.ranks_b, counts: cells.counts_b })),
  ].map(({ row, ranks, counts }) => ({ row: words32(row), ranks: words32(ranks), counts: words32(counts) }));
  const countOf = new Map<number, number>();
  for (const { ranks, counts } of sides) ranks.forEach((rank, n) => void countOf.set(rank, counts[n] as number));
  const known = Uint32Array.from(countOf.keys()).sort();
  const numberOf = new Map<number, number>();
  known.forEach((rank, n) => void numberOf.set(rank, n + 1));
  const terms = new Rows();
  for (const { row } of sides) {
    for (let at = 0; at < row.length; ) {
      const end = at + 1 + (row[at] as number);
      for (at++; at < end; at++) row[at] = numberOf.get(row[at] as number) as number;
    }
    terms.add(row);
  }
  const counts = Uint32Array.from([1, ...Array.from(known, (rank) => countOf.get(rank) as number)]);
  const filter = new OverlapFilter({ terms, order: Uint32Array.from(sides.keys()) }, counts, documents);
  for (const [n, { cells }] of rows.entries())
    if (filter.passes(0, n + 1, cells.shared as number)) yield { a: cells.a as number, b: cells.b as number };
}

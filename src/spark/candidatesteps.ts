import { Leaders } from '../candidates/bandlinks.js';
import { OverlapFilter } from '../candidates/overlap.js';
import { KeySet, rankTerms, rareTermKeys } from '../candidates/rareterms.js';
import { Rows } from '../columns.js';
import { TwicetoldError } from '../errors.js';
import type { Row } from './columns.js';
import { packTerms, type RankedTerms, unpackTerms } from './packedterms.js';
import { numbers, type OutRow, type Step, words32 } from './step.js';

/**
 * Puts the ranks of terms in the place of the terms, and makes the rare-term keys. `ranked_terms`, `ranks`, `counts`: of those terms
 * of the document that stand in others too, the term, its rank in rarity and the documents that hold it. `packed`: see packedterms.ts.
 */
export const terms: Step = {
  takes: { doc: 'int64', sentence_terms: 'list<int32>' },
  optional: { ranked_terms: 'list<int32>', ranks: 'list<int32>', counts: 'list<int32>' },
  gives: { doc: 'int64', packed: 'binary', keys: 'list<int32>' },
  async *run(rows) {
    const own = new KeySet();
    for await (const { cells } of rows) {
      const ids = words32(cells.ranked_terms);
      const ranks = words32(cells.ranks);
      const counts = words32(cells.counts);
      const rankOf = new Map<number, number>();
      ids.forEach((id, n) => void rankOf.set(id, ranks[n] as number));
      const row = words32(cells.sentence_terms);
      const ranked = row.subarray(0, rankTerms(row, { documents: ranks, of: (id) => rankOf.get(id) ?? 0 }));
      rareTermKeys(ranked, own);
      const keys = own.keys.slice(0, own.size);
      const order = Uint32Array.from(ranks.keys()).sort((x, y) => (ranks[x] as number) - (ranks[y] as number));
      const placeOf = new Map(Array.from(order, (n, place) => [ranks[n] as number, place]));
      eachTerm(ranked, (rank) => placeOf.get(rank) as number);
      const packed = packTerms({
        ranks: order.map((n) => ranks[n] as number),
        counts: order.map((n) => counts[n] as number),
        row: ranked,
      });
      yield { doc: cells.doc, packed, keys };
    }
  },
};

/** Puts another number in the place of each term of a row of sentences. */
function eachTerm(row: Uint32Array, of: (term: number) => number): void {
  for (let at = 0; at < row.length; ) {
    const end = at + 1 + (row[at] as number);
    for (at++; at < end; at++) row[at] = of(row[at] as number);
  }
}

/**
 * Counts the keys that documents share, and gives the pairs that share enough. A row is a document and those behind it that have one of
 * its keys; rows stand in the order of `doc`.
 */
export const partners: Step = {
  takes: { doc: 'int64', others: 'list<int64>' },
  optional: {},
  gives: { a: 'int64', b: 'int64', shared: 'int32' },
  async *run(rows, { settings }) {
    let others = new Float64Array(1024);
    let size = 0;
    let a = -1;
    for await (const { number, cells } of rows) {
      const doc = cells.doc as number;
      if (doc < a)
        throw new TwicetoldError(
          'MALFORMED',
          `row ${number}: rows must stand in the order of doc, and ${doc} comes after ${a}`,
        );
      if (doc !== a) {
        yield* sharing(a, others.subarray(0, size), settings.minSharedKeys);
        size = 0;
        a = doc;
      }
      const some = numbers(cells.others);
      if (size + some.length > others.length) {
        const wider = new Float64Array(2 * (size + some.length));
        wider.set(others);
        others = wider;
      }
      others.set(some, size);
      size += some.length;
    }
    yield* sharing(a, others.subarray(0, size), settings.minSharedKeys);
  },
};

/** The pairs of a document with those that come often enough. */
function* sharing(a: number, others: Float64Array, least: number): Generator<OutRow> {
  others.sort();
  for (let from = 0; from < others.length; ) {
    const b = others[from] as number;
    let to = from + 1;
    while (to < others.length && others[to] === b) to++;
    if (to - from >= least) yield { a, b, shared: to - from };
    from = to;
  }
}

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

/** Pairs that are looked at together, at most, and bytes of their terms from which none is added: those of a long document come with each. */
const TOGETHER = 256;
const BYTES_TOGETHER = 1 << 24;

/**
 * Passes on the pairs whose terms say that comparing them is worth while. Each side has what `terms` gave for its document; pairs of
 * one `a` should stand together.
 */
export const overlap: Step = {
  takes: { a: 'int64', b: 'int64', shared: 'int32', packed_a: 'binary', packed_b: 'binary' },
  optional: {},
  gives: { a: 'int64', b: 'int64' },
  async *run(rows, { documents }) {
    let some: Row[] = [];
    let bytes = 0;
    for await (const row of rows) {
      const full = some.length >= TOGETHER || bytes >= BYTES_TOGETHER;
      if (some.length > 0 && (full || some[0]?.cells.a !== row.cells.a)) {
        yield* passing(some, documents);
        some = [];
        bytes = 0;
      }
      some.push(row);
      for (const name of ['packed_a', 'packed_b']) bytes += (row.cells[name] as Uint8Array | null)?.length ?? 0;
    }
    if (some.length > 0) yield* passing(some, documents);
  },
};

/** Of pairs of one `a`, those that pass. Terms are numbered from 1: those of `a`, then of each `b` those that `a` has not. */
function* passing(rows: readonly Row[], documents: number): Generator<{ a: number; b: number }> {
  const a = termsOf(rows[0] as Row, 'packed_a');
  const others = rows.map((row) => termsOf(row, 'packed_b'));
  const sides = [a, ...others];
  const counts = new Uint32Array(1 + sides.reduce((sum, { ranks }) => sum + ranks.length, 0));
  const row = new Uint32Array(sides.reduce((sum, side) => sum + side.row.length, 0));
  let last = 0;
  let at = 0;
  for (const side of sides) {
    const numbers = new Uint32Array(side.ranks.length);
    for (let n = 0, m = 0; n < numbers.length; n++) {
      const rank = side.ranks[n] as number;
      while (m < a.ranks.length && (a.ranks[m] as number) < rank) m++;
      numbers[n] = side !== a && a.ranks[m] === rank ? m + 1 : ++last;
      counts[numbers[n] as number] = side.counts[n] as number;
    }
    eachTerm(side.row, (place) => numbers[place] as number);
    row.set(side.row, at);
    at += side.row.length;
  }
  const terms = Rows.of(
    row,
    Uint32Array.from(sides, (side) => side.row.length),
  );
  const order = Uint32Array.from(sides.keys());
  const filter = new OverlapFilter({ terms, order }, counts.subarray(0, last + 1), documents);
  for (const [n, { cells }] of rows.entries())
    if (filter.passes(0, n + 1, cells.shared as number)) yield { a: cells.a as number, b: cells.b as number };
}

function termsOf({ number, cells }: Row, name: 'packed_a' | 'packed_b'): RankedTerms {
  const packed = cells[name];
  try {
    if (packed instanceof Uint8Array) return unpackTerms(packed);
  } catch (cause) {
    throw new TwicetoldError('MALFORMED', `row ${number}, ${name}: ${(cause as Error).message}`, { cause });
  }
  throw new TwicetoldError('MALFORMED', `row ${number} has nothing in ${name}`);
}

import { spend } from '../settings/deadline.js';

/**
 * Where the sentences of one document stand in the other, all of them decided together.
 *
 * A text that retells another goes through it: from the sentence last retold mostly to the one after, often on the same, now
 * and then over some or back, and sometimes anywhere; and some sentences retell nothing. So the sentences are the steps of a hidden Markov
 * chain over the other's places, and what is wanted is the chance of each place at each step, given all that the sentences are alike:
 * forward and backward (Rabiner, "A tutorial on hidden Markov models", 1989). The chances fall off by powers on either side of a place, so
 * a step takes one pass each way and not all pairs of places.
 *
 * The numbers are round, and what comes of it hardly depends on them: half or twice of each moves the F1 of pairs by less than 0.003.
 */
const NOTHING = 0.3;
const ANYWHERE = 0.25;
/** Weights of staying, of going back by one, and of each sentence more either way; going on by one has 1. */
const SAME = 1;
const BACK = 0.15;
const FURTHER = 0.5;
/** Odds of a pair that is no entry: next to nothing in common, though it may be so retold. */
const ELSE = 0.05;
/** With more pairs of sentences than this it would take half a second. */
const MOST_PAIRS = 1 << 22;

/** Entries by row: those of row i are `[first[i], first[i + 1])`, in ascending columns. */
interface Rows {
  readonly rows: number;
  readonly columns: number;
  readonly first: Uint32Array;
  readonly column: Uint32Array;
}

/**
 * For each entry, the chance that the row's sentence stands at the column's place, and the same of the column's sentence.
 *
 * @param odds by entry, how much likelier the two sentences are a pair than any two are
 * @returns undefined for documents too long for it. Time in the product of the sentences, memory in the entries.
 */
export function placeChances(
  matrix: Rows,
  odds: Float64Array,
): { ofRows: Float64Array; ofColumns: Float64Array } | undefined {
  const { rows, columns, column } = matrix;
  if (rows * columns > MOST_PAIRS) return undefined;
  const ofRows = chances(matrix, odds);
  const turned = transposed(matrix);
  const back = chances(
    turned,
    odds.map((_, n) => odds[turned.entry[n] as number] as number),
  );
  const ofColumns = new Float64Array(column.length);
  for (let n = 0; n < back.length; n++) ofColumns[turned.entry[n] as number] = back[n] as number;
  return { ofRows, ofColumns };
}

/** The entries by column; `entry` says which each was. */
function transposed({ rows, columns, first, column }: Rows): Rows & { entry: Uint32Array } {
  const begin = new Uint32Array(columns + 1);
  for (let e = 0; e < column.length; e++)
    begin[(column[e] as number) + 1] = (begin[(column[e] as number) + 1] as number) + 1;
  for (let j = 0; j < columns; j++) begin[j + 1] = (begin[j + 1] as number) + (begin[j] as number);
  const fill = begin.slice();
  const entry = new Uint32Array(column.length);
  const row = new Uint32Array(column.length);
  for (let i = 0; i < rows; i++) {
    for (let e = first[i] as number; e < (first[i + 1] as number); e++) {
      const n = fill[column[e] as number] as number;
      fill[column[e] as number] = n + 1;
      entry[n] = e;
      row[n] = i;
    }
  }
  return { rows: columns, columns: rows, first: begin, column: row, entry };
}

function chances({ rows, columns, first, column }: Rows, odds: Float64Array): Float64Array {
  const out = new Float64Array(column.length);
  const norm = Float64Array.from({ length: columns }, (_, j) => SAME + series(columns - 1 - j) + BACK * series(j));
  // The chance of each place to be the last one retold, and to be the next; then how likely all that follows is from there.
  const last = new Float64Array(columns).fill(1 / columns);
  const next = new Float64Array(columns).fill(1 / columns);
  const scratch = new Float64Array(columns);
  const scale = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    spend();
    if (i > 0) {
      for (let j = 0; j < columns; j++) scratch[j] = (last[j] as number) / (norm[j] as number);
      spread(scratch, next, 1, BACK);
      for (let j = 0; j < columns; j++) next[j] = (1 - ANYWHERE) * (next[j] as number) + ANYWHERE / columns;
    }
    let e = first[i] as number;
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const known = e < (first[i + 1] as number) && column[e] === j;
      const here = (1 - NOTHING) * (next[j] as number) * (known ? (odds[e] as number) : ELSE);
      if (known) out[e++] = here;
      last[j] = NOTHING * (last[j] as number) + here;
      sum += last[j] as number;
    }
    scale[i] = sum;
    for (let j = 0; j < columns; j++) last[j] = (last[j] as number) / sum;
  }
  const after = last.fill(1);
  for (let i = rows - 1; i >= 0; i--) {
    let e = first[i] as number;
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const known = e < (first[i + 1] as number) && column[e] === j;
      scratch[j] = (after[j] as number) * (known ? (odds[e] as number) : ELSE);
      sum += scratch[j] as number;
      if (known) {
        out[e] = ((out[e] as number) / (scale[i] as number)) * (after[j] as number);
        e++;
      }
    }
    spread(scratch, next, BACK, 1);
    for (let j = 0; j < columns; j++) {
      const on = ((1 - ANYWHERE) * (next[j] as number)) / (norm[j] as number) + (ANYWHERE * sum) / columns;
      after[j] = ((1 - NOTHING) * on + NOTHING * (after[j] as number)) / (scale[i] as number);
    }
  }
  return out;
}

/** The weights of `count` sentences in a row, each further off. */
function series(count: number): number {
  return (1 - FURTHER ** count) / (1 - FURTHER);
}

/** To each place what stands at it, at those before it (by `before` for the nearest) and after it. */
function spread(from: Float64Array, to: Float64Array, before: number, after: number): void {
  let sum = 0;
  for (let j = 0; j < from.length; j++) {
    to[j] = SAME * (from[j] as number) + before * sum;
    sum = FURTHER * sum + (from[j] as number);
  }
  sum = 0;
  for (let j = from.length - 1; j >= 0; j--) {
    to[j] = (to[j] as number) + after * sum;
    sum = FURTHER * sum + (from[j] as number);
  }
}

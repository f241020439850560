import { TwicetoldError } from '../errors.js';

/** The terms of a document, for the search for candidates. */
export interface RankedTerms {
  /** Ranks in rarity of those that stand in other documents too, ascending, each once. */
  readonly ranks: Uint32Array;
  /** The documents that hold each of `ranks`. The rarer a term, the fewer; so they ascend too. */
  readonly counts: Uint32Array;
  /** For each sentence how many of these it has, then their places in `ranks`, ascending. */
  readonly row: Uint32Array;
}

/** Bytes that a number of 32 bits takes at most. */
const MOST_BYTES = 5;

/**
 * Terms as bytes, since they are shuffled and sorted beside every pair of documents: how many there are; each rank and each count as what it
 * is more than the one before; for each sentence its size, and its places as what they are more than the one before. All are numbers of
 * seven bits a byte, the lowest first, the highest bit set where more follow. A third of the bytes that they take as numbers of 32 bits.
 *
 * @throws TwicetoldError `MALFORMED` where ranks, counts or the places of a sentence do not ascend
 */
export function packTerms({ ranks, counts, row }: RankedTerms): Uint8Array {
  const bytes = new Uint8Array(MOST_BYTES * (1 + 2 * ranks.length + row.length));
  let at = 0;
  const write = (number: number) => {
    let rest = number;
    if (rest < 0) throw new TwicetoldError('MALFORMED', 'ranks, counts and the terms of each sentence must ascend');
    for (; rest > 127; rest >>>= 7) bytes[at++] = (rest & 127) | 128;
    bytes[at++] = rest;
  };
  write(ranks.length);
  for (const column of [ranks, counts]) {
    let before = 0;
    for (let n = 0; n < column.length; n++) {
      write((column[n] as number) - before);
      before = column[n] as number;
    }
  }
  for (let r = 0; r < row.length; ) {
    const end = r + 1 + (row[r] as number);
    write(row[r] as number);
    let before = 0;
    for (r++; r < end; r++) {
      write((row[r] as number) - before);
      before = row[r] as number;
    }
  }
  return bytes.slice(0, at);
}

/**
 * The terms that were packed.
 *
 * @throws TwicetoldError `MALFORMED` where the bytes are none that {@link packTerms} gives
 */
export function unpackTerms(bytes: Uint8Array): RankedTerms {
  const refuse = (): never => {
    throw new TwicetoldError('MALFORMED', 'packed terms are damaged');
  };
  let at = 0;
  const read = () => {
    let number = 0;
    for (let shift = 0; shift < 7 * MOST_BYTES; shift += 7) {
      const byte = bytes[at++] ?? refuse();
      number |= (byte & 127) << shift;
      if (byte < 128) return number >>> 0;
    }
    return refuse();
  };
  const size = read();
  if (2 * size > bytes.length) refuse();
  const column = () => {
    const numbers = new Uint32Array(size);
    let before = 0;
    for (let n = 0; n < size; n++) {
      before += read();
      numbers[n] = before;
    }
    return numbers;
  };
  const ranks = column();
  const counts = column();
  const row = new Uint32Array(bytes.length - at);
  let r = 0;
  while (at < bytes.length) {
    const end = r + 1 + read();
    if (end > row.length) refuse();
    row[r] = end - r - 1;
    let before = 0;
    for (r++; r < end; r++) {
      before += read();
      if (before >= size) refuse();
      row[r] = before;
    }
  }
  return { ranks, counts, row: row.subarray(0, r) };
}

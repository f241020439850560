import { STOP } from '../text/terms.js';

/** The terms of one document in text order, numbered for the pair, with their flags (see text/terms.ts). */
export interface TermSequence {
  readonly terms: Uint32Array;
  readonly flags: Uint8Array;
}

/** A run of terms of `a` and the run of terms of `b` that it retells: `[fromA, toA)`, `[fromB, toB)`. */
export interface Block {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
  /** What speaks for it, in nats, on its weaker side. */
  readonly score: number;
}

/** A block of which nothing else is known. */
export type Rectangle = Omit<Block, 'score'>;

/** The least rectangle that holds two. */
export function hull(x: Rectangle, y: Rectangle): Rectangle {
  return {
    fromA: Math.min(x.fromA, y.fromA),
    toA: Math.max(x.toA, y.toA),
    fromB: Math.min(x.fromB, y.fromB),
    toB: Math.max(x.toB, y.toB),
  };
}

/** A run of terms, `[from, to)`, and what speaks for it, in nats. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly score: number;
}

/** Shares of a passage's content words that its source may have: from copied to summed up. The likeliest is taken. */
const KEPT = [0.9, 0.6];
/** Common words are exchanged more freely than others. */
const COMMON_KEPT = 0.7;
/** An extension that has lost this much against its best is given up: about three words in a row that do not match. */
const DROP = 5;
/** Terms beyond its present ends that a segment may grow by at once, and from which chance is learnt. */
const REACH = 100;
/** Terms of a kind below which they teach nothing of chance. */
const LEAST_SEEN = 30;
/** A term that the rest of a document lacks is taken to come up there as often as this. */
const PRIOR_COUNT = 0.1;
const PRIOR_LENGTH = 600;
/** Counts of a term up to which logarithms and exponentials are taken once a stretch and not once a word. */
const TABULATED = 512;
/** In a table: not computed yet. All chances are at least 0, and all gains above this. */
const UNKNOWN = Number.NEGATIVE_INFINITY;

/**
 * Finds where a retold passage begins and ends, to the word, by likelihood ratios: under the one hypothesis its words
 * were taken from the counterpart's words, in any order, each kept with some probability; under the other a word is
 * found there by chance. A rare word that is found counts for much, a common one for nothing, one that is missing
 * counts against; so a passage ends where going on no longer pays (extension with a drop limit, as in
 * BLAST: Altschul et al. 1990). Chance is learnt from the words around the passage, which are on its subject too, and
 * a word of the counterpart can be found as often as it stands there and no more.
 */
export class BorderFinder {
  readonly #stamps: Uint32Array;
  readonly #inside: Uint32Array;
  readonly #used: Uint32Array;
  readonly #usedStamps: Uint32Array;
  /**
   * By term of the stretch at hand: whether the counterpart has it, how often its document has it elsewhere, what it says, and for how many
   * of its occurrences between the present ends the counterpart has enough of it, as a share.
   */
  #found = new Uint8Array(0);
  #elsewhere = new Uint32Array(0);
  #gains = new Float64Array(0);
  #capacity = new Float64Array(0);
  /** By how often a term stands elsewhere: its chance of being found; what a found term says, content terms, then common ones. */
  readonly #chances = new Float64Array(TABULATED);
  readonly #says = [new Float64Array(TABULATED), new Float64Array(TABULATED)] as const;
  /** Words of the counterpart for each that its document has elsewhere. */
  #scale = 0;
  /** How much likelier than their count says content terms and common ones are found around the passage. */
  #content = 1;
  #common = 1;
  /** Of content terms, then of common ones: how many were seen, found, and expected to be. */
  readonly #seen = new Float64Array(6);
  #stamp = 0;
  #usedStamp = 0;

  /** @param size how many terms are numbered */
  constructor(size: number) {
    this.#stamps = new Uint32Array(size);
    this.#inside = new Uint32Array(size);
    this.#used = new Uint32Array(size);
    this.#usedStamps = new Uint32Array(size);
  }

  /**
   * The part of `x` around `[from, to)` that is best explained by the terms `[yFrom, yTo)` of `y`; `counts` holds how
   * often each term stands in all of `y`.
   */
  segment(
    x: TermSequence,
    from: number,
    to: number,
    y: TermSequence,
    yFrom: number,
    yTo: number,
    counts: Uint32Array,
  ): Segment {
    const length = yTo - yFrom;
    const stamp = ++this.#stamp;
    const stamps = this.#stamps;
    const inside = this.#inside;
    for (let k = yFrom; k < yTo; k++) {
      const term = y.terms[k] as number;
      inside[term] = stamps[term] === stamp ? (inside[term] as number) + 1 : 1;
      stamps[term] = stamp;
    }
    const low = Math.max(0, from - REACH);
    const n = Math.min(x.terms.length, to + REACH) - low;
    this.#reserve(n);
    const found = this.#found;
    const elsewhere = this.#elsewhere;
    this.#scale = length / (y.terms.length - length + PRIOR_LENGTH);
    for (let k = 0; k < n; k++) {
      const term = x.terms[low + k] as number;
      const isFound = stamps[term] === stamp;
      found[k] = isFound ? 1 : 0;
      elsewhere[k] = (counts[term] as number) - (isFound ? (inside[term] as number) : 0);
    }
    this.#learnChance(x, low, n, from - low, to - low);
    const capacity = this.#capacity;
    const use = ++this.#usedStamp;
    for (let k = from; k < to; k++) this.#take(x.terms[k] as number, use);
    for (let k = from; k < to; k++) {
      const term = x.terms[k] as number;
      const counts = found[k - low] && !((x.flags[k] as number) & STOP);
      capacity[k - low] = counts ? Math.min(1, (inside[term] as number) / (this.#used[term] as number)) : 1;
    }
    let best: Segment = { from, to, score: Number.NEGATIVE_INFINITY };
    for (const kept of KEPT) {
      const segment = this.#extend(x, low, n, from - low, to - low, kept);
      if (segment.score > best.score) best = segment;
    }
    return best;
  }

  /** Learns how much likelier than their counts say the terms outside `[from, to)` are found, content terms and common ones. Offsets are from `low`. */
  #learnChance(x: TermSequence, low: number, n: number, from: number, to: number): void {
    const found = this.#found;
    const elsewhere = this.#elsewhere;
    const chances = this.#chances.fill(UNKNOWN);
    const seen = this.#seen.fill(0);
    for (let k = 0; k < n; k++) {
      if (k === from) k = to;
      if (k >= n) break;
      const count = elsewhere[k] as number;
      let chance = count < TABULATED ? (chances[count] as number) : UNKNOWN;
      if (chance === UNKNOWN) {
        chance = this.#chanceOf(count, 1);
        if (count < TABULATED) chances[count] = chance;
      }
      const kind = 3 * ((x.flags[low + k] as number) & STOP);
      seen[kind] = (seen[kind] as number) + 1;
      seen[kind + 1] = (seen[kind + 1] as number) + (found[k] as number);
      seen[kind + 2] = (seen[kind + 2] as number) + chance;
    }
    this.#content = likelier(seen[0] as number, seen[1] as number, seen[2] as number);
    this.#common = likelier(seen[3] as number, seen[4] as number, seen[5] as number);
  }

  #chanceOf(elsewhere: number, factor: number): number {
    return 1 - Math.exp(-(this.#scale * (elsewhere + PRIOR_COUNT)) * factor);
  }

  /** The best run within `[from, to)`, extended both ways while that pays, for one share of words kept. Offsets are from `low`. */
  #extend(x: TermSequence, low: number, n: number, from: number, to: number, kept: number): Segment {
    const found = this.#found;
    const elsewhere = this.#elsewhere;
    const gains = this.#gains;
    const capacity = this.#capacity;
    const lostContent = Math.log(1 - kept);
    const lostCommon = Math.log(1 - kept * COMMON_KEPT);
    const [saysContent, saysCommon] = this.#says;
    saysContent.fill(UNKNOWN);
    saysCommon.fill(UNKNOWN);
    const says = (k: number) => {
      const isCommon = (x.flags[low + k] as number) & STOP;
      if (!found[k]) return isCommon ? lostCommon : lostContent;
      const count = elsewhere[k] as number;
      const table = isCommon ? saysCommon : saysContent;
      if (count < TABULATED && table[count] !== UNKNOWN) return table[count] as number;
      const p = isCommon ? kept * COMMON_KEPT : kept;
      const gain = Math.log(p / this.#chanceOf(count, isCommon ? this.#common : this.#content) + 1 - p);
      if (count < TABULATED) table[count] = gain;
      return gain;
    };
    for (let k = from; k < to; k++) gains[k] = says(k);
    let sum = 0;
    let begun = from;
    let score = Number.NEGATIVE_INFINITY;
    let start = from;
    let end = to;
    for (let k = from; k < to; k++) {
      if (sum <= 0) {
        sum = 0;
        begun = k;
      }
      const share = capacity[k] as number;
      sum += share * (gains[k] as number) + (1 - share) * lostContent;
      if (sum > score) {
        score = sum;
        start = begun;
        end = k + 1;
      }
    }
    const use = ++this.#usedStamp;
    for (let k = start; k < end; k++) this.#take(x.terms[low + k] as number, use);
    const gain = (k: number) => {
      const term = x.terms[low + k] as number;
      if (!found[k] || (x.flags[low + k] as number) & STOP) return says(k);
      const gone = this.#usedStamps[term] === use ? (this.#used[term] as number) : 0;
      this.#take(term, use);
      return gone < (this.#inside[term] as number) ? says(k) : lostContent;
    };
    let ahead = 0;
    let most = 0;
    for (let k = end; k < n && ahead >= most - DROP; k++) {
      ahead += gain(k);
      if (ahead > most) {
        most = ahead;
        end = k + 1;
      }
    }
    score += most;
    ahead = 0;
    most = 0;
    for (let k = start - 1; k >= 0 && ahead >= most - DROP; k--) {
      ahead += gain(k);
      if (ahead > most) {
        most = ahead;
        start = k;
      }
    }
    return { from: low + start, to: low + end, score: score + most };
  }

  #reserve(n: number): void {
    if (n <= this.#found.length) return;
    this.#found = new Uint8Array(2 * n);
    this.#elsewhere = new Uint32Array(2 * n);
    this.#gains = new Float64Array(2 * n);
    this.#capacity = new Float64Array(2 * n);
  }

  #take(term: number, use: number): void {
    this.#used[term] = this.#usedStamps[term] === use ? (this.#used[term] as number) + 1 : 1;
    this.#usedStamps[term] = use;
  }
}

/** How much likelier terms were found than expected, 1 to 8. */
function likelier(seen: number, found: number, expected: number): number {
  if (seen < LEAST_SEEN) return 1;
  const share = (part: number) => Math.log(1 - Math.min(0.95, (part + 1) / (seen + 2)));
  return Math.min(8, Math.max(1, share(found) / share(expected)));
}

import { BY_BAND, BY_LEADER, type CandidateColumns, type CandidateSettings, CROWD, IN_CROWD } from './pairs.js';
import { sortByKey } from './radix.js';

/**
 * Pairs of documents that share a band, each once, in the order of `a`, then `b`: the two documents, `a < b`, and how they were
 * proposed, as in `Candidates`.
 */
export interface BandLinks {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly kind: Uint8Array;
}

/** Leaders that a full band has at most. */
const MOST_LEADERS = 16;
/**
 * Share of bands that a document must have in common with a leader to be of its kind: what texts of a resemblance of 0.8 have
 * with five rows a band.
 */
const LIKE_LEADER = 1 / 3;

/**
 * The pairs of documents that share a band. In a band of more than `maxKeyDocuments` each document is compared with leaders
 * only: the first document leads, and so does the first one that is unlike all leaders before it, to a bound. That is a few
 * comparisons a document however many there are, and documents that are all alike have one leader in common.
 */
export function linkBands(columns: CandidateColumns, settings: CandidateSettings): BandLinks {
  const { bands, order } = columns;
  const links = new Links(order.length);
  // A text without words resembles only others without words, and tells nothing.
  const worded = Uint32Array.from(order.keys()).filter((d) => bands.at(order[d] as number).length > 0);
  const bandsOf = (d: number) => bands.at(order[d] as number);
  for (let band = 0; band < settings.banding.bands; band++) {
    const keys = worded.map((d) => bandsOf(d)[band] as number);
    const owners = worded.slice();
    sortByKey(keys, owners);
    forEachRun(keys, (from, to) => {
      const alike = owners.subarray(from, to);
      if (alike.length <= settings.maxKeyDocuments) {
        const kind = alike.length > CROWD ? IN_CROWD : BY_BAND;
        for (let y = 1; y < alike.length; y++)
          for (let x = 0; x < y; x++) links.add(alike[x] as number, alike[y] as number, kind);
      } else linkToLeaders(alike, bandsOf, links);
    });
  }
  return links.finish();
}

function linkToLeaders(alike: Uint32Array, bandsOf: (d: number) => Uint32Array, links: Links): void {
  const leaders = new Leaders();
  for (const d of alike) {
    const leader = leaders.join(d, bandsOf(d));
    if (leader !== undefined) links.add(leader, d, BY_LEADER);
  }
}

/** Kinds of links, as digits below this. */
const KINDS = 4;

/** Links while they come, in many bands often the same: each as one number, by its documents and then its kind, of which the greatest stays. */
class Links {
  #numbers = new Float64Array(1024);
  #size = 0;
  readonly #documents: number;

  constructor(documents: number) {
    this.#documents = documents;
  }

  add(a: number, b: number, kind: number): void {
    if (this.#size === this.#numbers.length) {
      this.#unite();
      if (2 * this.#size > this.#numbers.length) {
        const wider = new Float64Array(2 * this.#numbers.length);
        wider.set(this.#numbers.subarray(0, this.#size));
        this.#numbers = wider;
      }
    }
    this.#numbers[this.#size++] = (a * this.#documents + b) * KINDS + kind;
  }

  finish(): BandLinks {
    this.#unite();
    const numbers = this.#numbers.subarray(0, this.#size);
    const pair = (x: number) => Math.floor(x / KINDS);
    return {
      a: Uint32Array.from(numbers, (x) => Math.floor(pair(x) / this.#documents)),
      b: Uint32Array.from(numbers, (x) => pair(x) % this.#documents),
      kind: Uint8Array.from(numbers, (x) => x % KINDS),
    };
  }

  #unite(): void {
    const numbers = this.#numbers.subarray(0, this.#size).sort();
    let to = 0;
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at] as number;
      if (at + 1 < numbers.length && Math.floor(number / KINDS) === Math.floor((numbers[at + 1] as number) / KINDS))
        continue;
      numbers[to++] = number;
    }
    this.#size = to;
  }
}

/** The leaders of a full band, whose documents join in the order of their ids. */
export class Leaders {
  readonly #leaders: { d: number; bands: Uint32Array }[] = [];

  /** The leader that the next document is compared with: the one that it shares most bands with; none for the first. */
  join(d: number, own: Uint32Array): number | undefined {
    let best: number | undefined;
    let most = -1;
    for (const leader of this.#leaders) {
      let same = 0;
      for (let band = 0; band < own.length; band++) if (own[band] === leader.bands[band]) same++;
      if (same > most) {
        most = same;
        best = leader.d;
      }
    }
    if (most < own.length * LIKE_LEADER && this.#leaders.length < MOST_LEADERS) this.#leaders.push({ d, bands: own });
    return best;
  }
}

/** Calls `visit` with the bounds of every run of equal keys that has more than one. */
export function forEachRun(keys: Uint32Array, visit: (from: number, to: number) => void): void {
  for (let from = 0; from < keys.length; ) {
    let to = from + 1;
    while (to < keys.length && keys[to] === keys[from]) to++;
    if (to - from > 1) visit(from, to);
    from = to;
  }
}

import { BY_BAND, BY_LEADER, type CandidateColumns, type CandidateSettings, CROWD, IN_CROWD } from './pairs.js';
import { sortByKey } from './radix.js';

/** Two documents that share a band; `a < b`. */
export interface BandLink {
  readonly a: number;
  readonly b: number;
  readonly kind: number;
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
export function linkBands(columns: CandidateColumns, settings: CandidateSettings): BandLink[] {
  const { bands, order } = columns;
  const links: BandLink[] = [];
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
          for (let x = 0; x < y; x++) links.push({ a: alike[x] as number, b: alike[y] as number, kind });
      } else linkToLeaders(alike, bandsOf, links);
    });
  }
  return links;
}

function linkToLeaders(alike: Uint32Array, bandsOf: (d: number) => Uint32Array, links: BandLink[]): void {
  const leaders = new Leaders();
  for (const d of alike) {
    const leader = leaders.join(d, bandsOf(d));
    if (leader !== undefined) links.push({ a: leader, b: d, kind: BY_LEADER });
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

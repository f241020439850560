import { linkBands } from './bandlinks.js';
import {
  BY_TERMS,
  type CandidateColumns,
  type CandidateSettings,
  type Candidates,
  CROWD,
  IN_CROWD,
  MOSTLY_OTHERS,
  OTHERS,
} from './pairs.js';
import { sharedKeys } from './sharedkeys.js';
import { termPairs } from './termpairs.js';

/** What may become of a pair before it is kept. */
export interface Gate {
  /** Whether documents a and b, proposed by the rare-term keys that they share, are worth comparing. Asked in the order of `a`, then `b`. */
  passes(a: number, b: number, shared: number): boolean;
  /** Told how many pairs are kept; may refuse one more. */
  room(pairs: number): void;
}

const OPEN: Gate = { passes: () => true, room: () => undefined };

/**
 * Proposes the pairs of a corpus that may tell the same: those that share a band of their signatures (copies), and
 * those that share enough pairs of rare terms in a sentence (rewrites).
 *
 * Both kinds of keys are columns, sorted; a run of equal keys is the documents that share it. A rare-term key in more
 * than `maxKeyDocuments` documents says nothing and is dropped; a document keeps its `MOST_PARTNERS` likeliest partners,
 * and those that it is among the likeliest of. Time and memory are linear in the documents.
 */
export function proposePairs(columns: CandidateColumns, settings: CandidateSettings, byTerms = true): Candidates {
  const steps = proposing(columns, settings, byTerms, OPEN);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, of pairs by rare terms those that pass. Yields the documents done, each four times. */
export function* proposing(
  columns: CandidateColumns,
  settings: CandidateSettings,
  byTerms: boolean,
  gate: Gate,
): Generator<number, Candidates> {
  const n = columns.order.length;
  const links = linkBands(columns, settings);
  const out = new PairColumns(gate);
  let q = 0;
  /** Adds the links before a pair; the kind of the pair itself, where it is one of them. */
  const linksBefore = (a: number, b: number): number => {
    for (; q < links.a.length; q++) {
      const [x, y] = [links.a[q] as number, links.b[q] as number];
      if (x > a || (x === a && y > b)) return BY_TERMS;
      if (x === a && y === b) return links.kind[q++] as number;
      out.add(x, y, 0, links.kind[q] as number);
    }
    return BY_TERMS;
  };
  let cappedKeys = 0;
  if (byTerms) {
    const keys = yield* sharedKeys(columns, settings.maxKeyDocuments);
    cappedKeys = keys.cappedKeys;
    const pairs = termPairs(n, keys, settings.minSharedKeys, (a, b, counted) => {
      const kind = linksBefore(a, b);
      const shared = Math.min(255, counted);
      if (kind !== BY_TERMS || gate.passes(a, b, shared)) out.add(a, b, shared, kind);
    });
    for (const done of pairs) yield 2 * n + done;
  }
  linksBefore(n, n);
  return { ...out.finish(), cappedKeys };
}

/** Marks the pairs of documents that have many partners. */
export function markCrowds({ a, b, kind }: Candidates, documents: number): void {
  const partners = new Uint32Array(documents);
  for (let p = 0; p < a.length; p++)
    for (const d of [a[p] as number, b[p] as number]) partners[d] = (partners[d] as number) + 1;
  for (let p = 0; p < a.length; p++)
    if (Math.min(partners[a[p] as number] as number, partners[b[p] as number] as number) >= CROWD)
      kind[p] = Math.max(IN_CROWD, kind[p] as number);
}

/** What comparing made of a pair; 0 while it was not compared. */
export const UNRELATED = 1;
export const RELATED = 2;

/**
 * The places of the related pairs between documents that are both among others. A form that is filled again and a step of a running story
 * have many candidates, most of which turn out to be of another matter; a story that many papers took over has as many that are of its own.
 */
export function amongOthers({ a, b }: Candidates, verdicts: Uint8Array, documents: number): number[] {
  const partners = new Uint32Array(documents);
  const others = new Uint32Array(documents);
  for (let p = 0; p < a.length; p++) {
    if (verdicts[p] === 0) continue;
    for (const d of [a[p] as number, b[p] as number]) {
      partners[d] = (partners[d] as number) + 1;
      if (verdicts[p] === UNRELATED) others[d] = (others[d] as number) + 1;
    }
  }
  const isAmong = (d: number | undefined) =>
    (others[d as number] as number) >= OTHERS &&
    (others[d as number] as number) >= MOSTLY_OTHERS * (partners[d as number] as number);
  const out: number[] = [];
  for (let p = 0; p < a.length; p++) if (verdicts[p] === RELATED && isAmong(a[p]) && isAmong(b[p])) out.push(p);
  return out;
}

/** The columns of pairs while they grow. */
class PairColumns {
  #size = 0;
  #a = new Uint32Array(1024);
  #b = new Uint32Array(1024);
  #shared = new Uint8Array(1024);
  #kind = new Uint8Array(1024);

  constructor(readonly gate: Gate) {}

  add(a: number, b: number, shared: number, kind: number): void {
    if (this.#size === this.#a.length) this.#grow();
    const p = this.#size++;
    this.#a[p] = a;
    this.#b[p] = b;
    this.#shared[p] = shared;
    this.#kind[p] = kind;
    this.gate.room(this.#size);
  }

  finish(): Omit<Candidates, 'cappedKeys'> {
    const size = this.#size;
    return {
      a: this.#a.subarray(0, size),
      b: this.#b.subarray(0, size),
      shared: this.#shared.subarray(0, size),
      kind: this.#kind.subarray(0, size),
    };
  }

  #grow(): void {
    const wider = <T extends Uint32Array | Uint8Array>(old: T, room: T): T => {
      room.set(old);
      return room;
    };
    const size = 2 * this.#size;
    this.#a = wider(this.#a, new Uint32Array(size));
    this.#b = wider(this.#b, new Uint32Array(size));
    this.#shared = wider(this.#shared, new Uint8Array(size));
    this.#kind = wider(this.#kind, new Uint8Array(size));
  }
}

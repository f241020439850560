import { DisjointSets } from '../disjointsets.js';
import { spend } from '../settings/deadline.js';
import { type Block, BorderFinder, hull, type Rectangle, type Segment, type TermSequence } from './borders.js';
import { orderGain } from './order.js';
import { runBorders, runShare } from './runs.js';
import type { SimilarityMatrix } from './similarity.js';
import { StretchIndex } from './stretchindex.js';
import { gatherSummaries } from './summaries.js';
import type { PairVectors } from './vectors.js';

/** What was fitted; benchmarks/fit/blocks.ts shows by how much that flatters, on pairs that it was not fitted on. */
export interface BlockSettings {
  /** Cosine from which a pair of sentences may lie in a retold passage. */
  readonly seedCosine: number;
  /** Seeds at most this many sentences apart in both documents are tried as one passage. */
  readonly seedReach: number;
  /** What must speak for a passage, in nats: there are as many pairs of runs of words to choose from as this is unlikely. */
  readonly leastScore: number;
  /** What must speak for each term of the shorter side, in nats: less is a subject in common. */
  readonly leastDensity: number;
  /** Share of a passage's words in runs that both sides have from which it is a copy, whose ends the runs show. */
  readonly copied: number;
}

/** The settings that `compare` uses. */
export const BLOCK_SETTINGS: BlockSettings = {
  seedCosine: 0.2,
  seedReach: 4,
  leastScore: 34,
  leastDensity: 0.3,
  copied: 0.88,
};

/** Terms that a sentence needs to be a seed. */
const SEED_LENGTH = 3;
/** Cosine from which a seed is tried by itself where no passage holds it yet, and how many of a group are. */
const STRONG = 0.35;
const MOST_TRIES = 8;
/** Times that the borders on both sides are found anew from each other. */
const ROUNDS = 3;
/** What must speak for it after the first round already, in nats, for another to be worth while. */
const LEAST_PROMISE = 8;
/** Nats below what must speak for a passage that the order of the words may make up for. */
const MOST_ORDER = 14;
/** Terms on either side below which there is a phrase, and no passage. */
const LEAST_TERMS = 20;
/** Passages at most this many terms apart on both sides are tried as one. */
const JOIN_REACH = 20;
/** What one passage must be better than two, in nats. */
const JOIN_GAIN = 2;
/** Readings of both texts that all tries to join cost at most: a sixth of one is usual, and texts that say the same again and again took their square. */
const JOIN_READINGS = 2;
/** Nats that each must have for that: less is a word in common. */
const LEAST_JOINED = 4;
/** Terms of each that the whole may leave out at its edge. */
const EDGE = 5;
/** Share of a block that lies in another from which it says nothing new. */
const MOSTLY = 0.6;
/** Share of the shorter of two passages by which they may overlap, since borders are likely and not certain. */
const BLUR = 0.3;

/**
 * Finds the passages of two documents that retell each other, with ends to the word, in whatever order their words
 * are: seeds are pairs of sentences with rare terms in common; seeds that lie together are one passage to try; its ends are
 * placed by likelihood (borders.ts), those of copies by runs of equal words (runs.ts); passages that are likelier as one
 * than apart are joined, and those that follow each other on one side only as a summary's sentences do (summaries.ts);
 * of those that overlap the likeliest stays.
 */
export function findBlocks(
  vectors: PairVectors,
  matrix: SimilarityMatrix,
  settings: BlockSettings = BLOCK_SETTINGS,
): Block[] {
  const finder = new BlockFinder(vectors, settings);
  const tried: Block[] = [];
  for (const seeds of seedGroups(vectors, matrix, settings)) tried.push(...finder.grow(seeds));
  const kept: Block[] = [];
  const keptAt = new BlockIndex();
  for (const block of finder.summarise(finder.join(tried.sort(byScore))).sort(byScore)) {
    const taken = (k: number) => collides(block, kept[k] as Block);
    if (!finder.isPassage(block) || keptAt.onEither(block).some((numbers) => numbers.some(taken))) continue;
    keptAt.add(kept.push(block) - 1, block);
  }
  return kept.sort((x, y) => x.fromA - y.fromA || x.fromB - y.fromB);
}

/** Which of many blocks stand near another. */
class BlockIndex {
  readonly #a = new StretchIndex();
  readonly #b = new StretchIndex();

  /** Adds a block under a number above those before. */
  add(number: number, { fromA, toA, fromB, toB }: Rectangle): void {
    this.#a.add(number, fromA, toA);
    this.#b.add(number, fromB, toB);
  }

  /** The numbers of all that overlap a block on one side, by side, and some that do not. */
  onEither({ fromA, toA, fromB, toB }: Rectangle): number[][] {
    return [this.#a.near(fromA, toA), this.#b.near(fromB, toB)];
  }

  /** The numbers of all that are at most so many terms from a block on both sides, ascending, and some that are not. */
  onBoth({ fromA, toA, fromB, toB }: Rectangle, reach: number): number[] {
    const [a, b] = [[fromA - reach, toA + reach] as const, [fromB - reach, toB + reach] as const];
    return this.#a.most(...a) <= this.#b.most(...b) ? this.#a.near(...a) : this.#b.near(...b);
  }
}

/** What speaks for a block, in nats a term of its shorter side. */
export function density({ fromA, toA, fromB, toB, score }: Block): number {
  return score / Math.min(toA - fromA, toB - fromB);
}

function byScore(x: Block, y: Block): number {
  return y.score - x.score || x.fromA - y.fromA || x.fromB - y.fromB;
}

/** A pair of sentences with rare terms in common, in terms. */
interface Seed extends Rectangle {
  readonly cosine: number;
}

/** Refines and joins rectangles of one pair of documents. */
class BlockFinder {
  readonly #a: TermSequence;
  readonly #b: TermSequence;
  readonly #countsA: Uint32Array;
  readonly #countsB: Uint32Array;
  readonly #borders: BorderFinder;

  readonly #vectors: PairVectors;
  readonly #settings: BlockSettings;

  constructor(vectors: PairVectors, settings: BlockSettings) {
    this.#settings = settings;
    this.#vectors = vectors;
    this.#a = vectors.sequenceA;
    this.#b = vectors.sequenceB;
    this.#countsA = countTerms(this.#a, vectors.weights.length);
    this.#countsB = countTerms(this.#b, vectors.weights.length);
    this.#borders = new BorderFinder(vectors.weights.length);
  }

  /**
   * The blocks that grow from seeds that lie together: from all of them as one passage, then from each strong one that lies in none yet. Of
   * two passages side by side all of them give the better, and where the one side says the same again and again, none.
   */
  grow(seeds: readonly Seed[]): Block[] {
    const out: Block[] = [];
    const add = (block: Block | undefined) => {
      if (block !== undefined) out.push(block);
    };
    add(this.refine(hullOf(seeds)));
    const strong = seeds.filter(({ cosine }) => cosine >= STRONG).sort((x, y) => y.cosine - x.cosine);
    let tries = 0;
    for (const seed of strong) {
      if (tries === MOST_TRIES) break;
      if (seeds.length === 1 || out.some((block) => liesIn(seed, block))) continue;
      add(this.refine(seed));
      tries++;
    }
    return out;
  }

  /** The block that grows from a rectangle; undefined when nothing speaks for it. */
  refine({ fromA, toA, fromB, toB }: Rectangle): Block | undefined {
    let left = { from: fromA, to: toA, score: 0 };
    let right = { from: fromB, to: toB, score: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      spend();
      const before = { left, right };
      left = this.#borders.segment(this.#a, left.from, left.to, this.#b, right.from, right.to, this.#countsB);
      if (left.score <= 0) return undefined;
      right = this.#borders.segment(this.#b, right.from, right.to, this.#a, left.from, left.to, this.#countsA);
      if (right.score <= 0 || Math.min(left.score, right.score) < LEAST_PROMISE) return undefined;
      if (sameEnds(left, before.left) && sameEnds(right, before.right)) break;
    }
    const block = {
      fromA: left.from,
      toA: left.to,
      fromB: right.from,
      toB: right.to,
      score: Math.min(left.score, right.score),
    };
    return runShare(this.#a, this.#b, block) >= this.#settings.copied ? runBorders(this.#a, this.#b, block) : block;
  }

  /** Whether enough speaks for a block. */
  isPassage(block: Block): boolean {
    if (density(block) < this.#settings.leastDensity) return false;
    if (Math.min(block.toA - block.fromA, block.toB - block.fromB) < LEAST_TERMS) return false;
    const missing = this.#settings.leastScore - block.score;
    return missing <= 0 || (missing <= MOST_ORDER && orderGain(this.#a, this.#b, block) >= missing);
  }

  /** Gathers the blocks that are sentences of one summary, on either side. */
  summarise(blocks: readonly Block[]): Block[] {
    const { firstTermA, firstTermB } = this.#vectors;
    const a = { sequence: this.#a, counts: this.#countsA, firstTerm: firstTermA };
    const b = { sequence: this.#b, counts: this.#countsB, firstTerm: firstTermB };
    const ofA = gatherSummaries(blocks, a, b, this.#borders);
    return gatherSummaries(ofA.map(turned), b, a, this.#borders).map(turned);
  }

  /** Joins blocks that are likelier as one, best first; drops those that lie in a better one. */
  join(blocks: readonly Block[]): Block[] {
    // By number; none where it went into a better one.
    const kept: (Block | undefined)[] = [];
    const keptAt = new BlockIndex();
    let room = JOIN_READINGS * (this.#a.terms.length + this.#b.terms.length);
    for (const block of blocks) {
      let current: Block | undefined = block;
      let near = keptAt.onBoth(current, JOIN_REACH);
      for (let n = 0; n < near.length && current !== undefined; n++) {
        const other = kept[near[n] as number];
        if (other === undefined) continue;
        if (liesIn(current, other)) current = undefined;
        else if (room > 0 && isNear(current, other)) {
          const around = hull(current, other);
          room -= around.toA - around.fromA + (around.toB - around.fromB);
          const both = this.refine(around);
          if (
            both !== undefined &&
            both.score >= Math.max(current.score, other.score) + JOIN_GAIN &&
            spans(both, current, other)
          ) {
            kept[near[n] as number] = undefined;
            current = both;
            near = keptAt.onBoth(current, JOIN_REACH);
            n = -1;
          }
        }
      }
      if (current !== undefined) keptAt.add(kept.push(current) - 1, current);
    }
    return kept.filter((block) => block !== undefined);
  }
}

/** Seeds that lie together. */
function seedGroups(
  { a, b, firstTermA, firstTermB }: PairVectors,
  matrix: SimilarityMatrix,
  { seedCosine, seedReach }: BlockSettings,
): Seed[][] {
  const is: number[] = [];
  const js: number[] = [];
  const cosines: number[] = [];
  for (let i = 0; i < matrix.rows; i++) {
    if ((a.length[i] as number) < SEED_LENGTH) continue;
    for (let e = matrix.first[i] as number; e < (matrix.first[i + 1] as number); e++) {
      const j = matrix.column[e] as number;
      const cosine = matrix.cosine[e] as number;
      if (cosine < seedCosine || (b.length[j] as number) < SEED_LENGTH) continue;
      is.push(i);
      js.push(j);
      cosines.push(cosine);
    }
  }
  const sets = new DisjointSets(is.length);
  for (let s = 0; s < is.length; s++) {
    for (let o = s - 1; o >= 0 && (is[s] as number) - (is[o] as number) <= seedReach; o--) {
      if (Math.abs((js[s] as number) - (js[o] as number)) <= seedReach) sets.unite(s, o);
    }
  }
  const groups = new Map<number, Seed[]>();
  for (let s = 0; s < is.length; s++) {
    const i = is[s] as number;
    const j = js[s] as number;
    const seed = {
      fromA: firstTermA[i] as number,
      toA: firstTermA[i + 1] as number,
      fromB: firstTermB[j] as number,
      toB: firstTermB[j + 1] as number,
      cosine: cosines[s] as number,
    };
    const root = sets.find(s);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [seed]);
    else group.push(seed);
  }
  return [...groups.values()];
}

function hullOf(seeds: readonly Rectangle[]): Rectangle {
  return seeds.reduce(hull);
}

function sameEnds(x: Segment, y: Segment): boolean {
  return x.from === y.from && x.to === y.to;
}

/** The block with its sides exchanged. */
function turned({ fromA, toA, fromB, toB, score }: Block): Block {
  return { fromA: fromB, toA: toB, fromB: fromA, toB: toA, score };
}

function countTerms({ terms }: TermSequence, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (let k = 0; k < terms.length; k++) counts[terms[k] as number] = (counts[terms[k] as number] as number) + 1;
  return counts;
}

function overlap(from: number, to: number, otherFrom: number, otherTo: number): number {
  return Math.min(to, otherTo) - Math.max(from, otherFrom);
}

function liesIn(inner: Rectangle, outer: Rectangle): boolean {
  return (
    overlap(inner.fromA, inner.toA, outer.fromA, outer.toA) >= MOSTLY * (inner.toA - inner.fromA) &&
    overlap(inner.fromB, inner.toB, outer.fromB, outer.toB) >= MOSTLY * (inner.toB - inner.fromB)
  );
}

/** Whether two blocks claim the same words on either side, beyond a blurred border: a passage has one counterpart. */
function collides(x: Block, y: Block): boolean {
  return (
    overlap(x.fromA, x.toA, y.fromA, y.toA) > BLUR * Math.min(x.toA - x.fromA, y.toA - y.fromA) ||
    overlap(x.fromB, x.toB, y.fromB, y.toB) > BLUR * Math.min(x.toB - x.fromB, y.toB - y.fromB)
  );
}

function isNear(x: Block, y: Block): boolean {
  return (
    Math.min(x.score, y.score) > LEAST_JOINED &&
    overlap(x.fromA, x.toA, y.fromA, y.toA) >= -JOIN_REACH &&
    overlap(x.fromB, x.toB, y.fromB, y.toB) >= -JOIN_REACH
  );
}

/** Whether a block reaches into both of the two that it was made from. */
function spans(both: Block, x: Block, y: Block): boolean {
  return both.fromA <= Math.max(x.fromA, y.fromA) + EDGE && both.toA >= Math.min(x.toA, y.toA) - EDGE;
}

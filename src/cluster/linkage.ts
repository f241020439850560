import { DisjointSets } from '../disjointsets.js';
import type { Linkage } from '../types.js';

/** A scored link between two of `n` items. */
export interface Link {
  readonly a: number;
  readonly b: number;
  readonly score: number;
}

/** Items that belong together, with the links among them. */
export interface LinkedGroup {
  /** Ascending. */
  readonly members: number[];
  /** Lowest score of any two members; 0 where two are not linked. */
  readonly lowestScore: number;
  /** The weakest link of a maximum spanning tree: what the group hangs on. */
  readonly weakestLink: Link;
}

/** Mean, best or worst score of two groups at which they are no longer joined. */
const LEAST_LINKAGE = 0.2;

/**
 * Groups items by their links, the closest first, until no two groups are close enough (agglomerative clustering; Sneath
 * and Sokal 1973). Items that are not linked count as 0, so that under `average` and `complete` a chain of
 * accidents does not draw unlike ends together. Groups of one are left out. The result does not depend on the order
 * of the links.
 *
 * Time: about the links times the logarithm of their number; a group of m items that are all linked costs m^2 log m.
 */
export function groupByLinkage(n: number, links: readonly Link[], linkage: Linkage): LinkedGroup[] {
  return describeGroups(linkage === 'single' ? connected(n, links) : agglomerate(n, links, linkage), links);
}

/** Single linkage: what a path of links joins, the smallest member first. */
function connected(n: number, links: readonly Link[]): number[][] {
  const sets = new DisjointSets(n);
  for (const { a, b, score } of links) if (score >= LEAST_LINKAGE) sets.unite(a, b);
  const members: number[][] = Array.from({ length: n }, () => []);
  for (let i = 0; i < n; i++) members[sets.find(i)]?.push(i);
  return members;
}

/** Average and complete linkage: joins the two closest groups until none are close enough. */
function agglomerate(n: number, links: readonly Link[], linkage: Exclude<Linkage, 'single'>): number[][] {
  const neighbours: Map<number, Joint>[] = Array.from({ length: n }, () => new Map());
  for (const { a, b, score } of links) {
    const joint: Joint = { sum: score, worst: score, pairs: 1 };
    neighbours[a]?.set(b, joint);
    neighbours[b]?.set(a, joint);
  }
  const size = new Uint32Array(n).fill(1);
  const version = new Uint32Array(n);
  const members: number[][] = Array.from({ length: n }, (_, i) => [i]);
  const heap = new MergeQueue();
  const offer = (a: number, b: number, joint: Joint) => {
    const score = closeness(joint, (size[a] as number) * (size[b] as number), linkage);
    if (score >= LEAST_LINKAGE)
      heap.push({
        score,
        a: Math.min(a, b),
        b: Math.max(a, b),
        versionA: version[Math.min(a, b)] as number,
        versionB: version[Math.max(a, b)] as number,
      });
  };
  for (let a = 0; a < n; a++)
    for (const [b, joint] of neighbours[a] as Map<number, Joint>) if (a < b) offer(a, b, joint);
  for (let merge = heap.pop(); merge !== undefined; merge = heap.pop()) {
    const { a, b } = merge;
    if (merge.versionA !== version[a] || merge.versionB !== version[b]) continue;
    // The group keeps the smaller number, whichever was found first.
    const kept = neighbours[a] as Map<number, Joint>;
    const gone = neighbours[b] as Map<number, Joint>;
    kept.delete(b);
    gone.delete(a);
    for (const [c, joint] of gone) {
      const other = neighbours[c] as Map<number, Joint>;
      other.delete(b);
      const both = combine(kept.get(c), joint);
      kept.set(c, both);
      other.set(a, both);
    }
    gone.clear();
    members[a] = [...(members[a] as number[]), ...(members[b] as number[])];
    members[b] = [];
    size[a] = (size[a] as number) + (size[b] as number);
    version[a] = (version[a] as number) + 1;
    version[b] = (version[b] as number) + 1;
    for (const [c, joint] of kept) offer(a, c, joint);
  }
  return members;
}

/** What is known of the links between two groups. */
interface Joint {
  readonly sum: number;
  readonly worst: number;
  readonly pairs: number;
}

function combine(x: Joint | undefined, y: Joint): Joint {
  if (x === undefined) return y;
  return {
    sum: x.sum + y.sum,
    worst: Math.min(x.worst, y.worst),
    pairs: x.pairs + y.pairs,
  };
}

function closeness(joint: Joint, possible: number, linkage: Exclude<Linkage, 'single'>): number {
  if (linkage === 'complete') return joint.pairs === possible ? joint.worst : 0;
  return joint.sum / possible;
}

function describeGroups(members: number[][], links: readonly Link[]): LinkedGroup[] {
  const groups: { members: number[]; links: Link[] }[] = [];
  const groupOf = new Map<number, number>();
  for (const group of members) {
    if (group.length < 2) continue;
    for (const item of group) groupOf.set(item, groups.length);
    groups.push({ members: group.sort((x, y) => x - y), links: [] });
  }
  for (const link of links) {
    const group = groupOf.get(link.a);
    if (group !== undefined && group === groupOf.get(link.b)) groups[group]?.links.push(link);
  }
  return groups.map(({ members: items, links: inside }) => {
    const possible = (items.length * (items.length - 1)) / 2;
    const lowest = inside.reduce((least, link) => Math.min(least, link.score), 1);
    return {
      members: items,
      lowestScore: inside.length === possible ? lowest : 0,
      weakestLink: weakestOf(items, inside),
    };
  });
}

/** The last link of a maximum spanning tree (Kruskal 1956): what the group hangs on. */
export function weakestOf(items: readonly number[], links: readonly Link[]): Link {
  const place = new Map(items.map((item, i) => [item, i]));
  const sets = new DisjointSets(items.length);
  const sorted = [...links].sort((x, y) => y.score - x.score || x.a - y.a || x.b - y.b);
  let weakest = sorted[0] as Link;
  for (const link of sorted) if (sets.unite(place.get(link.a) as number, place.get(link.b) as number)) weakest = link;
  return weakest;
}

/** A merge that may have been overtaken: the versions say. */
interface Merge {
  readonly score: number;
  readonly a: number;
  readonly b: number;
  readonly versionA: number;
  readonly versionB: number;
}

/** A binary heap of merges, the closest first; of equals, the one of the smaller numbers. */
class MergeQueue {
  readonly #heap: Merge[] = [];

  push(merge: Merge): void {
    const heap = this.#heap;
    let i = heap.length;
    heap.push(merge);
    while (i > 0) {
      const up = (i - 1) >>> 1;
      if (!before(merge, heap[up] as Merge)) break;
      heap[i] = heap[up] as Merge;
      i = up;
    }
    heap[i] = merge;
  }

  pop(): Merge | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let i = 0;
    for (;;) {
      let down = 2 * i + 1;
      if (down >= heap.length) break;
      if (down + 1 < heap.length && before(heap[down + 1] as Merge, heap[down] as Merge)) down++;
      if (!before(heap[down] as Merge, last)) break;
      heap[i] = heap[down] as Merge;
      i = down;
    }
    heap[i] = last;
    return top;
  }
}

function before(x: Merge, y: Merge): boolean {
  return x.score !== y.score ? x.score > y.score : x.a !== y.a ? x.a < y.a : x.b < y.b;
}

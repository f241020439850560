import { DisjointSets } from '../disjointsets.js';
import type { ClusterLink, DocumentCluster, DocumentPair, Linkage } from '../types.js';
import { groupByLinkage, type Link, weakestOf } from './linkage.js';

/**
 * Clusters documents over their verified pairs. Excerpts share a passage and do not make two documents one story.
 *
 * Documents of the same words are one to the linkage: what equals the same text is equal, whether or not every two of
 * them were compared. So are those of `alike` pairs, whose likeness to one document says that they are like each other.
 */
export function clusterDocuments(
  ids: readonly string[],
  pairs: readonly DocumentPair[],
  linkage: Linkage,
  alike: readonly DocumentPair[] = [],
): DocumentCluster[] {
  const place = new Map(ids.map((id, i) => [id, i]));
  const whole = pairs.filter((pair) => pair.relation !== 'excerpt' && pair.relation !== 'unrelated');
  const same = whole.filter((pair) => pair.relation === 'duplicate');
  const classes = classesOf(ids.length, [...same, ...alike], place);
  // Of these, not every two were compared, or are equal.
  const loose = new Set(alike.map((pair) => classes[place.get(pair.a) as number] as number));
  const members = new Map<number, string[]>();
  ids.forEach((id, i) => {
    const list = members.get(classes[i] as number);
    if (list === undefined) members.set(classes[i] as number, [id]);
    else list.push(id);
  });
  const groups = groupByLinkage(ids.length, classLinks(whole, place, classes), linkage).map((group) => ({
    classes: group.members,
    lowestScore: group.members.some((item) => loose.has(item)) ? 0 : group.lowestScore,
  }));
  const grouped = new Set(groups.flatMap((group) => group.classes));
  for (const [item, list] of members)
    if (list.length > 1 && !grouped.has(item)) groups.push({ classes: [item], lowestScore: loose.has(item) ? 0 : 1 });
  const clusterOf = new Map<string, number>();
  groups.forEach((group, g) => {
    for (const item of group.classes) for (const id of members.get(item) as string[]) clusterOf.set(id, g);
  });
  const inside: DocumentPair[][] = groups.map(() => []);
  for (const pair of whole) {
    const g = clusterOf.get(pair.a);
    if (g !== undefined && g === clusterOf.get(pair.b)) inside[g]?.push(pair);
  }
  return groups
    .map((group, g) => {
      const own = group.classes.flatMap((item) => members.get(item) as string[]).sort();
      return {
        members: own,
        representative: representative(own, inside[g] as DocumentPair[]),
        linkage,
        lowestScore: group.lowestScore,
        weakestLink: weakestLink(own, inside[g] as DocumentPair[]),
      };
    })
    .sort(
      (x, y) => y.members.length - x.members.length || ((x.members[0] as string) < (y.members[0] as string) ? -1 : 1),
    );
}

/** For each document the first of those that the given pairs make one with it. */
function classesOf(n: number, pairs: readonly DocumentPair[], place: ReadonlyMap<string, number>): Uint32Array {
  const sets = new DisjointSets(n);
  for (const { a, b } of pairs) sets.unite(place.get(a) as number, place.get(b) as number);
  return Uint32Array.from({ length: n }, (_, i) => sets.find(i));
}

/** The best link between each two classes. */
function classLinks(pairs: readonly DocumentPair[], place: ReadonlyMap<string, number>, classes: Uint32Array): Link[] {
  const best = new Map<string, Link>();
  for (const pair of pairs) {
    const x = classes[place.get(pair.a) as number] as number;
    const y = classes[place.get(pair.b) as number] as number;
    if (x === y) continue;
    const a = Math.min(x, y);
    const b = Math.max(x, y);
    const known = best.get(`${a} ${b}`);
    if (known === undefined || known.score < pair.score) best.set(`${a} ${b}`, { a, b, score: pair.score });
  }
  return [...best.values()];
}

/** What a cluster hangs on, among its pairs. */
function weakestLink(members: readonly string[], pairs: readonly DocumentPair[]): ClusterLink {
  const place = new Map(members.map((id, i) => [id, i]));
  const links = pairs.map(({ a, b, score }) => ({ a: place.get(a) as number, b: place.get(b) as number, score }));
  const { a, b, score } = weakestOf([...members.keys()], links);
  return { a: members[a] as string, b: members[b] as string, score };
}

/** The member that most others were made from; without evidence, the one most like all others; of equals, the first by id. */
function representative(members: readonly string[], pairs: readonly DocumentPair[]): string {
  const taken = new Map(members.map((id) => [id, 0]));
  const likeness = new Map(members.map((id) => [id, 0]));
  for (const pair of pairs) {
    likeness.set(pair.a, (likeness.get(pair.a) ?? 0) + pair.score);
    likeness.set(pair.b, (likeness.get(pair.b) ?? 0) + pair.score);
    if (pair.original === undefined) continue;
    const from = pair.original === 'a' ? pair.a : pair.b;
    const to = pair.original === 'a' ? pair.b : pair.a;
    taken.set(from, (taken.get(from) ?? 0) + 1);
    taken.set(to, (taken.get(to) ?? 0) - 1);
  }
  const rank = (id: string): [number, number] => [taken.get(id) as number, likeness.get(id) as number];
  return members.reduce((best, id) => {
    const [votes, like] = rank(id);
    const [bestVotes, bestLike] = rank(best);
    return votes > bestVotes || (votes === bestVotes && like > bestLike) ? id : best;
  });
}

import type { DocumentCluster, DocumentPair, Linkage } from '../types.js';
import { groupByLinkage } from './linkage.js';

/** Clusters documents over their verified pairs; excerpts share a passage and do not make two documents one story. */
export function clusterDocuments(
  ids: readonly string[],
  pairs: readonly DocumentPair[],
  linkage: Linkage,
): DocumentCluster[] {
  const place = new Map(ids.map((id, i) => [id, i]));
  const whole = pairs.filter((pair) => pair.relation !== 'excerpt' && pair.relation !== 'unrelated');
  const links = whole.map((pair) => ({
    a: place.get(pair.a) as number,
    b: place.get(pair.b) as number,
    score: pair.score,
  }));
  const id = (i: number) => ids[i] as string;
  return groupByLinkage(ids.length, links, linkage)
    .map(({ members, lowestScore, weakestLink }) => ({
      members: members.map(id),
      representative: representative(members.map(id), whole),
      linkage,
      lowestScore,
      weakestLink: { a: id(weakestLink.a), b: id(weakestLink.b), score: weakestLink.score },
    }))
    .sort(
      (x, y) => y.members.length - x.members.length || ((x.members[0] as string) < (y.members[0] as string) ? -1 : 1),
    );
}

/** The member that most others were made from; without evidence, the one most like all others; of equals, the first by id. */
function representative(members: readonly string[], pairs: readonly DocumentPair[]): string {
  const inside = new Set(members);
  const taken = new Map(members.map((id) => [id, 0]));
  const likeness = new Map(members.map((id) => [id, 0]));
  for (const pair of pairs) {
    if (!inside.has(pair.a) || !inside.has(pair.b)) continue;
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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupByLinkage, type Link } from '../../src/cluster/linkage.js';
import type { Linkage } from '../../src/types.js';
import '../arbitraries.js';

const LINKAGES: readonly Linkage[] = ['average', 'single', 'complete'];
const N = 8;

/** Each pair at most once; scores are 64ths, so that sums of them are exact, and ties common. */
const graph = fc
  .uniqueArray(
    fc.record({ a: fc.nat(N - 1), b: fc.nat(N - 1), score: fc.integer({ min: 1, max: 64 }).map((x) => x / 64) }),
    { selector: ({ a, b }) => Math.min(a, b) * N + Math.max(a, b), maxLength: 20 },
  )
  .map((links) =>
    links.filter(({ a, b }) => a !== b).map((l) => ({ ...l, a: Math.min(l.a, l.b), b: Math.max(l.a, l.b) })),
  );

const scoreOf = (links: readonly Link[], x: number, y: number): number =>
  links.find(({ a, b }) => (a === x && b === y) || (a === y && b === x))?.score ?? 0;

/** The closest two groups are joined, of equals those of the smallest members, until none are at 0.2 or closer. */
function naiveGroups(links: readonly Link[], linkage: Linkage): number[][] {
  const groups = Array.from({ length: N }, (_, i) => [i]);
  for (;;) {
    let best: { closeness: number; x: number; y: number } | undefined;
    for (let x = 0; x < groups.length; x++) {
      for (let y = x + 1; y < groups.length; y++) {
        const scores = (groups[x] as number[]).flatMap((a) => (groups[y] as number[]).map((b) => scoreOf(links, a, b)));
        const closeness = {
          average: scores.reduce((sum, score) => sum + score, 0) / scores.length,
          single: Math.max(...scores),
          complete: Math.min(...scores),
        }[linkage];
        if (closeness >= 0.2 && (best === undefined || closeness > best.closeness)) best = { closeness, x, y };
      }
    }
    if (best === undefined) break;
    const [gone] = groups.splice(best.y, 1) as [number[]];
    (groups[best.x] as number[]).push(...gone);
  }
  return groups.filter((group) => group.length > 1).map((group) => group.sort((x, y) => x - y));
}

function connected(members: readonly number[], links: readonly Link[]): boolean {
  const reached = new Set(members.slice(0, 1));
  for (let grew = true; grew; ) {
    grew = false;
    for (const { a, b } of links) {
      if (reached.has(a) === reached.has(b)) continue;
      reached.add(a).add(b);
      grew = true;
    }
  }
  return members.every((member) => reached.has(member));
}

describe.each(LINKAGES)('groupByLinkage with %s linkage', (linkage) => {
  it('makes the groups that the naive algorithm makes', () => {
    fc.assert(
      fc.property(graph, (links) => {
        expect(groupByLinkage(N, links, linkage).map(({ members }) => members)).toEqual(naiveGroups(links, linkage));
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the links, nor on which end is named first', () => {
    const shuffled = graph.chain((links) =>
      fc.tuple(
        fc.constant(links),
        fc.shuffledSubarray(links, { minLength: links.length, maxLength: links.length }),
        fc.infiniteStream(fc.boolean()),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([links, others, turned]) => {
        const found = groupByLinkage(N, links, linkage);
        expect(groupByLinkage(N, others, linkage)).toEqual(found);
        const either = others.map((link) => (turned.next().value ? { ...link, a: link.b, b: link.a } : link));
        expect(groupByLinkage(N, either, linkage).map(({ members }) => members)).toEqual(
          found.map(({ members }) => members),
        );
      }),
    );
  });

  it('names the bottleneck as the weakest link, and the lowest score of any two', () => {
    fc.assert(
      fc.property(graph, (links) => {
        for (const { members, lowestScore, weakestLink } of groupByLinkage(N, links, linkage)) {
          const inside = links.filter(({ a, b }) => members.includes(a) && members.includes(b));
          expect(inside).toContainEqual(weakestLink);
          expect(
            connected(
              members,
              inside.filter(({ score }) => score >= weakestLink.score),
            ),
          ).toBe(true);
          expect(
            connected(
              members,
              inside.filter(({ score }) => score > weakestLink.score),
            ),
          ).toBe(false);
          const all = members.flatMap((x) => members.filter((y) => x < y).map((y) => scoreOf(links, x, y)));
          expect(lowestScore).toBe(Math.min(...all));
        }
      }),
    );
  });
});

describe('groupByLinkage', () => {
  const chain: Link[] = [
    { a: 0, b: 1, score: 0.9 },
    { a: 1, b: 2, score: 0.3 },
    { a: 2, b: 3, score: 0.9 },
  ];

  it('draws a chain of accidents together under single linkage only', () => {
    const groups = (linkage: Linkage) => groupByLinkage(4, chain, linkage).map(({ members }) => members);
    expect(groups('single')).toEqual([[0, 1, 2, 3]]);
    expect(groups('average')).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(groups('complete')).toEqual(groups('average'));
  });

  it('shows where a chain would part', () => {
    const [group] = groupByLinkage(4, chain, 'single');
    expect(group).toMatchObject({ lowestScore: 0, weakestLink: { a: 1, b: 2, score: 0.3 } });
  });

  it('makes no group of nothing, of single items and of links that are too weak', () => {
    for (const linkage of LINKAGES) {
      expect(groupByLinkage(0, [], linkage)).toEqual([]);
      expect(groupByLinkage(3, [], linkage)).toEqual([]);
      expect(groupByLinkage(3, [{ a: 0, b: 1, score: 0.1 }], linkage)).toEqual([]);
    }
  });

  it.each(LINKAGES)('takes a star of 20,000 items in a few seconds with %s linkage', (linkage) => {
    const star = Array.from({ length: 19_999 }, (_, i) => ({ a: 0, b: i + 1, score: 1 }));
    const before = process.cpuUsage();
    const groups = groupByLinkage(20_000, star, linkage);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(5);
    expect(groups[0]?.members.length).toBe({ single: 20_000, average: 6, complete: 2 }[linkage]);
  });
});

import { describe, expect, it } from 'vitest';
import { clusterDocuments } from '../../src/cluster/documents.js';
import { clusterPassages } from '../../src/cluster/passages.js';
import { randomStream } from '../../src/sketch/hash.js';
import type { DocumentPair, Linkage, Relation, Span } from '../../src/types.js';

/* What clustering gives today, for pairs drawn at random; `npx vitest run tests/cluster/golden.test.ts -u` writes it anew. */

const RELATIONS: Relation[] = ['duplicate', 'near-duplicate', 'rewrite', 'rewrite', 'excerpt'];

/** Pairs of documents of a few stories, with passages that overlap, and scores of which many are equal. */
function drawn(
  documents: number,
  pairs: number,
  seed: number,
): { ids: string[]; all: DocumentPair[]; alike: DocumentPair[] } {
  const next = randomStream(seed);
  const dice = (n: number) => Math.floor((next() / 0x1_0000_0000) * n);
  const ids = Array.from({ length: documents }, (_, d) => `d${String(d).padStart(2, '0')}`);
  const span = (): Span => {
    const start = 10 * dice(12);
    return { start, end: start + 10 + 10 * dice(6) };
  };
  const all = new Map<string, DocumentPair>();
  for (let p = 0; p < pairs; p++) {
    const story = dice(6);
    const [x, y] = [story * 8 + dice(8), dice(12) === 0 ? dice(documents) : story * 8 + dice(8)].map(
      (d) => d % documents,
    );
    if (x === y) continue;
    const [a, b] = [
      ids[Math.min(x as number, y as number)] as string,
      ids[Math.max(x as number, y as number)] as string,
    ];
    const relation = RELATIONS[dice(RELATIONS.length)] as Relation;
    const original = (['a', 'b', undefined] as const)[dice(3)];
    all.set(`${a} ${b}`, {
      a,
      b,
      relation,
      score: relation === 'duplicate' ? 1 : (1 + dice(10)) / 10,
      resemblance: dice(11) / 10,
      containment: { a: 1, b: 1 },
      ...(original && { original }),
      passages: Array.from({ length: 1 + dice(2) }, () => ({
        a: span(),
        b: span(),
        score: (1 + dice(10)) / 10,
        kind: 'verbatim' as const,
        sentences: [],
      })),
    } as DocumentPair);
  }
  const sorted = [...all.values()].sort(
    (p, q) => q.score - p.score || (p.a < q.a || (p.a === q.a && p.b < q.b) ? -1 : 1),
  );
  return { ids, all: sorted, alike: sorted.filter(({ relation }, n) => relation !== 'excerpt' && n % 9 === 0) };
}

describe('what clustering gives', () => {
  it.each(['average', 'complete', 'single'] satisfies Linkage[])('by %s linkage', async (linkage) => {
    const lines: string[] = [];
    for (let seed = 1; seed <= 6; seed++) {
      const { ids, all, alike } = drawn(48, 20 * seed, seed);
      for (const one of [...clusterDocuments(ids, all, linkage), ...clusterDocuments(ids, all, linkage, alike)]) {
        const { members, representative, lowestScore, weakestLink: link } = one;
        lines.push(`${members.join(' ')}: ${representative}, ${lowestScore}, ${link.a} ${link.b} ${link.score}`);
      }
      const place = ({ document, start, end }: Span & { document: string }) => `${document}:${start}-${end}`;
      for (const one of clusterPassages(all.slice(0, 40), linkage)) {
        const { members, representative, lowestScore, weakestLink: link } = one;
        lines.push(
          `${members.map(place).join(' ')}: ${place(representative)}, ${lowestScore}, ${place(link.a)} ${place(link.b)} ${link.score}`,
        );
      }
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../fixtures/clusters-${linkage}.txt`);
  });
});

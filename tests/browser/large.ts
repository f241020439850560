import { randomStream } from '../../src/sketch/hash.js';
import type { DocumentCluster, DocumentPair, Relation, Report, SourceDocument } from '../../src/types.js';

const WORDS =
  'council bridge river vote repair engineer mayor traffic harbour ferry school budget winter storm train strike market price farmer court minister police hospital museum festival'.split(
    ' ',
  );
const AGENCIES = ['Northern Wire', 'Daily Post', 'The Courier', 'City Desk', 'Radio One', 'Evening Star'];

/**
 * A report of `documents` documents in stories of 2 to 40 with `pairs` pairs, and their texts. Made up, so that the page
 * can be tested at a size that takes long to compute.
 */
export function largeReport(documents: number, pairs: number): { report: Report; sources: SourceDocument[] } {
  const next = randomStream(7);
  const below = (n: number) => next() % n;
  const sources: SourceDocument[] = Array.from({ length: documents }, (_, n) => {
    const sentences = Array.from(
      { length: 6 },
      (_, s) => `${Array.from({ length: 12 }, () => WORDS[below(WORDS.length)]).join(' ')} ${n} ${s}.`,
    );
    return {
      id: `feed/${String(n).padStart(5, '0')}.html`,
      title: `${WORDS[below(WORDS.length)]} and ${WORDS[below(WORDS.length)]}, number ${n}`,
      text: sentences.join('\n'),
      published: `2025-06-${String(1 + below(28)).padStart(2, '0')}T08:00:00.000Z`,
      source: AGENCIES[below(AGENCIES.length)] as string,
    };
  });
  const found: DocumentPair[] = [];
  const clusters: DocumentCluster[] = [];
  const link = (x: number, y: number): void => {
    const [a, b] = x < y ? [x, y] : [y, x];
    const relation = (['duplicate', 'near-duplicate', 'rewrite', 'excerpt'] as Relation[])[below(4)] as Relation;
    const [one, other] = [sources[a]?.text ?? '', sources[b]?.text ?? ''];
    const end = (text: string, n: number) => text.split('\n').slice(0, n).join('\n').length;
    const span = (text: string) => ({ start: 0, end: end(text, 2) });
    found.push({
      a: sources[a]?.id ?? '',
      b: sources[b]?.id ?? '',
      relation,
      score: (400 + below(600)) / 1000,
      resemblance: below(1000) / 1000,
      containment: { a: 0.33, b: 0.33 },
      passages: [
        {
          a: span(one),
          b: span(other),
          score: 0.8,
          kind: 'edited',
          sentences: [{ a: { start: 0, end: end(one, 1) }, b: { start: 0, end: end(other, 1) }, score: 0.8 }],
        },
      ],
      original: 'a',
    });
  };
  for (let from = 0; from < documents; ) {
    const size = Math.min(documents - from, below(20) === 0 ? 40 : 2 + below(5));
    if (size > 1) {
      const members = Array.from({ length: size }, (_, i) => sources[from + i]?.id ?? '');
      for (let i = 1; i < size; i++) link(from + below(i), from + i);
      clusters.push({
        members,
        representative: members[0] as string,
        linkage: 'average',
        lowestScore: 0,
        weakestLink: { a: members[0] as string, b: members[1] as string, score: 0.4 },
      });
    }
    from += size;
  }
  const known = new Set(found.map(({ a, b }) => `${a} ${b}`));
  while (found.length < pairs) {
    const story = clusters[below(clusters.length)] as DocumentCluster;
    const first = Number((story.members[0] as string).slice(5, 10));
    const [x, y] = [first + below(story.members.length), first + below(story.members.length)];
    const key = `${sources[Math.min(x, y)]?.id} ${sources[Math.max(x, y)]?.id}`;
    if (x === y || (known.has(key) && below(3) > 0)) continue;
    if (known.has(key)) continue;
    known.add(key);
    link(x, y);
  }
  found.sort((x, y) => y.score - x.score || (x.a < y.a ? -1 : 1));
  return {
    sources,
    report: {
      documents: sources.map(({ id, title, published, source }) => ({
        id,
        title: title as string,
        published: published as string,
        source: source as string,
        language: 'en',
        words: 84,
        sentences: 6,
        repeats: [],
      })),
      pairs: found,
      clusters,
      passageClusters: [],
      boilerplate: [],
      stats: {
        documents,
        words: 84 * documents,
        sentences: 6 * documents,
        candidates: 30_000,
        related: found.length,
        cappedKeys: 0,
        lexicon: [],
      },
    },
  };
}

import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { layout } from '../../src/report/app/layout.js';
import { modelOf, nameOf, select, sourceOf } from '../../src/report/app/model.js';
import { reportData } from '../../src/report/data.js';
import type { DocumentSummary } from '../../src/types.js';
import { largeReport } from '../browser/large.js';

const doc = (more: Partial<DocumentSummary>): DocumentSummary => ({
  id: 'x',
  language: 'en',
  words: 1,
  sentences: 1,
  repeats: [],
  ...more,
});
const { report, sources } = largeReport(300, 600);
const texts = new Map(sources.map(({ id, text }) => [id, text]));
const model = modelOf(reportData('Test', report, texts));

describe('nameOf and sourceOf', () => {
  it('take the headline, else the id; the source, else the host, else the folder', () => {
    expect([nameOf(doc({ title: ' T ' }), 'x'), nameOf(doc({ title: ' ' }), 'x'), nameOf(undefined, 'y')]).toEqual([
      'T',
      'x',
      'y',
    ]);
    expect(
      [
        { source: 'S', url: 'https://h/' },
        { url: 'https://www.h.org/a' },
        { url: 'no address', id: 'f/a' },
        { id: './a' },
        { id: 'a' },
      ].map((more) => sourceOf(doc(more))),
    ).toEqual(['S', 'h.org', 'f', undefined, undefined]);
    expect(sourceOf(undefined)).toBeUndefined();
  });
});

describe('modelOf', () => {
  it('puts every document that is in a pair into one story, and draws a line to each', () => {
    const paired = new Set(report.pairs.flatMap(({ a, b }) => [a, b]));
    const members = model.stories.flatMap((story) => story.members.map((n) => model.documents[n]?.id));
    expect(new Set(members)).toEqual(paired);
    expect(members).toHaveLength(paired.size);
    for (const story of model.stories) {
      expect(story.members).toContain(story.original);
      const drawn = new Set(story.links.flatMap(({ a, b }) => [a, b]));
      for (const member of story.members) expect(drawn).toContain(member);
    }
  });

  it('counts relations, and each document that was taken from another once, by source and by day', () => {
    const total = [...model.counts.values()].reduce((sum, n) => sum + n, 0);
    expect(total).toBe(600);
    const taken = new Set(report.pairs.map(({ b }) => b)).size;
    expect(model.flows.reduce((sum, flow) => sum + flow.total, 0)).toBe(taken);
    const byDay = model.days.flatMap(({ counts }) => [...counts.values()]);
    expect(byDay.reduce((sum, n) => sum + n, 0)).toBe(taken);
  });

  it('ties documents that only excerpts relate to the strongest of them', async () => {
    const pair = report.pairs[0];
    const loose = modelOf(reportData('', { ...report, clusters: [], pairs: pair === undefined ? [] : [pair] }, texts));
    expect(loose.stories).toMatchObject([{ loose: true, links: [{ pair }] }]);
    const none = modelOf(reportData('', await (await createDetector()).detect([]), new Map()));
    expect(none).toMatchObject({ stories: [], alone: 0, flows: [], days: [] });
  });
});

describe('select', () => {
  const view = { search: '', relations: new Set<never>(), sort: 'score', ascending: false } as const;
  const pairsOf = (numbers: Uint32Array) => [...numbers].map((n) => report.pairs[n]);

  it('orders by any column, either way, and leaves out what the search does not fit', () => {
    const scores = pairsOf(select(model, view)).map((pair) => pair?.score ?? 0);
    expect(scores).toEqual([...scores].sort((x, y) => y - x));
    for (const sort of ['a', 'b', 'relation', 'score', 'taken', 'passages'] as const)
      expect(new Set(select(model, { ...view, sort, ascending: true }))).toHaveLength(600);
    const relations = new Set(['rewrite'] as const);
    expect(new Set(pairsOf(select(model, { ...view, relations })).map((pair) => pair?.relation))).toEqual(relations);
    const first = pairsOf(select(model, { ...view, search: 'FEED/00007 number' }));
    expect(first.length).toBeGreaterThan(0);
    for (const pair of first) expect([pair?.a, pair?.b]).toContain('feed/00007.html');
  });
});

describe('layout', () => {
  it('puts every document of a story into its picture, the same each time', () => {
    for (const large of [true, false]) {
      for (const story of model.stories) {
        const found = layout(story, large);
        expect(found.nodes.map(({ document }) => document).sort((x, y) => x - y)).toEqual(
          [...story.members].sort((x, y) => x - y),
        );
        for (const { x, y, r } of found.nodes) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(r);
          expect(x + r).toBeLessThanOrEqual(found.width);
          expect(y + r).toBeLessThanOrEqual(found.height);
        }
        expect(layout(story, large)).toEqual(found);
      }
    }
    const many = { members: Array.from({ length: 400 }, (_, n) => n), original: 7, links: [], loose: false };
    expect(layout(many, false).nodes[0]?.document).toBe(7);
    // More than a call takes arguments.
    const all = { ...many, members: Array.from({ length: 300_000 }, (_, n) => n) };
    expect(layout(all, true).nodes).toHaveLength(300_000);
  });
});

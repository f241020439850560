import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../src/index.js';
import type { DocumentPair, SentencePair, SourceDocument, Span } from '../src/types.js';
import gold from './fixtures/seeds.json' with { type: 'json' };

const documents: SourceDocument[] = readdirSync('seeds')
  .sort()
  .map((id) => ({ id, text: readFileSync(`seeds/${id}`, 'utf8') }));
const textOf = (id: string): string => documents.find((doc) => doc.id === id)?.text ?? '';
const id = (number: string): string => documents.find((doc) => doc.id.startsWith(number))?.id ?? '';

const detector = await createDetector();
const report = await detector.detect(documents);

const overlapping = (x: Span, y: Span): boolean =>
  2 * (Math.min(x.end, y.end) - Math.max(x.start, y.start)) > Math.min(x.end - x.start, y.end - y.start);
const agree = (x: Pick<SentencePair, 'a' | 'b'>, y: Pick<SentencePair, 'a' | 'b'>): boolean =>
  overlapping(x.a, y.a) && overlapping(x.b, y.b);
const pairOf = (x: string, y: string): DocumentPair | undefined =>
  report.pairs.find((pair) => [pair.a, pair.b].sort().join() === [id(x), id(y)].sort().join());

describe('the seeds', () => {
  it('are the documents of the gold, whose offsets slice to its texts', () => {
    expect(documents.map((doc) => doc.id)).toEqual(gold.documents);
    for (const { a, b, sentences } of gold.alignments) {
      for (const pair of sentences) {
        expect(textOf(a).slice(pair.a.start, pair.a.end)).toBe(pair.a.text);
        expect(textOf(b).slice(pair.b.start, pair.b.end)).toBe(pair.b.text);
      }
    }
  });

  it('hold exactly two related pairs, both rewrites, each with the right original', () => {
    const found = report.pairs.map((pair) => ({
      ids: [pair.a, pair.b],
      relation: pair.relation,
      original: pair.original === undefined ? undefined : pair[pair.original],
    }));
    const expected = gold.relations.map(({ a, b, relation, original }) => ({ ids: [a, b].sort(), relation, original }));
    expect(found).toHaveLength(2);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('are related the same by compare, and otherwise unrelated', () => {
    documents.forEach((a, x) => {
      for (const b of documents.slice(x + 1)) {
        const expected = gold.relations.find(
          (pair) => [pair.a, pair.b].includes(a.id) && [pair.a, pair.b].includes(b.id),
        );
        const found = detector.compare(a, b);
        expect([a.id, b.id, found.relation]).toEqual([a.id, b.id, expected?.relation ?? 'unrelated']);
        // Two reports of one event may share a fact or a quotation in much the same words, and not much more.
        if (expected === undefined) expect(Math.max(found.containment.a, found.containment.b)).toBeLessThan(0.2);
        else expect(found.original && { a, b }[found.original].id).toBe(expected.original);
      }
    });
  });

  it.each([
    ['000', '001', 0.97, 0.95],
    ['003', '002', 0.9, 0.85],
  ])('%s and %s have their sentence pairs found with precision >= %d and recall >= %d', (x, y, precision, recall) => {
    const expected = gold.alignments.find(({ a, b }) => a === id(x) && b === id(y))?.sentences ?? [];
    const pair = pairOf(x, y);
    const turned = pair?.a !== id(x);
    const found = (pair?.passages ?? [])
      .flatMap((passage) => passage.sentences)
      .map(({ a, b, score }) => (turned ? { a: b, b: a, score } : { a, b, score }));
    const right = found.filter((each) => expected.some((truth) => agree(each, truth))).length;
    const seen = expected.filter((truth) => found.some((each) => agree(each, truth))).length;
    expect(expected.length).toBeGreaterThan(10);
    expect(right / found.length).toBeGreaterThanOrEqual(precision);
    expect(seen / expected.length).toBeGreaterThanOrEqual(recall);
  });

  it('have the sentences reported that one of them tells twice', () => {
    const [expected] = gold.repeated_inside;
    const found = report.documents.find((doc) => doc.id === expected?.document)?.repeats ?? [];
    expect(expected?.sentences).toHaveLength(5);
    for (const truth of expected?.sentences ?? []) expect(found.filter((each) => agree(each, truth))).toHaveLength(1);
  });

  it('have each line of page furniture reported as boilerplate, and in no passage', () => {
    const lines = report.boilerplate.map((line) => line.text);
    for (const line of gold.boilerplate) expect(lines).toContain(line);
    for (const { occurrences } of report.boilerplate) {
      for (const place of occurrences) {
        for (const pair of report.pairs) {
          for (const passage of pair.passages) {
            if (pair.a === place.document)
              expect(passage.a.end <= place.start || passage.a.start >= place.end).toBe(true);
            if (pair.b === place.document)
              expect(passage.b.end <= place.start || passage.b.start >= place.end).toBe(true);
          }
        }
      }
    }
  });

  it.each([
    ['001', 'Orange background'],
    ['004', 'Hashtags'],
  ])('have the teasers of other stories at the end of %s in no passage', (number, line) => {
    const end = textOf(id(number)).indexOf(line);
    expect(end).toBeGreaterThan(1000);
    const ends = report.pairs.flatMap((pair) =>
      pair.passages.map((passage) =>
        pair.a === id(number) ? passage.a.end : pair.b === id(number) ? passage.b.end : 0,
      ),
    );
    for (const last of ends) expect(last).toBeLessThanOrEqual(end);
    for (const { members } of report.passageClusters)
      for (const member of members) if (member.document === id(number)) expect(member.end).toBeLessThanOrEqual(end);
  });

  it('have spans that slice to what they claim', () => {
    for (const { text, occurrences } of report.boilerplate) {
      const key = (line: string) =>
        line
          .toLowerCase()
          .match(/[\p{L}\p{N}]+/gu)
          ?.join(' ');
      for (const { document, start, end } of occurrences)
        expect(key(textOf(document).slice(start, end))).toBe(key(text));
    }
    for (const { a, b, passages } of report.pairs) {
      for (const passage of passages) {
        for (const [document, side] of [
          [a, 'a'],
          [b, 'b'],
        ] as const) {
          const text = textOf(document);
          const whole = passage[side];
          expect(text.slice(whole.start, whole.end)).toMatch(/^\S.*\S$/s);
          for (const pair of passage.sentences) {
            const { start, end } = pair[side];
            const inside = Math.min(end, whole.end) - Math.max(start, whole.start);
            expect(inside).toBeGreaterThanOrEqual((end - start) / 3);
            expect(text.slice(pair[side].start, pair[side].end)).toMatch(/^[\p{L}\p{N}“'‘«•].*[\p{L}\p{N}\p{P}]$/su);
          }
        }
      }
    }
  });

  it('make two clusters of two, each represented by its original', () => {
    expect(report.clusters.map(({ members, representative }) => [members, representative])).toEqual([
      [[id('000'), id('001')], id('001')],
      [[id('002'), id('003')], id('002')],
    ]);
  });
});

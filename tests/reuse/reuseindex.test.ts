import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector, type DocumentPair, type ReuseIndex, type SourceDocument } from '../../src/index.js';
import { swapped } from '../../src/relate/relation.js';
import { anyText } from '../arbitraries.js';

const detector = await createDetector();
const seeds: SourceDocument[] = readdirSync('seeds')
  .sort()
  .map((id) => ({ id, text: readFileSync(`seeds/${id}`, 'utf8') }));

function indexOf(documents: Iterable<SourceDocument>): ReuseIndex {
  const index = detector.index();
  for (const doc of documents) index.add(doc);
  return index;
}

/** Everything that an index answers about the seeds. */
const answers = (index: ReuseIndex) => ({
  size: index.size,
  has: seeds.map(({ id }) => index.has(id)),
  found: seeds.map((doc) => index.query(doc)),
  report: index.report(),
});

/** A pair as `detect` names it: the id that sorts first is `a`. */
function ordered({ a, b, ...comparison }: DocumentPair): DocumentPair {
  return a < b ? { a, b, ...comparison } : { a: b, b: a, ...swapped(comparison) };
}

const corpus = fc
  .array(fc.oneof(anyText(), fc.constantFrom('The council closed the bridge.', 'Rain fell in Oslo on Tuesday.', '')), {
    maxLength: 6,
  })
  .map((texts) => texts.map((text, i): SourceDocument => ({ id: `d${i}`, text })));

describe('ReuseIndex', () => {
  it('reports what detect reports on the same documents, in whatever order they were added', async () => {
    const report = JSON.stringify(await detector.detect(seeds));
    expect(JSON.stringify(indexOf(seeds).report())).toBe(report);
    expect(JSON.stringify(indexOf([...seeds].reverse()).report())).toBe(report);
  });

  it('reports what detect reports, on any documents', async () => {
    await fc.assert(
      fc.asyncProperty(corpus, async (documents) => {
        expect(indexOf(documents).report()).toEqual(await detector.detect(documents));
      }),
      { numRuns: 50 },
    );
  });

  it('finds for each document the very pairs that detect finds', async () => {
    const { pairs } = await detector.detect(seeds);
    const index = indexOf(seeds);
    for (const doc of seeds) {
      const expected = pairs.filter(({ a, b }) => a === doc.id || b === doc.id);
      expect(index.query(doc).map(ordered)).toEqual(expected);
    }
  });

  it('finds for a document that it does not hold the relations that detect finds', async () => {
    const { pairs } = await detector.detect(seeds);
    for (const doc of seeds) {
      const index = indexOf(seeds.filter((other) => other !== doc));
      const relations = (list: DocumentPair[]) =>
        list.map(ordered).map(({ a, b, relation, original }) => [a, b, relation, original]);
      expect(relations(index.query(doc))).toEqual(relations(pairs.filter(({ a, b }) => a === doc.id || b === doc.id)));
    }
  });

  it('answers the same when it was saved and read back, in another detector too', async () => {
    const index = indexOf(seeds);
    const buffer = index.toBuffer();
    expect(answers(detector.index(buffer))).toEqual(answers(index));
    expect(answers((await createDetector()).index(structuredClone(buffer)))).toEqual(answers(index));
    expect(new Uint8Array(detector.index(buffer).toBuffer())).toEqual(new Uint8Array(buffer));
  });

  it('answers the same when it was saved and read back, on any documents', () => {
    fc.assert(
      fc.property(corpus, anyText(), (documents, asked) => {
        const index = indexOf(documents);
        const again = detector.index(index.toBuffer());
        expect(again.query(asked)).toEqual(index.query(asked));
        expect(again.report()).toEqual(index.report());
      }),
      { numRuns: 50 },
    );
  });

  it('keeps titles, dates and languages when it is saved', () => {
    const index = indexOf([
      { id: 'a', text: 'Some text.', title: 'A title', published: new Date(0), language: 'en-GB' },
    ]);
    expect(detector.index(index.toBuffer()).report().documents).toEqual([
      {
        id: 'a',
        title: 'A title',
        published: '1970-01-01T00:00:00.000Z',
        language: 'en',
        words: 2,
        sentences: 1,
        repeats: [],
      },
    ]);
  });

  it('is saved whatever else the caller keeps in a document', () => {
    const self: Record<string, unknown> = { id: 'a', text: 'Some text.', big: 1n };
    self.self = self;
    const index = indexOf([self as unknown as SourceDocument]);
    expect(detector.index(index.toBuffer()).has('a')).toBe(true);
  });

  it('does not change when the caller changes a document after adding it', () => {
    const published = new Date('2025-06-02');
    const doc = { id: 'a', text: 'The council closed the bridge on Monday.', published };
    const index = indexOf([doc]);
    doc.id = 'z';
    doc.text = '';
    published.setTime(0);
    expect(index.report().documents).toMatchObject([{ id: 'a', words: 7, published: '2025-06-02T00:00:00.000Z' }]);
  });

  it('answers after removing and adding a document as it did before', () => {
    const index = indexOf(seeds);
    const before = answers(index);
    const [, removed] = seeds as [SourceDocument, SourceDocument];
    expect(index.remove(removed.id)).toBe(true);
    expect(index.remove(removed.id)).toBe(false);
    expect(index.size).toBe(4);
    expect(index.has(removed.id)).toBe(false);
    expect(index.query(seeds[0] as SourceDocument)).toEqual([]);
    index.add(removed);
    expect(answers(index)).toEqual(before);
  });

  it('does not grow while documents come and go, saved and read back', () => {
    let index = detector.index();
    const bytes: number[] = [];
    for (let round = 0; round < 24; round++) {
      for (let n = 0; n < 100; n++) {
        if (round > 0) index.remove(`${round - 1} ${n}`);
        const own = Array.from({ length: 25 }, (_, k) => `w${(100 * round + n).toString(36)}v${k}`).join(' ');
        index.add({ id: `${round} ${n}`, text: `It is said that ${own}. Again: ${own}.` });
      }
      const buffer = index.toBuffer();
      bytes.push(buffer.byteLength);
      index = detector.index(buffer);
    }
    expect(index.size).toBe(100);
    expect(Math.max(...bytes.slice(18))).toBeLessThan(1.1 * Math.max(...bytes.slice(4, 10)));
  });

  it('compares no document with the entry of its own id, but a text with all', () => {
    const [doc] = seeds as [SourceDocument];
    const index = indexOf([doc]);
    expect(index.query(doc)).toEqual([]);
    expect(index.query(doc.text)).toMatchObject([{ a: '', b: doc.id, relation: 'duplicate', score: 1 }]);
    expect(index.query({ ...doc, id: 'other' })).toMatchObject([{ a: 'other', b: doc.id, relation: 'duplicate' }]);
  });

  it('compares no more candidates than it may, and gives the strongest first', () => {
    const [doc] = seeds as [SourceDocument];
    const half = doc.text.slice(0, doc.text.length / 2);
    const index = indexOf([
      { id: 'half', text: half },
      { id: 'x', text: doc.text },
      { id: 'y', text: doc.text },
    ]);
    expect(index.query(doc.text).map(({ b }) => b)).toEqual(['x', 'y', 'half']);
    expect(index.query(doc.text, { maxCandidates: 2 })).toHaveLength(2);
  });

  it('is as it was when adding fails', () => {
    const index = indexOf(seeds);
    const before = answers(index);
    const refused = (doc: unknown, code: string) =>
      expect(() => index.add(doc as SourceDocument)).toThrow(expect.objectContaining({ name: 'TwicetoldError', code }));
    refused(seeds[0], 'DUPLICATE_ID');
    refused({ id: 'new' }, 'INVALID_ARGUMENT');
    refused({ id: 'new', text: 'Text.', published: 'some day' }, 'INVALID_ARGUMENT');
    refused({ id: 'new', text: 'Text.', language: 'tlh' }, 'UNSUPPORTED_LANGUAGE');
    refused(undefined, 'INVALID_ARGUMENT');
    expect(answers(index)).toEqual(before);
  });

  it('takes ids that objects have members of, and texts without words', () => {
    const index = detector.index();
    for (const id of ['__proto__', 'constructor', 'toString', '']) {
      expect(index.has(id)).toBe(false);
      index.add({ id, text: '' });
      expect(index.has(id)).toBe(true);
    }
    expect(index.query('')).toEqual([]);
    expect(index.report().documents.map(({ id }) => id)).toEqual(['', '__proto__', 'constructor', 'toString']);
  });

  it.each([
    [{ maxCandidates: 0 }, 'OUT_OF_RANGE', /maxCandidates.*1 to 100000/],
    [{ maxCandidates: 'all' }, 'INVALID_ARGUMENT', /maxCandidates.*"all"/],
    [{ limit: 5 }, 'INVALID_ARGUMENT', /"limit".*maxCandidates/],
  ])('refuses the query options %j', (options, code, words) => {
    expect(() => detector.index().query('text', options as object)).toThrow(
      expect.objectContaining({ name: 'TwicetoldError', code, message: expect.stringMatching(words) }),
    );
  });

  it.each([[undefined], [null], [7], [{}], [{ id: 'a' }], [['a']]])('refuses to look up %j', (asked) => {
    expect(() => detector.index().query(asked as unknown as string)).toThrow(
      expect.objectContaining({ name: 'TwicetoldError', code: 'INVALID_ARGUMENT' }),
    );
  });
});

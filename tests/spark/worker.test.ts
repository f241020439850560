import { PassThrough, Readable, Writable } from 'node:stream';
import * as arrow from 'apache-arrow';
import { describe, expect, it, vi } from 'vitest';
import { OverlapFilter } from '../../src/candidates/overlap.js';
import { countTerms, KeySet, rankTerms, rareTermKeys } from '../../src/candidates/rareterms.js';
import { DocumentFrequency } from '../../src/candidates/rarity.js';
import { Rows } from '../../src/columns.js';
import { createDetector } from '../../src/index.js';
import { batchOf, type Cell, type Columns, schemaOf } from '../../src/spark/columns.js';
import { writeFrames } from '../../src/spark/frames.js';
import { plan, STEPS, work } from '../../src/spark/worker.js';
import { madeCorpus } from './corpus.js';

// A busy machine takes its time to load a language.
vi.setConfig({ testTimeout: 60_000 });

type Rec = Readonly<Record<string, Cell>>;

/** An Arrow stream of rows, in batches. */
function stream(columns: Columns, rows: readonly Rec[], size = 64): Buffer {
  const schema = schemaOf(arrow, columns);
  const writer = new arrow.RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  for (let at = 0; at < rows.length; at += size)
    writer.write(batchOf(arrow, schema, columns, rows.slice(at, at + size)));
  return Buffer.from(writer.finish().toUint8Array(true));
}

/** Has a worker do a step, and reads what it gives. */
async function give(step: keyof typeof STEPS, rows: readonly Rec[], options: Partial<Parameters<typeof work>[1]> = {}) {
  const { takes, optional } = STEPS[step];
  const all = { ...takes, ...optional };
  const names = Object.keys(all).filter((name) => name in takes || rows.some((row) => row[name] !== undefined));
  const columns = Object.fromEntries(names.map((name) => [name, all[name]])) as Columns;
  return run(step, stream(columns, rows), options);
}

async function run(step: keyof typeof STEPS, input: Buffer, options: Partial<Parameters<typeof work>[1]> = {}) {
  const chunks: Buffer[] = [];
  const output = new Writable({
    write(chunk, _, done) {
      chunks.push(chunk);
      done();
    },
  });
  await work(step, { detector: {}, strict: false, documents: 0, ...options }, Readable.from([input]), output);
  const reader = arrow.RecordBatchReader.from(Buffer.concat(chunks));
  return [...reader].flatMap((batch) =>
    Array.from({ length: batch.numRows }, (_, row) => {
      const cells: Record<string, unknown> = {};
      for (const name of batch.schema.names) {
        const value = batch.getChild(name)?.get(row);
        cells[String(name)] =
          typeof value === 'bigint'
            ? Number(value)
            : value instanceof arrow.Vector
              ? Array.from(value, (item) => (typeof item === 'bigint' ? Number(item) : item))
              : value;
      }
      return cells;
    }),
  );
}

const documents = madeCorpus(60, 5).map((doc, n) => ({ ...doc, doc: n }));
const rows: Rec[] = documents.map(({ published, ...doc }) => ({
  ...doc,
  ...(published === undefined ? {} : { published: String(published) }),
}));

describe('worker keys', () => {
  it('gives what detect keeps of each document, in order', async () => {
    const found = await give('keys', rows);
    const report = await (await createDetector()).detect(documents);
    const byId = new Map(report.documents.map((doc) => [doc.id, doc]));
    expect(found.map(({ doc }) => doc)).toEqual(documents.map(({ doc }) => doc));
    expect(found.map(({ summary }) => JSON.parse(summary as string))).toEqual(documents.map(({ id }) => byId.get(id)));
    expect(found.every(({ bands, words }) => (bands as number[]).length === (words === 0 ? 0 : 25))).toBe(true);
    expect(found.some(({ terms }) => (terms as number[]).length > 20)).toBe(true);
  });

  it('says what is wrong with a row and goes on, or ends at it where it is strict', async () => {
    const bad: Rec[] = [
      rows[3] as Rec,
      { id: null, text: 'x' },
      { id: 'k', text: 'x', language: 'tlh' },
      rows[4] as Rec,
    ];
    const found = await give('keys', bad);
    expect(found.map(({ bad }) => bad)).toEqual([
      null,
      'INVALID_ARGUMENT: the id of row 2 must be a string, got null',
      expect.stringMatching(/^UNSUPPORTED_LANGUAGE: row 3: document "k" is in language "tlh"/),
      null,
    ]);
    await expect(give('keys', bad, { strict: true })).rejects.toThrow('the id of row 2 must be a string');
    const limited = await give('keys', bad.slice(0, 1), { detector: { maxDocumentBytes: 20 } });
    expect(limited[0]?.bad).toMatch(/^TOO_LARGE: row 1: /);
  });

  it('reads again the documents whose lines are known to recur', async () => {
    const text = `Read more on our site\n\n${documents[10]?.text}`;
    const [plain, told] = await give('keys', [
      { id: 'a', text, recurring: [] },
      { id: 'a', text, recurring: [0] },
    ]);
    expect(plain?.span_keys).toEqual([]);
    expect(told?.span_texts).toEqual(['Read more on our site']);
    expect(told?.span_recurs).toEqual([1]);
  });
});

describe('worker terms and overlap', () => {
  it('make the keys of the ranks, and pass the pairs that the filter passes over the whole corpus', async () => {
    const read = (await give('keys', rows)).map(({ sentence_terms, terms }) => ({
      row: Uint32Array.from(sentence_terms as number[]),
      terms: Uint32Array.from(terms as number[]),
    }));
    const frequency = new DocumentFrequency();
    read.forEach(({ row }, d) => void countTerms(row, d, frequency));
    const ranks = frequency.rank();
    const of = read.map(({ terms }) => [...new Set(terms)].filter((id) => ranks.of(id) > 0));
    const given = read.map(({ row }, doc) => ({
      doc,
      sentence_terms: row,
      ranked_terms: of[doc],
      ranks: of[doc]?.map((id) => ranks.of(id)),
      counts: of[doc]?.map((id) => ranks.documents[ranks.of(id)] as number),
    }));
    const found = await give('terms', given as Rec[]);
    const columns = new Rows();
    const own = new KeySet();
    read.forEach(({ row }, d) => {
      const whole = row.slice();
      const ranked = whole.subarray(0, rankTerms(whole, ranks));
      columns.add(ranked);
      rareTermKeys(ranked, own);
      expect(Uint32Array.from(found[d]?.row as number[])).toEqual(ranked);
      expect(Uint32Array.from(found[d]?.keys as number[])).toEqual(own.keys.slice(0, own.size));
    });
    // A corpus of so many documents, of which these are a part.
    const corpus = 5000;
    const filter = new OverlapFilter({ terms: columns, order: Uint32Array.from(read.keys()) }, ranks.documents, corpus);
    const asked: Rec[] = [];
    const passing: string[] = [];
    for (let a = 0; a < read.length; a++)
      for (let b = a + 1; b < read.length; b++) {
        const shared = (a * 7 + b) % 40;
        const side = (d: number, name: string) => ({
          [`row_${name}`]: found[d]?.row,
          [`ranks_${name}`]: found[d]?.ranks,
          [`counts_${name}`]: found[d]?.counts,
        });
        asked.push({ a, b, shared, ...side(a, 'a'), ...side(b, 'b') } as Rec);
        if (filter.passes(a, b, shared)) passing.push(`${a} ${b}`);
      }
    const passed = await give('overlap', asked, { documents: corpus });
    expect(passing.length).toBeGreaterThan(10);
    expect(passing.length).toBeLessThan(asked.length);
    expect(passed.map(({ a, b }) => `${a} ${b}`)).toEqual(passing);
  });
});

describe('worker verify and cluster', () => {
  const story = documents[20]?.text as string;
  const pair = (id_a: string, text_a: string, id_b: string, text_b: string): Rec => ({ id_a, text_a, id_b, text_b });

  it('gives the pairs that are related, as a comparison by itself does', async () => {
    const detector = await createDetector();
    const found = await give('verify', [
      pair('a', story, 'b', `${story} And one more sentence stands here.`),
      pair('a', story, 'c', documents[59 - 4]?.text as string),
      pair('a', story, 'd', story),
    ]);
    expect(found.map(({ id_a, id_b, relation }) => [id_a, id_b, relation])).toEqual([
      ['a', 'b', 'near-duplicate'],
      ['a', 'd', 'duplicate'],
    ]);
    const { a, b, ...comparison } = JSON.parse(found[0]?.json as string);
    expect([a, b]).toEqual(['a', 'b']);
    expect(comparison).toEqual(detector.compare(story, `${story} And one more sentence stands here.`));
  });

  it('clusters each component by itself', async () => {
    const pairs = await give('verify', [
      pair('a', story, 'b', story),
      pair('x', `${story} Yes.`, 'y', `${story} Yes.`),
      pair('b', story, 'c', story),
    ]);
    const component = [1, 2, 1];
    const sorted = pairs
      .map(({ json }, n) => ({ component: component[n] as number, alike: 0, json: json as string }))
      .sort((p, q) => p.component - q.component);
    const found = await give('cluster', sorted);
    expect(
      found.filter(({ of }) => of === 'documents').map(({ component, first, size }) => [component, first, size]),
    ).toEqual([
      [1, 'a', 3],
      [2, 'x', 2],
    ]);
    expect(found.filter(({ of }) => of === 'passages').map(({ size }) => size)).toEqual([3, 2]);
  });
});

describe('a worker', () => {
  it('refuses what is no Arrow stream, and one without its columns', async () => {
    await expect(run('keys', Buffer.from('{"id": "a"}\n'))).rejects.toMatchObject({ code: 'MALFORMED' });
    const other = stream({ url: 'utf8' }, [{ url: 'x' }]);
    await expect(run('keys', other)).rejects.toThrow('the stream has no column id; it has url, and must have id, text');
    const typed = stream({ id: 'int32', text: 'utf8' }, [{ id: 1, text: 'x' }]);
    await expect(run('keys', typed)).rejects.toThrow('the column id must be of type utf8, got Int32');
    const cut = stream({ id: 'utf8', text: 'utf8' }, rows.slice(0, 40) as Rec[]).subarray(0, 3000);
    await expect(run('keys', cut)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('reads no more while nobody takes what it wrote', async () => {
    const columns: Columns = { text: 'utf8' };
    let made = 0;
    async function* many() {
      for (; made < 50_000; made++) yield { text: 'x'.repeat(1000) };
    }
    const output = new PassThrough({ highWaterMark: 1 << 16 });
    const writing = writeFrames(arrow, output, columns, many());
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(made).toBeLessThan(5000);
    const sizes: number[] = [];
    for (const batch of await arrow.RecordBatchReader.from(await collected(output, writing))) sizes.push(batch.numRows);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(50_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1024);
  });

  it('says what a driver must know', () => {
    const { options, steps } = plan({ maxKeyDocuments: 70 }) as {
      options: Record<string, unknown>;
      steps: Record<string, unknown>;
    };
    expect(options).toMatchObject({ maxKeyDocuments: 70, minSharedKeys: 3, level: 'passage' });
    expect(Object.keys(steps)).toEqual(Object.keys(STEPS));
    expect(() => plan({ minSharedKeys: 0 })).toThrow('minSharedKeys must be a whole number from 1 to 100');
  });
});

async function collected(output: PassThrough, writing: Promise<void>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  output.on('data', (chunk) => chunks.push(chunk));
  await writing;
  output.end();
  await new Promise((resolve) => output.once('end', resolve));
  return Buffer.concat(chunks);
}

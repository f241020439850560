import { PassThrough, Readable, Writable } from 'node:stream';
import * as arrow from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { OverlapFilter } from '../../src/candidates/overlap.js';
import { countTerms, KeySet, rankTerms, rareTermKeys } from '../../src/candidates/rareterms.js';
import { DocumentFrequency } from '../../src/candidates/rarity.js';
import { Rows } from '../../src/columns.js';
import { createDetector } from '../../src/index.js';
import { batchOf, type Cell, type Columns, schemaOf } from '../../src/spark/columns.js';
import { readFrames, writeFrames } from '../../src/spark/frames.js';
import { packTerms, unpackTerms } from '../../src/spark/packedterms.js';
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
      'INVALID_ARGUMENT: the id of the document must be a string, got null',
      expect.stringMatching(
        /^UNSUPPORTED_LANGUAGE: document "k" is in language "tlh", .* the option languages \(--languages\)/,
      ),
      null,
    ]);
    await expect(give('keys', bad, { strict: true })).rejects.toThrow('row 2: the id of the document must be a string');
    const limited = await give('keys', bad.slice(0, 1), { detector: { maxDocumentBytes: 20 } });
    expect(limited[0]?.bad).toMatch(/^TOO_LARGE: the text of document "/);
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

  it('says what stands around lines of a document however long that takes, for it was read within its time before', async () => {
    const text = 'Some sentence of many words, and a number.\n\n'.repeat(20_000);
    const detector = { timeoutMs: 1 };
    const [read] = await give('keys', [{ id: 'a', text }], { detector });
    expect(read?.bad).toMatch(/^TIMEOUT: /);
    const around = await give('surroundings', [{ id: 'a', text, lines: [1], line_keys: [7] }], { detector });
    expect(around.map(({ line_key }) => line_key)).toEqual([7]);
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
      const { ranks: ofRow, counts, row: places } = unpackTerms(found[d]?.packed as Uint8Array);
      for (let at = 0; at < places.length; ) {
        const end = at + 1 + (places[at] as number);
        for (at++; at < end; at++) places[at] = ofRow[places[at] as number] as number;
      }
      expect(places).toEqual(ranked);
      expect(counts).toEqual(ofRow.map((rank) => ranks.documents[rank] as number));
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
        asked.push({ a, b, shared, packed_a: found[a]?.packed, packed_b: found[b]?.packed } as Rec);
        if (filter.passes(a, b, shared)) passing.push(`${a} ${b}`);
      }
    const passed = await give('overlap', asked, { documents: corpus });
    expect(passing.length).toBeGreaterThan(10);
    expect(passing.length).toBeLessThan(asked.length);
    expect(passed.map(({ a, b }) => `${a} ${b}`)).toEqual(passing);
  });

  it('count the keys that two documents share', async () => {
    const found = await give(
      'partners',
      [
        { doc: 1, others: [2, 5] },
        { doc: 1, others: [5] },
        { doc: 1, others: [5, 2 ** 40] },
        { doc: 5, others: [2 ** 40] },
        { doc: 5, others: [2 ** 40, 2 ** 41] },
      ],
      { detector: { minSharedKeys: 2 } },
    );
    expect(found).toEqual([
      { a: 1, b: 5, shared: 3 },
      { a: 5, b: 2 ** 40, shared: 2 },
    ]);
    expect(await give('partners', [])).toEqual([]);
    expect(await give('partners', [{ doc: 1, others: null }])).toEqual([]);
    const turned = [
      { doc: 5, others: [6] },
      { doc: 1, others: [6] },
    ];
    await expect(give('partners', turned)).rejects.toThrow(
      'row 2: rows must stand in the order of doc, and 1 comes after 5',
    );
  });

  it('refuse packed terms that are none, with their row', async () => {
    const packed = packTerms({
      ranks: Uint32Array.of(3, 900),
      counts: Uint32Array.of(2, 2),
      row: Uint32Array.of(2, 0, 1),
    });
    const asked = { a: 1, b: 2, shared: 3, packed_a: packed, packed_b: packed };
    expect(await give('overlap', [asked], { documents: 10 })).toEqual([{ a: 1, b: 2 }]);
    await expect(give('overlap', [asked, { ...asked, packed_b: null }])).rejects.toThrow(
      'row 2 has nothing in packed_b',
    );
    for (let length = 0; length < packed.length - 3; length++)
      await expect(give('overlap', [{ ...asked, packed_b: packed.slice(0, length) }])).rejects.toThrow(
        'row 1, packed_b: packed terms are damaged',
      );
    // Any bytes are refused, or are some terms.
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        try {
          unpackTerms(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'MALFORMED' });
        }
      }),
      { numRuns: 2000 },
    );
    const descending = { ranks: Uint32Array.of(1, 2), counts: Uint32Array.of(9, 3), row: Uint32Array.of(0) };
    expect(() => packTerms(descending)).toThrow('must ascend');
  });

  it('pack terms as bytes', () => {
    const ascending = (n: number) =>
      fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 32 - 1 }), { minLength: n, maxLength: n });
    const terms = fc.nat(40).chain((n) =>
      fc.record({
        ranks: ascending(n).map((all) => Uint32Array.from(all).sort()),
        counts: fc
          .array(fc.nat(2 ** 32 - 1), { minLength: n, maxLength: n })
          .map((all) => Uint32Array.from(all).sort()),
        row: fc
          .array(n === 0 ? fc.constant<number[]>([]) : fc.uniqueArray(fc.nat(n - 1)))
          .map((all) =>
            Uint32Array.from(all.flatMap((sentence) => [sentence.length, ...sentence.sort((x, y) => x - y)])),
          ),
      }),
    );
    fc.assert(fc.property(terms, (each) => void expect(unpackTerms(packTerms(each))).toEqual(each)));
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

  it('takes two for alike by the band that proposed them, though they are compared again for another reason', async () => {
    const { kinds } = plan({}) as { kinds: Record<string, number> };
    const both = pair('a', story, 'b', `${story} And one more sentence stands here.`);
    const found = await give('verify', [
      { ...both, kind: kinds.BY_LEADER },
      { ...both, kind: kinds.BY_BAND },
    ]);
    expect(found.map(({ alike }) => alike)).toEqual([1, 0]);
    const again = await give(
      'verify',
      found.map(({ alike }) => ({ ...both, kind: kinds.AMONG_OTHERS, alike: alike as number })),
    );
    expect(again.map(({ alike }) => alike)).toEqual([1, 0]);
  });

  it('refuses a pair that is no JSON and names its row', async () => {
    const good = { component: 1, alike: 0, json: '{"a": "x", "b": "y", "passages": []}' };
    await expect(give('cluster', [good, { ...good, json: '{bad' }])).rejects.toMatchObject({
      code: 'MALFORMED',
      message: expect.stringMatching(/^row 2 has no JSON in json: /),
    });
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
  const columns: Columns = { line_key: 'int64', before: 'list<int32>', after: 'list<int32>' };
  const whole = stream(
    columns,
    Array.from({ length: 5 }, (_, n) => ({ line_key: 1, before: [n], after: [10 + n] })),
    2,
  );

  it('takes a stream for whole from its schema to the mark of its end alone', async () => {
    const read = async (bytes: Buffer) => {
      let count = 0;
      for await (const _ of readFrames(arrow, Readable.from([bytes]), columns)) count++;
      return count;
    };
    expect(await read(whole)).toBe(5);
    for (let length = 0; length < whole.length; length++)
      await expect(read(whole.subarray(0, length)), `the first ${length} bytes`).rejects.toMatchObject({
        code: 'MALFORMED',
      });
    for (const behind of [whole, Buffer.from('x'), Buffer.alloc(8)])
      await expect(read(Buffer.concat([whole, behind]))).rejects.toThrow('behind the end');
    await expect(read(Buffer.alloc(4))).rejects.toThrow('it has no schema');
  });

  it('reads a stream in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(whole.length), { maxLength: 30 }), async (cuts) => {
        const ends = [0, ...cuts.sort((x, y) => x - y), whole.length];
        const pieces = ends.slice(1).map((end, n) => whole.subarray(ends[n], end));
        let count = 0;
        for await (const { number } of readFrames(arrow, Readable.from(pieces), columns)) expect(number).toBe(++count);
        expect(count).toBe(5);
      }),
      { numRuns: 50 },
    );
  });

  it('reads and writes every text as it is, one that begins with U+FEFF too', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('')).map((rest) => `\ufeff${rest}`);
    const cell = fc.option(fc.oneof(text, fc.string({ unit: 'binary' })));
    const both: Columns = { one: 'utf8', many: 'list<utf8>' };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ one: cell, many: fc.array(text, { maxLength: 3 }) }), { maxLength: 8 }),
        async (given) => {
          const output = new PassThrough();
          const written = collected(
            output,
            writeFrames(
              arrow,
              output,
              both,
              (async function* () {
                yield* given;
              })(),
            ),
          );
          const got: Rec[] = [];
          for await (const { cells } of readFrames(arrow, Readable.from([await written]), both)) got.push(cells);
          expect(got).toEqual(given);
        },
      ),
      { numRuns: 100 },
    );
    const large = new arrow.Vector([
      arrow.makeData({
        type: new arrow.LargeUtf8(),
        length: 2,
        nullCount: 0,
        valueOffsets: BigInt64Array.of(0n, 4n, 8n),
        data: Buffer.from('\ufeffa\ufeffb'),
      }),
    ]);
    const table = new arrow.Table({ id: large });
    const got: Cell[] = [];
    for await (const { cells } of readFrames(arrow, Readable.from([Buffer.from(arrow.tableToIPC(table, 'stream'))]), {
      id: 'utf8',
    }))
      got.push(cells.id);
    expect(got).toEqual(['\ufeffa', '\ufeffb']);
  });

  it('refuses what is no Arrow stream, and one without its columns', async () => {
    await expect(run('keys', Buffer.from('{"id": "a"}\n'))).rejects.toMatchObject({ code: 'MALFORMED' });
    const other = stream({ url: 'utf8' }, [{ url: 'x' }]);
    await expect(run('keys', other)).rejects.toThrow('the stream has no column id; it has url, and must have id, text');
    const typed = stream({ id: 'int32', text: 'utf8' }, [{ id: 1, text: 'x' }]);
    await expect(run('keys', typed)).rejects.toThrow('the column id must be of type utf8, got Int32');
    const cut = stream({ id: 'utf8', text: 'utf8' }, rows.slice(0, 40) as Rec[]).subarray(0, 3000);
    await expect(run('keys', cut)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('writes batches of bounded bytes, whatever the columns are of', async () => {
    const columns: Columns = { texts: 'list<utf8>', numbers: 'list<int64>', keys: 'list<int32>', text: 'utf8' };
    const cells: Record<string, Cell> = {
      texts: ['a'.repeat(50_000), 'b'.repeat(50_000)],
      numbers: Array(12_500).fill(1),
      keys: Array(25_000).fill(1),
      text: 'x'.repeat(100_000),
    };
    for (const name of Object.keys(columns)) {
      const only = { [name]: columns[name] } as Columns;
      const chunks: Buffer[] = [];
      const output = new Writable({
        write(chunk, _, done) {
          chunks.push(chunk);
          done();
        },
      });
      async function* rows() {
        for (let n = 0; n < 100; n++) yield { [name]: cells[name] };
      }
      await writeFrames(arrow, output, only, rows());
      const sizes = [...arrow.RecordBatchReader.from(Buffer.concat(chunks))].map(({ numRows }) => numRows);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(100);
      // A hundred kilobytes a row, and 4 MiB a batch.
      expect(Math.max(...sizes), name).toBeLessThanOrEqual(42);
    }
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

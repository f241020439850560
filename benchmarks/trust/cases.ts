import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHAPES, type Shape, wordOf } from './shapes.js';

/** The published package, as a user gets it. */
export type Library = typeof import('../../src/index.js');
type Node = typeof import('../../src/node/index.js');
type ReportPage = typeof import('../../src/report/index.js');

/** What is measured: `prepare` makes an input of size `n`, and what it returns is timed. */
export interface Case {
  /** The public function, and the axis along which its input grows. */
  readonly of: string;
  readonly along: string;
  /** What `n` counts. */
  readonly unit: 'characters' | 'documents' | 'signatures' | 'pairs' | 'levels' | 'bytes';
  readonly from: number;
  readonly to: number;
  /** Exponent of time that is allowed, and why it may be more than 1.15. */
  readonly bound?: { exponent: number; why: string };
  prepare(n: number, library: Library): Promise<() => unknown> | (() => unknown);
}

const SENTENCE = 'The council voted on Monday to close the old bridge for repairs. ';

const texts = (of: string, to: number, run: (library: Library) => Promise<(a: string, b: string) => unknown>): Case[] =>
  Object.entries(SHAPES).map(([along, shape]: [string, Shape]) => ({
    of,
    along,
    unit: 'characters',
    from: to / 64,
    to,
    async prepare(n, library) {
      const [a, b] = [shape(n, 2), shape(n, 3)];
      const call = await run(library);
      return () => call(a, b);
    },
  }));

const documents = (
  of: string,
  along: string,
  to: number,
  textOf: (d: number, n: number) => string,
  run: (library: Library, all: { id: string; text: string }[]) => Promise<() => unknown>,
  from = to / 64,
): Case => ({
  of,
  along,
  unit: 'documents',
  from,
  to,
  prepare: (n, library) =>
    run(
      library,
      Array.from({ length: n }, (_, d) => ({ id: `d${d}`, text: textOf(d, n) })),
    ),
});

const words = (from: number, count: number) => Array.from({ length: count }, (_, k) => wordOf(from + k)).join(' ');

/** Corpora by what all of their documents have in common. */
const CORPORA: [string, number, (d: number, n: number) => string][] = [
  ['documents without words', 32_768, () => '. '],
  ['one text in every document', 8_192, () => SENTENCE],
  ['one long text in every document', 1_024, () => SENTENCE.repeat(20)],
  ['documents with nothing in common', 8_192, (d) => `${words(40 * d, 20)}. ${words(40 * d + 20, 20)}.`],
  [
    'one rare sentence in every document',
    8_192,
    (d) => `${words(40 * d, 30)}. Zelig quorn vextimo brastle. ${words(40 * d + 30, 10)}.`,
  ],
  [
    'one line in every document',
    8_192,
    (d) => `${words(40 * d, 30)}.\nShare this story with friends\n${words(40 * d + 30, 10)}.`,
  ],
  ['each document half of the one before', 4_096, (d) => `${words(20 * d, 20)}. ${words(20 * d + 20, 20)}.`],
  [
    'one form, filled in again',
    4_096,
    (d) =>
      `Rain of ${d} mm is expected in ${wordOf(d)} on Monday, and winds of ${d + 7} km from ${wordOf(d + 9)}. Farmers welcome it.`,
  ],
  [
    'every pair of words in a few documents',
    4_096,
    (d, n) =>
      `${words(d % Math.ceil(Math.sqrt(n)), 12)}. ${words(5_000 + Math.floor(d / Math.ceil(Math.sqrt(n))), 12)}.`,
  ],
];

const signatures = (along: string, make: (n: number, k: number) => Uint32Array, to: number): Case[] => [
  {
    of: 'LshIndex.insert and query',
    along,
    unit: 'signatures',
    from: to / 64,
    to,
    prepare: (n, { LshIndex }) => {
      const all = Array.from({ length: n }, (_, s) => make(s, 128));
      return () => {
        const index = new LshIndex();
        for (let s = 0; s < n; s++) index.insert(`${s}`, all[s] as Uint32Array);
        // As many queries as answers allow: one answer may be all that is there.
        return index.query(all[0] as Uint32Array);
      };
    },
  },
  {
    of: 'LshIndex.remove',
    along,
    unit: 'signatures',
    from: to / 64,
    to,
    prepare: (n, { LshIndex }) => {
      const all = Array.from({ length: n }, (_, s) => make(s, 128));
      return () => {
        const index = new LshIndex();
        for (let s = 0; s < n; s++) index.insert(`${s}`, all[s] as Uint32Array);
        for (let s = 0; s < n; s++) index.remove(`${s}`);
      };
    },
  },
];

const mixed = (s: number, k: number) => Uint32Array.from({ length: k }, (_, i) => Math.imul(s * 131 + i, 0x9e3779b1));

export const CASES: Case[] = [
  ...texts('MinHasher.sign', 4_194_304, async ({ MinHasher }) => {
    const hasher = new MinHasher();
    return (a) => hasher.sign(a);
  }),
  ...texts(
    'shingles and jaccard',
    524_288,
    async ({ shingles, jaccard }) =>
      (a, b) =>
        jaccard(shingles(a), shingles(b)),
  ),
  // From beyond the length at which every sentence is compared with every other (512 by 512).
  ...texts('compare', 2_097_152, async ({ createDetector }) => {
    const detector = await createDetector();
    return (a, b) => detector.compare(a, b);
  }),
  ...texts('compare of a text with itself', 2_097_152, async ({ createDetector }) => {
    const detector = await createDetector();
    return (a) => detector.compare(a, a, { evidence: true });
  }),
  ...texts('similarity', 1_048_576, async ({ createDetector }) => {
    const detector = await createDetector();
    return (a, b) => detector.similarity(a, b);
  }),
  ...texts('detect of three', 1_048_576, async ({ createDetector }) => {
    const detector = await createDetector();
    return (a, b) =>
      detector.detect([
        { id: 'a', text: a },
        { id: 'b', text: b },
        { id: 'c', text: a },
      ]);
  }),
  ...texts('ReuseIndex', 1_048_576, async ({ createDetector }) => {
    const detector = await createDetector();
    return (a, b) => {
      const index = detector.index();
      index.add({ id: 'a', text: a });
      const found = index.query(b);
      const again = detector.index(index.toBuffer());
      again.remove('a');
      return found;
    };
  }),
  ...CORPORA.map(([along, to, textOf]) =>
    documents('detect', along, to, textOf, async ({ createDetector }, all) => {
      const detector = await createDetector();
      return () => detector.detect(all);
    }),
  ),
  ...CORPORA.map(([along, to, textOf]) =>
    documents('ReuseIndex', along, to, textOf, async ({ createDetector }, all) => {
      const detector = await createDetector();
      return () => {
        const index = detector.index();
        for (const doc of all) index.add(doc);
        for (const doc of all.slice(0, 8)) index.query(doc);
        return index.toBuffer();
      };
    }),
  ),
  ...CORPORA.slice(1, 8).map(([along, to, textOf]) =>
    documents('ReuseIndex.report', along, to / 4, textOf, async ({ createDetector }, all) => {
      const index = (await createDetector()).index();
      for (const doc of all) index.add(doc);
      return () => index.report();
    }),
  ),
  ...(['average', 'single', 'complete'] as const).map((linkage) =>
    documents(
      `detect, ${linkage} linkage`,
      'a chain of documents',
      2_048,
      (d) => `${words(20 * d, 20)}. ${words(20 * d + 20, 20)}.`,
      async ({ createDetector }, all) => {
        const detector = await createDetector({ linkage });
        return () => detector.detect(all);
      },
    ),
  ),
  ...signatures('signatures all different', mixed, 65_536),
  ...signatures('all keys colliding', () => mixed(7, 128), 65_536),
  ...signatures('one band alike', (s, k) => mixed(s, k).fill(5, 0, 8), 65_536),
  {
    of: 'compareMany',
    along: 'signatures',
    unit: 'signatures',
    from: 4_096,
    to: 262_144,
    prepare: (n, { compareMany }) => {
      const column = new Uint32Array(n * 128).map((_, i) => Math.imul(i, 0x9e3779b1));
      return () => compareMany(column.subarray(0, 128), column);
    },
  },
  {
    of: 'renderHtml',
    along: 'pairs of one cluster',
    unit: 'documents',
    from: 8,
    to: 256,
    async prepare(n, { createDetector }) {
      const { renderHtml } = (await import('../../dist/report.js' as string)) as ReportPage;
      const all = Array.from({ length: n }, (_, d) => ({
        id: `d${d}`,
        text: `${SENTENCE.repeat(3)} It was on day ${d}.`,
      }));
      const report = await (await createDetector()).detect(all);
      return () => renderHtml(report, { documents: all });
    },
  },
  ...(
    [
      ['html', 'elements beside each other', (n) => '<p>The council voted.</p>'.repeat(n / 25)],
      ['html', 'elements within each other', (n) => `${'<div>'.repeat(n / 5)}x`],
      ['html', 'one attribute', (n) => `<p title="${'x'.repeat(n)}">The council.`],
      ['html', 'quotes that never end', (n) => `<p ${'a="'.repeat(n / 3)}`],
      ['html', 'references to characters', (n) => '&amp;'.repeat(n / 5)],
      ['html', 'angle brackets', (n) => '<'.repeat(n)],
      ['xml', 'elements within each other', (n) => `<rss>${'<a>'.repeat(n / 3)}`],
      [
        'xml',
        'items',
        (n) => `<rss><channel>${'<item><description>x</description></item>'.repeat(n / 41)}</channel></rss>`,
      ],
      [
        'xml',
        'one long text',
        (n) => `<rss><channel><item><description>${'x'.repeat(n)}</description></item></channel></rss>`,
      ],
      ['json', 'brackets within each other', (n) => '['.repeat(n)],
      ['jsonl', 'records', (n) => '{"text":"x"}\n'.repeat(n / 13)],
      ['jsonl', 'records without text', (n) => '{"x":1}\n'.repeat(n / 8)],
      ['csv', 'fields of a row', (n) => `text${',a'.repeat(n / 2)}\n`],
      ['csv', 'quotes', (n) => `text\n"${'""'.repeat(n / 2)}"\n`],
      ['text', 'one line', (n) => 'x'.repeat(n)],
    ] as [string, string, (n: number) => string][]
  ).map(
    ([format, along, make]): Case => ({
      of: `readDocuments, ${format}`,
      along,
      unit: 'bytes',
      from: 16_384,
      to: 1_048_576,
      async prepare(n) {
        const { readDocuments } = (await import('../../dist/node.js' as string)) as Node;
        const folder = mkdtempSync(join(tmpdir(), 'complexity-'));
        process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
        const path = join(folder, 'input');
        writeFileSync(path, make(n));
        return async () => {
          let count = 0;
          const onSkip = () => undefined;
          for await (const _ of readDocuments(path, { format: format as 'html', onSkip })) count++;
          return count;
        };
      },
    }),
  ),
];

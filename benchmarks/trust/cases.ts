import { rmSync } from 'node:fs';
import type { Case, Library } from './case.js';
import { READER_CASES } from './cases-readers.js';
import { REPORT_CASES } from './cases-report.js';
import { scratch } from './scratch.js';
import { SHAPES, type Shape, wordOf } from './shapes.js';

type Node = typeof import('../../src/node/index.js');

const SENTENCE = 'The council voted on Monday to close the old bridge for repairs. ';

/** What is linear in steps, of which more wait for memory the larger it is. */
const CACHES = { exponent: 1.3, why: 'its tables leave the caches' };
/** The same, of a string for each word and each shingle, and of sets of them. */
const STRINGS = { exponent: 1.4, why: 'its strings leave the caches' };
/** Two sentences with two rare terms in common count for more the longer the texts are, up to a few readings for each such pair. */
const CHANCE = { exponent: 1.5, why: 'more of the chance matches are tried, up to all' };

const texts = (
  of: string,
  to: number,
  run: (library: Library) => Promise<(a: string, b: string) => unknown>,
  bound?: (along: string) => NonNullable<Case['bound']>,
): Case[] =>
  Object.entries(SHAPES).map(([along, shape]: [string, Shape]) => ({
    of,
    along,
    unit: 'characters',
    from: to / 64,
    to,
    ...(bound && { bound: bound(along) }),
    async prepare(n, library) {
      const [a, b] = [shape(n, 2), shape(n, 3)];
      const call = await run(library);
      return () => call(a, b);
    },
  }));

/** Documents of which each shares a sentence with as many as the square root of their number. */
const CROSSED = 'every pair of words in a few documents';

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
  ...(along === CROSSED && { bound: { exponent: 1.65, why: 'so their pairs grow, all of which are told' } }),
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
    CROSSED,
    1_024,
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
    bound: CACHES,
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
    bound: { exponent: 2.1, why: 'a removal goes through the entries that have its key, as is said of it' },
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
    2_097_152,
    async ({ shingles, jaccard }) =>
      (a, b) =>
        jaccard(shingles(a), shingles(b)),
    () => STRINGS,
  ),
  // From beyond the length at which every sentence is compared with every other (512 by 512).
  ...texts(
    'compare',
    2_097_152,
    async ({ createDetector }) => {
      const detector = await createDetector();
      return (a, b) => detector.compare(a, b);
    },
    (along) => (along === 'names a letter apart' ? CHANCE : CACHES),
  ),
  ...texts(
    'compare of a text with itself',
    2_097_152,
    async ({ createDetector }) => {
      const detector = await createDetector();
      return (a) => detector.compare(a, a, { evidence: true });
    },
    () => CACHES,
  ),
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
  ...texts(
    'ReuseIndex',
    1_048_576,
    async ({ createDetector }) => {
      const detector = await createDetector();
      return (a, b) => {
        const index = detector.index();
        index.add({ id: 'a', text: a });
        const found = index.query(b);
        const again = detector.index(index.toBuffer());
        again.remove('a');
        return found;
      };
    },
    () => CACHES,
  ),
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
  ...CORPORA.map(([along, to, textOf]) =>
    documents('detect, level document', along, to, textOf, async ({ createDetector }, all) => {
      const detector = await createDetector({ level: 'document' });
      return () => detector.detect(all);
    }),
  ),
  ...CORPORA.slice(1, 4).map(([along, to, textOf]) =>
    documents('openIndex', along, to / 4, textOf, async (_, all) => {
      const { openIndex } = (await import('../../dist/node.js' as string)) as Node;
      return async () => {
        const folder = scratch();
        const index = await openIndex(folder);
        for (let at = 0; at < all.length; at += 64) index.addMany(all.slice(at, at + 64));
        for (const { id } of all.slice(0, all.length / 2)) index.remove(id);
        index.save();
        await index.close();
        await (await openIndex(folder)).close();
        rmSync(folder, { recursive: true });
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
    of: 'MinHasher.signHashes',
    along: 'hashes',
    unit: 'characters',
    from: 16_384,
    to: 4_194_304,
    prepare: (n, { MinHasher }) => {
      const hasher = new MinHasher();
      const hashes = new Uint32Array(n).map((_, i) => Math.imul(i, 0x9e3779b1));
      return () => hasher.signHashes(hashes);
    },
  },
  {
    of: 'MinHasher.signMany',
    along: 'empty documents',
    unit: 'documents',
    from: 4_096,
    to: 262_144,
    prepare: (n, { MinHasher }) => {
      const hasher = new MinHasher();
      const all = Array.from({ length: n }, () => '');
      return () => hasher.signMany(all);
    },
  },
  {
    of: 'compareManyPacked',
    along: 'signatures',
    unit: 'signatures',
    from: 16_384,
    to: 1_048_576,
    prepare: (n, { compareManyPacked }) => {
      const column = new Uint32Array(n * 32).map((_, i) => Math.imul(i, 0x9e3779b1));
      return () => compareManyPacked(column.subarray(0, 32), column, 8, 128);
    },
  },
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
  ...READER_CASES,
  ...REPORT_CASES,
];

import type { Report } from '../../src/index.js';
import type { Case, Library } from './case.js';
import { wordOf } from './shapes.js';

type Page = typeof import('../../src/report/index.js');
type Calibrate = typeof import('../../src/calibrate/index.js');

const SENTENCE = 'The council voted on Monday to close the old bridge for repairs. ';
const page = async () => (await import('../../dist/report.js' as string)) as Page;

interface Corpus {
  readonly along: string;
  readonly to: number;
  readonly textOf: (d: number, n: number) => string;
  readonly idOf?: (d: number, n: number) => string;
}

const CORPORA: Corpus[] = [
  {
    along: 'documents in pairs',
    to: 1_024,
    textOf: (d) => `${SENTENCE.replace('bridge', wordOf(d >> 1)).repeat(2)} It was day ${d}.`,
  },
  {
    along: 'documents without a pair',
    to: 4_096,
    textOf: (d) => `${wordOf(3 * d)} ${wordOf(3 * d + 1)} ${wordOf(3 * d + 2)}.`,
  },
  { along: 'lengths of two documents', to: 4_096, textOf: (d, n) => (d < 2 ? SENTENCE.repeat(n) : 'Rain.') },
  {
    along: 'lengths of ids',
    to: 65_536,
    textOf: (d) => (d < 2 ? SENTENCE : 'Rain.'),
    idOf: (d, n) => `${d}${'x'.repeat(n)}`,
  },
];

async function reported({ createDetector }: Library, { textOf, idOf, along }: Corpus, n: number) {
  const count = along.startsWith('lengths') ? 3 : n;
  const documents = Array.from({ length: count }, (_, d) => ({ id: idOf?.(d, n) ?? `d${d}`, text: textOf(d, n) }));
  const report: Report = await (await createDetector()).detect(documents);
  return { report, documents };
}

export const REPORT_CASES: Case[] = [
  ...CORPORA.map(
    (corpus): Case => ({
      of: 'renderHtml',
      along: corpus.along,
      unit: corpus.along.startsWith('lengths') ? 'characters' : 'documents',
      from: corpus.to / 64,
      to: corpus.to,
      async prepare(n, library) {
        const { renderHtml } = await page();
        const { report, documents } = await reported(library, corpus, n);
        return () => renderHtml(report, { documents });
      },
    }),
  ),
  {
    of: 'renderHtml',
    along: 'documents that are all alike',
    unit: 'documents',
    from: 8,
    to: 256,
    bound: { exponent: 2.1, why: 'their pairs grow with the square of their number, and the page tells each' },
    async prepare(n, library) {
      const { renderHtml } = await page();
      const textOf = (d: number) => `${SENTENCE.repeat(3)} It was on day ${d}.`;
      const { report, documents } = await reported(library, { along: '', to: 0, textOf }, n);
      return () => renderHtml(report, { documents });
    },
  },
  {
    of: 'explain',
    along: 'sentences of a text and itself',
    unit: 'characters',
    from: 8_192,
    to: 524_288,
    async prepare(n, { createDetector }) {
      const { explain } = await page();
      const text = SENTENCE.repeat(n / SENTENCE.length);
      const found = (await createDetector()).compare(text, text, { evidence: true });
      return () => explain(found);
    },
  },
  ...(['one score', 'scores all different'] as const).map(
    (along): Case => ({
      of: 'calibrate and renderCalibration',
      along: `labelled pairs of ${along}`,
      unit: 'pairs',
      from: 8_192,
      to: 524_288,
      async prepare(n) {
        const { calibrate, renderCalibration } = (await import('../../dist/calibrate.js' as string)) as Calibrate;
        const pairs = Array.from({ length: n }, (_, k) => ({
          score: along === 'one score' ? 0.5 : (Math.imul(k, 0x9e3779b1) >>> 0) / 2 ** 32,
          same: k % 3 === 0,
        }));
        return async () => renderCalibration(await calibrate(pairs));
      },
    }),
  ),
];

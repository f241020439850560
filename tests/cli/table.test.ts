import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairTable } from '../../src/cli/pairtable.js';
import { comparisonTable } from '../../src/cli/sidebyside.js';
import { reportTable } from '../../src/cli/table.js';
import { printable, printableJson } from '../../src/cli/terminal.js';
import { createDetector, type DocumentPair } from '../../src/index.js';
import { anyText } from '../arbitraries.js';

const detector = await createDetector();
const STORY =
  'The city council of Porto voted on Monday to close the bridge. Engineers found cracks in 14 of its 40 cables.';

describe('printable', () => {
  it('is one line without control characters, marks of direction and lone surrogates, whatever the text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      }),
    );
    expect(printable('a\n\t b\u001b[1m')).toBe('a b\ufffd[1m');
  });
});

describe('printableJson', () => {
  it('is JSON of the same value without characters that steer a terminal, whatever the text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const json = printableJson({ text: `${text}\u{e0001}` });
        expect(JSON.parse(json)).toEqual({ text: `${text}\u{e0001}` });
        expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
  });
});

describe('reportTable', () => {
  it('counts documents, words, pairs and candidates, in the singular too', async () => {
    const table = reportTable(await detector.detect([{ id: 'a', text: 'Word' }]), new Map([['a', 'Word']]), 80);
    expect(table).toBe('1 document, 1 word: 0 related pairs of 0 candidates compared.\n');
  });

  it('names stories of more than two documents, and how they hang together', async () => {
    const texts = new Map(['a', 'b', 'c'].map((id) => [id, STORY]));
    const report = await detector.detect([...texts].map(([id, text]) => ({ id, text })));
    expect(reportTable(report, texts, 80)).toContain('One story: a, b, c (from a; weakest link a ~ c, 1.00)');
  });

  it('shows the sentences that were reworded, and none that are the same', async () => {
    const other = STORY.replace('Engineers found cracks', 'Cracks were found by engineers');
    const texts = new Map([
      ['a', STORY],
      ['b', other],
    ]);
    const report = await detector.detect([...texts].map(([id, text]) => ({ id, text })));
    const table = reportTable(report, texts, 120);
    expect(table).toContain('The strongest of 1 reworded sentence:');
    expect(table).toContain('Cracks were found');
    expect(table).not.toContain('The city council');
    expect(reportTable(report, new Map(), 120)).not.toContain('strongest');
  });

  it('says how many pairs it does not show', async () => {
    const report = await detector.detect(Array.from({ length: 16 }, (_, n) => ({ id: `copy ${n}`, text: STORY })));
    expect(report.pairs.length).toBeGreaterThan(100);
    expect(reportTable(report, new Map(), 120)).toContain(`... and ${report.pairs.length - 100} more pairs.`);
  });

  it('keeps to the width of the terminal', async () => {
    const texts = new Map([
      ['a', STORY],
      ['b', `${STORY} ${STORY}`],
    ]);
    const report = await detector.detect([...texts].map(([id, text]) => ({ id, text })));
    for (const line of reportTable(report, texts, 100).split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});

describe('pairTable', () => {
  const found = detector.compare(STORY, `${STORY} ${STORY}`);
  const pair = (a: string, b: string): DocumentPair => ({ ...found, a, b, original: 'b' });
  const LONG = [
    pair('news/2024/06/01/bridge-of-porto.html', 'archive/agency/2024/06/01/the-bridge-of-porto-is-closed.html'),
    pair('社会/二〇二四年六月一日/波尔图的旧桥关闭.html', 'b'),
  ];
  // A letter of Chinese takes two columns of a terminal.
  const columns = (line: string) => [...line].reduce((sum, char) => sum + (/\p{Script=Han}/u.test(char) ? 2 : 1), 0);

  it('shows ids whole where it is not for a terminal, or fits it', () => {
    for (const table of [pairTable(LONG), pairTable(LONG, 240)])
      for (const { a, b } of LONG) {
        expect(table).toContain(` ${a} `);
        expect(table).toContain(` ${b} `);
      }
    expect(pairTable([pair('a', 'b')], 90)).toContain('passages');
  });

  it.each([60, 80, 100, 120])('keeps to a terminal of %i columns', (width) => {
    const lines = pairTable(LONG, width).split('\n');
    for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width);
    expect(columns(lines[0] as string)).toBeGreaterThan(width - 3);
    // Both ends of an id are there, and the original is named by its column.
    expect(lines[2]).toMatch(/^│ news.*….*tml +│ arch.*….*tml +│ .* b +│$/);
  });

  it('leaves the figures out before it cuts ids short', () => {
    const heads = (width: number) => pairTable(LONG, width).split('\n')[1];
    expect(heads(120)).toMatch(/score.*a in b.*b in a.*passages.*original/);
    expect(heads(100)).not.toContain('passages');
    expect(heads(70)).not.toContain(' in ');
    expect(heads(70)).toMatch(/relation.*score.*original/);
  });
});

describe('comparisonTable', () => {
  const doc = (id: string, text: string) => ({ id, text });

  it('says what the two are to each other, and shows every sentence pair in order', () => {
    const table = comparisonTable(doc('a', STORY), doc('b', STORY), detector.compare(STORY, STORY), 120);
    expect(table).toContain('a and b have the same words.');
    expect(table).toContain('passage 1, verbatim, 1.00');
    expect(table.indexOf('The city council')).toBeLessThan(table.indexOf('Engineers found'));
    for (const line of table.split('\n').slice(6)) expect(line.length).toBeLessThanOrEqual(120);
  });

  it('shows no sentences of unrelated texts', () => {
    const table = comparisonTable(doc('a', 'Rain.'), doc('b', STORY), detector.compare('Rain.', STORY), 120);
    expect(table).toContain('a and b are not related.');
    expect(table).not.toContain('passage 1');
  });

  it('lets no control character through, whatever the text', () => {
    const text = `${STORY} \u001b[2J\u202e The \u0007 end of it was told on Monday by the council.`;
    const table = comparisonTable(doc('a\u001b', text), doc('b', text), detector.compare(text, text), 120);
    expect(table).not.toMatch(/[^\P{C}\n]/u);
  });
});

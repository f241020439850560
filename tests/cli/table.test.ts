import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonTable, printable, printableJson, reportTable } from '../../src/cli/table.js';
import { createDetector } from '../../src/index.js';
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

  it('keeps to the width of the terminal', async () => {
    const texts = new Map([
      ['a', STORY],
      ['b', `${STORY} ${STORY}`],
    ]);
    const report = await detector.detect([...texts].map(([id, text]) => ({ id, text })));
    for (const line of reportTable(report, texts, 100).split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});

describe('comparisonTable', () => {
  it('shows every sentence pair in order', () => {
    const texts = new Map([
      ['a', STORY],
      ['b', STORY],
    ]);
    const table = comparisonTable('a', 'b', detector.compare(STORY, STORY), texts, 120);
    expect(table).toContain('2 sentence pairs:');
    expect(table.indexOf('The city council')).toBeLessThan(table.indexOf('Engineers found'));
  });

  it('shows no sentences of unrelated texts', () => {
    const table = comparisonTable('a', 'b', detector.compare('Rain.', STORY), new Map(), 120);
    expect(table).toContain('unrelated');
    expect(table).not.toContain('sentence pair');
  });
});

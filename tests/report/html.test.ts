import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { cspHash } from '../../src/report/bundle.js';
import { renderHtml } from '../../src/report/index.js';
import { anyText } from '../arbitraries.js';

const detector = await createDetector();
const TEXT = 'The council voted on Monday to close the old bridge. Repairs will take until the spring, engineers said.';
const documents = [
  { id: 'a', text: TEXT },
  { id: 'b', text: TEXT },
  { id: 'c', text: 'Rain is expected.' },
];
const report = await detector.detect(documents);

describe('renderHtml', () => {
  it('is one page whose policy names the script and style in it, and nothing else', () => {
    const page = renderHtml(report, { documents });
    const [style] = /(?<=<style>)[\s\S]*?(?=<\/style>)/.exec(page) ?? [''];
    const [script] = /(?<=<script>)[\s\S]*?(?=<\/script>)/.exec(page) ?? [''];
    const policy = /content="(default-src[^"]*)"/.exec(page)?.[1];
    expect(script.length).toBeGreaterThan(10_000);
    expect(policy).toBe(
      `default-src 'none'; script-src ${cspHash(script)}; style-src ${cspHash(style)}; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/\b(?:src|href)="/);
    expect(renderHtml(report, { documents })).toBe(page);
  });

  it('holds the texts that pairs point into, and no others', () => {
    const page = renderHtml(report, { documents });
    expect(page).toContain(TEXT);
    expect(page).not.toContain('Rain is expected.');
    expect(renderHtml(report)).not.toContain(TEXT);
    expect(renderHtml(report, { documents: new Map(documents.map(({ id, text }) => [id, text])) })).toBe(page);
  });

  it('lets no text leave its place, whatever the text', async () => {
    const attack = fc.oneof(
      anyText(),
      fc.constantFrom('</script>', '<!--', '<script', '&quot;', '"', "'", '</title>', '</style>'),
    );
    await fc.assert(
      fc.asyncProperty(attack, attack, async (one, other) => {
        const hostile = [
          { id: `1${one}`, title: other, text: `${TEXT} ${one}` },
          { id: `2${one}`, title: other, text: `${TEXT} ${one}` },
        ];
        const found = await detector.detect(hostile);
        const page = renderHtml(found, { documents: hostile, title: other });
        expect(page.match(/<\/?script|<!--/gi)).toEqual(['<script', '</script', '<script', '</script']);
        const data = /(?<=id="data">)[\s\S]*?(?=<\/script>)/.exec(page)?.[0] ?? '';
        expect(JSON.parse(data)).toMatchObject({ title: other, pairs: JSON.parse(JSON.stringify(found.pairs)) });
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    [null, {}, /report must be what detect returned, got null/],
    [{ pairs: [] }, {}, /report must be/],
    [report, { text: [] }, /renderHtml options has no option "text"; it knows documents, title/],
    [{ ...report, stats: undefined }, {}, /in which stats must be an object/],
    [{ ...report, pairs: [null] }, {}, /in which pairs\[0\] must be an object/],
    [report, { title: 7 }, /title must be a string, got 7/],
    [report, { documents: 7 }, /documents must be documents .* got 7/],
    [report, { documents: [{ id: 'a' }] }, /documents must have an id and a text/],
  ])('refuses %o with %o', (value, options, words) => {
    expect(() => renderHtml(value as never, options as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(words) }),
    );
  });
});

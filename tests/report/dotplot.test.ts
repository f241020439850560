import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { renderDotPlot } from '../../src/report/index.js';

const detector = await createDetector();
const a = readFileSync('seeds/003_e52716612eb63005.txt', 'utf8');
const b = readFileSync('seeds/002_c69a9569748683a6.txt', 'utf8');

function plot(options = {}) {
  const similarities = detector.sentenceSimilarities(a, b);
  const comparison = detector.compare(a, b);
  const svg = renderDotPlot(similarities, comparison, options);
  return { similarities, comparison, svg, document: parseHTML(`<body>${svg}</body>`).document };
}

describe('renderDotPlot', () => {
  it('draws a box for each pair of sentences and a frame for each passage', () => {
    const { similarities, comparison, document } = plot();
    const alike = similarities.pairs.filter(({ similarity }) => similarity >= 0.1);
    expect(document.querySelectorAll('rect[fill="#222"]')).toHaveLength(alike.length);
    expect(document.querySelectorAll('rect[stroke-width]')).toHaveLength(comparison.passages.length);
    expect(comparison.passages.length).toBeGreaterThan(0);
  });

  it('shows names as text, whatever is in them', () => {
    const { svg, document } = plot({ names: ['<script>alert(1)</script>', 'x"&\u0000\u{1f600}'] });
    expect(document.querySelector('script')).toBeNull();
    expect(svg).not.toContain('\u0000');
    expect(document.querySelector('title')?.textContent).toContain(
      '<script>alert(1)</script> against x"&\ufffd\u{1f600}',
    );
  });

  it('has the size that was asked for', () => {
    expect(plot({ width: 300 }).document.querySelector('svg')?.getAttribute('width')).toBe('300');
    expect(() => plot({ width: 10 })).toThrow(/width/);
    expect(() => plot({ names: ['one'] })).toThrow(/two strings/);
    expect(() => plot({ colour: 'red' })).toThrow(/colour/);
  });

  it('draws texts that have nothing in common', () => {
    const [x, y] = ['One text.', 'Quite another.'];
    const svg = renderDotPlot(detector.sentenceSimilarities(x, y), detector.compare(x, y));
    expect(svg).toContain('no passage');
  });

  it.each([
    [null, null],
    ['swapped', null],
    [{ a: [], b: [] }, { passages: [] }],
  ])('refuses what is not of two texts: %j', (x, y) => {
    const { similarities, comparison } = plot();
    const call = () =>
      x === 'swapped'
        ? renderDotPlot(comparison as never, similarities as never)
        : renderDotPlot(x as never, y as never);
    expect(call).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(/in this order/) }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { retold, wire } from './ferry.js';

const detector = await createDetector();

describe('the lighter of two rewrites', () => {
  it('does not score less than the heavier one', () => {
    const scores = retold.map(
      (_, n) => detector.compare([...wire.slice(0, n), ...retold.slice(n)].join(' '), wire.join(' ')).score,
    );
    expect(scores[0]).toBeGreaterThan(0.8);
    scores.forEach((score, n) => void expect(score).toBeGreaterThanOrEqual(Math.max(...scores.slice(0, n + 1)) - 0.03));
  });

  it('has the sentences found that were reworded, whatever stands beside them', () => {
    for (let n = 0; n < retold.length; n++) {
      const text = [...wire.slice(0, n), ...retold.slice(n)].join('\n\n');
      const { relation, passages } = detector.compare(text, wire.join('\n\n'));
      expect(relation === 'rewrite' || relation === 'near-duplicate').toBe(true);
      const found = passages.flatMap(({ sentences }) =>
        sentences.map(({ a, b }) => [text.slice(a.start, a.end), wire.join('\n\n').slice(b.start, b.end)]),
      );
      const right = found.filter(([a, b]) => {
        const place = [...wire.slice(0, n), ...retold.slice(n)].indexOf(a as string);
        return wire[place] === b;
      });
      expect([n, right.length >= 9, right.length / found.length >= 0.9]).toEqual([n, true, true]);
    }
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingModel, openEncoder } from '../../benchmarks/encoder/model.js';
import { createDetector } from '../../src/index.js';
import type { SentenceEncoder } from '../../src/types.js';

const missing = missingModel();
if (missing !== undefined) console.log(`not tested with a real encoder: ${missing}`);

describe.skipIf(missing !== undefined)('all-MiniLM-L6-v2 through @huggingface/transformers', () => {
  it('gives sentences of one meaning vectors of one direction', async () => {
    const encoder = await openEncoder();
    const [eating, meal, market] = (await encoder([
      'A man is eating food.',
      'A man eats a meal.',
      'The stock market fell.',
    ])) as [Float32Array, Float32Array, Float32Array];
    const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, k) => sum + x * (b[k] as number), 0);
    expect(eating).toHaveLength(384);
    // As the model's own implementation has them.
    expect(cosine(eating, meal)).toBeCloseTo(0.908, 2);
    expect(cosine(eating, market)).toBeCloseTo(-0.037, 2);
  });

  it('leaves the rewrites of the seeds as they are, and gives the same report twice', async () => {
    const encoder: SentenceEncoder = await openEncoder();
    const detector = await createDetector();
    const seeds = readdirSync('seeds')
      .sort()
      .map((id) => ({ id: id.slice(0, 3), text: readFileSync(`seeds/${id}`, 'utf8') }));
    const report = await detector.detect(seeds, { encoder });
    expect(report.stats.encoded).toBeGreaterThan(0);
    const clear = report.pairs.filter(({ score }) => score >= 0.5);
    expect(clear.map(({ a, b, relation }) => `${a} ${b} ${relation}`)).toEqual(['000 001 rewrite', '002 003 rewrite']);
    // Without a lexicon, two reports of one event that words leave at 0.28 come just above the threshold.
    expect(report.pairs.length).toBeLessThanOrEqual(3);
    expect(JSON.stringify(await detector.detect([...seeds].reverse(), { encoder }))).toBe(JSON.stringify(report));
  }, 60_000);
});

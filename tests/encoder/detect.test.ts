import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDetector, detect } from '../../src/index.js';
import { detect as detectOnThreads } from '../../src/node/index.js';
import type { Progress, RunOptions, SentenceEncoder, SourceDocument } from '../../src/types.js';

const seeds: SourceDocument[] = readdirSync('seeds')
  .sort()
  .map((id) => ({ id: id.slice(0, 3), text: readFileSync(`seeds/${id}`, 'utf8') }));
// At this threshold words leave several pairs of the seeds in doubt.
const rewriteThreshold = 0.25;
const detector = await createDetector({ rewriteThreshold });

/** Vectors that do not depend on anything but the sentence. */
const vectorOf = (sentence: string) => {
  const vector = new Float32Array(32);
  for (const word of sentence.toLowerCase().match(/\p{L}+/gu) ?? []) {
    let hash = 7;
    for (let i = 0; i < word.length; i++) hash = (hash * 31 + word.charCodeAt(i)) >>> 0;
    vector[hash % 32] = (vector[hash % 32] as number) + 1;
  }
  return vector;
};
const byWords: SentenceEncoder = async (sentences) => sentences.map(vectorOf);

/** Says of every sentence that it is like no other, so that nothing answers anything. */
const unlike = (): SentenceEncoder => {
  let n = 0;
  return async (sentences) =>
    sentences.map(() => {
      const vector = new Float32Array(512);
      vector[n++] = 1;
      return vector;
    });
};

const run = (options: RunOptions) => detector.detect(seeds, options);
const thrown = (running: Promise<unknown>) =>
  running.then(
    () => undefined,
    (error) => error,
  );

describe('detect with an encoder', () => {
  it('gives it the sentences of pairs in doubt, each once, and nothing else', async () => {
    const given: string[] = [];
    const sizes: number[] = [];
    const stages: Progress[] = [];
    const report = await run({
      encoder: async (sentences) => {
        given.push(...sentences);
        sizes.push(sentences.length);
        return byWords(sentences);
      },
      onProgress: (progress) => void stages.push(progress),
    });
    expect(report.stats.encoded).toBeGreaterThan(1);
    expect(new Set(given).size).toBe(given.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64);
    for (const sentence of given) {
      expect(sentence).toMatch(/^\S(?:.*\S)?$/);
      expect(seeds.some(({ text }) => text.replace(/\s+/g, ' ').includes(sentence))).toBe(true);
    }
    const encoding = stages.filter(({ stage }) => stage === 'encode').map(({ done }) => done);
    expect(encoding.length).toBeGreaterThan(0);
    expect(encoding).toEqual([...encoding].sort((x, y) => x - y));
  });

  it('may be given with the options of detect, or of the run, with the same report', async () => {
    const apart = await detect(seeds, { rewriteThreshold }, { encoder: byWords });
    expect(apart.stats.encoded).toBeGreaterThan(1);
    expect(await detect(seeds, { rewriteThreshold, encoder: byWords })).toEqual(apart);
    expect(await run({ encoder: byWords })).toEqual(apart);
    expect((await detect(seeds, { rewriteThreshold, encoder: byWords, maxEncodedPairs: 1 })).stats.encoded).toBe(1);
  });

  it('is not asked where words leave nothing in doubt', async () => {
    const encoder: SentenceEncoder = () => Promise.reject(new Error('asked'));
    const documents = [
      { id: 'a', text: seeds[0]?.text as string },
      { id: 'b', text: seeds[0]?.text as string },
      { id: 'c', text: 'Rain is expected in the north by the weekend, forecasters in Oslo said on Tuesday.' },
    ];
    expect((await detector.detect(documents, { encoder })).stats.encoded).toBe(0);
    const copies = await createDetector({ level: 'document' });
    expect((await copies.detect(seeds, { encoder })).stats.encoded).toBe(0);
    expect((await detector.detect(seeds)).stats).not.toHaveProperty('encoded');
  });

  it('lowers the score of a pair whose sentences answer nothing, and changes no other', async () => {
    // The first halves of two rewrites of different reports of one event look like one another's digest.
    const documents = seeds.map(({ id, text }, n) => ({ id, text: n % 2 ? text.slice(0, text.length / 2) : text }));
    const byDefault = await createDetector();
    const without = await byDefault.detect(documents);
    const against = await byDefault.detect(documents, { encoder: unlike() });
    const named = ({ pairs }: typeof without) => pairs.map(({ a, b }) => `${a} ${b}`);
    expect(named(without).filter((pair) => !named(against).includes(pair))).toEqual(['001 003']);
    for (const pair of against.pairs) expect(without.pairs).toContainEqual(pair);
  });

  it('raises the score of a pair whose sentences answer each other, with passages that show it', async () => {
    const encoder: SentenceEncoder = async (sentences) =>
      sentences.map((sentence) => {
        const vector = new Float32Array(40);
        for (const { text } of seeds) {
          const place = text.replace(/\s+/g, ' ').indexOf(sentence) / text.length;
          if (place >= 0) vector[Math.floor(40 * place)] = 1;
        }
        return vector;
      });
    const without = await run({});
    const report = await run({ encoder });
    const raised = report.pairs.filter(({ a, b }) => !without.pairs.some((pair) => pair.a === a && pair.b === b));
    expect(raised.length).toBeGreaterThan(0);
    for (const { relation, score, passages } of raised) {
      expect(relation).toBe('rewrite');
      expect(score).toBeGreaterThanOrEqual(rewriteThreshold);
      expect(passages.length).toBeGreaterThan(0);
    }
  });

  it('asks about as many pairs as it may, those nearest to the threshold', async () => {
    const all = (await run({ encoder: byWords })).stats.encoded as number;
    const one = await run({ encoder: byWords, maxEncodedPairs: 1 });
    expect(all).toBeGreaterThan(1);
    expect(one.stats.encoded).toBe(1);
  });

  it('gives the same report in any order of documents, in memory and on threads', async () => {
    const expected = JSON.stringify(await run({ encoder: byWords }));
    expect(JSON.stringify(await detector.detect([...seeds].reverse(), { encoder: byWords }))).toBe(expected);
    for (const workers of [1, 3])
      expect(JSON.stringify(await detectOnThreads(seeds, { rewriteThreshold, workers, encoder: byWords }))).toBe(
        expected,
      );
  });

  it('takes a copy of the vectors, whose memory the encoder may use again', async () => {
    const expected = JSON.stringify(await run({ encoder: byWords }));
    const memory = new Float32Array(64 * 32);
    const encoder: SentenceEncoder = async (sentences) => {
      sentences.forEach((sentence, n) => void memory.set(vectorOf(sentence), 32 * n));
      return sentences.map((_, n) => memory.subarray(32 * n, 32 * n + 32));
    };
    expect(JSON.stringify(await run({ encoder }))).toBe(expected);
  });

  it('takes no harm where the encoder empties the array that it is given', async () => {
    const expected = JSON.stringify(await run({ encoder: byWords }));
    const encoder: SentenceEncoder = async (sentences) => {
      const vectors: Float32Array[] = [];
      while (sentences.length > 0) vectors.push(...sentences.splice(0, 10).map(vectorOf));
      return vectors;
    };
    expect(JSON.stringify(await run({ encoder }))).toBe(expected);
  });

  it.each<[string, unknown, RegExp]>([
    ['fails', () => Promise.reject(new Error('out of memory')), /failed on \d+ sentences: out of memory/],
    [
      'throws before it waits',
      () => {
        throw new Error('no session');
      },
      /no session/,
    ],
    ['gives no array', async () => new Float32Array(3), /gave an object \(Float32Array\)/],
    ['gives too few', async (s: string[]) => s.slice(1).map(vectorOf), /gave \d+ vectors/],
    ['gives plain arrays', async (s: string[]) => s.map((t) => [...vectorOf(t)]), /gave an array among them/],
    ['gives empty vectors', async (s: string[]) => s.map(() => new Float32Array(0)), /a vector of 0 numbers/],
    [
      'gives vectors of other lengths',
      async (s: string[]) => s.map((t, n) => vectorOf(t).slice(0, n === 1 ? 31 : 32)),
      /a vector of 31 numbers where others have 32/,
    ],
    ['gives what is not finite', async (s: string[]) => s.map(() => Float32Array.of(1, Number.NaN)), /not finite/],
  ])('says so when the encoder %s', async (_, encoder, message) => {
    const error = await thrown(run({ encoder: encoder as SentenceEncoder }));
    expect(error).toMatchObject({ code: 'ENCODER_FAILED', message: expect.stringMatching(message) });
  });

  it('does not take an encoder for an option of the detector, nor what is no function', async () => {
    expect(await thrown(createDetector({ encoder: byWords } as object))).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(await thrown(run({ encoder: 'minilm' as unknown as SentenceEncoder }))).toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
    expect(await thrown(run({ maxEncodedPairs: 0 }))).toMatchObject({ code: 'OUT_OF_RANGE' });
  });

  it('ends while the encoder is at work, with what is known by then where the caller wants it', async () => {
    const hanging = () => {
      const controller = new AbortController();
      const encoder: SentenceEncoder = () => {
        controller.abort('enough');
        return new Promise(() => {});
      };
      return { encoder, signal: controller.signal };
    };
    expect(await thrown(run(hanging()))).toMatchObject({ code: 'ABORTED', cause: 'enough' });
    const { stats, ...found } = await run({ ...hanging(), onAbort: 'report' });
    const { stats: without, ...expected } = await run({});
    expect(found).toEqual(expected);
    expect(stats).toEqual({ ...without, encoded: 0 });
  });

  it('does not wait for it beyond the time that the run has', async () => {
    const hurried = await createDetector({ rewriteThreshold, timeoutMs: 2000 });
    const error = await thrown(hurried.detect(seeds, { encoder: () => new Promise(() => {}) }));
    expect(error).toMatchObject({ code: 'TIMEOUT' });
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { detect } from '../../src/node/index.js';
import type { Progress, SourceDocument } from '../../src/types.js';

const seeds: SourceDocument[] = readdirSync('seeds')
  .sort()
  .map((id) => ({ id, text: readFileSync(`seeds/${id}`, 'utf8'), title: id, source: 'seeds' }));

/** The seeds, each also with page furniture, and texts beyond Latin-1, so that every kind of job has something to do. */
const corpus: SourceDocument[] = [
  ...seeds,
  ...seeds.map(({ id, text }) => ({ id: `page-${id}`, text: `Home\nNews\n${text}\nShare this story\nSign up here!` })),
  ...seeds.map(({ id, text }, n) => ({
    id: `half-${id}`,
    text: text.slice(0, text.length / 2),
    published: `2025-01-0${n + 1}`,
  })),
  { id: 'none', text: '' },
  { id: 'far', text: '人民日报 今天 报道。 \ud800 Привет, мир. 😀' },
];

const own = () => readdirSync(tmpdir()).filter((name) => name.startsWith('twicetold-detect-'));
const before = new Set(own());
afterEach(() => expect(own().filter((name) => !before.has(name))).toEqual([]));

describe('detect on threads', () => {
  it('gives byte for byte what one thread in memory gives, whatever the number of workers', async () => {
    const expected = JSON.stringify(await (await createDetector()).detect(corpus));
    expect(JSON.parse(expected).pairs.length).toBeGreaterThan(10);
    expect(JSON.parse(expected).boilerplate.length).toBeGreaterThan(2);
    for (const workers of [1, 2]) expect(JSON.stringify(await detect(corpus, { workers }))).toBe(expected);
    expect(JSON.stringify(await detect([...corpus].reverse(), { workers: 3 }))).toBe(expected);
  });

  it('takes options of the detector and of the run together', async () => {
    const seen = new Set<Progress['stage']>();
    const report = await detect(seeds, {
      workers: 2,
      linkage: 'single',
      onProgress: ({ stage, done, total }) => {
        seen.add(stage);
        if (total !== undefined) expect(done).toBeLessThanOrEqual(total);
      },
    });
    expect(report.clusters.map(({ linkage }) => linkage)).toEqual(['single', 'single']);
    expect([...seen]).toEqual(['read', 'candidates', 'compare', 'cluster']);
  });

  it('hands on the errors of its threads with their codes', async () => {
    const german = [...seeds, { id: 'de', text: 'Der Rat tagte.', language: 'de' }];
    await expect(detect(german, { workers: 2 })).rejects.toMatchObject({ code: 'UNSUPPORTED_LANGUAGE' });
    await expect(detect([...seeds, ...seeds], { workers: 2 })).rejects.toMatchObject({ code: 'DUPLICATE_ID' });
  });

  it.each(['read', 'candidates', 'compare', 'cluster'] as const)(
    'ends when its signal aborts in stage %s',
    async (at) => {
      const stop = new AbortController();
      const run = detect(corpus, {
        workers: 2,
        signal: stop.signal,
        onProgress: ({ stage }) => {
          if (stage === at) stop.abort();
        },
      });
      await expect(run).rejects.toMatchObject({ code: 'ABORTED' });
    },
  );

  it('hands on what its stream throws', async () => {
    const broken = new Error('the feed broke');
    async function* stream() {
      yield* seeds;
      throw broken;
    }
    await expect(detect(stream(), { workers: 2 })).rejects.toBe(broken);
  });

  it.each([
    [{ workers: 0 }, 'OUT_OF_RANGE'],
    [{ worker: 2 }, 'INVALID_ARGUMENT'],
    [null, 'INVALID_ARGUMENT'],
  ])('refuses the options %j', async (options, code) => {
    await expect(detect(seeds, options as object)).rejects.toMatchObject({ code });
  });
});

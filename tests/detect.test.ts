import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector, detect } from '../src/index.js';
import type { Progress, Report, SourceDocument, Span } from '../src/types.js';
import { anyText } from './arbitraries.js';
import { notices } from './spark/corpus.js';

const detector = await createDetector();
const seeds: SourceDocument[] = readdirSync('seeds')
  .sort()
  .map((id) => ({ id, text: readFileSync(`seeds/${id}`, 'utf8') }));

const SENTENCES = [
  'The city council of Porto voted on Monday to close the Arrábida bridge for 18 months.',
  'Engineer Rui Tavares found cracks in 14 of its 40 cables last winter.',
  'Lorries will be sent over the Freixo crossing, mayor Ana Sequeira said.',
  'According to mayor Ana Sequeira, the Freixo crossing will take the lorries.',
  'Shopkeepers at the river fear for their trade and ask for help from the state.',
  'Rain is expected in the north by the weekend, forecasters in Oslo said on Tuesday.',
  'Snow may fall above 800 metres, and drivers should fit winter tyres.',
  'A ferry with 412 passengers ran aground off Gotland at dawn.\n',
  '\nShare\nComments\n',
];

/** Small corpora in which sentences, whole texts and page furniture recur. */
const corpus = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.array(fc.constantFrom(...SENTENCES), { maxLength: 7 }).map((list) => list.join(' ')) },
      { weight: 1, arbitrary: anyText() },
    ),
    { maxLength: 7 },
  )
  .chain((texts) =>
    fc
      .uniqueArray(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom('__proto__', 'constructor', 'a', 'A')),
        {
          minLength: texts.length,
          maxLength: texts.length,
        },
      )
      .map((ids) => texts.map((text, i): SourceDocument => ({ id: ids[i] as string, text }))),
  );

const order = <T>(items: readonly T[]): T[] => [...items.slice(2).reverse(), ...items.slice(0, 2)];
const json = async (documents: Iterable<SourceDocument>): Promise<string> =>
  JSON.stringify(await detector.detect(documents));

describe('detect', () => {
  it('gives the same bytes for the same seeds in any order', async () => {
    const first = await json(seeds);
    expect(await json(seeds)).toBe(first);
    expect(await json([...seeds].reverse())).toBe(first);
    expect(await json(order(seeds))).toBe(first);
    expect(JSON.stringify(await (await createDetector()).detect(seeds))).toBe(first);
  });

  it('gives the same bytes for any documents in any order', async () => {
    await fc.assert(
      fc.asyncProperty(corpus, async (documents) => {
        expect(await json(order(documents))).toBe(await json(documents));
      }),
      { numRuns: 60 },
    );
  });

  it('reports spans that slice the texts they name, shares in [0, 1], and sorted lists, on any documents', async () => {
    await fc.assert(
      fc.asyncProperty(corpus, async (documents) => checkReport(documents, await detector.detect(documents))),
      { numRuns: 60 },
    );
  });

  it('takes arrays, iterables and async iterables alike', async () => {
    async function* stream() {
      for (const doc of seeds) yield doc;
    }
    const report = await detector.detect(seeds);
    expect(await detector.detect(new Set(seeds))).toEqual(report);
    expect(await detector.detect(stream())).toEqual(report);
    expect(await detect(seeds)).toEqual(report);
    expect(await detect(seeds, {}, {})).toEqual(report);
  });

  it('is not disturbed by a stream that fills one object again and again', async () => {
    function* reusing() {
      const doc = { id: '', text: '' };
      for (const { id, text } of seeds) yield Object.assign(doc, { id, text });
    }
    expect(await detector.detect(reusing())).toEqual(await detector.detect(seeds));
  });

  it('summarises documents as they were given', async () => {
    const report = await detector.detect([
      {
        id: 'b',
        text: 'One two. Three.',
        title: 'Numbers',
        published: '2025-06-02T20:00:00+02:00',
        source: 'Wire',
        copyright: 'Wire Ltd',
      },
      { id: 'a', text: '' },
    ]);
    expect(report.documents).toEqual([
      { id: 'a', language: 'en', words: 0, sentences: 0, repeats: [] },
      {
        id: 'b',
        title: 'Numbers',
        published: '2025-06-02T18:00:00.000Z',
        source: 'Wire',
        copyright: 'Wire Ltd',
        language: 'en',
        words: 3,
        sentences: 2,
        repeats: [],
      },
    ]);
    expect(report.stats).toEqual({
      documents: 2,
      words: 3,
      sentences: 2,
      candidates: 0,
      related: 0,
      cappedKeys: 0,
      lexicon: ['en'],
    });
  });

  it('reads each document in its language', async () => {
    const german = await createDetector({ languages: ['en', 'de'] });
    const report = await german.detect([
      { id: 'a', text: 'Am 3. Mai tagte der Rat.', language: 'de-AT' },
      { id: 'b', text: 'Am 3. Mai tagte der Rat.' },
    ]);
    expect(report.documents.map(({ language, sentences }) => [language, sentences])).toEqual([
      ['de', 1],
      ['en', 2],
    ]);
  });

  it('lets dates decide which text is the original', async () => {
    const text = SENTENCES.slice(0, 3).join(' ');
    const [pair] = (
      await detector.detect([
        { id: 'a', text, published: '2025-06-03' },
        { id: 'b', text, published: new Date('2025-06-02') },
      ])
    ).pairs;
    expect(pair).toMatchObject({ relation: 'duplicate', original: 'b' });
  });

  it('finds a planted copy and a planted rewrite of a story among other stories', async () => {
    const copy = SENTENCES.slice(0, 3).join(' ');
    const report = await detector.detect([
      { id: 'wire', text: copy },
      { id: 'copy', text: copy.toUpperCase() },
      {
        id: 'rewrite',
        text: 'The Freixo crossing will take the lorries, according to mayor Ana Sequeira. Last winter the engineer Rui Tavares had discovered that 14 of the 40 cables were cracked. Councillors in Porto decided on Monday that the Arrábida bridge would shut for 18 months.',
      },
      { id: 'weather', text: SENTENCES.slice(5, 7).join(' ') },
      { id: 'ferry', text: SENTENCES[7] as string },
    ]);
    expect(report.pairs.map(({ a, b, relation }) => [a, b, relation])).toEqual([
      ['copy', 'wire', 'duplicate'],
      expect.arrayContaining(['rewrite']),
      expect.arrayContaining(['rewrite']),
    ]);
    expect(report.clusters.map(({ members }) => members)).toEqual([['copy', 'rewrite', 'wire']]);
  });

  it('clusters as the linkage option says', async () => {
    for (const linkage of ['average', 'single', 'complete'] as const) {
      const report = await detect(seeds, { linkage });
      expect(report.clusters.map((cluster) => cluster.linkage)).toEqual([linkage, linkage]);
    }
  });

  it('reports its progress stage by stage, each to its end', async () => {
    const seen: Progress[] = [];
    await detector.detect(seeds, { onProgress: (progress) => seen.push({ ...progress }) });
    expect([...new Set(seen.map(({ stage }) => stage))]).toEqual(['read', 'candidates', 'compare', 'cluster']);
    for (const stage of ['candidates', 'compare', 'cluster'] as const) {
      const last = seen.filter((progress) => progress.stage === stage).at(-1);
      expect(last?.done).toBe(last?.total);
    }
    expect(seen.length).toBeLessThan(400);
  });

  it('ends at once when its signal was aborted before', async () => {
    const reason = new Error('changed my mind');
    let read = 0;
    function* counting() {
      for (const doc of seeds) {
        read++;
        yield doc;
      }
    }
    await expect(detector.detect(counting(), { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      name: 'TwicetoldError',
      code: 'ABORTED',
      cause: reason,
    });
    expect(read).toBe(0);
  });

  it.each(['read', 'candidates', 'compare', 'cluster'] as const)(
    'ends when its signal aborts in stage %s',
    async (at) => {
      const stop = new AbortController();
      const run = detector.detect(seeds, {
        signal: stop.signal,
        onProgress: ({ stage }) => {
          if (stage === at) stop.abort();
        },
      });
      await expect(run).rejects.toMatchObject({ code: 'ABORTED', message: expect.stringContaining(`stage ${at}`) });
    },
  );

  it('closes the stream that it reads when it ends early', async () => {
    let closed = false;
    async function* stream() {
      try {
        for (let i = 0; ; i++) yield { id: 'same', text: `Text ${i}.` };
      } finally {
        closed = true;
      }
    }
    await expect(detector.detect(stream())).rejects.toMatchObject({ code: 'DUPLICATE_ID' });
    expect(closed).toBe(true);
  });

  it('hands on what its stream and its listener throw', async () => {
    const broken = new Error('the feed broke');
    // biome-ignore lint/correctness/useYield: it breaks before it yields
    async function* stream(): AsyncGenerator<SourceDocument> {
      throw broken;
    }
    await expect(detector.detect(stream())).rejects.toBe(broken);
    const listener = () => {
      throw broken;
    };
    await expect(detector.detect(seeds, { onProgress: listener })).rejects.toBe(broken);
  });
});

function checkReport(documents: readonly SourceDocument[], report: Report): void {
  const texts = new Map(documents.map(({ id, text }) => [id, text]));
  const check = (id: string, { start, end }: Span) => {
    const length = texts.get(id)?.length ?? -1;
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThan(start);
    expect(end).toBeLessThanOrEqual(length);
  };
  const share = (x: number) => {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(1);
  };
  const ids = report.documents.map(({ id }) => id);
  expect(ids).toEqual([...texts.keys()].sort());
  for (const { id, repeats } of report.documents) {
    for (const { a, b, score } of repeats) {
      check(id, a);
      check(id, b);
      expect(a.end).toBeLessThanOrEqual(b.start);
      share(score);
    }
  }
  let strength = 1;
  for (const pair of report.pairs) {
    expect(pair.a < pair.b).toBe(true);
    expect(pair.relation).not.toBe('unrelated');
    expect(pair.score).toBeLessThanOrEqual(strength);
    strength = pair.score;
    for (const x of [pair.score, pair.resemblance, pair.containment.a, pair.containment.b]) share(x);
    for (const passage of pair.passages) {
      share(passage.score);
      check(pair.a, passage.a);
      check(pair.b, passage.b);
      for (const sentence of passage.sentences) {
        share(sentence.score);
        check(pair.a, sentence.a);
        check(pair.b, sentence.b);
      }
    }
  }
  for (const { members, representative, lowestScore, weakestLink } of report.clusters) {
    expect(members).toEqual([...members].sort());
    expect(members).toContain(representative);
    expect(members).toContain(weakestLink.a);
    expect(members).toContain(weakestLink.b);
    expect(lowestScore).toBeLessThanOrEqual(weakestLink.score);
  }
  for (const { members, representative } of report.passageClusters) {
    expect(members).toContainEqual(representative);
    for (const member of members) check(member.document, member);
  }
  for (const { occurrences, documents: count } of report.boilerplate) {
    expect(new Set(occurrences.map(({ document }) => document)).size).toBe(count);
    for (const place of occurrences) check(place.document, place);
  }
  expect(report.stats).toMatchObject({ documents: documents.length, related: report.pairs.length });
  expect(report.stats.candidates).toBeGreaterThanOrEqual(report.stats.related);
}

describe('an aborted run', () => {
  const story = (n: number) =>
    `The council of town ${n} voted on Monday to close bridge ${n} for repairs until spring ${n}. Engineers found cracks in ${n} pillars.`;
  const corpus = Array.from({ length: 120 }, (_, n) => ({ id: `${n}`, text: story(n >> 1) }));

  it('reports the pairs that were compared until then, where it is asked to', async () => {
    const whole = await detector.detect(corpus);
    const stop = new AbortController();
    const part = await detector.detect(corpus, {
      signal: stop.signal,
      onAbort: 'report',
      onProgress: ({ stage, done }) => {
        if (stage === 'compare' && done > 0) stop.abort();
      },
    });
    expect(part.documents).toEqual(whole.documents);
    expect(whole.pairs).toEqual(expect.arrayContaining(part.pairs));
    expect(part.pairs.length).toBeGreaterThan(0);
  });

  it('reports all where it is aborted while documents are clustered', async () => {
    const whole = await detector.detect(corpus);
    const clustering: number[] = [];
    const stop = new AbortController();
    const part = await detector.detect(corpus, {
      signal: stop.signal,
      onAbort: 'report',
      onProgress: ({ stage, done }) => {
        if (stage !== 'cluster') return;
        clustering.push(done);
        stop.abort();
      },
    });
    expect(part).toEqual(whole);
    expect(clustering[0]).toBe(0);
  });

  it('waits for a source that it leaves to close, with a signal too', async () => {
    let closed = false;
    async function* source() {
      try {
        for (;;) yield { id: 'a', text: 'Rain.' };
      } finally {
        await new Promise((resolve) => setTimeout(resolve, 20));
        closed = true;
      }
    }
    const { signal } = new AbortController();
    await expect(detector.detect(source(), { signal })).rejects.toMatchObject({ code: 'DUPLICATE_ID' });
    expect(closed).toBe(true);
  });

  it('does not wait for a source that gives nothing any more, and tells it', async () => {
    let told = false;
    const source = {
      given: 0,
      [Symbol.asyncIterator]() {
        return this;
      },
      next(): Promise<IteratorResult<{ id: string; text: string }>> {
        return this.given++ === 0
          ? Promise.resolve({ done: false, value: { id: 'a', text: 'Rain.' } })
          : new Promise(() => undefined);
      },
      return() {
        told = true;
        return new Promise<never>(() => undefined);
      },
    };
    const stop = new AbortController();
    const run = detector.detect(source, { signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    await expect(run).rejects.toMatchObject({
      code: 'ABORTED',
      message: expect.stringContaining('stage read, after 1'),
    });
    expect(told).toBe(true);
  });

  it('throws before anything was compared, and where it is not asked to', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(detector.detect(corpus, { signal: stop.signal, onAbort: 'report' })).rejects.toThrow(
      expect.objectContaining({ code: 'ABORTED' }),
    );
    await expect(detector.detect([], { onAbort: 'never' as never })).rejects.toThrow(/onAbort must be one of/);
  });
});

describe('what else is in a collection', () => {
  it('takes none of its papers from a story that nine of them tell', async () => {
    const brief =
      'Heavy snow closed schools and cut power to thousands of homes across the north on Friday. Drivers were urged to stay off the roads, where some had been trapped overnight. Forecasters expect a thaw by the middle of next week.';
    const edits: [string, string][] = [
      ['Heavy snow', 'Heavy snowfall'],
      ['cut power to thousands', 'left thousands without power'],
      ['Forecasters expect a thaw by', 'A thaw is forecast for'],
      ['Drivers were urged to stay off', 'Motorists were asked to avoid'],
      ['closed schools', 'shut schools'],
      ['where some had been trapped overnight', 'on which several spent the night in their cars'],
      ['across the north on Friday', 'in northern areas on Friday'],
      ['thousands of homes', 'thousands of houses'],
    ];
    const papers = [brief, ...edits.map(([from, to]) => brief.replace(from, to))];
    const { pairs } = await (await createDetector()).detect(papers.map((text, n) => ({ id: `paper ${n}`, text })));
    expect(pairs).toHaveLength(36);
  });

  it('asks more of two notices among many of other companies than of the two by themselves', async () => {
    const detector = await createDetector();
    const related = (report: { pairs: readonly { a: string; b: string }[] }) =>
      report.pairs.some(({ a, b }) => a === 'notice 0' && b === 'notice 1');
    expect(related(await detector.detect(notices().slice(0, 2)))).toBe(true);
    expect(related(await detector.detect(notices()))).toBe(false);
  });
});

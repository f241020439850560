import { beforeAll, describe, expect, it } from 'vitest';
import { compare, createDetector, type DetectorOptions, detect } from '../../src/index.js';
import { detect as detectOnNode } from '../../src/node/index.js';
import { withinTime } from '../../src/settings/deadline.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { wrapping } from '../../src/text/lines.js';
import { sentenceSpans } from '../../src/text/sentences.js';
import { TermTable } from '../../src/text/terms.js';
import { textLines } from '../../src/text/textlines.js';
import { wordColumns } from '../../src/text/wordcolumns.js';
import { thrownBy } from '../thrown.js';

const STORY =
  'The city council of Porto voted on Monday to close the Arrábida bridge for 18 months. Engineer Rui Tavares found cracks in 14 of its 40 cables last winter.';
const BYTES = new TextEncoder().encode(STORY).length;
const documents = (n: number) => Array.from({ length: n }, (_, d) => ({ id: `d${d}`, text: STORY }));
const refusal = (code: string, words: RegExp) =>
  expect.objectContaining({ name: 'TwicetoldError', code, message: expect.stringMatching(words) });
const both = (options: DetectorOptions, n: number) => [
  () => detect(documents(n), options),
  () => detectOnNode(documents(n), options),
];

/** Sentences of which no two are alike and all share words: what aligning takes longest for. */
function long(sentences: number): string {
  return Array.from(
    { length: sentences },
    (_, s) => `Number ${s} of the bridges in town ${s % 97} was closed by engineer ${s % 89} for ${s % 83} months.`,
  ).join(' ');
}

describe('maxDocumentBytes', () => {
  it('takes a text of just so many bytes of UTF-8, and not one of more', async () => {
    expect(BYTES).toBe(STORY.length + 1);
    const exact = await createDetector({ maxDocumentBytes: BYTES });
    expect(exact.compare(STORY, STORY).relation).toBe('duplicate');
    expect((await exact.detect(documents(2))).pairs).toHaveLength(1);
    exact.index().add({ id: 'a', text: STORY });

    const less = await createDetector({ maxDocumentBytes: BYTES - 1 });
    const tooLarge = refusal(
      'TOO_LARGE',
      new RegExp(`document "\\w*" has more than ${BYTES - 1} bytes.*maxDocumentBytes`),
    );
    expect(thrownBy(() => less.compare('short', STORY))).toEqual(tooLarge);
    expect(thrownBy(() => less.similarity('short', STORY))).toEqual(tooLarge);
    expect(thrownBy(() => less.sentenceSimilarities(STORY, 'short'))).toEqual(tooLarge);
    const index = less.index();
    expect(thrownBy(() => index.add({ id: 'a', text: STORY }))).toEqual(tooLarge);
    expect(thrownBy(() => index.query(STORY))).toEqual(tooLarge);
    expect([index.size, index.has('a')]).toEqual([0, false]);
    for (const run of both({ maxDocumentBytes: BYTES - 1 }, 1)) await expect(run()).rejects.toThrow(tooLarge);
  });

  it.each([
    ['a', 1],
    ['é', 2],
    ['漢', 3],
    ['😀', 4],
  ])('counts %s as %d', async (character, bytes) => {
    const text = character.repeat(5);
    await expect(compare(text, text, { maxDocumentBytes: 5 * bytes })).resolves.toBeDefined();
    await expect(compare(text, text, { maxDocumentBytes: 5 * bytes - 1 })).rejects.toThrow(
      refusal('TOO_LARGE', /bytes/),
    );
  });

  it('does not bar what an index holds already', async () => {
    const index = (await createDetector()).index();
    index.add({ id: 'wire', text: `${STORY} A second vote is due in May.` });
    const tight = (await createDetector({ maxDocumentBytes: BYTES })).index(index.toBuffer());
    expect(tight.query(STORY)).toMatchObject([{ b: 'wire' }]);
  });
});

describe('maxDocuments', () => {
  it('ends a run at one more, without reading the rest of the stream', async () => {
    let given = 0;
    function* endless() {
      for (;;) yield { id: `d${given++}`, text: STORY };
    }
    await expect(detect(endless(), { maxDocuments: 3 })).rejects.toThrow(refusal('TOO_MANY', /more than 3 documents/));
    expect(given).toBe(4);
    await expect(detectOnNode(endless(), { maxDocuments: 3 })).rejects.toThrow(refusal('TOO_MANY', /maxDocuments/));
    expect((await detect(documents(3), { maxDocuments: 3 })).documents).toHaveLength(3);
  });

  it('keeps an index from growing, and makes room when something is removed', async () => {
    const index = (await createDetector({ maxDocuments: 2 })).index();
    for (const doc of documents(2)) index.add(doc);
    const more = { id: 'more', text: STORY };
    expect(thrownBy(() => index.add(more))).toEqual(refusal('TOO_MANY', /more than 2 documents/));
    expect(index.query(STORY)).toHaveLength(2);
    index.remove('d0');
    index.add(more);
    expect(index.size).toBe(2);
  });

  it('bars a saved index that holds more', async () => {
    const index = (await createDetector()).index();
    for (const doc of documents(3)) index.add(doc);
    const buffer = index.toBuffer();
    expect((await createDetector({ maxDocuments: 3 })).index(buffer).size).toBe(3);
    const two = await createDetector({ maxDocuments: 2 });
    expect(thrownBy(() => two.index(buffer))).toEqual(refusal('TOO_MANY', /more than 2 documents/));
  });
});

describe('maxCandidates', () => {
  it('ends a run that would compare more pairs', async () => {
    const { stats } = await detect(documents(4));
    expect(stats.candidates).toBe(6);
    for (const run of both({ maxCandidates: 6 }, 4)) expect((await run()).pairs).toHaveLength(6);
    for (const run of both({ maxCandidates: 5 }, 4))
      await expect(run()).rejects.toThrow(refusal('TOO_MANY', /more than 5 candidate pairs.*maxCandidates/));
  });

  it('bounds a query, together with its own bound', async () => {
    const index = (await createDetector({ maxCandidates: 3 })).index();
    for (const doc of documents(8)) index.add(doc);
    expect(index.query(STORY)).toHaveLength(3);
    expect(index.query(STORY, { maxCandidates: 2 })).toHaveLength(2);
    expect(index.query(STORY, { maxCandidates: 8 })).toHaveLength(3);
  });
});

describe('timeoutMs', () => {
  const timeout = refusal('TIMEOUT', /took longer than timeoutMs, 1 ms/);
  const text = long(600);
  let english: Awaited<ReturnType<typeof loadLanguage>>;
  beforeAll(async () => {
    english = await loadLanguage('en');
  });

  it('ends what is synchronous: comparing, asking an index, adding to it', async () => {
    const detector = await createDetector({ timeoutMs: 1 });
    expect(thrownBy(() => detector.compare(text, text))).toEqual(timeout);
    expect(thrownBy(() => detector.similarity(text, text))).toEqual(timeout);
    expect(thrownBy(() => detector.sentenceSimilarities(text, text))).toEqual(timeout);
    const index = detector.index();
    expect(thrownBy(() => index.add({ id: 'long', text }))).toEqual(timeout);
    expect(thrownBy(() => index.query(text))).toEqual(timeout);
    expect(index.size).toBe(0);
    // The next call has its own time.
    expect(detector.compare('One.', 'Two.').relation).toBe('unrelated');
  });

  it.each<[string, (text: string) => unknown, string]>([
    ['splitting sentences', (text) => sentenceSpans(text, english), 'Word. '],
    ['looking for a margin', wrapping, 'word\n'],
    ['taking words', wordColumns, 'word '],
    ['taking lines', (text) => textLines(text, wordColumns(text)), 'word\n'],
    ['dividing Chinese', (text) => analyse(text, new TermTable(english)), '漢字の文。'],
  ])('ends %s', (_, step, piece) => {
    const long = piece.repeat(400_000);
    // Of a text without end in sight, not much more than was allowed is done.
    expect(thrownBy(() => withinTime(1, () => step(long)))).toEqual(timeout);
  });

  it('ends the report of an index, which can be asked again', async () => {
    const index = (await createDetector()).index();
    index.add({ id: 'long', text });
    index.add({ id: 'too', text: `${text} And so on.` });
    const hurried = (await createDetector({ timeoutMs: 1 })).index(index.toBuffer());
    expect(thrownBy(() => hurried.report())).toEqual(timeout);
    expect(thrownBy(() => hurried.query(text))).toEqual(timeout);
    expect(index.report().pairs).toHaveLength(1);
  });

  it('ends a run, in the midst of one comparison too', async () => {
    const pair = [
      { id: 'a', text },
      { id: 'b', text: `${text} And so on.` },
    ];
    await expect(detect(pair, { timeoutMs: 1 })).rejects.toThrow(timeout);
    await expect(detectOnNode(pair, { timeoutMs: 1 })).rejects.toThrow(timeout);
  });

  it('ends a run that waits for a document that does not come', async () => {
    async function* stalled() {
      yield { id: 'a', text: STORY };
      await new Promise(() => undefined);
    }
    await expect(detect(stalled(), { timeoutMs: 30 })).rejects.toThrow(refusal('TIMEOUT', /30 ms/));
    await expect(detectOnNode(stalled(), { timeoutMs: 30 })).rejects.toThrow(refusal('TIMEOUT', /30 ms/));
  });

  it('leaves what takes less alone', async () => {
    for (const run of both({ timeoutMs: 60_000 }, 2)) expect((await run()).pairs).toHaveLength(1);
  });

  it('ends a run that may report what it has when it is aborted, so that no report is a part without the caller knowing', async () => {
    const begun = performance.now();
    const onProgress = ({ stage, done }: { stage: string; done: number }) => {
      if (stage === 'compare' && done > 0) while (performance.now() < begun + 1500);
    };
    const slow = await createDetector({ timeoutMs: 1000 });
    const run = slow.detect(documents(8), { onAbort: 'report', onProgress });
    await expect(run).rejects.toThrow(refusal('TIMEOUT', /1000 ms/));
  });
});

describe('bounds', () => {
  it.each([
    ['maxDocumentBytes', 0],
    ['maxDocumentBytes', 2 ** 30 + 1],
    ['maxDocuments', 0],
    ['maxDocuments', 2 ** 32],
    ['maxCandidates', 0],
    ['maxCandidates', 1.5],
    ['timeoutMs', 0],
    ['timeoutMs', 2 ** 31],
    ['timeoutMs', Number.POSITIVE_INFINITY],
  ])('that make no sense are refused: %s %d', async (name, value) => {
    await expect(createDetector({ [name]: value })).rejects.toThrow(refusal('OUT_OF_RANGE', new RegExp(name)));
  });
});

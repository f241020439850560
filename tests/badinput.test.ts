import { describe, expect, it } from 'vitest';
import { compare, createDetector, type DetectorOptions, detect, type SourceDocument } from '../src/index.js';

const detector = await createDetector();
const refusal = (code: string, words: RegExp) =>
  expect.objectContaining({ name: 'TwicetoldError', code, message: expect.stringMatching(words) });
const report = (...texts: string[]) => detector.detect(texts.map((text, i) => ({ id: `d${i}`, text })));

const STORY =
  'The city council of Porto voted on Monday to close the Arrábida bridge for 18 months. Engineer Rui Tavares found cracks in 14 of its 40 cables last winter.';

describe('a corpus of no use', () => {
  it('that is empty gives an empty report', async () => {
    expect(await detector.detect([])).toEqual({
      documents: [],
      pairs: [],
      clusters: [],
      passageClusters: [],
      boilerplate: [],
      stats: { documents: 0, words: 0, sentences: 0, candidates: 0, related: 0, cappedKeys: 0, lexicon: [] },
    });
  });

  it.each([
    ['empty', ''],
    ['white space', ' \n\t\u00a0\u2028'],
    ['punctuation', '... “”. — !?'],
    ['NUL bytes', '\0\0\0'],
    ['lone surrogates', '\ud800\udc00'.split('').reverse().join('')],
  ])('of texts that are %s holds documents without words', async (_, text) => {
    const { documents, pairs } = await report(text, text, STORY);
    expect(documents.map(({ words, sentences }) => [words, sentences])).toEqual([
      [0, 0],
      [0, 0],
      [29, 2],
    ]);
    expect(pairs).toEqual([]);
    expect(detector.compare(text, text)).toMatchObject({ relation: 'unrelated', score: 0, passages: [] });
    expect(detector.similarity(text, text)).toBe(0);
  });

  it('of one word each finds the same word again', async () => {
    expect((await report('Word', 'word.', 'Other')).pairs).toMatchObject([{ a: 'd0', b: 'd1', relation: 'duplicate' }]);
    expect(detector.compare('Word', 'Other').relation).toBe('unrelated');
  });

  it('of texts without a sentence end is compared like any other', async () => {
    const text = STORY.replace(/\./g, '');
    expect((await report(text, `${text} as the mayor said`)).pairs).toMatchObject([{ relation: 'near-duplicate' }]);
  });
});

describe('text of any script', () => {
  it.each([
    [
      'Chinese',
      '市议会周一投票决定关闭这座旧桥进行维修，直到春天。工程师去年冬天发现四十根缆索中有十四根出现裂缝。卡车将绕行。',
    ],
    [
      'Japanese',
      '市議会は月曜日、古い橋を春まで閉鎖して修理することを決めた。技師は昨年の冬、ケーブルにひび割れを見つけた。',
    ],
    ['Thai', 'สภาเมืองลงมติเมื่อวันจันทร์ให้ปิดสะพานเก่าเพื่อซ่อมแซมจนถึงฤดูใบไม้ผลิ วิศวกรพบรอยร้าวเมื่อฤดูหนาวที่แล้ว'],
    [
      'Arabic',
      'صوت مجلس المدينة يوم الاثنين على إغلاق الجسر القديم للإصلاح حتى الربيع. وجد المهندس شقوقا في الكابلات الشتاء الماضي.',
    ],
    ['Hebrew', 'מועצת העיר הצביעה ביום שני לסגור את הגשר הישן לתיקונים עד האביב. המהנדס מצא סדקים בכבלים בחורף שעבר.'],
  ])('has its copies found: %s', async (_, text) => {
    const und = await createDetector({ languages: ['und'] });
    for (const each of [detector, und]) {
      const { pairs } = await each.detect([
        { id: 'a', text },
        { id: 'b', text: `${text}\n` },
        { id: 'c', text: STORY },
      ]);
      expect(pairs).toMatchObject([{ a: 'a', b: 'b', relation: 'duplicate', containment: { a: 1, b: 1 } }]);
      expect(pairs[0]?.passages.map(({ a }) => text.slice(a.start, a.end)).join('')).toContain(text.slice(0, 20));
    }
  });

  it('has an excerpt found among right-to-left marks and lone surrogates, with exact spans', () => {
    const wrapped = `\u202e\ud800${STORY}\udc00\u200f`;
    const found = detector.compare(STORY, wrapped);
    expect(found.relation).toBe('duplicate');
    const [passage] = found.passages;
    expect(STORY.slice(passage?.a.start, passage?.a.end)).toBe(STORY);
    expect(wrapped.slice(passage?.b.start, passage?.b.end)).toContain(STORY);
  });

  it('has its NUL bytes taken for spaces', () => {
    expect(detector.compare(STORY, STORY.replaceAll(' ', '\0')).relation).toBe('duplicate');
  });
});

describe('ids', () => {
  it('that objects have members of are ids like any other', async () => {
    const ids = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', '', '\ud800', 'a\0b'].sort();
    const { documents, pairs, clusters } = await detector.detect(ids.map((id) => ({ id, text: STORY })));
    expect(documents.map(({ id }) => id)).toEqual(ids);
    expect(pairs).toHaveLength((ids.length * (ids.length - 1)) / 2);
    expect(clusters.map(({ members }) => members)).toEqual([ids]);
  });

  it('that stand twice are refused, naming both places', async () => {
    const documents = ['x', 'y', 'x'].map((id) => ({ id, text: STORY }));
    await expect(detector.detect(documents)).rejects.toThrow(refusal('DUPLICATE_ID', /documents 1 and 3.*"x"/));
  });
});

describe('detector options', () => {
  const bad: [keyof DetectorOptions, unknown, string, RegExp][] = [
    ['languages', 'en', 'INVALID_ARGUMENT', /languages must be a non-empty array.*"en"/],
    ['languages', [], 'INVALID_ARGUMENT', /languages must be a non-empty array/],
    ['languages', [7], 'INVALID_ARGUMENT', /languages/],
    ['languages', ['tlh'], 'UNSUPPORTED_LANGUAGE', /"tlh" is not one of .*en, /],
    ['languages', ['__proto__'], 'UNSUPPORTED_LANGUAGE', /"__proto__"/],
    ['languages', [''], 'UNSUPPORTED_LANGUAGE', /""/],
    ['shingleSize', 0, 'OUT_OF_RANGE', /shingleSize must be a whole number from 1 to 12, got 0/],
    ['shingleSize', 13, 'OUT_OF_RANGE', /shingleSize/],
    ['shingleSize', 2.5, 'OUT_OF_RANGE', /shingleSize.*2\.5/],
    ['shingleSize', '3', 'INVALID_ARGUMENT', /shingleSize.*"3"/],
    ['permutations', 15, 'OUT_OF_RANGE', /permutations.*16 to 1024/],
    ['permutations', 1025, 'OUT_OF_RANGE', /permutations/],
    ['permutations', 128n, 'INVALID_ARGUMENT', /permutations.*128n/],
    ['seed', -1, 'OUT_OF_RANGE', /seed/],
    ['seed', 2 ** 32, 'OUT_OF_RANGE', /seed/],
    ['seed', {}, 'INVALID_ARGUMENT', /seed.*an object/],
    ['copyThreshold', 0.05, 'OUT_OF_RANGE', /copyThreshold must be a number from 0\.1 to 0\.95/],
    ['copyThreshold', 1, 'OUT_OF_RANGE', /copyThreshold/],
    ['copyThreshold', true, 'INVALID_ARGUMENT', /copyThreshold.*true/],
    ['maxKeyDocuments', 1, 'OUT_OF_RANGE', /maxKeyDocuments.*2 to 10000/],
    ['maxKeyDocuments', Number.POSITIVE_INFINITY, 'OUT_OF_RANGE', /maxKeyDocuments.*Infinity/],
    ['maxKeyDocuments', [], 'INVALID_ARGUMENT', /maxKeyDocuments.*an empty array/],
    ['minSharedKeys', 0, 'OUT_OF_RANGE', /minSharedKeys.*1 to 100/],
    ['minSharedKeys', 101, 'OUT_OF_RANGE', /minSharedKeys/],
    ['minSharedKeys', () => 3, 'INVALID_ARGUMENT', /minSharedKeys.*a function/],
    ['rewriteThreshold', 0.04, 'OUT_OF_RANGE', /rewriteThreshold.*0\.05 to 1/],
    ['rewriteThreshold', 1.01, 'OUT_OF_RANGE', /rewriteThreshold/],
    ['rewriteThreshold', Number.NaN, 'OUT_OF_RANGE', /rewriteThreshold.*NaN/],
    ['rewriteThreshold', Symbol('x'), 'INVALID_ARGUMENT', /rewriteThreshold.*a symbol/],
    ['linkage', 'ward', 'INVALID_ARGUMENT', /linkage must be one of 'average', 'single', 'complete', got "ward"/],
    ['linkage', 1, 'INVALID_ARGUMENT', /linkage/],
  ];

  it.each(bad)('refuse %s: %o', async (name, value, code, words) => {
    const options = { [name]: value } as DetectorOptions;
    await expect(createDetector(options)).rejects.toThrow(refusal(code, words));
    await expect(detect([], options)).rejects.toThrow(refusal(code, words));
    await expect(compare('a', 'b', options)).rejects.toThrow(refusal(code, words));
  });

  it.each([
    ['shingleSize', 1, 12],
    ['permutations', 16, 1024],
    ['seed', 0, 0xffffffff],
    ['copyThreshold', 0.1, 0.95],
    ['maxKeyDocuments', 2, 10_000],
    ['minSharedKeys', 1, 100],
    ['rewriteThreshold', 0.05, 1],
  ] as const)('take %s from %d to %d', async (name, least, most) => {
    for (const value of [least, most]) {
      const { pairs } = await detect(
        [
          { id: 'a', text: STORY },
          { id: 'b', text: STORY },
        ],
        { [name]: value },
      );
      expect(pairs).toMatchObject([{ relation: 'duplicate' }]);
    }
  });

  it('that are unknown are named, with those that are known', async () => {
    await expect(createDetector({ treshold: 0.5 } as DetectorOptions)).rejects.toThrow(
      refusal('INVALID_ARGUMENT', /"treshold".*copyThreshold/),
    );
    for (const options of [null, 'en', ['en'], 7])
      await expect(createDetector(options as DetectorOptions)).rejects.toThrow(
        refusal('INVALID_ARGUMENT', /an object/),
      );
    await expect(detector.detect([], { abort: true } as object)).rejects.toThrow(
      refusal('INVALID_ARGUMENT', /"abort".*onProgress, signal/),
    );
  });
});

describe('documents', () => {
  it.each([[undefined], [null], [7], ['a text'], [{}]])('must come in an iterable, not %o', async (documents) => {
    await expect(detector.detect(documents as unknown as SourceDocument[])).rejects.toThrow(
      refusal('INVALID_ARGUMENT', /documents must be an array, iterable or async iterable/),
    );
  });

  const bad: [unknown, RegExp][] = [
    [undefined, /document 2 must be (?:a text or )?an object with an id and a text, got undefined/],
    [null, /document 2.*null/],
    ['a text', /document 2.*"a text"/],
    [['id', 'text'], /id of document 2/],
    [{ text: 'x' }, /the id of document 2 must be a string, got undefined/],
    [{ id: 7, text: 'x' }, /the id of document 2.*7/],
    [{ id: 'b' }, /the text of document 2 \(id "b"\) must be a string, got undefined/],
    [{ id: 'b', text: new String('x') }, /text of document 2.*String/],
    [{ id: 'b', text: 'x', title: 7 }, /the title of document 2.*7/],
    [{ id: 'b', text: 'x', language: null }, /the language of document 2.*null/],
    [{ id: 'b', text: 'x', published: 'soon' }, /published of document 2 \(id "b"\).*2025-06-02.*"soon"/],
    [{ id: 'b', text: 'x', published: '' }, /published/],
    [{ id: 'b', text: 'x', published: new Date(Number.NaN) }, /published/],
    [{ id: 'b', text: 'x', published: null }, /published.*null/],
    [{ id: 'b', text: 'x', published: 1748887200 }, /published.*1748887200/],
    [{ id: 'b', text: 'x', published: [2025] }, /published.*an array/],
    [{ id: 'b', text: 'x', source: 7 }, /source of document 2 \(id "b"\) must be a string, got 7/],
  ];

  it.each(bad)('of another shape are refused: %o', async (doc, words) => {
    const documents = [{ id: 'a', text: STORY }, doc] as SourceDocument[];
    await expect(detector.detect(documents)).rejects.toThrow(refusal('INVALID_ARGUMENT', words));
    const named = new RegExp(words.source.replace('document 2', '(?:a|b)'));
    if (typeof doc !== 'string') {
      expect(() => detector.compare(doc as SourceDocument, STORY)).toThrow(refusal('INVALID_ARGUMENT', named));
      expect(() => detector.compare(STORY, doc as SourceDocument)).toThrow(refusal('INVALID_ARGUMENT', named));
    }
  });

  it('in a language that was not loaded are refused, saying how to load it', async () => {
    await expect(detector.detect([{ id: 'a', text: 'x', language: 'de' }])).rejects.toThrow(
      refusal('UNSUPPORTED_LANGUAGE', /document "a" is in language "de".*option languages/),
    );
  });

  it('are never shown whole in a message', async () => {
    const long = 'x'.repeat(1e6);
    const thrown = await detector.detect([{ id: long, text: 7 as unknown as string }]).catch((error: Error) => error);
    expect((thrown as Error).message.length).toBeLessThan(300);
  });

  it('must be sentences for similarity', () => {
    expect(() => detector.similarity(7 as unknown as string, 'b')).toThrow(refusal('INVALID_ARGUMENT', /sentenceA.*7/));
    expect(() => detector.similarity('a', undefined as unknown as string)).toThrow(
      refusal('INVALID_ARGUMENT', /sentenceB/),
    );
  });
});

describe('input of a size or shape that has hung text tools', () => {
  const PROSE = 'The two sides agreed on Monday to swap prisoners. ';

  /** CPU time of this process, which other work on the machine does not add to, in seconds. */
  async function cpuSeconds<T>(work: () => T | Promise<T>): Promise<[seconds: number, result: T]> {
    const before = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    return [(user + system) / 1e6, result];
  }

  /**
   * Runs `work` and expects it to take no longer than so many comparisons of prose of a length, or a second: code that is quadratic in
   * megabytes takes hundreds of times as long.
   */
  async function within<T>(times: number, length: number, work: () => T | Promise<T>): Promise<T> {
    const prose = PROSE.repeat(length / PROSE.length);
    const [usual] = await cpuSeconds(() => report(prose, STORY));
    const [seconds, result] = await cpuSeconds(work);
    expect(seconds).toBeLessThan(times * Math.max(usual, 1));
    return result;
  }

  it('a line of 5 MB without a space', async () => {
    const line = 'x'.repeat(5_000_000);
    expect((await within(2, 250_000, () => report(line, STORY))).stats.words).toBe(30);
    expect((await within(2, 250_000, () => detector.compare(line, STORY))).relation).toBe('unrelated');
  }, 120_000);

  it('a line of a megabyte of dotted words without a space', async () => {
    await within(5, 250_000, () => report('ab.'.repeat(333_333), STORY));
  }, 120_000);

  it('a quarter of a million sentences without words', async () => {
    const text = `${STORY}\n${'?!\n'.repeat(250_000)}`;
    const { documents } = await within(5, 250_000, () => report('. '.repeat(250_000), text));
    expect(documents.map(({ sentences }) => sentences)).toEqual([0, 2]);
  }, 120_000);

  it('one sentence repeated 5,000 times', async () => {
    const text = 'The council voted on Monday to close the old bridge for repairs. '.repeat(5000);
    expect((await within(20, 250_000, () => report(text, text))).pairs).toMatchObject([{ relation: 'duplicate' }]);
  }, 120_000);

  it('1,000 documents alike cost a few comparisons each, under any linkage', async () => {
    const documents = Array.from({ length: 1000 }, (_, i) => ({ id: `d${i}`, text: 'The council closed the bridge.' }));
    for (const linkage of ['average', 'single', 'complete'] as const) {
      const { stats } = await detect(documents, { linkage });
      expect(stats.candidates).toBeLessThan(2 * documents.length);
      expect(stats.related).toBe(stats.candidates);
    }
  });
});

describe('arguments of no use', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const unnamed = Object.create({
    constructor: {
      get name() {
        throw new Error('no name');
      },
    },
  });

  it.each<[string, () => unknown, RegExp]>([
    ['languages with a hole', () => createDetector({ languages: new Array(2) }), /languages must be/],
    [
      'a revoked proxy for an id',
      () => detector.compare({ id: proxy as string, text: STORY }, STORY),
      /the id of a must be/,
    ],
    ['a class without a name', () => compare(STORY, unnamed), /the id of b must be a string/],
    ['a String object', () => compare(new String(STORY) as never, STORY), /a must be an object with an id and a text/],
    [
      'what has only the prototype of a date',
      () => detector.detect([{ id: 'a', text: STORY, published: Object.create(Date.prototype) }]),
      /published of/,
    ],
  ])('are refused in a sentence: %s', async (_, call, words) => {
    await expect((async () => call())()).rejects.toThrow(refusal('INVALID_ARGUMENT', words));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate, type LabelledPair, renderCalibration } from '../../src/calibrate/index.js';
import { createDetector, TwicetoldError } from '../../src/index.js';
import '../arbitraries.js';

const WIRE =
  'The council voted on Monday to close the old bridge for repairs. Engineers found cracks in two of its pillars last week. Traffic will be led over the ring road until the spring.';
const PAIRS: LabelledPair[] = [
  {
    a: WIRE,
    b: 'The old bridge is to be closed for repairs, the council decided on Monday. Last week engineers had found cracks in two pillars. Until spring, traffic is led over the ring road.',
    same: true,
  },
  { a: WIRE, b: { id: 'copy', text: WIRE.toUpperCase() }, same: true },
  {
    a: WIRE,
    b: 'The museum opens its new wing on Friday with a show of early maps. Entry is free for a week.',
    same: false,
  },
  {
    a: 'Rain is expected in the north by the weekend.',
    b: 'The bank cut its rates by half a point on Tuesday.',
    same: false,
  },
];

async function* later<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield item;
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => (error instanceof TwicetoldError ? [error.code, error.message] : error),
  );

describe('calibrate', () => {
  it('scores documents as compare does, and finds a threshold that tells them apart', async () => {
    const detector = await createDetector();
    const calibration = await calibrate(PAIRS, { detector });
    expect(calibration.scores).toEqual(PAIRS.map(({ a, b }) => detector.compare(a, b).score));
    expect(calibration).toMatchObject({
      of: 'documents',
      pairs: 4,
      same: 2,
      wanted: 0.95,
      auc: 1,
      averagePrecision: 1,
    });
    expect(calibration.chosen).toMatchObject({ found: 2, right: 2, precision: 1, recall: 1, f1: 1 });
    expect(calibration.present.threshold).toBe(0.4);
    // The chosen threshold, given to a detector, finds what the curve says.
    const set = await createDetector({ rewriteThreshold: calibration.chosen?.threshold as number });
    expect(PAIRS.map(({ a, b }) => set.compare(a, b).relation !== 'unrelated')).toEqual(PAIRS.map(({ same }) => same));
  });

  it('knows the threshold that its detector was made with', async () => {
    const detector = await createDetector({ rewriteThreshold: 0.7 });
    expect((await calibrate(PAIRS, { detector })).present.threshold).toBe(0.7);
  });

  it('scores sentences as similarity does', async () => {
    const detector = await createDetector();
    const pairs = [
      { a: 'The court fined the bank 20m euros.', b: 'The bank was fined 20 million euros by a court.', same: true },
      { a: 'The court fined the bank.', b: { id: 'b', text: 'Rain is expected in the north.' }, same: false },
    ];
    const { scores, of } = await calibrate(later(pairs), { detector, of: 'sentences' });
    expect(of).toBe('sentences');
    expect(scores).toEqual([
      detector.similarity('The court fined the bank 20m euros.', 'The bank was fined 20 million euros by a court.'),
      detector.similarity('The court fined the bank.', 'Rain is expected in the north.'),
    ]);
  });

  it('chooses of all thresholds with the wanted precision the one that finds most', async () => {
    const pair = fc.record({ score: fc.integer({ min: 0, max: 100 }).map((n) => n / 100), same: fc.boolean() });
    const pairs = fc
      .array(pair, { minLength: 2, maxLength: 40 })
      .filter((list) => new Set(list.map(({ same }) => same)).size === 2);
    await fc.assert(
      fc.asyncProperty(pairs, fc.constantFrom(0.5, 0.8, 0.95, 1), async (list, precision) => {
        const { chosen, best, curve } = await calibrate(list, { precision });
        const good = curve.filter((point) => point.precision >= precision && point.right > 0);
        if (chosen === undefined) expect(good).toEqual([]);
        else {
          expect(chosen.precision).toBeGreaterThanOrEqual(precision);
          for (const point of good) expect(point.recall).toBeLessThanOrEqual(chosen.recall);
          expect(chosen.precisionInterval.low).toBeLessThanOrEqual(chosen.precision);
          expect(chosen.precisionInterval.high).toBeGreaterThanOrEqual(chosen.precision);
        }
        for (const point of curve) expect(point.f1).toBeLessThanOrEqual(best.f1);
      }),
    );
  });

  it('tells how far it is, and ends on a signal', async () => {
    const done: number[] = [];
    await calibrate(PAIRS, { onProgress: (n) => done.push(n) });
    expect(done).toEqual([1, 2, 3, 4]);
    const stop = new AbortController();
    const ended = calibrate(later(PAIRS), { signal: stop.signal, onProgress: () => stop.abort() });
    expect(await codeOf(ended)).toEqual(['ABORTED', 'the calibration was aborted']);
    // While it waits for a pair that does not come, too.
    const never = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) };
    const waiting = new AbortController();
    setTimeout(() => waiting.abort(), 20);
    expect(await codeOf(calibrate(never, { signal: waiting.signal }))).toEqual([
      'ABORTED',
      'the calibration was aborted',
    ]);
  });

  it('names the pair that is none, and the option', async () => {
    const scored = [
      { score: 1, same: true },
      { score: 0, same: false },
    ];
    const detector = await createDetector({ maxDocumentBytes: 10 });
    const cases: [Promise<unknown>, string, RegExp][] = [
      [calibrate([...scored, 7 as never]), 'INVALID_ARGUMENT', /^pair 3 must be an object/],
      [
        calibrate([{ a: '', b: '', same: 1 as never }]),
        'INVALID_ARGUMENT',
        /^pair 1: same must be true or false, got 1/,
      ],
      [
        calibrate([{ a: 1 as never, b: '', same: true, name: 'row 9' }]),
        'INVALID_ARGUMENT',
        /^row 9: a must be a text/,
      ],
      [calibrate([{ score: 2, same: true }]), 'OUT_OF_RANGE', /^the score of pair 1 must be a number from 0 to 1/],
      [calibrate(PAIRS, { detector }), 'TOO_LARGE', /^pair 1: the text of document "a"/],
      [calibrate([{ score: 1, same: true }]), 'INVALID_ARGUMENT', /pairs that do not, got 1 and 0$/],
      [calibrate([]), 'INVALID_ARGUMENT', /got 0 and 0$/],
      [calibrate(7 as never), 'INVALID_ARGUMENT', /^pairs must be labelled pairs, got 7/],
      [calibrate(scored, { precision: 0 }), 'OUT_OF_RANGE', /^precision must be/],
      [calibrate(scored, { of: 'words' as never }), 'INVALID_ARGUMENT', /^of must be one of 'documents', 'sentences'/],
      [
        calibrate(scored, { detector: createDetector() as never }),
        'INVALID_ARGUMENT',
        /awaited, got an object \(Promise\)/,
      ],
      [calibrate(scored, { threshold: 1 } as never), 'INVALID_ARGUMENT', /has no option "threshold"/],
      [calibrate(scored, { onProgress: 1 as never }), 'INVALID_ARGUMENT', /onProgress must be a function/],
      [calibrate(scored, { signal: 1 as never }), 'INVALID_ARGUMENT', /signal must be an AbortSignal/],
    ];
    for (const [promise, code, message] of cases)
      expect(await codeOf(promise)).toEqual([code, expect.stringMatching(message)]);
  });
});

describe('renderCalibration', () => {
  it('draws the curve, the thresholds and the tenths that have pairs', async () => {
    const calibration = await calibrate([
      { score: 0.95, same: true },
      { score: 0.65, same: false },
      { score: 0.6, same: true },
      { score: 0.1, same: false },
    ]);
    const svg = renderCalibration(calibration, { width: 500 });
    expect(svg).toMatch(/^<svg [^>]*width="500"[\s\S]*<\/svg>\n$/);
    expect(svg).not.toMatch(/NaN|undefined|<script|href/);
    expect(svg).toContain('chosen threshold: 0.80');
    expect(svg).toContain('present threshold: 0.50');
    // Two thresholds, each in the legend too, and three tenths.
    expect(svg.match(/<circle/g)).toHaveLength(7);
    expect(renderCalibration(calibration, { width: 500 })).toBe(svg);
  });

  it('draws none where no threshold was found, and refuses options that it does not know', async () => {
    const calibration = await calibrate([
      { score: 0.9, same: false },
      { score: 0.1, same: true },
    ]);
    expect(renderCalibration(calibration)).not.toContain('chosen threshold');
    expect(() => renderCalibration(calibration, { width: 1 })).toThrow(/width must be/);
    expect(() => renderCalibration(calibration, { height: 1 } as never)).toThrow(/no option "height"/);
  });
});

describe('renderCalibration', () => {
  it('says what is wrong in what it is given', async () => {
    const calibration = await calibrate([
      { score: 0.9, same: true },
      { score: 0.1, same: false },
    ]);
    for (const [wrong, words] of [
      [{ ...calibration, reliability: [null] }, /in which reliability\[0\] must be an object/],
      [{ ...calibration, present: { ...calibration.present, recall: Number.NaN } }, /present\.recall must be a number/],
    ] as const)
      expect(() => renderCalibration(wrong as never)).toThrow(words);
  });

  it.each([[null], [{}], ['curve']])('refuses what calibrate does not give: %j', (given) => {
    expect(() => renderCalibration(given as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(/what calibrate gives/) }),
    );
  });
});

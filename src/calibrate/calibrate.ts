import { orAborted, valuesOf } from '../corpus/waiting.js';
import type { Detector } from '../detector.js';
import { checkChoice, checkNumber, checkOptions, describe, TwicetoldError } from '../errors.js';
import { createDetector } from '../ondemand.js';
import type { SourceDocument } from '../types.js';
import {
  areaUnderRoc,
  averagePrecision,
  type CurvePoint,
  type LabelledScore,
  pointAt,
  precisionRecall,
} from './curve.js';
import { shareInterval } from './interval.js';
import { type ReliabilityBin, reliability } from './reliability.js';

/** Two texts, and what a person says of them. */
export interface LabelledPair {
  a: string | SourceDocument;
  b: string | SourceDocument;
  /** Whether the two tell the same: the one is made from the other, or both from a third. */
  same: boolean;
  /** How the pair is called in errors. Default `pair 1` and so on. */
  name?: string;
}

/** Settings of {@link calibrate}. */
export interface CalibrateOptions {
  /** What scores the pairs. Default: `await createDetector()`. */
  detector?: Detector;
  /** What the pairs are: `documents`, scored by `detector.compare(a, b).score`; `sentences`, by `detector.similarity(a, b)`. Default `'documents'`. */
  of?: 'documents' | 'sentences';
  /** The precision that the chosen threshold shall have, in (0, 1]. Default 0.95. */
  precision?: number;
  /** Called after each pair. */
  onProgress?: (done: number) => void;
  /** Ends the calibration with a `TwicetoldError` of code `ABORTED`. */
  signal?: AbortSignal;
}

/** A point of the curve, with how sure its figures are. */
export interface ChosenPoint extends CurvePoint {
  /** Where the precision lies at 95 % confidence, as far as so few pairs can tell. */
  precisionInterval: { low: number; high: number };
  /** The same for the recall. */
  recallInterval: { low: number; high: number };
}

/** What labelled pairs say of scores and thresholds. */
export interface Calibration {
  of: 'documents' | 'sentences';
  /** Pairs, and how many of them tell the same. */
  pairs: number;
  same: number;
  /** The precision that was asked for. */
  wanted: number;
  /** The threshold with that precision that finds most; undefined where none has it. */
  chosen?: ChosenPoint;
  /** The threshold with the best F1. */
  best: ChosenPoint;
  /** What the detector's own threshold finds: `rewriteThreshold` for documents, 0.5 for sentences and for scores. */
  present: ChosenPoint;
  /** What each threshold finds, highest first. */
  curve: CurvePoint[];
  /** Mean precision over all recalls, in [0, 1]. */
  averagePrecision: number;
  /** Probability that a pair that tells the same scores more than one that does not, in [0, 1]. */
  auc: number;
  /** What a score means, by tenths of the scale. */
  reliability: ReliabilityBin[];
  /** The pairs' scores, in their order. */
  scores: number[];
}

/**
 * Says what scores mean on your own data: pairs that you labelled are scored, and out comes what each threshold finds and how
 * much of that is right, the threshold for a wanted precision, and how often pairs of a score are the same. Give a threshold for documents to
 * `createDetector({ rewriteThreshold })`. Fifty pairs of each kind are few, and the intervals say so.
 *
 * Cost: one comparison a pair; pairs are read one after the other, and only their scores are kept.
 *
 * @param pairs labelled pairs of texts; or scores with labels, where something else scored them. Some must be the same and some not
 * @param options the detector, the wanted precision, and what the pairs are
 * @returns the curve, the thresholds, and what scores mean
 * @throws TwicetoldError `INVALID_ARGUMENT` where a pair is none, naming it, or where all labels are alike; `OUT_OF_RANGE`; what the
 * comparison throws (`TOO_LARGE`, `TIMEOUT`), naming the pair; `ABORTED`
 *
 * @example
 * ```ts
 * import { calibrate } from 'twicetold/calibrate';
 * const wire = 'The council voted on Monday to close the old bridge. Repairs will take until the spring.';
 * const { chosen } = await calibrate([
 *   { a: wire, b: 'On Monday the council voted to close the old bridge. The repairs take until spring.', same: true },
 *   { a: wire, b: `${wire} A second vote is due in May.`, same: true },
 *   { a: wire, b: 'The museum opens its new wing on Friday with a show of early maps.', same: false },
 * ]);
 * console.log(chosen?.found, chosen?.precision, chosen?.recall); // 2 1 1
 *
 * const scored = await calibrate([{ score: 0.9, same: true }, { score: 0.7, same: false }, { score: 0.6, same: true }]);
 * console.log(scored.chosen?.threshold, scored.best.threshold); // 0.8 0.3
 * ```
 */
export async function calibrate(
  pairs: Iterable<LabelledPair | LabelledScore> | AsyncIterable<LabelledPair | LabelledScore>,
  options: CalibrateOptions = {},
): Promise<Calibration> {
  const { of, wanted, onProgress, signal } = checked(options);
  if (typeof pairs !== 'object' || pairs === null || !(Symbol.iterator in pairs || Symbol.asyncIterator in pairs))
    throw new TwicetoldError('INVALID_ARGUMENT', `pairs must be labelled pairs, got ${describe(pairs)}`);
  let { detector } = options;
  let texts = 0;
  const labelled: LabelledScore[] = [];
  const aborted = () => new TwicetoldError('ABORTED', 'the calibration was aborted', { cause: signal?.reason });
  // The signal ends the waiting for the next pair, too.
  const source =
    signal !== undefined && Symbol.asyncIterator in pairs
      ? valuesOf(pairs, (value) => orAborted(value, signal, aborted))
      : pairs;
  for await (const pair of source) {
    if (signal?.aborted) throw aborted();
    const name = nameOf(pair, labelled.length);
    if (!('score' in pair)) {
      texts++;
      detector ??= await createDetector();
    }
    labelled.push({ score: scoreOf(pair, name, of, detector as Detector), same: pair.same });
    onProgress?.(labelled.length);
  }
  const same = labelled.filter((pair) => pair.same).length;
  if (same === 0 || same === labelled.length)
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `calibrating takes pairs that tell the same and pairs that do not, got ${same} and ${labelled.length - same}`,
    );
  const curve = precisionRecall(labelled);
  const enough = curve.filter(({ precision, right }) => precision >= wanted && right > 0);
  const chosen = enough.at(-1);
  const withIntervals = (point: CurvePoint) => sure(point, same);
  const threshold = of === 'documents' && texts > 0 ? (detector as Detector).rewriteThreshold : 0.5;
  return {
    of,
    pairs: labelled.length,
    same,
    wanted,
    ...(chosen === undefined ? {} : { chosen: withIntervals(chosen) }),
    best: withIntervals(curve.reduce((x, y) => (y.f1 > x.f1 ? y : x))),
    present: withIntervals(pointAt(labelled, threshold)),
    curve,
    averagePrecision: averagePrecision(curve),
    auc: areaUnderRoc(labelled),
    reliability: reliability(labelled),
    scores: labelled.map(({ score }) => score),
  };
}

function checked(options: CalibrateOptions) {
  checkOptions('calibrate options', options, ['detector', 'of', 'precision', 'onProgress', 'signal']);
  const { detector, onProgress, signal } = options;
  if (detector !== undefined && typeof detector?.compare !== 'function')
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `detector must be what createDetector gives, awaited, got ${describe(detector)}`,
    );
  if (onProgress !== undefined && typeof onProgress !== 'function')
    throw new TwicetoldError('INVALID_ARGUMENT', `onProgress must be a function, got ${describe(onProgress)}`);
  if (signal !== undefined && typeof signal?.aborted !== 'boolean')
    throw new TwicetoldError('INVALID_ARGUMENT', `signal must be an AbortSignal, got ${describe(signal)}`);
  return {
    of: checkChoice('of', options.of ?? 'documents', ['documents', 'sentences'] as const),
    wanted: checkNumber('precision', options.precision ?? 0.95, 0.01, 1),
    onProgress,
    signal,
  };
}

function nameOf(pair: LabelledPair | LabelledScore, n: number): string {
  const numbered = `pair ${n + 1}`;
  if (typeof pair !== 'object' || pair === null)
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `${numbered} must be an object with a, b and same, got ${describe(pair)}`,
    );
  const { name } = pair as LabelledPair;
  if (typeof pair.same !== 'boolean')
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `${name ?? numbered}: same must be true or false, got ${describe(pair.same)}`,
    );
  return name ?? numbered;
}

function scoreOf(
  pair: LabelledPair | LabelledScore,
  name: string,
  of: 'documents' | 'sentences',
  detector: Detector,
): number {
  if ('score' in pair) return checkNumber(`the score of ${name}`, pair.score, 0, 1);
  try {
    if (of === 'documents') return detector.compare(pair.a, pair.b).score;
    return detector.similarity(textOf(pair.a), textOf(pair.b));
  } catch (cause) {
    if (!(cause instanceof TwicetoldError)) throw cause;
    throw new TwicetoldError(cause.code, `${name}: ${cause.message}`, { cause });
  }
}

function textOf(text: string | SourceDocument): string {
  return typeof text === 'object' && text !== null ? text.text : text;
}

function sure(point: CurvePoint, same: number): ChosenPoint {
  const [precision, recall] = [shareInterval(point.right, point.found), shareInterval(point.right, same)];
  return {
    ...point,
    precisionInterval: { low: precision[0], high: precision[1] },
    recallInterval: { low: recall[0], high: recall[1] },
  };
}

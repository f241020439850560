import type { Detector } from './detector.js';
import { checkOptions } from './errors.js';
import { splitOptions } from './settings/runoptions.js';
import type { CompareOptions, Comparison, DetectorOptions, Report, RunOptions, SourceDocument } from './types.js';

/*
 * What a detector needs is loaded with the first one, so that importing the library, or signing alone, costs nothing of it.
 */

/**
 * Makes a detector: checks its options and loads its languages, with the lexicons there are for them.
 *
 * @param options see {@link DetectorOptions}; all have defaults
 * @returns a detector, once its languages are loaded; the first that loads the English lexicon takes about 0.1 s of processor time for it
 * @throws TwicetoldError `INVALID_ARGUMENT`, `OUT_OF_RANGE` or `UNSUPPORTED_LANGUAGE`, naming the option
 *
 * @example
 * ```ts
 * import { createDetector } from 'twicetold';
 * const detector = await createDetector({ languages: ['en', 'de'] });
 * console.log(detector.compare('One text.', 'Quite another.').relation); // unrelated
 * ```
 */
export async function createDetector(options: DetectorOptions = {}): Promise<Detector> {
  const { makeDetector } = await import('./detector.js');
  return makeDetector(options);
}

let shared: Promise<Detector> | undefined;

/** The detector of calls without options, made on first use. */
function detectorFor(options: DetectorOptions | undefined): Promise<Detector> {
  if (options !== undefined) return createDetector(options);
  shared ??= createDetector();
  return shared;
}

/**
 * Compares two texts with a detector made for the call, or the default one: see {@link Detector.compare}.
 *
 * @param a a text, or a document
 * @param b likewise
 * @param options see {@link DetectorOptions} and {@link CompareOptions}
 * @returns the comparison
 * @throws TwicetoldError as {@link createDetector} and {@link Detector.compare}
 *
 * @example
 * ```ts
 * import { compare } from 'twicetold';
 * const text = 'The council voted on Monday to close the old bridge for repairs until the spring.';
 * console.log((await compare(text, text)).relation); // duplicate
 * ```
 */
export async function compare(
  a: string | SourceDocument,
  b: string | SourceDocument,
  options: DetectorOptions & CompareOptions = {},
): Promise<Comparison> {
  // Before it is taken apart; what is in it the detector checks.
  if (typeof options !== 'object' || options === null) checkOptions('compare options', options, []);
  const { evidence, ...rest } = options;
  const detector = await detectorFor(Object.keys(rest).length > 0 ? rest : undefined);
  return detector.compare(a, b, evidence === undefined ? {} : { evidence });
}

/**
 * Finds what is told twice in a corpus with a detector made for the call, or the default one: see {@link Detector.detect}.
 *
 * @param documents the corpus
 * @param options see {@link DetectorOptions} and {@link RunOptions}: progress and cancellation, an encoder for the pairs that words leave in doubt
 * @param run options of the run that are kept apart; they come before those in `options`
 * @returns the report
 * @throws TwicetoldError as {@link createDetector} and {@link Detector.detect}
 *
 * @example
 * ```ts
 * import { detect } from 'twicetold';
 * const report = await detect([{ id: 'a', text: 'One text.' }, { id: 'b', text: 'Quite another.' }]);
 * console.log(report.documents.length, report.pairs.length); // 2 0
 * ```
 */
export async function detect(
  documents: Iterable<SourceDocument> | AsyncIterable<SourceDocument>,
  options: DetectorOptions & RunOptions = {},
  run: RunOptions = {},
): Promise<Report> {
  // What is no object is refused where options are checked.
  if (typeof options !== 'object' || options === null) return (await createDetector(options)).detect(documents, run);
  const own = splitOptions(options);
  const detector = await detectorFor(Object.keys(own.rest).length > 0 ? own.rest : undefined);
  return detector.detect(documents, { ...own.run, ...run });
}

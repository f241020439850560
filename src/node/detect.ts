import { createAnalyser } from '../corpus/analyser.js';
import { detectIn } from '../detect.js';
import { describe, TwicetoldError } from '../errors.js';
import { loadLexicons } from '../lexicon/all.js';
import { checkRunOptions, resolveOptions } from '../settings/options.js';
import { splitOptions } from '../settings/runoptions.js';
import type { DetectorOptions, Report, RunOptions, SourceDocument } from '../types.js';
import { threadCrew } from './crew.js';

/** Options of a run on threads: those of the detector and those of the run. */
export interface NodeDetectOptions extends DetectorOptions, RunOptions {}

/**
 * Finds what is told twice in a corpus, as `detect` of `twicetold` does, for corpora larger than memory: what documents are
 * compared by is kept in a temporary file, and `workers` threads take them apart and compare them. The report is byte for byte
 * that of one thread.
 *
 * The file takes about five times the text, in the system's folder for temporary files; it is gone when the run ends, in
 * whatever way. `npm run bench -- corpus` measures time and memory by size.
 *
 * @param documents an array, iterable or async iterable, read once; ids must be unique
 * @param options those of the detector and of the run, all in one
 * @returns the report
 * @throws TwicetoldError as `detect` of `twicetold`; `UNWRITABLE` when the file cannot be written, `WORKER_FAILED` when a thread
 * ended with an error, `ENCODER_FAILED`
 *
 * @example
 * ```ts
 * import { detect } from 'twicetold/node';
 * const story = 'The council voted on Monday to close the old bridge. Repairs will take until the spring, engineers said.';
 * const report = await detect([{ id: 'a', text: story }, { id: 'b', text: story }], { workers: 2 });
 * console.log(report.pairs[0]?.relation); // duplicate
 * ```
 */
export async function detect(
  documents: Iterable<SourceDocument> | AsyncIterable<SourceDocument>,
  options: NodeDetectOptions = {},
): Promise<Report> {
  if (typeof options !== 'object' || options === null)
    throw new TwicetoldError('INVALID_ARGUMENT', `options must be an object, got ${describe(options)}`);
  const { run, rest } = splitOptions(options);
  checkRunOptions(run);
  const settings = resolveOptions(rest);
  const lexicons = await loadLexicons(settings.languages, settings.lexicon);
  const crew = await threadCrew(settings, await createAnalyser(settings, lexicons), lexicons, run.workers ?? 1);
  try {
    return await detectIn(documents, crew, settings, run);
  } finally {
    await crew.close();
  }
}

import { checkChoice, checkInteger, checkNumber, checkOptions, describe, TwicetoldError } from '../errors.js';
import { publishedAt } from '../published.js';
import { type Banding, bandsFor } from '../sketch/bands.js';
import { seedOf } from '../sketch/seed.js';
import type { CompareOptions, DetectorOptions, Linkage, Provenance, RunOptions, SourceDocument } from '../types.js';
import { RUN_OPTIONS } from './runoptions.js';

/** What a relation must reach to be a rewrite where no option says otherwise. */
export const REWRITE_THRESHOLD = 0.4;

/** Bytes of a text that are taken where nothing else is said: what a file may have that is held whole. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** Options with every default filled in. */
export interface Settings {
  readonly languages: readonly string[];
  readonly shingleSize: number;
  readonly permutations: number;
  readonly seed: number;
  readonly copyThreshold: number;
  readonly banding: Banding;
  readonly maxKeyDocuments: number;
  readonly minSharedKeys: number;
  readonly rewriteThreshold: number;
  readonly lexicon: boolean;
  readonly level: 'passage' | 'document';
  readonly linkage: Linkage;
  readonly maxDocumentBytes: number;
  readonly maxDocuments: number;
  readonly maxCandidates: number;
  readonly timeoutMs: number | undefined;
}

/** The names of a detector's options: those of the API, of the configuration file and of the command line. */
export const DETECTOR_OPTIONS = [
  'languages',
  'shingleSize',
  'permutations',
  'seed',
  'copyThreshold',
  'maxKeyDocuments',
  'minSharedKeys',
  'rewriteThreshold',
  'lexicon',
  'level',
  'linkage',
  'maxDocumentBytes',
  'maxDocuments',
  'maxCandidates',
  'timeoutMs',
] as const satisfies readonly (keyof DetectorOptions)[];

/** Checks a detector's options and fills in the defaults. */
export function resolveOptions(options: DetectorOptions = {}): Settings {
  checkOptions('detector options', options, DETECTOR_OPTIONS);
  const languages = options.languages ?? ['en'];
  if (!Array.isArray(languages) || languages.length === 0 || ![...languages].every((tag) => typeof tag === 'string'))
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `languages must be a non-empty array of language tags such as 'en', got ${describe(languages)}`,
    );
  const lexicon = options.lexicon ?? true;
  if (typeof lexicon !== 'boolean')
    throw new TwicetoldError('INVALID_ARGUMENT', `lexicon must be true or false, got ${describe(lexicon)}`);
  const copyThreshold = checkNumber('copyThreshold', options.copyThreshold ?? 0.5, 0.1, 0.95);
  const permutations = checkInteger('permutations', options.permutations ?? 128, 16, 1024);
  return {
    languages,
    shingleSize: checkInteger('shingleSize', options.shingleSize ?? 3, 1, 12),
    permutations,
    seed: seedOf(options.seed),
    copyThreshold,
    banding: bandsFor(copyThreshold, permutations),
    maxKeyDocuments: checkInteger('maxKeyDocuments', options.maxKeyDocuments ?? 50, 2, 10_000),
    minSharedKeys: checkInteger('minSharedKeys', options.minSharedKeys ?? 3, 1, 100),
    rewriteThreshold: checkNumber('rewriteThreshold', options.rewriteThreshold ?? REWRITE_THRESHOLD, 0.05, 1),
    lexicon,
    level: checkChoice('level', options.level ?? 'passage', ['passage', 'document'] as const),
    linkage: checkChoice('linkage', options.linkage ?? 'average', ['average', 'single', 'complete'] as const),
    maxDocumentBytes: checkInteger('maxDocumentBytes', options.maxDocumentBytes ?? MOST_BYTES, 1, 2 ** 30),
    maxDocuments: checkInteger('maxDocuments', options.maxDocuments ?? 0xffffffff, 1, 0xffffffff),
    maxCandidates: checkInteger('maxCandidates', options.maxCandidates ?? 0xffffffff, 1, 0xffffffff),
    // The longest that a timer runs.
    timeoutMs:
      options.timeoutMs === undefined ? undefined : checkInteger('timeoutMs', options.timeoutMs, 1, 0x7fffffff),
  };
}

/**
 * Throws unless `value` is a document: an object with a string `id`, a string `text`, and what else it has of the right
 * type. Returns a copy, so that what the caller does to the object later changes nothing.
 */
export function checkDocument(name: string, value: unknown): SourceDocument {
  if (typeof value !== 'object' || value === null || value instanceof String)
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `${name} must be an object with an id and a text, got ${describe(value)}`,
    );
  const { id, text, title, published, language } = value as Partial<Record<keyof SourceDocument, unknown>>;
  const carried = provenanceOf(value as Partial<Record<keyof Provenance, unknown>>, describe(id), name);
  if (typeof id !== 'string')
    throw new TwicetoldError('INVALID_ARGUMENT', `the id of ${name} must be a string, got ${describe(id)}`);
  const named = `${name} (id ${describe(id)})`;
  if (typeof text !== 'string')
    throw new TwicetoldError('INVALID_ARGUMENT', `the text of ${named} must be a string, got ${describe(text)}`);
  if (title !== undefined && typeof title !== 'string')
    throw new TwicetoldError('INVALID_ARGUMENT', `the title of ${named} must be a string, got ${describe(title)}`);
  if (language !== undefined && typeof language !== 'string')
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `the language of ${named} must be a string, got ${describe(language)}`,
    );
  if (published !== undefined && !isDate(published))
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `published of ${named} must be a Date or a string that Date reads, such as 2025-06-02T18:00:00Z, got ${describe(published)}`,
    );
  return {
    id,
    text,
    ...(title === undefined ? {} : { title }),
    ...(published === undefined ? {} : { published: typeof published === 'string' ? published : new Date(published) }),
    ...(language === undefined ? {} : { language }),
    ...carried,
  };
}

const PROVENANCE = ['source', 'url', 'author', 'copyright'] as const satisfies readonly (keyof Provenance)[];

/** What a document carries into a report and nothing else reads. */
export function provenanceOf(
  value: Partial<Record<keyof Provenance, unknown>>,
  id: string,
  name = 'the document',
): Provenance {
  const carried: Provenance = {};
  for (const key of PROVENANCE) {
    const field = value[key];
    if (field === undefined) continue;
    if (typeof field !== 'string')
      throw new TwicetoldError(
        'INVALID_ARGUMENT',
        `${key} of ${name} (id ${id}) must be a string, got ${describe(field)}`,
      );
    carried[key] = field;
  }
  return carried;
}

function isDate(value: unknown): value is string | Date {
  // What only has the prototype of a date has no time.
  const isOne = value instanceof Date && Object.prototype.toString.call(value) === '[object Date]';
  return (isOne || typeof value === 'string') && publishedAt(value as string | Date) !== undefined;
}

/** Throws unless `options` are those of a comparison. */
export function checkCompareOptions(options: CompareOptions): CompareOptions {
  checkOptions('compare options', options, ['evidence']);
  if (options.evidence !== undefined && typeof options.evidence !== 'boolean')
    throw new TwicetoldError('INVALID_ARGUMENT', `evidence must be true or false, got ${describe(options.evidence)}`);
  return options;
}

/** Throws unless `run` holds what a run can use: a function, an abort signal. */
export function checkRunOptions(run: RunOptions): void {
  checkOptions('run options', run, RUN_OPTIONS);
  checkInteger('workers', run.workers ?? 1, 1, 256);
  checkChoice('onAbort', run.onAbort ?? 'throw', ['throw', 'report'] as const);
  checkInteger('maxEncodedPairs', run.maxEncodedPairs ?? 1000, 1, 1e6);
  for (const name of ['onProgress', 'encoder'] as const)
    if (run[name] !== undefined && typeof run[name] !== 'function')
      throw new TwicetoldError('INVALID_ARGUMENT', `${name} must be a function, got ${describe(run[name])}`);
  if (run.signal !== undefined && typeof run.signal?.aborted !== 'boolean')
    throw new TwicetoldError('INVALID_ARGUMENT', `signal must be an AbortSignal, got ${describe(run.signal)}`);
}

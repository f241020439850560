import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { ReadOptions } from '../node/read.js';
import { DETECTOR_OPTIONS } from '../settings/options.js';
import type { DetectorOptions, SourceDocument } from '../types.js';

/** What every command that compares takes: the detector's options, named as in the API. */
export interface DetectorFlags {
  languages?: string[];
  shingleSize?: number;
  permutations?: number;
  seed?: number | 'random';
  copyThreshold?: number;
  maxKeyDocuments?: number;
  minSharedKeys?: number;
  rewriteThreshold?: number;
  level?: string;
  linkage?: string;
  lexicon?: boolean;
  maxDocumentBytes?: number;
  maxDocuments?: number;
  maxCandidates?: number;
  timeoutMs?: number;
  config?: string;
}

/** What every command that reads takes. */
export interface ReadFlags {
  format?: string;
  id?: string;
  text?: string;
  title?: string;
  date?: string;
  source?: string;
  strict?: boolean;
}

/** Adds the options of a detector. */
export function addDetectorFlags(command: Command): Command {
  return command
    .option(
      '--languages <tags>',
      'languages of the documents, the first that of those that name none; und: any other (default: en)',
      list,
    )
    .option(
      '--rewrite-threshold <share>',
      'strength from which a text is reported as a rewrite, 0.05 to 1 (default: 0.4)',
      number,
    )
    .option(
      '--copy-threshold <share>',
      'resemblance from which copies are looked for, 0.1 to 0.95 (default: 0.5)',
      number,
    )
    .option('--shingle-size <words>', 'words a shingle, 1 to 12 (default: 3)', number)
    .option('--permutations <n>', 'minima a signature, 16 to 1024 (default: 128)', number)
    .option('--seed <n>', 'seed of all hashing, or random (default: 1)', seed)
    .option('--max-key-documents <n>', 'keys in more documents propose no pairs (default: 50)', number)
    .option('--min-shared-keys <n>', 'keys that two documents must share to be compared (default: 3)', number)
    .addOption(
      new Option('--level <what>', 'passages, or whole texts alone: faster (default: passage)').choices([
        'passage',
        'document',
      ]),
    )
    .addOption(
      new Option('--linkage <how>', 'how clusters are linked (default: average)').choices([
        'average',
        'single',
        'complete',
      ]),
    )
    .option('--max-document-bytes <n>', 'bytes that a text may have, longer ones are skipped (default: 64 MiB)', number)
    .option('--max-documents <n>', 'documents that a run or an index takes (default: no bound)', number)
    .option('--max-candidates <n>', 'pairs that a run compares (default: no bound)', number)
    .option('--timeout-ms <n>', 'milliseconds that a run, a comparison or a query may take (default: no bound)', number)
    .option('--no-lexicon', 'use no knowledge of synonyms and rarity')
    .option(
      '--config <file>',
      'file with these options (default: twicetold.config.ts, .js or .json, where there is one)',
    );
}

/** Adds the options of reading. */
export function addReadFlags(command: Command): Command {
  return command
    .addOption(
      new Option('--format <name>', 'format of all files (default: by name or content)').choices([
        'text',
        'html',
        'xml',
        'json',
        'jsonl',
        'csv',
        'parquet',
      ]),
    )
    .option('--text <field>', 'field of a record that holds the text; a dot leads into an object')
    .option('--id <field>', 'field with the id')
    .option('--title <field>', 'field with the headline')
    .option('--date <field>', 'field with the date')
    .option('--source <field>', 'field with the publisher')
    .option('--strict', 'stop at the first file or record that cannot be read');
}

/** The detector's options out of flags; what was not given stays out. */
export function detectorOptions(flags: DetectorFlags): DetectorOptions {
  const { config: _, lexicon, ...given } = flags;
  const known = DETECTOR_OPTIONS.filter((key) => key !== 'lexicon');
  const options = Object.fromEntries(known.filter((key) => given[key] !== undefined).map((key) => [key, given[key]]));
  return { ...options, ...(lexicon === false ? { lexicon: false } : {}) } as DetectorOptions;
}

/** The reader's options out of flags. */
export function readOptions(flags: ReadFlags & DetectorFlags): ReadOptions {
  const fields: Partial<Record<keyof SourceDocument, string>> = {};
  const named = { id: flags.id, text: flags.text, title: flags.title, published: flags.date, source: flags.source };
  for (const [part, field] of Object.entries(named))
    if (field !== undefined) fields[part as keyof typeof named] = field;
  return {
    fields,
    languages: flags.languages ?? ['en'],
    ...(flags.format === undefined ? {} : { format: flags.format as NonNullable<ReadOptions['format']> }),
  };
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

/** A number, or `random`. */
export function seed(value: string): number | 'random' {
  return value === 'random' ? value : number(value);
}

/** A number, or commander's error. */
export function number(value: string): number {
  const parsed = Number(value);
  if (value.trim() === '' || Number.isNaN(parsed)) throw new InvalidArgumentError('It must be a number.');
  return parsed;
}

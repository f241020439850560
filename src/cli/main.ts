#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { createDetector } from '../detector.js';
import { TwicetoldError } from '../errors.js';
import { readDocuments, readText } from '../node/read.js';
import { LANGUAGES } from '../text/language.js';
import type { SourceDocument } from '../types.js';
import { ProgressBar } from './progress.js';
import { comparisonTable, printable, printableJson, reportTable } from './table.js';

declare const __VERSION__: string | undefined;

/** Exit codes: usage, input. */
const USAGE = 2;
const INPUT = 3;

const width = process.stdout.columns ?? 120;

interface ScanFlags {
  json?: string;
  language?: string;
  rewriteThreshold?: number;
  strict?: boolean;
}

const program = new Command('twicetold')
  .description('Finds text told twice: copied, edited, or rewritten in other words.')
  .version(typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0-source')
  .showHelpAfterError('(see twicetold --help)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : USAGE));

program
  .command('scan')
  .description('compare all documents of files and folders with each other')
  .argument('<paths...>', 'text and Markdown files, and folders of them')
  .option('--json <file>', 'write the full report as JSON; - for stdout, without the tables')
  .option('--language <tag>', `language of the documents: ${LANGUAGES.join(', ')}`, 'en')
  .option('--rewrite-threshold <share>', 'strength from which a text is reported as a rewrite, 0.05 to 1', number)
  .option('--strict', 'stop at the first file that cannot be read')
  .addHelpText('after', '\nExample:\n  twicetold scan articles/ --json report.json')
  .action(scan);

program
  .command('compare')
  .description('compare two documents')
  .argument('<a>', 'a text file')
  .argument('<b>', 'another')
  .option('--json', 'print the comparison as JSON')
  .option('--language <tag>', `language of the documents: ${LANGUAGES.join(', ')}`, 'en')
  .addHelpText('after', '\nExample:\n  twicetold compare ours.txt theirs.txt')
  .action(compareTwo);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof TwicetoldError)) throw error;
  console.error(`twicetold: ${printable(error.message)}`);
  process.exitCode =
    error.code === 'OUT_OF_RANGE' || error.code === 'INVALID_ARGUMENT' || error.code === 'UNSUPPORTED_LANGUAGE'
      ? USAGE
      : INPUT;
}

async function scan(paths: string[], flags: ScanFlags): Promise<void> {
  const detector = await createDetector({
    languages: [flags.language ?? 'en'],
    ...(flags.rewriteThreshold === undefined ? {} : { rewriteThreshold: flags.rewriteThreshold }),
  });
  const bar = new ProgressBar();
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const texts = new Map<string, string>();
  const skipped: string[] = [];
  const onSkip = (_: string, error: TwicetoldError) => void skipped.push(error.message);
  async function* documents(): AsyncGenerator<SourceDocument> {
    for await (const doc of readDocuments(paths, flags.strict ? {} : { onSkip })) {
      texts.set(doc.id, doc.text);
      yield doc;
    }
  }
  const report = await detector
    .detect(documents(), { onProgress: bar.update, signal: stop.signal })
    .finally(() => bar.stop());
  for (const message of skipped) console.error(`twicetold: skipped: ${printable(message)}`);
  if (skipped.length > 0) process.exitCode = INPUT;
  if (skipped.length > 0 && report.documents.length === 0) return;
  const json = printableJson(report);
  if (flags.json === '-') process.stdout.write(json);
  else {
    process.stdout.write(reportTable(report, texts, width));
    if (flags.json !== undefined) {
      await writeFile(flags.json, json).catch((cause: Error) => {
        throw new TwicetoldError('UNREADABLE', `${flags.json} cannot be written: ${cause.message}`, { cause });
      });
      process.stdout.write(`\nFull report: ${flags.json}\n`);
    }
  }
}

async function compareTwo(a: string, b: string, flags: { json?: boolean; language?: string }): Promise<void> {
  const detector = await createDetector({ languages: [flags.language ?? 'en'] });
  const texts = new Map([
    [a, await readText(a)],
    [b, await readText(b)],
  ]);
  const comparison = detector.compare(texts.get(a) as string, texts.get(b) as string);
  process.stdout.write(flags.json ? printableJson(comparison) : comparisonTable(a, b, comparison, texts, width));
}

function number(value: string): number {
  const parsed = Number(value);
  if (value.trim() === '' || Number.isNaN(parsed)) throw new InvalidArgumentError('It must be a number.');
  return parsed;
}

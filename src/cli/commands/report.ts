import { readFile } from 'node:fs/promises';
import { TwicetoldError } from '../../errors.js';
import type { Report } from '../../types.js';
import { documentsOf } from '../documents.js';
import { usage } from '../exit.js';
import type { Host } from '../host.js';
import { reportTable } from '../table.js';
import { printable } from '../terminal.js';
import { type OutputFlags, takesStdout, writeReport } from '../write.js';

/** Flags of `twicetold report`. */
export interface ReportFlags extends Omit<OutputFlags, 'json'> {
  documents?: string[];
}

/** Shows a report that was written before: as tables, as a page, as lines. */
export async function showReport(path: string, flags: ReportFlags, host: Host): Promise<void> {
  const toStdout = takesStdout(flags);
  const report = await readReport(path);
  const texts = new Map<string, string>();
  if (flags.documents !== undefined)
    for await (const { id, text } of documentsOf(flags.documents, {}, host)) texts.set(id, text);
  const written = await writeReport(report, texts, flags, host);
  if (flags.quiet || toStdout) return;
  host.stdout.write(reportTable(report, texts, host.stdout.columns));
  if (written.length > 0) host.stdout.write(`\n${written.map(printable).join('\n')}\n`);
}

async function readReport(path: string): Promise<Report> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new TwicetoldError('UNREADABLE', `${path} cannot be read: ${cause.message}`, { cause });
  });
  let report: Partial<Report>;
  try {
    report = JSON.parse(text);
  } catch (cause) {
    throw new TwicetoldError('MALFORMED', `${path} is no JSON: ${(cause as Error).message.slice(0, 100)}`, { cause });
  }
  const parts = ['documents', 'pairs', 'clusters', 'passageClusters', 'boilerplate'] as const;
  const missing = parts.filter((part) => !Array.isArray(report?.[part]));
  if (missing.length > 0 || typeof report.stats !== 'object')
    throw usage(`${path} is no report: it lacks ${missing.join(', ') || 'stats'}`);
  return report as Report;
}

import { documentsOf, expanded } from '../documents.js';
import type { Host } from '../host.js';
import { checkOutputs, metInFolders } from '../outputs.js';
import { readReport } from '../reportfile.js';
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
  const { jsonl, csv, html } = flags;
  const outputs = { jsonl, csv, html };
  const inputs = await expanded(flags.documents ?? []);
  checkOutputs(outputs, [path, ...inputs]);
  const report = await readReport(path);
  const texts = new Map<string, string>();
  if (flags.documents !== undefined)
    for await (const { id, text } of documentsOf(inputs, {}, host, undefined, metInFolders(outputs, inputs)))
      texts.set(id, text);
  const written = await writeReport(report, texts, flags, host);
  if (flags.quiet || toStdout) return;
  host.stdout.write(reportTable(report, texts, host.stdout.columns));
  if (written.length > 0) host.stdout.write(`\n${written.map(printable).join('\n')}\n`);
}

import { TwicetoldError } from '../../errors.js';
import { detect } from '../../node/detect.js';
import { RELATIONS } from '../../report/words.js';
import type { Relation, Report, SourceDocument } from '../../types.js';
import { documentsOf, expanded } from '../documents.js';
import { EXIT } from '../exit.js';
import { type DetectorFlags, detectorOptions, type ReadFlags } from '../flags.js';
import { type Host, print } from '../host.js';
import { checkOutputs, metInFolders } from '../outputs.js';
import { ProgressBar } from '../progress.js';
import { reportTable } from '../table.js';
import { printable } from '../terminal.js';
import { type OutputFlags, takesStdout, writeReport } from '../write.js';

/** Flags of `twicetold scan`. */
export interface ScanFlags extends DetectorFlags, ReadFlags, OutputFlags {
  failOn?: Relation;
  workers?: number;
}

/** Compares all documents with each other, and tells what it found. */
export async function scan(paths: string[], flags: ScanFlags, host: Host): Promise<void> {
  const toStdout = takesStdout(flags);
  const { json, jsonl, csv, html } = flags;
  const outputs = { json, jsonl, csv, html };
  const inputs = await expanded(paths);
  checkOutputs(outputs, [...inputs, flags.config]);
  const own = metInFolders(outputs, inputs);
  const bar = new ProgressBar(host.stderr);
  const stop = new AbortController();
  host.once('SIGINT', () => stop.abort());
  const texts = new Map<string, string>();
  const told: string[] = [];
  const tell = (message: string) => void told.push(message);
  async function* documents(): AsyncGenerator<SourceDocument> {
    for await (const doc of documentsOf(inputs, flags, host, tell, own)) {
      texts.set(doc.id, doc.text);
      yield doc;
    }
  }
  let report: Report;
  try {
    report = await detect(documents(), {
      ...detectorOptions(flags),
      workers: flags.workers ?? 1,
      onProgress: bar.update,
      signal: stop.signal,
      onAbort: 'report',
    });
  } finally {
    bar.stop();
    for (const message of told) print(host.stderr, `twicetold: ${printable(message)}`);
  }
  if (stop.signal.aborted) {
    print(host.stderr, 'twicetold: stopped; what follows is what was found so far.');
    host.exitCode = EXIT.STOPPED;
  }
  if (told.length > 0 && report.documents.length === 0) return;
  const written = await writeReport(report, texts, flags, host);
  if (!flags.quiet && !toStdout) {
    host.stdout.write(reportTable(report, texts, host.stdout.columns));
    if (written.length > 0) host.stdout.write(`\n${written.map(printable).join('\n')}\n`);
    else if (host.stdout.isTTY && report.pairs.length > 0)
      host.stdout.write('\nWith --html report.html the same is a page to look at, texts side by side.\n');
  }
  if (flags.failOn !== undefined && isFound(report, flags.failOn)) host.exitCode ??= EXIT.FOUND;
}

/** Whether a pair is related as closely as `relation`, or more so. */
export function isFound({ pairs }: Pick<Report, 'pairs'>, relation: Relation): boolean {
  const order: readonly Relation[] = RELATIONS;
  if (!order.includes(relation))
    throw new TwicetoldError('INVALID_ARGUMENT', `--fail-on must be one of ${order.join(', ')}`);
  return pairs.some((pair) => order.indexOf(pair.relation) <= order.indexOf(relation));
}

import { basename } from 'node:path';
import { createDetector } from '../../ondemand.js';
import type { Relation, SourceDocument } from '../../types.js';
import { documentsOf, expanded, inTime } from '../documents.js';
import { EXIT, usage } from '../exit.js';
import { type DetectorFlags, detectorOptions, type ReadFlags } from '../flags.js';
import type { Host } from '../host.js';
import { checkOutputs } from '../outputs.js';
import { comparisonTable } from '../sidebyside.js';
import { printableJson } from '../terminal.js';
import { put } from '../write.js';
import { isFound } from './scan.js';

/** Flags of `twicetold compare`. */
export interface CompareFlags extends DetectorFlags, ReadFlags {
  json?: true | string;
  html?: string;
  plot?: string;
  evidence?: boolean;
  quiet?: boolean;
  failOn?: Relation;
}

/** Compares two documents, and shows them side by side. */
export async function compareTwo(a: string, b: string, flags: CompareFlags, host: Host): Promise<void> {
  const json = flags.json === true ? '-' : flags.json;
  const outputs = { json, html: flags.html, plot: flags.plot };
  const toStdout = Object.values(outputs).filter((file) => file === '-');
  if (toStdout.length > 1)
    throw usage('only one of --json, --html and --plot can be printed; write the others to files');
  if (a === '-' && b === '-') throw usage('standard input is one document; name a file for the other');
  checkOutputs(outputs, [...(await expanded([a, b])), flags.config]);
  const detector = await createDetector(detectorOptions(flags));
  const one = await single(a, flags, host);
  const other = await single(b, flags, host);
  const printed = json === undefined && !flags.quiet && toStdout.length === 0;
  const comparison = detector.compare(one, other, { evidence: printed || flags.evidence === true });
  if (flags.html !== undefined) await put(flags.html, await page(detector, [one, other]), host);
  if (flags.plot !== undefined) {
    const { renderDotPlot } = await import('../../report/dotplot.js');
    const names = [basename(a), basename(b)] as const;
    await put(flags.plot, renderDotPlot(detector.sentenceSimilarities(one, other), comparison, { names }), host);
  }
  if (json !== undefined) await put(json, printableJson(comparison), host);
  else if (printed) {
    const width = Math.min(host.stdout.columns ?? 120, 200);
    host.stdout.write(comparisonTable(one, other, comparison, width, flags.evidence));
  }
  if (flags.failOn !== undefined && isFound({ pairs: [{ a, b, ...comparison }] }, flags.failOn))
    host.exitCode ??= EXIT.FOUND;
}

async function single(path: string, flags: CompareFlags, host: Host): Promise<SourceDocument> {
  const found: SourceDocument[] = [];
  for await (const doc of inTime(documentsOf([path], { ...flags, strict: true }, host), flags)) {
    found.push(doc);
    if (found.length > 1) throw usage(`${path} holds several documents; compare takes two, scan takes any number`);
  }
  const doc = found[0];
  if (doc === undefined) throw usage(`${path} holds no document`);
  return { ...doc, id: path };
}

async function page(
  detector: Awaited<ReturnType<typeof createDetector>>,
  documents: SourceDocument[],
): Promise<string> {
  const [{ renderHtml }, report] = await Promise.all([import('../../report/html.js'), detector.detect(documents)]);
  return renderHtml(report, { documents });
}

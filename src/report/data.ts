import type { DocumentPair, DocumentSummary, Report } from '../types.js';

/** What the page is made from: a report, cut to what is shown, and the texts of the documents that it speaks of. */
export interface ReportData {
  readonly title: string;
  readonly documents: readonly DocumentSummary[];
  readonly pairs: readonly DocumentPair[];
  readonly clusters: Report['clusters'];
  readonly stats: Report['stats'];
  /** The passages that stand in most documents, and in how many. */
  readonly passages: readonly SharedPassage[];
  /** The boilerplate that most documents have. */
  readonly boilerplate: readonly { readonly text: string; readonly documents: number }[];
  /** Id and text; a list, because any string may be an id. */
  readonly texts: readonly (readonly [id: string, text: string])[];
}

/** A passage that several documents carry. */
export interface SharedPassage {
  /** Its representative's document and place. */
  readonly document: string;
  readonly start: number;
  readonly end: number;
  /** Ids of all documents that carry it. */
  readonly documents: readonly string[];
}

/** Shared passages and lines of boilerplate that are kept at most. */
const KEPT = 100;

/**
 * Cuts a report to what the page shows. Of the texts only those are kept that a pair, a shared passage or a repeated
 * sentence points into.
 */
export function reportData(title: string, report: Report, texts: ReadonlyMap<string, string>): ReportData {
  const needed = new Set<string>();
  for (const { a, b } of report.pairs) needed.add(a).add(b);
  for (const { id, repeats } of report.documents) if (repeats.length > 0) needed.add(id);
  const kept: [string, string][] = [];
  for (const id of [...needed].sort((x, y) => (x < y ? -1 : 1))) {
    const text = texts.get(id);
    if (text !== undefined) kept.push([id, text]);
  }
  const passages = report.passageClusters
    .map(({ members, representative: { document, start, end } }) => ({
      document,
      start,
      end,
      documents: [...new Set(members.map((member) => member.document))],
    }))
    .filter(({ documents }) => documents.length > 2)
    .sort((x, y) => y.documents.length - x.documents.length || (x.document < y.document ? -1 : 1) || x.start - y.start);
  return {
    title,
    documents: report.documents,
    pairs: report.pairs,
    clusters: report.clusters,
    stats: report.stats,
    passages: passages.slice(0, KEPT),
    boilerplate: report.boilerplate.slice(0, KEPT).map(({ text, documents }) => ({ text, documents })),
    texts: kept,
  };
}

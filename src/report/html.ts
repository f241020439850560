import { checkOptions, checkString, describe, TwicetoldError } from '../errors.js';
import type { Report, SourceDocument } from '../types.js';
import { type ReportData, reportData } from './data.js';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH, PAGE_STYLE, PAGE_STYLE_HASH } from './page.js';
import { faultOfReport } from './shape.js';
import { count, countRelation, listed, RELATIONS, statement } from './words.js';

/** Settings of {@link renderHtml}. */
export interface HtmlOptions {
  /**
   * The texts, which a report does not hold: the documents that it was made from, or a map from id to text. Without
   * them the page shows figures and places, and says of each text that it was not given. Default none.
   */
  documents?: Iterable<Pick<SourceDocument, 'id' | 'text'>> | ReadonlyMap<string, string>;
  /** Heading of the page. Default `'Told twice'`. */
  title?: string;
}

/** Pairs that are listed where no script runs. */
const WITHOUT_SCRIPT = 200;

/**
 * Renders a report as one HTML file that opens from disk: the finding, a map of the stories, a table of all pairs, and
 * each pair side by side with its passages. It asks nothing of any server, and its Content-Security-Policy forbids it
 * to. Links such as `#pair=a.txt,b.txt&passage=2` lead to a passage. The same report gives the same bytes.
 *
 * Size: about 80 kB, the report as JSON, and the texts of the documents that are in a pair.
 *
 * @param report what `detect` or `ReuseIndex.report` returned
 * @param options the texts, and a heading
 * @returns the page
 * @throws TwicetoldError `INVALID_ARGUMENT` when `report` is no report, or an option is of the wrong type
 *
 * @example
 * ```ts
 * import { detect } from 'twicetold';
 * import { renderHtml } from 'twicetold/report';
 * const documents = [
 *   { id: 'wire', text: 'The council voted on Monday to close the old bridge. Repairs will take until the spring.' },
 *   { id: 'site', text: 'The council voted on Monday to close the old bridge. Repairs will take until the spring.' },
 * ];
 * const page = renderHtml(await detect(documents), { documents, title: 'Monday' });
 * console.log(page.startsWith('<!doctype html>'), page.includes('Repairs will take')); // true true
 * ```
 */
export function renderHtml(report: Report, options: HtmlOptions = {}): string {
  checkOptions('renderHtml options', options, ['documents', 'title']);
  const fault = faultOfReport(report);
  if (fault !== undefined)
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `report must be what detect returned, got ${describe(report)}, in which ${fault}`,
    );
  const title = checkString('title', options.title ?? 'Told twice');
  const data = reportData(title, report, textsOf(options.documents ?? []));
  const policy = `default-src 'none'; script-src ${PAGE_SCRIPT_HASH}; style-src ${PAGE_STYLE_HASH}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<div id="app">${withoutScript(data)}</div>
<script type="application/json" id="data">${escapeJson(data)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function textsOf(documents: NonNullable<HtmlOptions['documents']>): ReadonlyMap<string, string> {
  if (documents instanceof Map) return documents;
  if (typeof documents !== 'object' || documents === null || !(Symbol.iterator in documents))
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `documents must be documents with an id and a text, or a map from id to text, got ${describe(documents)}`,
    );
  const texts = new Map<string, string>();
  for (const doc of documents as Iterable<Pick<SourceDocument, 'id' | 'text'>>) {
    if (typeof doc?.id !== 'string' || typeof doc.text !== 'string')
      throw new TwicetoldError('INVALID_ARGUMENT', `documents must have an id and a text, got ${describe(doc)}`);
    texts.set(doc.id, doc.text);
  }
  return texts;
}

/** What is shown until the script runs, and where none does. */
function withoutScript({ title, pairs, stats }: ReportData): string {
  const counts = RELATIONS.map(
    (relation) => [pairs.filter((pair) => pair.relation === relation).length, relation] as const,
  )
    .filter(([n]) => n > 0)
    .map(([n, relation]) => countRelation(n, relation));
  const items = pairs
    .slice(0, WITHOUT_SCRIPT)
    .map((pair) => `<li>${escapeHtml(statement(pair, pair.a, pair.b))} (${pair.score.toFixed(2)})</li>`);
  return `<main><h1>${escapeHtml(title)}</h1><p>${listed(counts) || 'Nothing told twice'} in ${count(stats.documents, 'document')}.</p><ul>${items.join('')}</ul></main>`;
}

function escapeHtml(text: string): string {
  const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/\p{Cs}/gu, '\ufffd').replace(/[&<>"']/g, (mark) => marks[mark] as string);
}

/** JSON that cannot end the element it stands in, nor begin a comment there. */
function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}

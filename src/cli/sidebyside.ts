import Table from 'cli-table3';
import pc from 'picocolors';
import { sharedWords } from '../report/sharedwords.js';
import { reasons, statement } from '../report/words.js';
import type { Comparison, PassagePair, SourceDocument, Span } from '../types.js';
import { plain, printable, shorten } from './table.js';

/** Two documents side by side for a terminal of `width` columns: passage by passage, matching words in colour. */
export function comparisonTable(a: SourceDocument, b: SourceDocument, comparison: Comparison, width: number): string {
  const names = [printable(a.title ?? a.id), printable(b.title ?? b.id)] as const;
  const parts = [
    pc.bold(statement(comparison, ...names)),
    ...reasons(comparison, ...names).map((reason) => `- ${reason}`),
    `  relation ${comparison.relation}, score ${comparison.score.toFixed(2)}`,
  ];
  if (comparison.passages.length > 0) {
    const column = Math.max(24, Math.floor((width - 13) / 2));
    const table = new Table({
      head: [shorten(names[0], column - 2), shorten(names[1], column - 2), 'score'],
      colWidths: [column, column, 7],
      wordWrap: true,
      style: plain,
    });
    for (const [n, passage] of comparison.passages.entries()) {
      table.push([{ colSpan: 3, content: pc.dim(`passage ${n + 1}, ${passage.kind}, ${passage.score.toFixed(2)}`) }]);
      for (const { a: one, b: other, score } of rows(passage))
        table.push([coloured(a.text, one, b.text, other), coloured(b.text, other, a.text, one), score.toFixed(2)]);
    }
    parts.push('', table.toString());
  }
  return `${parts.join('\n')}\n`;
}

/** The sentence pairs of a passage; one that has none, found by its words alone, is a row itself. */
function rows(passage: PassagePair): { a: Span; b: Span; score: number }[] {
  return passage.sentences.length > 0 ? passage.sentences : [passage];
}

/** A span as it may be printed, the words that the counterpart has too in colour. */
function coloured(text: string, span: Span, other: string, counterpart: Span): string {
  let shown = '';
  let from = span.start;
  for (const { start, end } of sharedWords(text, span, other, counterpart)) {
    shown += raw(text.slice(from, start)) + pc.cyan(raw(text.slice(start, end)));
    from = end;
  }
  return (shown + raw(text.slice(from, span.end))).trim();
}

/** As `printable`, but spaces at the ends stay, since pieces are put together. */
function raw(text: string): string {
  return printable(text);
}

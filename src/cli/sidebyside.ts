import Table from 'cli-table3';
import pc from 'picocolors';
import { explain } from '../report/explain.js';
import type { Comparison, PassagePair, SentenceFeature, SentencePair, SourceDocument, Span } from '../types.js';
import { plain, printable, shorten } from './terminal.js';

/** Features of a pair of sentences that are named. */
const NAMED = 5;

/**
 * Two documents side by side for a terminal of `width` columns: passage by passage, matching words in colour.
 *
 * @param comparison one with evidence
 * @param features whether to say what the scores were made from
 */
export function comparisonTable(
  a: SourceDocument,
  b: SourceDocument,
  comparison: Comparison,
  width: number,
  features = false,
): string {
  const names = [printable(a.title ?? a.id), printable(b.title ?? b.id)] as const;
  const { statement, reasons } = explain(comparison, { names });
  const parts = [
    pc.bold(statement),
    ...reasons.map((reason) => `- ${reason}`),
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
      for (const pair of rows(passage)) {
        const { a: one, b: other } = pair;
        const words = (passage.words ?? []).filter((run) => meets(run.a, one) && meets(run.b, other));
        table.push([
          coloured(
            a.text,
            one,
            words.map((run) => run.a),
          ),
          coloured(
            b.text,
            other,
            words.map((run) => run.b).sort((x, y) => x.start - y.start),
          ),
          pair.score.toFixed(2),
        ]);
        if (features && pair.features !== undefined && pair.features.length > 0)
          table.push([{ colSpan: 3, content: pc.dim(named(pair.features)) }]);
      }
    }
    parts.push('', table.toString());
  }
  return `${parts.join('\n')}\n`;
}

/** The sentence pairs of a passage; one that has none, found by its words alone, is a row itself. */
function rows(passage: PassagePair): SentencePair[] {
  return passage.sentences.length > 0 ? passage.sentences : [{ a: passage.a, b: passage.b, score: passage.score }];
}

function meets(x: Span, y: Span): boolean {
  return x.start < y.end && x.end > y.start;
}

/** What a score was made from: value and, signed, what it adds to the log-odds. */
function named(features: readonly SentenceFeature[]): string {
  const shown = features.slice(0, NAMED).map(({ name, value, effect }) => {
    const signed = `${effect < 0 ? '\u2212' : '+'}${Math.abs(effect).toFixed(1)}`;
    return `${name} ${value.toFixed(2)} (${signed})`;
  });
  return shown.join(', ');
}

/** A span as it may be printed, with some of its words in colour. */
function coloured(text: string, span: Span, words: readonly Span[]): string {
  let shown = '';
  let from = span.start;
  for (const word of words) {
    const [start, end] = [Math.max(word.start, from), Math.min(word.end, span.end)];
    if (end <= start) continue;
    shown += raw(text.slice(from, start)) + pc.cyan(raw(text.slice(start, end)));
    from = end;
  }
  return (shown + raw(text.slice(from, span.end))).trim();
}

/** As `printable`, but spaces at the ends stay, since pieces are put together. */
function raw(text: string): string {
  return printable(text);
}

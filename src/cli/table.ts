import Table from 'cli-table3';
import { count } from '../report/words.js';
import type { DocumentPair, Report, SentencePair, Span } from '../types.js';
import { pairTable } from './pairtable.js';
import { plain, printable, shorten } from './terminal.js';

/** Pairs of documents whose sentences are shown. */
const SHOWN_CLOSELY = 20;
/** Sentence pairs shown of each pair of documents. */
const SHOWN_SENTENCES = 4;
/** Boilerplate lines and repeated sentences shown. */
const SHOWN_LINES = 8;

/** Columns of what is no terminal, for what is broken into lines in any case. */
const NO_TERMINAL = 120;

/** A report as text, for a terminal of so many columns. `texts` holds the documents' texts by id. */
export function reportTable(report: Report, texts: ReadonlyMap<string, string>, columns?: number): string {
  const width = columns ?? NO_TERMINAL;
  const { stats } = report;
  const out = [
    `${count(stats.documents, 'document')}, ${count(stats.words, 'word')}: ${count(stats.related, 'related pair')} of ${count(stats.candidates, 'candidate')} compared.`,
  ];
  if (report.pairs.length > 0) out.push(pairTable(report.pairs, columns));
  const reworded = report.pairs
    .map((pair) => [pair, rewordedOf(pair, texts)] as const)
    .filter(([, of]) => of.length > 0);
  for (const [pair, of] of reworded.slice(0, SHOWN_CLOSELY)) out.push(sentences(pair, of, texts, width));
  if (reworded.length > SHOWN_CLOSELY)
    out.push(`... and ${count(reworded.length - SHOWN_CLOSELY, 'more pair')} with reworded sentences.`);
  for (const cluster of report.clusters.filter((c) => c.members.length > 2))
    out.push(
      printable(
        `One story: ${cluster.members.join(', ')} (from ${cluster.representative}; weakest link ${cluster.weakestLink.a} ~ ${cluster.weakestLink.b}, ${cluster.weakestLink.score.toFixed(2)})`,
      ),
    );
  for (const doc of report.documents)
    if (doc.repeats.length > 0) out.push(repeats(doc.id, doc.repeats, texts.get(doc.id) ?? '', width));
  if (report.boilerplate.length > 0) out.push(boilerplate(report, width));
  return `${out.join('\n\n')}\n`;
}

/** The sentence pairs that a reader wants to judge: what was copied word for word speaks for itself. */
function rewordedOf(pair: DocumentPair, texts: ReadonlyMap<string, string>): SentencePair[] {
  const a = texts.get(pair.a) ?? '';
  const b = texts.get(pair.b) ?? '';
  return pair.passages
    .flatMap((passage) => passage.sentences)
    .filter((sentence) => letters(slice(a, sentence.a)) !== letters(slice(b, sentence.b)));
}

function sentences(
  pair: DocumentPair,
  reworded: readonly SentencePair[],
  texts: ReadonlyMap<string, string>,
  width: number,
): string {
  const a = texts.get(pair.a) ?? '';
  const b = texts.get(pair.b) ?? '';
  const chosen = [...reworded].sort((x, y) => y.score - x.score || x.a.start - y.a.start).slice(0, SHOWN_SENTENCES);
  const column = Math.max(24, Math.floor((width - 14) / 2));
  const table = new Table({
    head: [shorten(pair.a, column - 2), shorten(pair.b, column - 2), 'score'],
    colWidths: [column, column, 7],
    wordWrap: true,
    style: plain,
  });
  for (const sentence of chosen) table.push([slice(a, sentence.a), slice(b, sentence.b), sentence.score.toFixed(2)]);
  return `The strongest of ${count(reworded.length, 'reworded sentence')}:
${table.toString()}`;
}

function repeats(id: string, pairs: readonly SentencePair[], text: string, width: number): string {
  const lines = pairs
    .slice(0, SHOWN_LINES)
    .map(({ a, b }) => `  ${shorten(slice(text, a), width - 4)}\n  ${shorten(slice(text, b), width - 4)}`);
  return `Told twice within ${printable(id)}:\n${lines.join('\n\n')}${more(pairs.length)}`;
}

function boilerplate({ boilerplate: found }: Report, width: number): string {
  const lines = found.slice(0, SHOWN_LINES).map((line) => `  ${line.documents}x  ${shorten(line.text, width - 8)}`);
  return `Left out as boilerplate (documents, line):\n${lines.join('\n')}${more(found.length)}`;
}

function more(n: number): string {
  return n > SHOWN_LINES ? `\n  ... and ${n - SHOWN_LINES} more` : '';
}

function slice(text: string, { start, end }: Span): string {
  return printable(text.slice(start, end));
}

function letters(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

import { eachDocument } from '../corpus/corpus.js';
import { type Surroundings, standApart } from '../text/boilerplate.js';
import type { Row } from './columns.js';
import { attempt, DOCUMENT, documentOf, numbers, type OutRow, type Step } from './step.js';

/**
 * Takes documents apart. `recurring`: which of a document's lines are known to recur. What comes out for each:
 *
 * - `bad`: why it cannot be taken apart; then nothing else does
 * - `summary`: what the report says of it, as JSON
 * - `sentence_terms`: content terms by sentence (`sentenceTerms`); `terms`: the same, each once
 * - `bands`: keys of the bands of its signature
 * - `line_keys`, `line_needed`: its lines, and the documents that each must stand in to recur
 * - `span_*`: its boilerplate; `span_recurs` is 1 where a line recurs by itself
 */
export const keys: Step = {
  reads: true,
  takes: { id: 'utf8', text: 'utf8' },
  optional: { doc: 'int64', recurring: 'list<int32>', ...DOCUMENT },
  gives: {
    doc: 'int64',
    id: 'utf8',
    bad: 'utf8',
    summary: 'utf8',
    words: 'int64',
    sentences: 'int64',
    lexicon: 'utf8',
    sentence_terms: 'list<int32>',
    terms: 'list<int32>',
    bands: 'list<int32>',
    line_keys: 'list<int64>',
    line_needed: 'list<int32>',
    span_keys: 'list<int64>',
    span_starts: 'list<int32>',
    span_ends: 'list<int32>',
    span_recurs: 'list<int32>',
    span_texts: 'list<utf8>',
  },
  async *run(rows, tools) {
    for await (const row of rows) {
      const named = { doc: row.cells.doc ?? row.number - 1, id: row.cells.id };
      const read = attempt(row, tools, (): OutRow => {
        const source = documentOf(row, tools.settings);
        const read = tools.bench.read([source], () => numbers(row.cells.recurring));
        const out: Record<string, OutRow[string]> = {};
        eachDocument(read, (_, sentenceTerms, lines, bands) => {
          out.sentence_terms = sentenceTerms;
          out.terms = distinctTerms(sentenceTerms);
          out.bands = bands;
          out.line_keys = Array.from(
            { length: lines.length / 3 },
            (_, n) => (lines[3 * n + 1] as number) * 0x1_0000_0000 + (lines[3 * n] as number),
          );
          out.line_needed = Array.from({ length: lines.length / 3 }, (_, n) => lines[3 * n + 2] as number);
        });
        const [summary] = read.summaries;
        const spans = read.boilerplate[0] ?? [];
        return {
          ...out,
          summary: JSON.stringify(summary),
          words: summary?.words,
          sentences: summary?.sentences,
          lexicon: read.lexicons[0],
          span_keys: spans.map(({ key }) => key),
          span_starts: spans.map(({ start }) => start),
          span_ends: spans.map(({ end }) => end),
          span_recurs: spans.map(({ reason }) => (reason === 'recurring' ? 1 : 0)),
          span_texts: spans.map(({ text }) => text),
        };
      });
      yield { ...named, ...read };
    }
  },
};

function distinctTerms(row: Uint32Array): Uint32Array {
  const out = new Set<number>();
  for (let at = 0; at < row.length; ) {
    const end = at + 1 + (row[at] as number);
    for (at++; at < end; at++) out.add(row[at] as number);
  }
  return Uint32Array.from(out);
}

/**
 * Says what stands around the given lines of documents: the content words of the running text before and after each. No time is set
 * for it: the document was read once within its time, and what its lines are must not hang on how busy a machine is.
 */
export const surroundings: Step = {
  reads: true,
  takes: { id: 'utf8', text: 'utf8', lines: 'list<int32>', line_keys: 'list<int64>' },
  optional: DOCUMENT,
  gives: { line_key: 'int64', before: 'list<int32>', after: 'list<int32>' },
  async *run(rows, tools) {
    for await (const row of rows) {
      const lines = numbers(row.cells.lines);
      const settings = { ...tools.settings, timeoutMs: undefined };
      const found = attempt(row, { ...tools, settings, strict: true }, () =>
        tools.bench.surroundings(documentOf(row, settings), lines),
      ) as Surroundings[];
      const keysOfLines = numbers(row.cells.line_keys);
      for (const [n, { before, after }] of found.entries())
        yield { line_key: keysOfLines[n], before: [...before], after: [...after] };
    }
  },
};

/** Names the lines that recur, of rows that stand in the order of `line_key`: those in surroundings unlike each other. */
export const recurring: Step = {
  takes: { line_key: 'int64', before: 'list<int32>', after: 'list<int32>' },
  optional: {},
  gives: { line_key: 'int64' },
  async *run(rows) {
    for await (const { key, rows: heard } of runsOf(rows, ({ cells }) => cells.line_key as number)) {
      const witnesses = heard.map(({ cells }) => ({
        before: new Set(numbers(cells.before)),
        after: new Set(numbers(cells.after)),
      }));
      if (standApart(witnesses)) yield { line_key: key };
    }
  },
};

/** Runs of rows of one key. */
export async function* runsOf<K>(
  rows: AsyncIterable<Row>,
  keyOf: (row: Row) => K,
): AsyncGenerator<{ key: K; rows: Row[] }> {
  let run: { key: K; rows: Row[] } | undefined;
  for await (const row of rows) {
    const key = keyOf(row);
    if (run !== undefined && run.key === key) run.rows.push(row);
    else {
      if (run !== undefined) yield run;
      run = { key, rows: [row] };
    }
  }
  if (run !== undefined) yield run;
}

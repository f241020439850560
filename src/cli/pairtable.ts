import Table from 'cli-table3';
import { count, percent } from '../report/words.js';
import type { DocumentPair } from '../types.js';
import { plain, printable, ROWS } from './terminal.js';

/** Pairs of documents shown. */
const SHOWN = 100;
/** Characters of an id that tell it from others; below, columns that say less are left out. */
const ENOUGH = 20;
const LEAST = 8;

interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
}

/**
 * Pairs as a table, the first hundred, and how many there are more. For a terminal that it would be too wide for, ids are cut in the
 * middle, since paths differ at their ends, the original is named by its column, and what the page says as well is left out.
 */
export function pairTable(pairs: readonly DocumentPair[], width = Number.POSITIVE_INFINITY): string {
  const shown = pairs.slice(0, SHOWN);
  const column = (head: string, of: (pair: DocumentPair) => string, align: Column['align'] = 'left'): Column => ({
    head,
    align,
    cells: shown.map((pair) => printable(of(pair))),
  });
  const ids = [column('a', ({ a }) => a), column('b', ({ b }) => b)];
  const figures = [
    column('relation', ({ relation }) => relation),
    column('score', ({ score }) => score.toFixed(2), 'right'),
    column('a in b', ({ containment }) => percent(containment.a), 'right'),
    column('b in a', ({ containment }) => percent(containment.b), 'right'),
    column('passages', ({ passages }) => String(passages.length), 'right'),
  ];
  const original = column('original', (pair) => (pair.original === undefined ? '' : pair[pair.original]));
  const whole = [...ids, ...figures, original];
  const fits = widthOf(whole) <= width;
  const table = drawn(
    fits ? whole : narrowed(ids, [...figures, column('original', (pair) => pair.original ?? '')], width),
  );
  const more = pairs.length - SHOWN;
  return `${table}${more > 0 ? `\n... and ${count(more, 'more pair')}.` : ''}`;
}

/** The same for a terminal of `width` columns. */
function narrowed(ids: readonly Column[], others: readonly Column[], width: number): Column[] {
  let kept = [...others];
  const left = () => Math.floor((width - widthOf(kept)) / ids.length) - 3;
  for (const head of ['passages', 'b in a', 'a in b'])
    if (left() < ENOUGH) kept = kept.filter((column) => column.head !== head);
  const most = Math.max(LEAST, left());
  return [...ids.map((column) => ({ ...column, cells: column.cells.map((id) => cutInside(id, most)) })), ...kept];
}

/** Letters that a terminal gives two columns. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60]/gu;
const widthOfText = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);

function cellWidth({ head, cells }: Column): number {
  return cells.reduce((most, cell) => Math.max(most, widthOfText(cell)), head.length);
}

/** A space before and after each cell, and a rule before, between and after them. */
function widthOf(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + 3 + cellWidth(column), 1);
}

function drawn(columns: readonly Column[]): string {
  const table = new Table({
    head: columns.map(({ head }) => head),
    style: plain,
    chars: ROWS,
    colAligns: columns.map(({ align }) => align),
  });
  const rows = columns[0]?.cells.map((_, row) => columns.map(({ cells }) => cells[row] as string)) ?? [];
  table.push(...rows);
  return table.toString();
}

/** Text of at most so many columns, what is in the middle left out. */
function cutInside(text: string, most: number): string {
  if (widthOfText(text) <= most) return text;
  const letters = [...text];
  let [start, end] = [0, letters.length];
  // From either side in turn, a letter more of the end for each of the beginning.
  for (let left = most - 1; ; ) {
    const next = letters[start <= letters.length - end ? start : end - 1] as string;
    left -= widthOfText(next);
    if (left < 0) break;
    if (start <= letters.length - end) start++;
    else end--;
  }
  return `${letters.slice(0, start).join('')}…${letters.slice(end).join('')}`;
}

import type { Workbench } from '../corpus/workbench.js';
import { TwicetoldError } from '../errors.js';
import { withinTime } from '../settings/deadline.js';
import { checkSize } from '../settings/limits.js';
import { checkDocument, type Settings } from '../settings/options.js';
import type { SourceDocument } from '../types.js';
import type { Cell, Columns, Row } from './columns.js';

/** What a step works with. */
export interface StepTools {
  readonly settings: Settings;
  readonly bench: Workbench;
  /** Whether a row that cannot be worked on ends the worker. */
  readonly strict: boolean;
  /** Documents of the whole corpus, where a step must know. */
  readonly documents: number;
}

/** A row that goes out. */
export type OutRow = Readonly<Record<string, Cell>>;

/** One step of a run: the columns that it takes, those that may be missing, those that it gives, and what it does. */
export interface Step {
  readonly takes: Columns;
  readonly optional: Columns;
  readonly gives: Columns;
  /** Whether it takes texts apart, for which languages and what is known of their words must be loaded. */
  readonly reads?: boolean;
  run(rows: AsyncIterable<Row>, tools: StepTools): AsyncIterable<OutRow>;
}

/** The columns of a document, which are all there is of one but its id and text. */
export const DOCUMENT: Columns = {
  title: 'utf8',
  published: 'utf8',
  language: 'utf8',
  source: 'utf8',
  url: 'utf8',
  author: 'utf8',
  copyright: 'utf8',
};

/** Does the work of one row; what is wrong with the row comes back as a reason, or ends the worker where it is strict. */
export function attempt<T>({ number }: Row, { settings, strict }: StepTools, work: () => T): T | { bad: string } {
  try {
    return withinTime(settings.timeoutMs, work);
  } catch (error) {
    if (!(error instanceof TwicetoldError))
      throw new TwicetoldError('WORKER_FAILED', `row ${number} cannot be worked on: ${(error as Error).message}`, {
        cause: error,
      });
    // Wrong is the row, not how the worker was called.
    if (strict) throw new TwicetoldError('MALFORMED', `row ${number}: ${error.message}`, { cause: error });
    // Which row it was says nothing to whoever reads the reason beside the id.
    return { bad: `${error.code}: ${error.message}` };
  }
}

/** Whether an attempt failed. */
export function isBad<T extends object>(result: T | { bad: string }): result is { bad: string } {
  return 'bad' in result;
}

/** The document of a row, checked; `side` ends the names of its columns where a row has two. */
export function documentOf({ cells }: Row, settings: Settings, side = ''): SourceDocument {
  const given: Record<string, Cell> = {};
  for (const name of ['id', 'text', ...Object.keys(DOCUMENT)]) {
    const cell = cells[`${name}${side}`];
    if (name === 'id' || name === 'text' || (cell !== null && cell !== undefined)) given[name] = cell;
  }
  const source = checkDocument('the document', given);
  checkSize(source, settings);
  return source;
}

/** A cell that holds a list of numbers; none where it is null or missing. */
export function numbers(cell: Cell): readonly number[] {
  return cell === null || cell === undefined ? [] : Array.from(cell as ArrayLike<number>);
}

/** A cell that holds unsigned numbers of 32 bits, in memory of its own. */
export function words32(cell: Cell): Uint32Array {
  return cell === null || cell === undefined ? new Uint32Array(0) : Uint32Array.from(cell as ArrayLike<number>);
}

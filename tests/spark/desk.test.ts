import { describe, expect, it } from 'vitest';
import type { ComparableDocument } from '../../src/relate/document.js';
import { resolveOptions } from '../../src/settings/options.js';
import { Desk } from '../../src/spark/desk.js';
import type { StepTools } from '../../src/spark/step.js';
import type { SourceDocument } from '../../src/types.js';

/** A desk for documents of some lengths, and those that it made ready, in order. */
function deskFor(lengths: readonly number[]) {
  const made: string[] = [];
  const prepare = (source: SourceDocument) => {
    made.push(source.id);
    return { doc: { source } as ComparableDocument };
  };
  const desk = new Desk({ settings: resolveOptions({}), bench: { prepare } as unknown as StepTools['bench'] });
  const text = (n: number) => 'x'.repeat(lengths[n] as number);
  const pair = (a: number | null, b: number | null, [x, y] = [a ?? 0, b ?? 0]) =>
    desk
      .pair({ number: 1, cells: { a, id_a: `${x}`, text_a: text(x), b, id_b: `${y}`, text_b: text(y) } })
      .map(({ source }) => source.id);
  return { pair, made };
}

describe('a desk of documents', () => {
  it('has what is asked for, made once while there is room', () => {
    const { pair, made } = deskFor([10, 10, 10]);
    expect(pair(0, 1)).toEqual(['0', '1']);
    expect(pair(0, 2)).toEqual(['0', '2']);
    expect(pair(1, 2)).toEqual(['1', '2']);
    expect(made).toEqual(['0', '1', '2']);
  });

  it('makes those without a number each time', () => {
    const { pair, made } = deskFor([10, 10]);
    pair(null, null, [0, 1]);
    pair(null, null, [0, 1]);
    expect(made).toEqual(['0', '1', '0', '1']);
  });

  it('makes a document longer than its room once, on either side and with others between', () => {
    const { pair, made } = deskFor([9_000_000, 10, 10, 10]);
    pair(1, 0);
    pair(1, 2);
    pair(2, 3);
    pair(0, 3);
    pair(0, 2);
    expect(made.filter((id) => id === '0')).toHaveLength(1);
  });

  it('puts away those first that were not used for longest', () => {
    const { pair, made } = deskFor([2_800_000, 2_700_000, 2_600_000, 2_500_000]);
    pair(0, 1);
    pair(1, 2);
    expect(made).toEqual(['0', '1', '2']);
    // 0 is the longest and stays; of the others 1 goes.
    pair(2, 3);
    pair(2, 0);
    expect(made).toEqual(['0', '1', '2', '3']);
    pair(1, 3);
    expect(made).toEqual(['0', '1', '2', '3', '1']);
  });
});

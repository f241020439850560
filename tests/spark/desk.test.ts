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
  const text = (n: number) => (lengths[n] === undefined ? null : 'x'.repeat(lengths[n]));
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
    const { pair, made } = deskFor([5_000_000, 4_500_000, 4_400_000, 4_300_000, 4_200_000]);
    pair(0, 1);
    pair(2, 3);
    expect(made).toEqual(['0', '1', '2', '3']);
    // 0 is the longest and stays, as 4 does, which is in use; of the others there is room for 3.
    pair(0, 4);
    pair(3, 4);
    expect(made).toEqual(['0', '1', '2', '3', '4']);
    pair(0, 2);
    expect(made).toEqual(['0', '1', '2', '3', '4', '2']);
  });

  it('keeps room for others beside a document longer than it', () => {
    const { pair, made } = deskFor([9_000_000, 10, 10, 10]);
    pair(0, 1);
    pair(2, 3);
    pair(1, 3);
    expect(made).toEqual(['0', '1', '2', '3']);
  });

  it('puts away what it must where the second document cannot be made', () => {
    const lengths = Array.from({ length: 12 }, () => 1_000_000);
    const { pair, made } = deskFor(lengths);
    for (let n = 0; n < 12; n++) expect(() => pair(n, 99)).toThrow();
    made.length = 0;
    for (let n = 0; n < 12; n++) expect(() => pair(n, 99)).toThrow();
    expect(made.length).toBeGreaterThan(2);
  });
});

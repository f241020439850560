import { describe, expect, it } from 'vitest';
import { BorderFinder, type TermSequence } from '../../src/align/borders.js';

/** Terms, none of them common words. */
const sequence = (...terms: number[]): TermSequence => ({
  terms: Uint32Array.from(terms),
  flags: new Uint8Array(terms.length),
});
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

/** How often each of so many terms stands in a sequence. */
function countsOf({ terms }: TermSequence, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (const term of terms) counts[term] = (counts[term] as number) + 1;
  return counts;
}

describe('the borders of a passage', () => {
  const size = 400;
  // The terms 10 to 40 stand in both, among others that only one has.
  const x = sequence(...range(100, 160), ...range(10, 40), ...range(160, 220));
  const y = sequence(...range(300, 330), ...range(10, 40), ...range(330, 390));
  const found = (from: number, to: number, yFrom: number, yTo: number) =>
    new BorderFinder(size).segment(x, from, to, y, yFrom, yTo, countsOf(y, size));

  it('are where the terms of the other side end', () => {
    expect(found(70, 80, 30, 60)).toMatchObject({ from: 60, to: 90 });
    expect(found(50, 100, 30, 60)).toMatchObject({ from: 60, to: 90 });
    expect(found(60, 90, 0, 120)).toMatchObject({ from: 60, to: 90 });
  });

  it('are asked of the part of the other side that is given, and of nothing beside it', () => {
    expect(found(70, 80, 35, 50)).toMatchObject({ from: 65, to: 80 });
    expect(found(60, 90, 35, 50)).toMatchObject({ from: 65, to: 80 });
  });

  it('reach to the first term and to the last where the passage does', () => {
    const begins = sequence(...range(10, 40), ...range(160, 220));
    const ends = sequence(...range(100, 160), ...range(10, 40));
    const within = (text: TermSequence, from: number, to: number) =>
      new BorderFinder(size).segment(text, from, to, y, 30, 60, countsOf(y, size));
    expect(within(begins, 10, 20)).toMatchObject({ from: 0, to: 30 });
    expect(within(ends, 70, 80)).toMatchObject({ from: 60, to: 90 });
    const whole = sequence(...range(10, 40));
    expect(within(whole, 10, 20)).toMatchObject({ from: 0, to: 30 });
  });

  it('take no term more often than the other side has it', () => {
    const again = sequence(...range(100, 160), ...range(10, 40), ...range(10, 40), ...range(160, 220));
    const { from, to } = new BorderFinder(size).segment(again, 60, 90, y, 30, 60, countsOf(y, size));
    expect([from, to]).toEqual([60, 90]);
  });
});

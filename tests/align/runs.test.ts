import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inRuns } from '../../src/align/runs.js';
import '../arbitraries.js';

const sequence = fc.array(fc.nat({ max: 6 }), { maxLength: 60 }).map((values) => Uint32Array.from(values));

describe('inRuns', () => {
  it('marks the words of every three in a row that the other side has in a row', () => {
    fc.assert(
      fc.property(
        sequence,
        sequence,
        fc.nat(20),
        fc.nat(20),
        fc.nat(20),
        fc.nat(20),
        (x, y, from, yFrom, less, yLess) => {
          const [low, yLow] = [Math.min(from, x.length), Math.min(yFrom, y.length)];
          const [high, yHigh] = [Math.max(low, x.length - less), Math.max(yLow, y.length - yLess)];
          const threes = new Set<string>();
          for (let k = yLow; k + 3 <= yHigh; k++) threes.add(y.subarray(k, k + 3).join());
          const expected = new Uint8Array(high - low);
          for (let k = low; k + 3 <= high; k++)
            if (threes.has(x.subarray(k, k + 3).join())) expected.fill(1, k - low, k - low + 3);
          expect(inRuns(x, low, high, y, yLow, yHigh)).toEqual(expected);
        },
      ),
    );
  });

  it('asks nothing of the words beyond either range', () => {
    const [x, y] = [Uint32Array.of(9, 1, 2, 3), Uint32Array.of(7, 1, 2, 3)];
    expect([...inRuns(x, 0, 4, y, 0, 4)]).toEqual([0, 1, 1, 1]);
    expect([...inRuns(x, 0, 3, y, 0, 4)]).toEqual([0, 0, 0]);
    expect([...inRuns(x, 0, 4, y, 0, 3)]).toEqual([0, 0, 0, 0]);
  });
});

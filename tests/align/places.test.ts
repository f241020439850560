import { describe, expect, it } from 'vitest';
import { placeChances } from '../../src/align/places.js';

/** Pairs of sentences in common; `odds[i][j]` is 0 where there is no entry. */
function chancesOf(odds: number[][]) {
  const first = [0];
  const column: number[] = [];
  const values: number[] = [];
  for (const row of odds) {
    row.forEach((x, j) => {
      if (x === 0) return;
      column.push(j);
      values.push(x);
    });
    first.push(column.length);
  }
  const matrix = {
    rows: odds.length,
    columns: odds[0]?.length ?? 0,
    first: Uint32Array.from(first),
    column: Uint32Array.from(column),
  };
  return { matrix, chances: placeChances(matrix, Float64Array.from(values)) };
}

/** The same for rows, by adding up every way through the other document. */
function byAllWays(odds: number[][]): number[] {
  const columns = odds[0]?.length ?? 0;
  const weight = (step: number) => (step === 0 ? 1 : step > 0 ? 0.5 ** (step - 1) : 0.15 * 0.5 ** (-step - 1));
  const next = (from: number, to: number) => {
    let norm = 0;
    for (let j = 0; j < columns; j++) norm += weight(j - from);
    return (0.75 * weight(to - from)) / norm + 0.25 / columns;
  };
  const sums = odds.map((row) => row.map(() => 0));
  let all = 0;
  const walk = (i: number, last: number, chance: number, way: number[]) => {
    if (i === odds.length) {
      all += chance;
      way.forEach((j, row) => {
        const sum = sums[row];
        if (j >= 0 && sum !== undefined) sum[j] = (sum[j] as number) + chance;
      });
      return;
    }
    walk(i + 1, last, chance * 0.3, [...way, -1]);
    for (let j = 0; j < columns; j++) {
      const step = i === 0 ? Number(j === last) : next(last, j);
      if (step > 0) walk(i + 1, j, chance * 0.7 * step * (odds[i]?.[j] || 0.05), [...way, j]);
    }
  };
  // The first sentence stands anywhere; where it retells nothing, the next goes on from anywhere.
  for (let j = 0; j < columns; j++) walk(0, j, 1 / columns, []);
  return sums.flatMap((row, i) => row.filter((_, j) => odds[i]?.[j] !== 0).map((sum) => sum / all));
}

const ODDS = [
  [2, 0, 0.5, 1, 0],
  [0, 6, 0.2, 0, 3],
  [1, 0, 0, 4, 0.7],
  [0, 0, 5, 0, 2],
];

describe('chances of places', () => {
  it('are those of all ways through the other document, added up', () => {
    const { chances } = chancesOf(ODDS);
    const expected = byAllWays(ODDS);
    chances?.ofRows.forEach((p, e) => {
      expect(p).toBeCloseTo(expected[e] as number, 12);
    });
    expect(chances?.ofRows).toHaveLength(expected.length);
  });

  it('are of columns what they are of rows with the documents swapped', () => {
    const turned = [0, 1, 2, 3, 4].map((j) => ODDS.map((row) => row[j] as number));
    const expected = byAllWays(turned);
    const { chances, matrix } = chancesOf(ODDS);
    const places = ODDS.flatMap((row, i) => row.flatMap((x, j) => (x === 0 ? [] : [[i, j] as const])));
    const order = places
      .map(([i, j], e) => ({ i, j, e }))
      .sort((x, y) => x.j - y.j || x.i - y.i)
      .map(({ e }) => e);
    order.forEach((e, n) => {
      expect(chances?.ofColumns[e]).toBeCloseTo(expected[n] as number, 12);
    });
    expect(matrix.column).toHaveLength(order.length);
  });

  it('prefer, of two places as likely by themselves, the one that the sentences around lead to', () => {
    const { chances } = chancesOf([
      [50, 0, 0, 0, 0, 0],
      [0, 1, 0, 0, 1, 0],
      [0, 0, 50, 0, 0, 0],
    ]);
    const [, near, far] = chances?.ofRows ?? [];
    expect(near).toBeGreaterThan(3 * (far as number));
  });

  it('are not reckoned for documents of thousands of sentences each, and are none of empty ones', () => {
    const long = { rows: 3000, columns: 3000, first: new Uint32Array(3001), column: new Uint32Array(0) };
    expect(placeChances(long, new Float64Array(0))).toBeUndefined();
    const none = placeChances({ ...long, rows: 0, columns: 0, first: new Uint32Array(1) }, new Float64Array(0));
    expect(none?.ofRows).toHaveLength(0);
  });
});

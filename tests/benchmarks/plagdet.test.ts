import { describe, expect, it } from 'vitest';
import { type PassageCase, plagdet } from '../../benchmarks/quality/plagdet.js';

const passage = (from: number, to: number, sourceFrom: number, sourceTo: number, pair = 'p'): PassageCase => ({
  pair,
  suspicious: [from, to],
  source: [sourceFrom, sourceTo],
});

describe('plagdet', () => {
  it('is 1 for what was annotated, and 0 for nothing found', () => {
    const cases = [passage(0, 100, 50, 150), passage(300, 400, 0, 40)];
    expect(plagdet(cases, cases)).toMatchObject({ plagdet: 1, recall: 1, precision: 1, granularity: 1 });
    expect(plagdet(cases, [])).toMatchObject({ plagdet: 0, recall: 0, precision: 1, granularity: 1 });
    expect(plagdet([], [])).toMatchObject({ plagdet: 1 });
  });

  it('counts characters on both sides', () => {
    // Half of the suspicious span and all of the source: 50 + 100 of 200 characters.
    const found = plagdet([passage(0, 100, 0, 100)], [passage(0, 50, 0, 100)]);
    expect(found.recall).toBeCloseTo(0.75);
    expect(found.precision).toBe(1);
  });

  it('averages over cases and over detections, whatever their length', () => {
    const found = plagdet(
      [passage(0, 1000, 0, 1000), passage(2000, 2010, 2000, 2010)],
      [passage(0, 1000, 0, 1000), passage(5000, 5010, 0, 10)],
    );
    expect(found.recall).toBeCloseTo(0.5);
    // The second detection touches the first case in the source only, and finds nothing.
    expect(found.precision).toBeCloseTo(0.5);
  });

  it('divides by the logarithm of the granularity where one case is found in pieces', () => {
    const found = plagdet([passage(0, 100, 0, 100)], [passage(0, 50, 0, 50), passage(50, 100, 50, 100)]);
    expect(found).toMatchObject({ recall: 1, precision: 1, granularity: 2 });
    expect(found.plagdet).toBeCloseTo(1 / Math.log2(3));
  });

  it('does not count characters twice that two detections cover', () => {
    const found = plagdet([passage(0, 100, 0, 100)], [passage(0, 60, 0, 60), passage(40, 100, 40, 100)]);
    expect(found.recall).toBe(1);
  });

  it('keeps pairs of documents apart', () => {
    expect(plagdet([passage(0, 100, 0, 100, 'x')], [passage(0, 100, 0, 100, 'y')])).toMatchObject({
      recall: 0,
      precision: 0,
    });
  });
});

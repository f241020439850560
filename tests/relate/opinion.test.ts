import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EncodedText, isInDoubt, oddsByMeaning, opinionFeatures } from '../../src/relate/opinion.js';

const WIDTH = 6;
const text = fc
  .array(
    fc.record({
      vector: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: WIDTH, maxLength: WIDTH }),
      words: fc.integer({ min: 0, max: 30 }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map(
    (sentences): EncodedText => ({
      vectors: sentences.map(({ vector }) => Float32Array.from(vector)),
      words: sentences.map(({ words }) => words),
    }),
  );
const changed = (doc: EncodedText, change: (vector: Float32Array) => Float32Array): EncodedText => ({
  ...doc,
  vectors: doc.vectors.map(change),
});

/** Texts of `n` sentences of ten words, each about something else. */
const apart = (n: number, from: number): EncodedText => ({
  vectors: Array.from({ length: n }, (_, i) => {
    const vector = new Float32Array(40);
    vector[from + i] = 1;
    return vector;
  }),
  words: new Array(n).fill(10),
});

describe('what an encoder says of two texts', () => {
  it('speaks for a retelling where each sentence has its counterpart, and against it where none has', () => {
    const [same] = oddsByMeaning(apart(12, 0), apart(12, 0));
    const [other] = oddsByMeaning(apart(12, 0), apart(12, 20));
    expect(same).toBeGreaterThan(10);
    expect(other).toBeLessThan(0.1);
  });

  it('speaks the less for a retelling, the more of the other text is left without an answer', () => {
    const odds = [12, 14, 16].map((n) => oddsByMeaning(apart(12, 0), apart(n, 0))[0]);
    expect(odds).toEqual([...odds].sort((x, y) => y - x));
    expect(new Set(odds).size).toBe(3);
  });

  it.each([
    ['one vector for all', () => Float32Array.of(0.3, -0.7, 0.1)],
    ['one direction for all', (k: number) => Float32Array.of(0.3 * k, -0.7 * k, 0.1 * k)],
    ['zeros', () => new Float32Array(3)],
    ['one vector or zeros', (k: number) => (k % 3 === 0 ? new Float32Array(3) : Float32Array.of(0.3, -0.7, 0.1))],
  ])('changes nothing where an encoder gives %s', (_, vector) => {
    const doc = (n: number, from: number): EncodedText => ({
      vectors: Array.from({ length: n }, (_, i) => vector(from + i)),
      words: new Array(n).fill(10),
    });
    expect(oddsByMeaning(doc(12, 1), doc(7, 13))).toEqual([1, 1]);
    expect(oddsByMeaning(doc(1, 1), doc(1, 2))).toEqual([1, 1]);
  });

  it('says the same of the texts in the other order', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [x, y] = opinionFeatures(a, b);
        const [turnedY, turnedX] = opinionFeatures(b, a);
        for (const [one, other] of [
          [x, turnedX],
          [y, turnedY],
        ] as const)
          one.forEach((value, f) => void expect(value).toBeCloseTo(other[f] as number, 9));
      }),
      { seed: 5 },
    );
  });

  it('does not depend on the length of vectors, nor on what an encoder gives all sentences in common', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 8 }), (a, b, common) => {
        const unit = (vector: Float32Array) => {
          const length = Math.hypot(...vector);
          return length > 0 ? vector.map((x) => x / length) : Float32Array.from(vector, (_, i) => (i === 0 ? 1 : 0));
        };
        const expected = opinionFeatures(changed(a, unit), changed(b, unit)).flat();
        const shifted = (vector: Float32Array) => Float32Array.of(...unit(vector).map((x) => 3 * x), common);
        const found = opinionFeatures(changed(a, shifted), changed(b, shifted)).flat();
        // Sentences of one direction tie: of two counterparts as near as each other, rounding may make either the nearer.
        found.forEach((value, f) => void expect(value).toBeCloseTo(expected[f] as number, 4));
      }),
      { seed: 5 },
    );
  });

  it('is finite for texts without words and vectors without length', () => {
    const nothing: EncodedText = { vectors: [new Float32Array(3), new Float32Array(3)], words: [0, 0] };
    for (const odds of [...oddsByMeaning(nothing, nothing), ...oddsByMeaning(nothing, apart(3, 0))])
      expect(Number.isFinite(odds)).toBe(true);
  });
});

describe('doubt', () => {
  it('lies around the threshold, and never where the score is 0 or 1', () => {
    expect([0, 0.09, 0.11, 0.4, 0.89, 0.91, 1].filter((score) => isInDoubt(score, 0.4))).toEqual([0.11, 0.4, 0.89]);
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.999, noNaN: true }), (threshold) => {
        expect(isInDoubt(threshold, threshold)).toBe(true);
        expect(isInDoubt(0, threshold)).toBe(false);
        expect(isInDoubt(1, threshold)).toBe(false);
      }),
      { seed: 5 },
    );
  });
});

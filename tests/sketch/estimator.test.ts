import minhash from 'minhash';
import { describe, expect, it } from 'vitest';
import { estimateJaccard, MinHasher, minima } from '../../src/sketch/minhash.js';
import { permutations } from '../../src/sketch/permutations.js';
import { jaccard, shingles } from '../../src/sketch/shingles.js';
import { randomWord, seededRandom } from '../arbitraries.js';

const K = 128;

/** Estimates the resemblance of two sets of 32-bit numbers. */
type Estimator = (a: number[], b: number[]) => number;

const family = permutations(K, 1);
const ours: Estimator = (a, b) =>
  estimateJaccard(minima(Uint32Array.from(a), family), minima(Uint32Array.from(b), family));
const theirs: Estimator = (a, b) => {
  const left = new minhash.Minhash({ numPerm: K });
  const right = new minhash.Minhash({ numPerm: K });
  for (const x of a) left.update(`s${x}`);
  for (const x of b) right.update(`s${x}`);
  return left.jaccard(right);
};

/** The errors of an estimator over pairs of random sets of all sizes and resemblances, in standard errors. */
function errors(estimate: Estimator, pairs: number, largest: number): number[] {
  const random = seededRandom(42);
  const out: number[] = [];
  while (out.length < pairs) {
    const size = 2 + Math.floor(largest ** random());
    const members = Array.from({ length: size }, () => Math.floor(random() * 2 ** 32));
    const both = random();
    const a: number[] = [];
    const b: number[] = [];
    for (const x of members) {
      const place = random();
      if (place < both || place < both + (1 - both) / 2) a.push(x);
      if (place < both || place >= both + (1 - both) / 2) b.push(x);
    }
    const exact = jaccard(a, b);
    if (exact === 0 || exact === 1) {
      expect(estimate(a, b)).toBe(a.length === 0 || b.length === 0 ? 0 : exact);
      continue;
    }
    out.push((estimate(a, b) - exact) / Math.sqrt((exact * (1 - exact)) / K));
  }
  return out;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What must hold of a fair estimator: no error beyond four standard errors, none of a kind, as much spread as theory says. */
function expectFair(found: number[]) {
  expect(Math.max(...found.map(Math.abs))).toBeLessThan(4);
  expect(Math.abs(mean(found))).toBeLessThan(4 / Math.sqrt(found.length));
  const spread = Math.sqrt(mean(found.map((error) => error * error)));
  expect(spread).toBeGreaterThan(0.85);
  expect(spread).toBeLessThan(1.15);
}

describe('the estimated resemblance stays within four standard errors, without bias', () => {
  it('from our minima', () => {
    expectFair(errors(ours, 1500, 1000));
  });

  it('from the minhash package, by the same test', () => {
    expectFair(errors(theirs, 300, 200));
  });

  it('from the signatures of texts', () => {
    const random = seededRandom(9);
    const hasher = new MinHasher({ permutations: K });
    const found: number[] = [];
    while (found.length < 300) {
      const words = Array.from({ length: 20 + Math.floor(random() * 200) }, () => randomWord(random));
      const changes = random() * 0.4;
      const a = words.join(' ');
      const b = words.map((word) => (random() < changes ? randomWord(random) : word)).join(' ');
      const exact = jaccard(shingles(a), shingles(b));
      const estimate = estimateJaccard(hasher.sign(a), hasher.sign(b));
      if (exact === 0 || exact === 1) expect(estimate).toBe(exact);
      else found.push((estimate - exact) / Math.sqrt((exact * (1 - exact)) / K));
    }
    expectFair(found);
  });
});

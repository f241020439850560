import { describe, expect, it } from 'vitest';
import { createDetector, estimateJaccard, jaccard, MinHasher, shingles } from '../../src/index.js';
import { permutations } from '../../src/sketch/permutations.js';
import { minima, shingleHashes } from '../../src/sketch/reference.js';
import { randomWord, seededRandom } from '../arbitraries.js';

/** So many minima, and words a shingle. */
const [K, W] = [128, 3];
const random = seededRandom(9);
const text = (words: number) => Array.from({ length: words }, () => randomWord(random)).join(' ');

/**
 * Words that, put into any text, give it the same signature under a known seed: of many shingles, for each permutation the one that
 * it puts first.
 */
function poison(seed: number): string {
  const family = permutations(K, seed);
  const least = new Uint32Array(K).fill(0xffffffff);
  const chosen: string[] = new Array(K).fill('');
  for (let n = 0; n < 40_000; n++) {
    const triple = text(W);
    const signature = minima(shingleHashes(triple, W, seed), family);
    for (let p = 0; p < K; p++) {
      if ((signature[p] as number) >= (least[p] as number)) continue;
      least[p] = signature[p] as number;
      chosen[p] = triple;
    }
  }
  return chosen.join(' ');
}

describe('texts that are made to seem alike', () => {
  const payload = poison(1);
  const [a, b] = [`${text(1500)} ${payload}`, `${text(1500)} ${payload}`] as const;
  const truth = jaccard(shingles(a), shingles(b));
  const estimated = (seed: number | 'random') => {
    const hasher = new MinHasher({ permutations: K, seed });
    return estimateJaccard(hasher.sign(a), hasher.sign(b));
  };

  it('deceive an estimate whose seed they were made for', () => {
    expect(truth).toBeLessThan(0.15);
    expect(estimated(1)).toBeGreaterThan(0.8);
  });

  it('deceive none under a seed that was drawn', () => {
    // Six standard errors of an estimate of so many minima.
    for (let n = 0; n < 5; n++)
      expect(Math.abs(estimated('random') - truth)).toBeLessThan(6 * Math.sqrt((truth * (1 - truth)) / K));
  });

  it('deceive no comparison, which counts', async () => {
    const { resemblance } = (await createDetector()).compare(a, b);
    expect(Math.abs(resemblance - truth)).toBeLessThan(0.01);
  });
});

describe("seed: 'random'", () => {
  it('is another seed each time, which can be read and given again', () => {
    const hashers = Array.from({ length: 4 }, () => new MinHasher({ seed: 'random' }));
    expect(new Set(hashers.map(({ seed }) => seed)).size).toBeGreaterThan(1);
    for (const { seed, ...hasher } of hashers) {
      expect(Number.isInteger(seed)).toBe(true);
      expect(hasher.permutations).toBe(128);
    }
    const [hasher] = hashers as [MinHasher];
    expect(new MinHasher({ seed: hasher.seed }).sign('one two three four')).toEqual(hasher.sign('one two three four'));
  });

  it('changes no report, and an index that was saved is read under another seed', async () => {
    const story =
      'The council voted on Monday to close the old bridge. Repairs will take until the spring, engineers said.';
    const documents = [
      { id: 'a', text: story },
      { id: 'b', text: `${story} A vote is due.` },
    ];
    const [drawn, fixed] = [await createDetector({ seed: 'random' }), await createDetector()];
    expect(await drawn.detect(documents)).toEqual(await fixed.detect(documents));
    const index = drawn.index();
    for (const doc of documents) index.add(doc);
    const again = (await createDetector({ seed: 'random' })).index(index.toBuffer());
    expect(again.query(story).map((pair) => pair.b)).toEqual(['a', 'b']);
  });

  it('is the only word that is taken for a seed', async () => {
    expect(() => new MinHasher({ seed: 'any' as 'random' })).toThrow(/seed must be a whole number.*"any"/);
    await expect(createDetector({ seed: 'any' as 'random' })).rejects.toThrow(/seed/);
  });
});

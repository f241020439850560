import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandKey, LshIndex } from '../../src/candidates/lsh.js';
import { estimateJaccard, MinHasher } from '../../src/sketch/minhash.js';
import '../arbitraries.js';

/** Few values, so that bands agree often. */
const signature = (length: number) =>
  fc.array(fc.nat(2), { minLength: length, maxLength: length }).map((minima) => Uint32Array.from(minima));

const shareBand = (a: Uint32Array, b: Uint32Array, bands: number, rows: number): boolean =>
  Array.from({ length: bands }, (_, band) => band).some((band) =>
    Array.from({ length: rows }, (_, row) => band * rows + row).every((place) => a[place] === b[place]),
  );

describe('LshIndex', () => {
  it('returns exactly the entries that share a band, best estimate first, then by id', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(signature(12), { maxLength: 20 }),
        fc.array(fc.nat(19), { maxLength: 5 }),
        signature(12),
        (bands, rows, signatures, removed, asked) => {
          const index = new LshIndex({ permutations: 12, bands, rows });
          signatures.forEach((each, i) => {
            index.insert(`s${i}`, each);
          });
          const left = new Map(signatures.map((each, i) => [`s${i}`, each]));
          for (const i of removed) expect(index.remove(`s${i}`)).toBe(left.delete(`s${i}`));
          const expected = [...left]
            .filter(([, each]) => shareBand(each, asked, bands, rows))
            .map(([id, each]) => ({ id, estimate: estimateJaccard(asked, each) }))
            .sort((x, y) => y.estimate - x.estimate || (x.id < y.id ? -1 : 1));
          expect(index.query(asked)).toEqual(expected);
          expect(index.size).toBe(left.size);
        },
      ),
    );
  });

  it('does not depend on the order of insertion', () => {
    fc.assert(
      fc.property(fc.array(signature(8), { maxLength: 12 }), signature(8), (signatures, asked) => {
        const forward = new LshIndex({ permutations: 8, bands: 4, rows: 2 });
        const backward = new LshIndex({ permutations: 8, bands: 4, rows: 2 });
        const entries = signatures.map((each, i) => [`s${i}`, each] as const);
        for (const [id, each] of entries) forward.insert(id, each);
        for (const [id, each] of [...entries].reverse()) backward.insert(id, each);
        expect(backward.query(asked)).toEqual(forward.query(asked));
      }),
    );
  });

  it('finds a near copy at a threshold below its resemblance and passes an unlike text over', () => {
    const hasher = new MinHasher();
    const index = new LshIndex({ threshold: 0.5 });
    const story = 'the council voted on monday to close the old bridge for repairs until the spring of next year';
    index.insert('copy', hasher.sign(`${story} said a spokeswoman`));
    index.insert('other', hasher.sign('rain is expected in the north by the weekend and snow on the higher hills'));
    expect(index.query(hasher.sign(story)).map(({ id }) => id)).toEqual(['copy']);
  });

  it('keeps its own copy of a signature', () => {
    const index = new LshIndex({ permutations: 4, bands: 1, rows: 4 });
    const given = Uint32Array.of(1, 2, 3, 4);
    index.insert('a', given);
    given.fill(9);
    expect(index.query(Uint32Array.of(1, 2, 3, 4))).toEqual([{ id: 'a', estimate: 1 }]);
    expect(index.remove('a')).toBe(true);
    expect(index.size).toBe(0);
  });

  it('takes ids that objects have members of', () => {
    const index = new LshIndex({ permutations: 2, bands: 1, rows: 2 });
    for (const id of ['__proto__', 'constructor', '']) {
      expect(index.has(id)).toBe(false);
      index.insert(id, Uint32Array.of(1, 2));
      expect(index.has(id)).toBe(true);
    }
    expect(index.query(Uint32Array.of(1, 2)).map(({ id }) => id)).toEqual(['', '__proto__', 'constructor']);
  });

  it('chooses bands and rows from the threshold, and takes them as given', () => {
    const chosen = new LshIndex({ threshold: 0.8, permutations: 128 });
    expect(chosen.banding).toEqual({ bands: 9, rows: 13 });
    expect(new LshIndex({ permutations: 10, bands: 5, rows: 2 }).banding).toEqual({ bands: 5, rows: 2 });
  });

  it('lets nobody change the banding that its entries are filed by', () => {
    for (const index of [new LshIndex(), new LshIndex({ permutations: 10, bands: 5, rows: 2 })])
      expect(() => {
        (index.banding as { rows: number }).rows = 1;
      }).toThrow(TypeError);
  });

  it('proposes no entry whose band only has the same key', () => {
    const index = new LshIndex({ permutations: 2, bands: 1, rows: 2 });
    // The key is a polynomial over the minima: what one more in the first adds, less in the second takes away.
    const a = Uint32Array.of(5, 7);
    const b = Uint32Array.of(6, 7 - 0x9e3779b1);
    expect(bandKey(a, 0, 2)).toBe(bandKey(b, 0, 2));
    index.insert('a', a);
    expect(index.query(b)).toEqual([]);
    index.insert('b', b);
    expect(index.query(b)).toEqual([{ id: 'b', estimate: 1 }]);
    expect(index.query(a)).toEqual([{ id: 'a', estimate: 1 }]);
  });

  it('is as if new after entries came and went', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), signature(8)), { maxLength: 60 }), signature(8), (steps, asked) => {
        const index = new LshIndex({ permutations: 8, bands: 4, rows: 2 });
        const left = new Map<string, Uint32Array>();
        for (const [name, each] of steps) {
          const id = `s${name}`;
          if (index.remove(id)) left.delete(id);
          else {
            index.insert(id, each);
            left.set(id, each);
          }
        }
        const fresh = new LshIndex({ permutations: 8, bands: 4, rows: 2 });
        for (const [id, each] of left) fresh.insert(id, each);
        expect(index.query(asked)).toEqual(fresh.query(asked));
        expect(index.size).toBe(left.size);
      }),
    );
  });

  it('refuses an entry that it cannot take, and is as it was then', () => {
    const index = new LshIndex({ permutations: 4, bands: 2, rows: 2 });
    index.insert('a', Uint32Array.of(1, 2, 3, 4));
    const refused = (id: unknown, given: unknown, code: string, words: RegExp) => {
      expect(() => index.insert(id as string, given as Uint32Array)).toThrow(
        expect.objectContaining({ name: 'TwicetoldError', code, message: expect.stringMatching(words) }),
      );
    };
    refused('a', Uint32Array.of(1, 2, 3, 4), 'DUPLICATE_ID', /"a"/);
    refused('b', Uint32Array.of(1, 2, 3), 'SIGNATURE_MISMATCH', /4 minima.*got 3/);
    refused('b', [1, 2, 3, 4], 'INVALID_ARGUMENT', /signature.*an array/);
    refused(7, Uint32Array.of(1, 2, 3, 4), 'INVALID_ARGUMENT', /id must be a string, got 7/);
    expect(index.size).toBe(1);
    expect(index.query(Uint32Array.of(1, 2, 9, 9))).toEqual([{ id: 'a', estimate: 0.5 }]);
    expect(() => index.query(new Uint32Array(0))).toThrow(/signature/);
  });

  it.each([
    [{ permutations: 0 }, 'OUT_OF_RANGE', /permutations.*1 to 1024/],
    [{ permutations: '64' }, 'INVALID_ARGUMENT', /permutations.*"64"/],
    [{ threshold: 1 }, 'OUT_OF_RANGE', /threshold/],
    [{ threshold: Number.NaN }, 'OUT_OF_RANGE', /threshold.*NaN/],
    [{ bands: 4 }, 'INVALID_ARGUMENT', /bands and rows/],
    [{ rows: 4 }, 'INVALID_ARGUMENT', /bands and rows/],
    [{ bands: 16, rows: 9 }, 'OUT_OF_RANGE', /rows.*1 to 8/],
    [{ bands: 0, rows: 1 }, 'OUT_OF_RANGE', /bands/],
    [{ threshold: 0.5, bands: 8, rows: 4 }, 'INVALID_ARGUMENT', /not both/],
    [{ treshold: 0.5 }, 'INVALID_ARGUMENT', /"treshold".*threshold/],
    [[], 'INVALID_ARGUMENT', /an empty array/],
  ])('refuses the options %j', (options, code, words) => {
    expect(() => new LshIndex(options as object)).toThrow(
      expect.objectContaining({ name: 'TwicetoldError', code, message: expect.stringMatching(words) }),
    );
  });
});

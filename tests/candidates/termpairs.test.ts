import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyBuckets } from '../../src/candidates/keybuckets.js';
import { LAST, type SharedKeys } from '../../src/candidates/sharedkeys.js';
import { MOST_PARTNERS, termPairs } from '../../src/candidates/termpairs.js';
import '../arbitraries.js';

describe('KeyBuckets', () => {
  it('gives back what was added, by key and then as it came, and is empty then', () => {
    const key = fc.oneof(fc.nat(5), fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(7 << 24, (7 << 24) + 1));
    fc.assert(
      fc.property(fc.array(key, { maxLength: 400 }), (added) => {
        const buckets = new KeyBuckets();
        added.forEach((k, owner) => void buckets.add(k, owner));
        expect(buckets.size).toBe(added.length);
        const entries = [...buckets.drain()].flatMap(({ keys, owners }) =>
          [...keys].map((k, at) => [k, owners[at] as number]),
        );
        expect(entries).toEqual(
          added.map((k, owner) => [k, owner]).sort((x, y) => (x[0] as number) - (y[0] as number)),
        );
        expect([...buckets.drain()]).toEqual([]);
      }),
    );
  });
});

/** The columns of keys that are given as the documents which have each. */
function sharedBy(documents: number, keys: readonly (readonly number[])[]): SharedKeys {
  const owners = Int32Array.from(keys.flatMap((list) => list.map((d, n) => (n + 1 < list.length ? d : d | LAST))));
  const of = Array.from({ length: documents }, (): number[] => []);
  owners.forEach((owner, at) => {
    if (owner >= 0) of[owner]?.push(at);
  });
  const first = new Float64Array(documents + 1);
  of.forEach((places, d) => {
    first[d + 1] = (first[d] as number) + places.length;
  });
  return { owners, first, places: Uint32Array.from(of.flat()), cappedKeys: 0 };
}

describe('termPairs', () => {
  it('takes the pairs that share enough, and of documents with too many partners the likeliest', () => {
    const n = MOST_PARTNERS + 30;
    const all = Array.from({ length: n }, (_, d) => d);
    const some = fc
      .uniqueArray(fc.nat(n - 1), { minLength: 2, maxLength: n })
      .map((list) => list.sort((x, y) => x - y));
    // Else few documents have too many partners.
    const most = fc.uniqueArray(fc.nat(n - 1), { maxLength: 40 }).map((out) => all.filter((d) => !out.includes(d)));
    const key = fc.oneof(some, most);
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 14 }), fc.integer({ min: 1, max: 4 }), (keys, least) => {
        const shared = Array.from({ length: n }, () => new Array<number>(n).fill(0));
        for (const list of keys)
          for (const x of list)
            for (const y of list)
              (shared[x] as number[])[y] = ((shared[x] as number[])[y] as number) + (x === y ? 0 : 1);
        const bounds = shared.map((row) => {
          const enough = row.filter((count) => count >= least).sort((x, y) => y - x);
          // The most that leaves no more than there may be: all below the first that is one too many go, and those like it.
          return enough.length > MOST_PARTNERS ? (enough[MOST_PARTNERS] as number) + 1 : least;
        });
        const expected: number[][] = [];
        shared.forEach((row, a) => {
          row.forEach((count, b) => {
            if (b > a && count >= least && (count >= (bounds[a] as number) || count >= (bounds[b] as number)))
              expected.push([a, b, count]);
          });
        });
        const found: number[][] = [];
        for (const _ of termPairs(n, sharedBy(n, keys), least, (a, b, count) => void found.push([a, b, count])));
        expect(found).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

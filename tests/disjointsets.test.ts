import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DisjointSets } from '../src/disjointsets.js';
import './arbitraries.js';

describe('disjoint sets', () => {
  it('are named by their smallest member, whatever the order of unions', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 30 }), (edges) => {
        const sets = new DisjointSets(20);
        // By definition: two items are together when a path of edges leads from one to the other.
        const name = Array.from({ length: 20 }, (_, i) => i);
        for (const [a, b] of edges) {
          const [x, y] = [name[a] as number, name[b] as number];
          expect(sets.unite(a, b)).toBe(x !== y);
          for (let i = 0; i < 20; i++) if (name[i] === Math.max(x, y)) name[i] = Math.min(x, y);
        }
        expect(name.map((_, i) => sets.find(i))).toEqual(name);
      }),
    );
  });
});

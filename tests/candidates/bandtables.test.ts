import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BandTables } from '../../src/candidates/bandtables.js';
import '../arbitraries.js';

/** The entries under a key in every band of a table. */
function entriesOf(table: BandTables, key: number): number[][] {
  const starts = new Uint32Array(table.bands);
  table.find(new Uint32Array(table.bands).fill(key), starts);
  return Array.from(starts, (start) => {
    const entries: number[] = [];
    for (let at = start; at !== 0; at = table.after(at)) entries.push(table.entryAt(at));
    return entries.sort((a, b) => a - b);
  });
}

describe('BandTables', () => {
  it('holds in every band what a map of sets holds, through any additions and removals', () => {
    // Keys that share their top bits stand in each other's way; keys at both ends wrap around.
    const key = fc.oneof(
      fc.nat(3),
      fc.nat(40).map((low) => (0xfffffff0 + low) >>> 0),
      fc.integer({ min: 0, max: 0xffffffff }),
    );
    // Two bands: keys as they are, and their complements.
    const both = (key: number) => Uint32Array.of(key, ~key);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), key, fc.nat(6)), { maxLength: 300 }), (steps) => {
        const table = new BandTables(2);
        const model = new Map<number, Set<number>>();
        for (const [adding, key, entry] of steps) {
          const entries = model.get(key) ?? new Set();
          if (adding && !entries.has(entry)) {
            table.add(both(key), 1, Uint32Array.of(entry), 1);
            model.set(key, entries.add(entry));
          } else if (!adding && entries.has(entry)) {
            table.remove(both(key), entry);
            entries.delete(entry);
          }
        }
        const known = (key: number) => [...(model.get(key >>> 0) ?? [])].sort((a, b) => a - b);
        for (const key of [...model.keys(), 0x55555555]) {
          expect(entriesOf(table, key)).toEqual([known(key), known(~key)]);
          expect(entriesOf(table, ~key >>> 0)).toEqual([known(~key), known(key)]);
        }
      }),
    );
  });

  it('takes many keys at once, and many entries of one key', () => {
    const count = 5000;
    const table = new BandTables(2);
    const keyOf = (i: number) => Math.imul(i, 0x9e3779b1) >>> 0;
    const keys = new Uint32Array(2 * count).fill(77);
    for (let i = 0; i < count; i++) keys[i] = keyOf(i);
    const all = [...Array(count).keys()];
    table.add(keys, count, Uint32Array.from(all), count);
    for (let i = 0; i < count; i += 2) table.remove(Uint32Array.of(keyOf(i), 77), i);
    for (let i = 0; i < count; i++) expect(entriesOf(table, keyOf(i))[0]).toEqual(i % 2 === 1 ? [i] : []);
    expect(entriesOf(table, 77)[1]).toEqual(all.filter((i) => i % 2 === 1));
    // What was taken away comes back, in the memory that it left.
    for (let i = 0; i < count; i += 2) table.add(Uint32Array.of(keyOf(i), 77), 1, Uint32Array.of(i), 1);
    expect(entriesOf(table, 77)[1]).toEqual(all);
  });
});

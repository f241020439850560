import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlace, writePlace } from '../../src/report/app/address.js';
import { anyText } from '../arbitraries.js';

describe('a place in the report', () => {
  it('is read as it was written, whatever the ids', () => {
    const id = fc.oneof(anyText(), fc.constantFrom('\\', '\\ud800', '\ud800\\', '\\\\udfff'));
    fc.assert(
      fc.property(id, id, fc.option(fc.nat(1000), { nil: undefined }), (a, b, passage) => {
        const place = { pair: [a, b] as const, ...(passage === undefined ? {} : { passage }) };
        expect(readPlace(writePlace(place))).toEqual(place);
      }),
    );
    expect(writePlace({})).toBe('#top');
    expect(writePlace({ pair: ['a.txt', 'b c'], passage: 1 })).toBe('#pair=a.txt,b%20c&passage=2');
  });

  it('is the top where the address cannot be read', () => {
    for (const hash of ['', '#', '#top', '#pair=%', '#pair=a', '#pair=a,b,c', '#passage=2', '#&==&'])
      expect(readPlace(hash)).toEqual({});
    expect(readPlace('#pair=a,b&passage=0')).toEqual({ pair: ['a', 'b'] });
  });
});

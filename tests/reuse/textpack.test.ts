import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextPack } from '../../src/reuse/textpack.js';
import { anyText } from '../arbitraries.js';

describe('TextPack', () => {
  it('gives back every text, with the dictionary of all before, and read with a copy of it', () => {
    const pack = new TextPack();
    fc.assert(
      fc.property(fc.oneof(anyText(), fc.string({ unit: 'binary' }), fc.lorem()), (text) => {
        const packed = pack.pack(text);
        expect(pack.unpack(packed)).toBe(text);
        expect(new TextPack(pack.tokens).unpack(packed)).toBe(text);
      }),
    );
  });

  it('packs the same whether its dictionary was kept or read back', () => {
    const first = new TextPack();
    first.pack('The council closed the bridge.');
    const again = new TextPack(first.tokens);
    for (const text of ['The bridge of the council, closed.', 'Another bridge.'])
      expect(again.pack(text)).toEqual(first.pack(text));
  });

  it('takes a third of the characters of a text whose words it has seen', () => {
    const text = 'The council voted on Monday to close the old bridge for repairs until the spring. '.repeat(20);
    const pack = new TextPack();
    pack.pack(text);
    expect(pack.pack(text).length).toBeLessThan(text.length / 3);
  });

  it('spells out what is too long for a dictionary', () => {
    const pack = new TextPack();
    const text = `${'x'.repeat(100_000)} ${'漢'.repeat(50)} \ud800${'-'.repeat(5000)}`;
    expect(pack.unpack(pack.pack(text))).toBe(text);
    expect(pack.tokens.every((token) => token.length <= 24)).toBe(true);
  });
});

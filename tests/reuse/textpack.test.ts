import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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

  it('packs the words of its dictionary the same whether it was kept or read back', () => {
    const first = new TextPack();
    for (let n = 0; n < 2; n++) first.pack('The council closed the bridge.');
    const again = new TextPack(first.tokens);
    for (const text of ['The council closed the bridge.', 'the bridge closed The council.'])
      expect(again.pack(text)).toEqual(first.pack(text));
  });

  it('numbers what comes a second time, and spells out what comes once', () => {
    const pack = new TextPack();
    pack.pack('The council closed the bridge');
    expect(pack.tokens).toEqual([]);
    pack.pack('The mayor closed the tunnel');
    expect(pack.tokens).toEqual(['The', 'closed', 'the']);
  });

  it('keeps its dictionary small though every text has words of its own', () => {
    const pack = new TextPack();
    const texts = Array.from(
      { length: 3000 },
      (_, n) => `The bridge number ${'abcdefghij'[n % 10]}${n}x and ${n}y of the town`,
    );
    const packed = texts.map((text) => pack.pack(text));
    expect(packed.map((bytes) => pack.unpack(bytes))).toEqual(texts);
    // Seven words, and of 6,000 those that share their bit with one before.
    expect(pack.size).toBeLessThan(1500);
    expect(pack.used(packed)).toBe(pack.size);
    expect(pack.used(packed.slice(0, 1))).toBeLessThanOrEqual(8);
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

  it('does not hold the texts whose words it has', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const pack = new TextPack();
    const before = used();
    for (let n = 0; n < 300; n++)
      pack.pack(`${'The bridge is closed. '.repeat(2000)} and ${`nevermentionedbefore${n} `.repeat(2)}`);
    // 300 texts of 44 KB are 13 MB.
    expect(used() - before).toBeLessThan(3e6);
    expect(pack.tokens.length).toBeGreaterThan(300);
  });

  it('packs runs of any length', () => {
    for (const run of ['a', '\u0301', ' ', '\ud800', '\u{20000}']) {
      const text = `x ${run.repeat(5_000_000)} y`;
      const pack = new TextPack();
      expect(pack.unpack(pack.pack(text)) === text).toBe(true);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../src/index.js';
import { readSnapshot, writeSnapshot } from '../src/snapshot.js';
import type { SourceDocument } from '../src/types.js';
import { anyText } from './arbitraries.js';

const detector = await createDetector();
const documents: SourceDocument[] = [
  { id: 'a', text: 'The council closed the bridge.', published: '2025-06-02T18:00:00.000Z' },
  { id: '__proto__', text: 'Lone \ud800 surrogates \udc00, \0 and “quotes”.', title: 'T', language: 'en' },
];
const refusal = (words: RegExp) =>
  expect.objectContaining({
    name: 'TwicetoldError',
    code: 'INVALID_ARGUMENT',
    message: expect.stringMatching(words),
  });

describe('a snapshot', () => {
  it('gives back what was written, whatever the texts', () => {
    expect(readSnapshot(writeSnapshot(documents))).toEqual(documents);
    fc.assert(
      fc.property(fc.array(fc.record({ id: anyText(), text: anyText() })), (any) => {
        expect(readSnapshot(writeSnapshot(any))).toEqual(any);
      }),
    );
  });

  it('begins with its mark, version and length, little-endian', () => {
    const buffer = writeSnapshot([]);
    expect(new TextDecoder().decode(new Uint8Array(buffer, 0, 4))).toBe('twct');
    expect([...new Uint32Array(buffer.slice(4, 12))]).toEqual([1, 2]);
  });

  it('is refused when any byte of it was altered', () => {
    const buffer = writeSnapshot(documents);
    fc.assert(
      fc.property(fc.nat(buffer.byteLength - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const altered = new Uint8Array(buffer.slice(0));
        altered[place] = (altered[place] as number) ^ change;
        expect(() => detector.index(altered.buffer)).toThrow(
          refusal(/buffer must be what ReuseIndex\.toBuffer made: it/),
        );
      }),
    );
  });

  it('is refused when it was cut or something was appended', () => {
    const buffer = writeSnapshot(documents);
    for (let length = 0; length < buffer.byteLength; length++)
      expect(() => readSnapshot(buffer.slice(0, length))).toThrow(refusal(/bytes/));
    const longer = new Uint8Array(buffer.byteLength + 1);
    longer.set(new Uint8Array(buffer));
    expect(() => readSnapshot(longer.buffer)).toThrow(refusal(/should hold \d+ bytes/));
  });

  it('is refused when it is none', () => {
    const foreign = new TextEncoder().encode('{"documents": ["something else"]}');
    expect(() => readSnapshot(foreign.slice().buffer)).toThrow(refusal(/mark of a saved index/));
    for (const value of [null, 'buffer', 7, {}, foreign, [1, 2]])
      expect(() => detector.index(value as unknown as ArrayBuffer)).toThrow(refusal(/not an ArrayBuffer/));
  });

  it('is refused when it is of another version', () => {
    const buffer = writeSnapshot(documents);
    new DataView(buffer).setUint32(4, 7, true);
    expect(() => readSnapshot(buffer)).toThrow(refusal(/version 7.*reads version 1/));
  });

  it('is refused when its content is no list of documents', () => {
    for (const content of [{ id: 'a' }, [{ id: 'a' }], [null], 'text', ['a']])
      expect(() => detector.index(withContent(JSON.stringify(content)))).toThrow(refusal(/./));
    expect(() => detector.index(withContent('[{'))).toThrow(refusal(/./));
  });
});

/** A buffer that is right in all but its content. */
function withContent(json: string): ArrayBuffer {
  const real = writeSnapshot([{ id: 'a', text: 'x'.repeat(200) }]);
  const payload = new TextEncoder().encode(json);
  const buffer = new ArrayBuffer(16 + payload.length);
  new Uint8Array(buffer).set(new Uint8Array(real, 0, 8));
  new Uint8Array(buffer, 16).set(payload);
  const view = new DataView(buffer);
  view.setUint32(8, payload.length, true);
  view.setUint32(12, checksum(payload), true);
  return buffer;
}

/** FNV-1a, finished by the mixer of MurmurHash3. */
function checksum(bytes: Uint8Array): number {
  let h = 0x811c9dc5;
  for (const byte of bytes) h = Math.imul(h ^ byte, 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { readSnapshot, writeSnapshot } from '../../src/reuse/snapshot.js';
import type { SourceDocument } from '../../src/types.js';
import '../arbitraries.js';

const detector = await createDetector();
const documents: SourceDocument[] = [
  { id: 'a', text: 'The council closed the bridge.', published: '2025-06-02T18:00:00.000Z' },
  { id: '__proto__', text: 'Lone \ud800 surrogates \udc00, \0 and “quotes”.', title: 'T', language: 'en' },
];
function saved(): ArrayBuffer {
  const index = detector.index();
  for (const doc of documents) index.add(doc);
  return index.toBuffer();
}
const refusal = (words: RegExp) =>
  expect.objectContaining({
    name: 'TwicetoldError',
    code: 'INVALID_ARGUMENT',
    message: expect.stringMatching(words),
  });

describe('a snapshot', () => {
  it('gives back the sections that were written, as views of the buffer', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (sections) => {
        const buffer = writeSnapshot(sections);
        const read = readSnapshot(buffer, sections.length);
        expect(read.map((section) => [...section])).toEqual(sections.map((section) => [...section]));
        for (const section of read) expect(section.buffer).toBe(buffer);
      }),
    );
  });

  it('begins with its mark, version and length, little-endian, and sections begin at words', () => {
    const buffer = writeSnapshot([Uint8Array.of(1, 2, 3), Uint32Array.of(7)]);
    expect(new TextDecoder().decode(new Uint8Array(buffer, 0, 4))).toBe('twct');
    expect([...new Uint32Array(buffer.slice(4, 12))]).toEqual([2, buffer.byteLength]);
    const [, words] = readSnapshot(buffer, 2) as [Uint8Array, Uint8Array];
    expect(words.byteOffset % 4).toBe(0);
    expect([...words]).toEqual([7, 0, 0, 0]);
  });

  it('is refused when any byte of it was altered', () => {
    const buffer = saved();
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
    const buffer = saved();
    for (let length = 0; length < buffer.byteLength; length++)
      expect(() => detector.index(buffer.slice(0, length))).toThrow(refusal(/bytes/));
    const longer = new Uint8Array(buffer.byteLength + 1);
    longer.set(new Uint8Array(buffer));
    expect(() => detector.index(longer.buffer)).toThrow(refusal(/should have \d+ bytes/));
  });

  it('is refused when it is none', () => {
    const foreign = new TextEncoder().encode('{"documents": ["something else"]}');
    expect(() => detector.index(foreign.slice().buffer)).toThrow(refusal(/mark of a saved index/));
    for (const value of [null, 'buffer', 7, {}, foreign, [1, 2]])
      expect(() => detector.index(value as unknown as ArrayBuffer)).toThrow(refusal(/not an ArrayBuffer/));
  });

  it('is refused when it is of another version', () => {
    const buffer = saved();
    new DataView(buffer).setUint32(4, 7, true);
    expect(() => detector.index(buffer)).toThrow(refusal(/version 7.*reads version 2/));
  });

  it('is refused when its sections are not those of an index', () => {
    const sections = readSnapshot(saved(), 13);
    expect(() => detector.index(writeSnapshot(sections.slice(1)))).toThrow(refusal(/12 sections, not 13/));
    const other = (section: number, bytes: Uint8Array) =>
      writeSnapshot(sections.map((own, n) => (n === section ? bytes : own)));
    for (const head of ['[{', '{}', '{"tokens":[],"documents":{}}', '7', '[null]'])
      expect(() => detector.index(other(0, new TextEncoder().encode(head)))).toThrow(refusal(/no list of documents/));
    expect(() => detector.index(other(1, new Uint8Array(4)))).toThrow(refusal(/do not fit/));
    expect(() => detector.index(other(3, new Uint8Array(8)))).toThrow(refusal(/do not fit/));
  });

  it('is refused when it is cut within a word, whatever length it gives itself', () => {
    for (const length of [22, saved().byteLength - 3]) {
      const buffer = saved().slice(0, length);
      new DataView(buffer).setUint32(8, length, true);
      expect(() => detector.index(buffer)).toThrow(refusal(/no whole words/));
    }
  });

  it.runIf('resizable' in ArrayBuffer.prototype)(
    'is of a fixed size: what is read where it stands would be gone when it shrinks',
    () => {
      const saved = new Uint8Array(detector.index().toBuffer());
      const buffer = new (ArrayBuffer as unknown as new (size: number, options: object) => ArrayBuffer)(saved.length, {
        maxByteLength: saved.length,
      });
      new Uint8Array(buffer).set(saved);
      expect(() => detector.index(buffer)).toThrow(
        expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(/can be resized/) }),
      );
      expect(detector.index(buffer.slice(0)).size).toBe(0);
    },
  );

  it('takes its columns from the index when it is transferred, which says so', () => {
    const buffer = saved();
    const index = detector.index(buffer);
    structuredClone(buffer, { transfer: [buffer] });
    const gone = expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(/transferred/) });
    expect(() => index.query('The council closed the bridge.')).toThrow(gone);
    expect(() => index.add({ id: 'new', text: 'Rain.' })).toThrow(gone);
    expect(() => index.report()).toThrow(gone);
    expect(() => index.toBuffer()).toThrow(gone);
  });

  it('may be transferred once the index has made another of its own', () => {
    const buffer = saved();
    const index = detector.index(buffer);
    const mine = index.toBuffer();
    structuredClone(buffer, { transfer: [buffer] });
    expect(index.query('The council closed the bridge.').map(({ b }) => b)).toEqual(['a']);
    expect(new Uint8Array(index.toBuffer())).toEqual(new Uint8Array(mine));
  });

  it('made with other options is refused when two of its documents have one id', async () => {
    const sections = readSnapshot(saved(), 13);
    const head = new TextDecoder().decode(sections[0]).replace('"id":"__proto__"', '"id":"a"');
    const forged = writeSnapshot(sections.map((own, n) => (n === 0 ? new TextEncoder().encode(head) : own)));
    const other = await createDetector({ permutations: 64 });
    expect(() => other.index(forged)).toThrow(expect.objectContaining({ code: 'DUPLICATE_ID' }));
  });

  it('made with other options is read by its texts', async () => {
    const other = await createDetector({ permutations: 64, seed: 9 });
    const index = other.index(saved());
    expect(index.size).toBe(2);
    expect(index.report().documents).toEqual(detector.index(saved()).report().documents);
    expect(index.query('The council closed the bridge.').map(({ b }) => b)).toEqual(['a']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector, TwicetoldError } from '../../src/index.js';
import type { ReuseIndex } from '../../src/reuse/reuseindex.js';
import { readSnapshot, writeSnapshot } from '../../src/reuse/snapshot.js';
import { damaged, fuzz, TIMEOUT, unlessRefused } from './fuzz.js';

const detector = await createDetector();
const STORY = 'The council of Porto closed the old bridge on Monday. Engineers found cracks in its cables.';
const DOCUMENTS = [
  { id: 'wire', text: STORY, published: '2025-06-02T18:00:00.000Z' },
  { id: '__proto__', text: `${STORY} Lone \ud800 surrogate, ${'spelt'.repeat(8)}.`, title: 'T', language: 'en' },
];
const SECTIONS = 13;

const made = detector.index();
for (const doc of DOCUMENTS) made.add(doc);
const SAVED = made.toBuffer();

/** Asks everything of an index that an input may have spoilt. */
function exercise(index: ReuseIndex): void {
  index.has('wire');
  index.query(STORY);
  index.query({ id: 'wire', text: STORY });
  index.report();
  index.add({ id: 'new', text: STORY });
  index.remove('wire');
  index.toBuffer();
}

describe('a saved index', () => {
  it(
    'is refused with any single bit of it turned',
    () => {
      for (let bit = 0; bit < 8 * SAVED.byteLength; bit++) {
        const altered = new Uint8Array(SAVED.slice(0));
        altered[bit >>> 3] = (altered[bit >>> 3] as number) ^ (1 << (bit & 7));
        let refused: unknown;
        try {
          detector.index(altered.buffer);
        } catch (error) {
          refused = error;
        }
        if (!(refused instanceof TwicetoldError) || refused.code !== 'INVALID_ARGUMENT')
          expect.fail(`bit ${bit} of ${8 * SAVED.byteLength}: ${refused}`);
      }
    },
    TIMEOUT,
  );

  it(
    'is refused cut at any byte',
    () => {
      for (let length = 0; length < SAVED.byteLength; length++)
        expect(() => detector.index(SAVED.slice(0, length))).toThrow(TwicetoldError);
    },
    TIMEOUT,
  );

  it('is refused when it is of any other version', () => {
    for (const version of [0, 1, 3, 4, 255, 256, 0xffffffff]) {
      const other = SAVED.slice(0);
      new DataView(other).setUint32(4, version, true);
      expect(() => detector.index(other)).toThrow(`version ${version}`);
    }
  });
});

// A checksum keeps accidents out and nobody who can count: what he forges must be refused, or do no harm.
describe('a forged index, its checksum and lengths in order,', () => {
  const sections = readSnapshot(SAVED, SECTIONS).map((section) => section.slice());
  const forged = fc
    .nat(SECTIONS - 1)
    .chain((n) => fc.tuple(fc.constant(n), damaged(sections[n] as Uint8Array)))
    .map(([n, bytes]) => writeSnapshot(sections.map((own, s) => (s === n ? bytes : own))));

  it(
    'is refused, or answers as an index does',
    async () => {
      await fuzz(
        fc.property(forged, (buffer) => {
          unlessRefused(() => exercise(detector.index(buffer)));
        }),
        400,
      );
    },
    TIMEOUT,
  );

  it(
    'is refused with any word of its columns set to the greatest number',
    () => {
      sections.slice(1).forEach((section, n) => {
        for (let at = 0; at + 4 <= section.length; at += 4) {
          const bytes = section.slice();
          bytes.fill(0xff, at, at + 4);
          unlessRefused(() =>
            exercise(detector.index(writeSnapshot(sections.map((own, s) => (s === n + 1 ? bytes : own))))),
          );
        }
      });
    },
    TIMEOUT,
  );

  it.each([
    ['a text whose length is without end', 3, [4, 0xffffff00, 0xffffffff]],
    ['a word that no dictionary has', 3, [2, 0x7fff]],
    ['a text that says it is longer than it is', 3, [0xffffffff, 0]],
  ])('is refused, or says so when it is asked: %s', (_, section, words) => {
    const lengths = Uint32Array.of(words.length, 1 + Math.ceil(1 / 4));
    const columns = Uint32Array.from([...words, 1, 1]);
    const bytes = (column: Uint32Array) => new Uint8Array(column.buffer);
    const buffer = writeSnapshot(
      sections.map((own, s) => (s === section ? bytes(columns) : s === 2 ? bytes(lengths) : own)),
    );
    expect(() => detector.index(buffer).report()).toThrow(TwicetoldError);
  });

  it('is asked in vain for a line in documents that do not have it', () => {
    const index = detector.index();
    const line = 'Read more news here';
    for (let d = 0; d < 24; d++)
      index.add({ id: `${d}`, text: `${d < 12 ? `${line}\n` : ''}${STORY} It was on day ${d}.` });
    const own = readSnapshot(index.toBuffer(), SECTIONS).map((section) => section.slice());
    const documents = new Uint32Array((own[12] as Uint8Array).buffer);
    own[12] = new Uint8Array(documents.map((document) => (document + 12) % 24).buffer);
    const forged = detector.index(writeSnapshot(own));
    expect(forged.query(`${line}\n${STORY}`).length).toBeGreaterThan(0);
    exercise(forged);
  });

  it.each([
    ['no ids', [{}, {}]],
    ['ids that are numbers', [{ id: 1 }, { id: 2 }]],
    ['nothing', [null, null]],
    ['one id twice', [{ id: 'a' }, { id: 'a' }]],
    ['titles that are objects', [{ id: 'a', title: {} }, { id: 'b' }]],
    ['dates that are none', [{ id: 'a', published: 'tomorrow' }, { id: 'b' }]],
  ])('is refused with documents of %s', (_, documents) => {
    const head = JSON.parse(new TextDecoder().decode(sections[0]));
    const bytes = new TextEncoder().encode(JSON.stringify({ ...head, documents }));
    expect(() => detector.index(writeSnapshot([bytes, ...sections.slice(1)]))).toThrow(TwicetoldError);
  });
});

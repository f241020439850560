import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { compileKernel } from '../../src/kernel/compile.js';
import { createKernel, type Kernel } from '../../src/kernel/kernel.js';
import { kernelSigner, referenceSigner, signatureSettings } from '../../src/sketch/signer.js';
import type { Span } from '../../src/types.js';
import { anyText } from '../arbitraries.js';
import { damaged, fuzz, TIMEOUT } from './fuzz.js';

const ARTICLE = readFileSync('seeds/002_c69a9569748683a6.txt', 'utf8').slice(0, 1500);
const BYTES = new TextEncoder().encode(ARTICLE);
const LANGUAGES = ['en', 'de', 'fr', 'es', 'ru', 'und'];
const detector = await createDetector({ languages: LANGUAGES });
/** An article with accidents, or text of any kind. */
const texts = fc.oneof(
  damaged(BYTES).map((bytes) => new TextDecoder().decode(bytes)),
  damaged(BYTES).map((bytes) => new TextDecoder('utf-16le').decode(bytes)),
  fc.tuple(anyText(), fc.nat(ARTICLE.length)).map(([piece, at]) => ARTICLE.slice(0, at) + piece + ARTICLE.slice(at)),
);

function expectWithin(span: Span, text: string, outer: Span = { start: 0, end: text.length }): void {
  if (!(span.start >= outer.start && span.start < span.end && span.end <= outer.end))
    expect.fail(`${JSON.stringify(span)} does not lie in ${JSON.stringify(outer)}`);
}

describe('text from outside', () => {
  it(
    'of any kind and language is compared, and every span lies where it says',
    async () => {
      await fuzz(
        fc.property(texts, texts, fc.constantFrom(...LANGUAGES), (a, b, language) => {
          const found = detector.compare(
            { id: 'a', text: a, language },
            { id: 'b', text: b, language },
            { evidence: true },
          );
          for (const share of [found.score, found.resemblance, found.containment.a, found.containment.b])
            expect(share >= 0 && share <= 1).toBe(true);
          for (const passage of found.passages) {
            expectWithin(passage.a, a);
            expectWithin(passage.b, b);
            for (const sentence of passage.sentences) {
              expectWithin(sentence.a, a);
              expectWithin(sentence.b, b);
            }
            for (const words of passage.words ?? []) {
              expectWithin(words.a, a, passage.a);
              expectWithin(words.b, b, passage.b);
            }
          }
        }),
        60,
      );
    },
    TIMEOUT,
  );

  it(
    'of any kind gives a report whose spans lie in the documents',
    async () => {
      await fuzz(
        fc.asyncProperty(fc.array(texts, { minLength: 2, maxLength: 4 }), async (all) => {
          const documents = all.map((text, n) => ({ id: `${n}`, text }));
          const report = await detector.detect(documents);
          const textOf = (id: string) => all[Number(id)] as string;
          for (const { a, b, passages } of report.pairs)
            for (const passage of passages) {
              expectWithin(passage.a, textOf(a));
              expectWithin(passage.b, textOf(b));
            }
          for (const { id, repeats } of report.documents)
            for (const repeat of repeats) {
              expectWithin(repeat.a, textOf(id));
              expectWithin(repeat.b, textOf(id));
            }
          for (const { members } of report.passageClusters)
            for (const member of members) expectWithin(member, textOf(member.document));
          for (const { occurrences } of report.boilerplate)
            for (const place of occurrences) expectWithin(place, textOf(place.document));
        }),
        20,
      );
    },
    TIMEOUT,
  );
});

describe('bytes from outside', () => {
  it(
    'are signed by the kernel as by the reference',
    async () => {
      const kernel = createKernel(await compileKernel()) as Kernel;
      await fuzz(
        fc.property(
          fc.oneof(damaged(BYTES), fc.uint8Array({ maxLength: 300 })),
          fc.integer({ min: 1, max: 1024 }),
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 0, max: 0xffffffff }),
          (bytes, k, size, seed) => {
            const settings = signatureSettings(k, size, seed);
            const [expected, actual] = [new Uint32Array(k), new Uint32Array(k)];
            referenceSigner(settings).bytes(bytes, expected, 0);
            kernelSigner(kernel, settings).bytes(bytes, actual, 0);
            expect(actual).toEqual(expected);
          },
        ),
        150,
      );
    },
    TIMEOUT,
  );
});

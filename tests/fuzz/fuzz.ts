import fc from 'fast-check';
import { TwicetoldError } from '../../src/errors.js';

/** Seconds that each property is run for, with a seed of the day; without, a few runs with one seed, the same every time. */
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 0);

/** Milliseconds that a test of one property may take. */
export const TIMEOUT = 1000 * (SECONDS + 60);

/**
 * Runs a property a number of times, or for `FUZZ_SECONDS`. A failure prints its seed and the smallest counter-example; the
 * counter-example becomes a test of its own where it is mended.
 */
export async function fuzz<T>(property: fc.IProperty<T> | fc.IAsyncProperty<T>, numRuns: number): Promise<void> {
  if (SECONDS === 0) return fc.assert(property as fc.IAsyncProperty<T>, { numRuns, seed: 20250602 });
  // In rounds: a run draws the way to its smallest failure from all that it did before, which it must hold.
  const end = Date.now() + 1000 * SECONDS;
  let runs = 0;
  for (let seed = Date.now() | 0; Date.now() < end; seed++) {
    const left = end - Date.now();
    const details = await fc.check(property as fc.IAsyncProperty<T>, {
      numRuns: 1000,
      interruptAfterTimeLimit: Math.max(1, left),
      seed,
    });
    runs += details.numRuns;
    if (details.failed && !details.interrupted) throw new Error(fc.defaultReportMessage(details));
  }
  console.log(`${runs} inputs in ${SECONDS} seconds`);
}

/** What `run` gives, or undefined where it refuses its input as it should: with a `TwicetoldError`. Anything else is thrown. */
export function unlessRefused<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof TwicetoldError) return undefined;
    throw error;
  }
}

/** A file or text after a few accidents: pieces cut, doubled, moved and overwritten, bits flipped. */
export const damaged = (whole: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .array(
      fc.record({
        kind: fc.constantFrom('flip', 'cut', 'double', 'overwrite', 'insert'),
        at: fc.nat(Math.max(0, whole.length - 1)),
        length: fc.oneof(fc.nat(8), fc.nat(200)),
        bytes: fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 8 }), fc.constantFrom(...HOSTILE)),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((accidents) => {
      let bytes = [...whole];
      for (const { kind, at, length, bytes: other } of accidents) {
        const [before, piece, after] = [bytes.slice(0, at), bytes.slice(at, at + length), bytes.slice(at + length)];
        if (kind === 'flip' && at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << (length & 7));
        else if (kind === 'cut') bytes = [...before, ...after];
        else if (kind === 'double') bytes = [...before, ...piece, ...piece, ...after];
        else if (kind === 'overwrite') bytes = [...before, ...other, ...bytes.slice(at + other.length)];
        else if (kind === 'insert') bytes = [...before, ...other, ...bytes.slice(at)];
      }
      return Uint8Array.from(bytes);
    });

const encoder = new TextEncoder();
/** Pieces that mean something to one format or another. */
const HOSTILE = [
  ...[
    '<',
    '>',
    '</p>',
    '<!--',
    ']]>',
    '<![CDATA[',
    '&#0;',
    '&#x110000;',
    '&lt',
    '<?xml',
    '<!DOCTYPE',
    '<svg>',
    '<table>',
  ],
  ...[
    '"',
    "'",
    '\\',
    '\\u',
    '\\ud800',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    'null',
    '1e999',
    '-',
    '\n',
    '\r\n',
    '\0',
    '\ufeff',
  ],
  ...['"__proto__":', '"text":', '"id":', '\ud83d\ude00'],
]
  .map((piece) => encoder.encode(piece))
  .concat([
    Uint8Array.of(0xff, 0xfe),
    Uint8Array.of(0x1f, 0x8b, 8),
    Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd),
    Uint8Array.of(0xc0, 0x80),
    Uint8Array.of(0xff, 0xff, 0xff, 0xff),
  ]);

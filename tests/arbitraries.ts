import fc from 'fast-check';

// One seed for every property in every file, so that a run is the same on every machine and day.
fc.configureGlobal({ seed: 20250602, numRuns: 120 });

/** Pieces that have broken text tools before: by themselves, and worse next to each other. */
const PIECES = [
  ...[' ', '  ', '\n', '\r\n', '\n\n', '\t', '\u00a0', '\u2028', '\u0085', '\0', '\u001b', '\ufffd', '\ufeff'],
  ...[
    '.',
    '...',
    '…',
    '!',
    '?',
    '?!',
    '。',
    '！',
    '।',
    '؟',
    '։',
    ';',
    ',',
    ':',
    '-',
    '–',
    '—',
    '•',
    '/',
    '&',
    '#',
    '$',
  ],
  ...['“', '”', '‘', '’', '"', "'", '«', '»', '(', ')', '[', ']', '「', '」', '.”.', '“”.', '. “”.'],
  ...[
    'a',
    'I',
    'the',
    'The',
    'U.S.',
    'Mr.',
    'No. 10',
    'e.g.',
    'Dec.',
    'J. R.',
    'twenty-five',
    'Node.js',
    'ation',
    'US',
  ],
  ...['0', '7', '12,000', '12\u00a0000', '3.1bn', '18th', '1.', '0.00', '1,000,000', '٣', '१२', '½', '²', '30-day'],
  ...[
    'é',
    'e\u0301',
    'ß',
    'ﬁ',
    'İ',
    'ı',
    'Ǆ',
    'Σ',
    'ς',
    'Ａ',
    '\u0301',
    '\u0301\u0302\u0303',
    '\u00ad',
    '\u200b',
    '\u200d',
  ],
  ...[
    '中',
    '国人',
    '日本語',
    'が',
    'か\u3099',
    '한국',
    'ภาษาไทย',
    'မြန်မာ',
    'ខ្មែរ',
    'हिन्दी',
    'مرحبا',
    'مَرْحَبًا',
    'שָׁלוֹם',
    '\u202e',
    '\u200f',
  ],
  ...['Москва', 'г.', 'Ελλάδα', '𝒜', '𠮷', '😀', '👩‍👩‍👧', '🇺🇦', '\ud800', '\udc00', '\udfff\ud83d'],
];

/** Text of any kind: code units at random, lone surrogates and all, mixed with the pieces above. */
export const anyText = (): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
        { weight: 2, arbitrary: fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point)) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) },
        {
          weight: 1,
          arbitrary: fc.tuple(fc.constantFrom('x', 'ly', '9', '中'), fc.nat(300)).map(([s, n]) => s.repeat(n)),
        },
      ),
      { maxLength: 40 },
    )
    .map((pieces) => pieces.join(''));

/** Latin letters with and without accents, composed (NFC). */
export const latinWord = (): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.integer({ min: 0x61, max: 0x7a }),
        fc.integer({ min: 0xc0, max: 0x24f }),
        fc.integer({ min: 0x1e00, max: 0x1eff }),
      ),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    .map((points) =>
      String.fromCodePoint(...points.filter((point) => point !== 0xd7 && point !== 0xf7)).normalize('NFC'),
    );

/** A sentence's worth of words from a small vocabulary, so that texts share shingles. */
export const words = (maxLength = 60): fc.Arbitrary<string[]> =>
  fc.array(fc.constantFrom(...'alpha beta gamma delta epsilon zeta eta theta iota kappa'.split(' ')), { maxLength });

/** A stream of numbers in [0, 1) from a seed (mulberry32), for tests that draw more than a property should. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A word that could be one: two to ten letters, vowels between consonants, sometimes a common ending. */
export function randomWord(random: () => number): string {
  const pick = (from: string) => from[Math.floor(random() * from.length)] as string;
  let word = '';
  for (let n = 1 + Math.floor(random() * 4); n > 0; n--) word += pick('bcdfghklmnprstvwz') + pick('aeiou');
  const endings = ['', 'n', 's', 'ed', 'ing', 'tion'];
  return word + (endings[Math.floor(random() * endings.length)] as string);
}

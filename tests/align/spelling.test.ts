import fc from 'fast-check';
import levenshtein from 'fast-levenshtein';
import { describe, expect, it, vi } from 'vitest';
import { spellingVariants } from '../../src/align/spelling.js';
import { type AnalysedText, analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import '../arbitraries.js';

const table = new TermTable(await loadLanguage('en'));

/** The variants of two texts, as words. */
function variants(left: string, right: string): [string, string][] {
  const numbering = new Map<number, number>();
  const spelt: string[] = [];
  const [a, b] = [left, right].map((text) => {
    const doc = analyse(text, table);
    const local = doc.termIds.map((id, t) => {
      const number = numbering.get(id) ?? numbering.size;
      numbering.set(id, number);
      spelt[number] ??= text.slice(doc.termSpans[2 * t], doc.termSpans[2 * t + 1]);
      return number;
    });
    return { doc, local };
  }) as [{ doc: AnalysedText; local: Uint32Array }, { doc: AnalysedText; local: Uint32Array }];
  const found = spellingVariants(a.doc, a.local, b.doc, b.local);
  return [...found].map(([from, to]) => [spelt[from] as string, spelt[to] as string]);
}

/** Whether two documents that differ by a name alone are taken to speak of one. */
function isOneName(left: string, right: string): boolean {
  const sentence = (name: string) => `Yesterday the minister met ${name} for talks on trade.`;
  return variants(sentence(left), sentence(right)).length > 0;
}

describe('spellingVariants', () => {
  it.each([
    ['Zelensky', 'Zelenskyy'],
    ['Zelenskyy', 'Zelensky'],
    ['Kyslytsia', 'Kyslytsya'],
    ['Gaddafi', 'Gadafi'],
    ['Bahar', 'Behar'],
  ])('takes %s and %s for one name', (left, right) => {
    expect(isOneName(left, right)).toBe(true);
  });

  it.each([
    ['Iran', 'Iraq'],
    ['Austria', 'Australia'],
    ['Niger', 'Nigeria'],
    ['Paris', 'Boris'],
    ['1987', '1986'],
    ['bridges', 'bridged'],
    ['Amir', 'Amer'],
  ])('tells %s from %s', (left, right) => {
    expect(isOneName(left, right)).toBe(false);
  });

  it('compares only names that the other document lacks', () => {
    expect(variants('We met Hansen and Hanson there.', 'They met Hanson and Hansen here.')).toEqual([]);
  });

  it('takes the nearest of several', () => {
    expect(variants('We met Alexandrov and Aleksandrow there.', 'They met Aleksandrov here.')).toEqual([
      ['Aleksandrov', 'Aleksandrow'],
    ]);
  });
});

/** Edit distance by its definition (Wagner and Fischer, 1974). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] as number;
}

/** Edits that may be made to a spelling: at least and at most. */
const mayDiffer = (x: string, y: string) => (Math.min(x.length, y.length) >= 8 ? 2 : 1);

describe('spellingVariants against edit distance', () => {
  const name = fc
    .array(fc.constantFrom('ba', 'ke', 'lo', 'mi', 'nu', 'ra', 'sha', 'zy', 'vo', 'tt', 'e'), {
      minLength: 3,
      maxLength: 8,
    })
    .map((parts) => `B${parts.join('')}ov`);
  const edited = fc
    .tuple(name, fc.nat(), fc.constantFrom('vowel', 'double', 'consonant', 'drop'))
    .map(([from, at, kind]) => {
      const letters = [...from];
      const vowels = letters.flatMap((letter, n) => ('aeiou'.includes(letter) && n < letters.length - 2 ? [n] : []));
      const place = vowels[at % Math.max(1, vowels.length)] ?? 1;
      const consonant = place - 1;
      if (kind === 'vowel') letters[place] = letters[place] === 'a' ? 'e' : 'a';
      else if (kind === 'double') letters[consonant] += (letters[consonant] as string).toLowerCase();
      else if (kind === 'consonant') letters[place] = 'd';
      else letters.splice(place, 1);
      return { from, to: letters.join(''), kind };
    });
  const sentence = (names: readonly string[]) =>
    names.map((one) => `Yesterday the minister met ${one} for talks.`).join(' ');

  it('takes no names for one that are further apart than it says, and none where another is nearer', () => {
    fc.assert(
      fc.property(fc.array(edited, { minLength: 1, maxLength: 6 }), (edits) => {
        const left = edits.map(({ from }) => from);
        const right = edits.map(({ to }) => to);
        for (const [to, from] of variants(sentence(left), sentence(right))) {
          const distance = editDistance(from.toLowerCase(), to.toLowerCase());
          expect(distance).toBeGreaterThan(0);
          expect(distance).toBeLessThanOrEqual(mayDiffer(from, to));
        }
      }),
    );
  });

  const sounds = (spelling: string) => spelling.toLowerCase().replaceAll('z', 's');

  it('finds every name whose vowels or doubled letters alone are spelt in another way', () => {
    fc.assert(
      fc.property(edited, ({ from, to, kind }) => {
        // A vowel that is left out between two letters of a kind makes one sound of them.
        fc.pre(kind !== 'consonant' && !(kind === 'drop' && /(.)\1/.test(sounds(to))));
        fc.pre(editDistance(from.toLowerCase(), to.toLowerCase()) === 1);
        const found = variants(sentence([from]), sentence([to]));
        expect(found).toEqual([[to, from]]);
      }),
    );
  });
});

describe('texts made of names of one frame', () => {
  /** Two texts of so many names that differ in vowels alone; no name is in both. */
  const texts = (names: number) =>
    [0, 1].map((side) =>
      Array.from({ length: names }, (_, n) => {
        let vowels = '';
        for (let rest = 2 * n + side, k = 0; k < 8; k++, rest = Math.floor(rest / 5)) vowels += 'aeiou'[rest % 5];
        return `So said B${vowels}b to them again.`;
      }).join(' '),
    ) as [string, string];

  it('are compared in a number of steps that grows with their length', () => {
    const spent = (names: number) => {
      const [left, right] = texts(names);
      const get = vi.spyOn(levenshtein, 'get');
      variants(left, right);
      const calls = get.mock.calls.length;
      get.mockRestore();
      return calls;
    };
    expect(spent(100)).toBeGreaterThan(0);
    expect(spent(400)).toBeLessThanOrEqual(400 * 8);
  });
});

import { describe, expect, it } from 'vitest';
import { publishedAt } from '../../src/published.js';
import { findOriginal } from '../../src/relate/direction.js';
import { comparable } from '../../src/relate/document.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));
const doc = (text: string, published?: string | Date) =>
  comparable(
    { source: { id: 'x', text, ...(published === undefined ? {} : { published }) }, text: analyse(text, table) },
    [],
    3,
    1,
  );

const plain = 'The council closed the bridge. “It is old,” the mayor said.';
const marked = 'The bridge was closed by the council. The mayor said, “It is old.”. She added, “It is rusty.”.';
const even = { a: 0.9, b: 0.9 };

describe('findOriginal', () => {
  it('lets the dates decide, whatever else speaks against it', () => {
    expect(findOriginal(doc(plain, '2025-06-02'), doc(marked, '2025-06-03'), even)).toBe('a');
    expect(findOriginal(doc(plain, '2025-06-03'), doc(marked, new Date('2025-06-02')), even)).toBe('b');
    expect(findOriginal(doc(plain, '2025-06-02T20:00:00+02:00'), doc(plain, '2025-06-02T18:30:00Z'), even)).toBe('a');
  });

  it('looks at the texts where a date is missing or both are the same', () => {
    expect(findOriginal(doc(plain), doc(marked, '2020-01-01'), even)).toBe('a');
    expect(findOriginal(doc(plain, '2025-06-02'), doc(marked, '2025-06-02'), even)).toBe('a');
  });

  it('takes the text with marks of machine rewriting for the rewrite, where there are two', () => {
    expect(findOriginal(doc(marked), doc(plain), even)).toBe('b');
    expect(findOriginal(doc(plain), doc(`${plain} She said, “No.”.`), even)).toBeUndefined();
  });

  it('takes the text that is all in a part of the other for the one that was made from it', () => {
    const part = 'The council closed the bridge.';
    const whole = `${part} It is old. It is rusty. Nobody repaired it. Now lorries drive around the town. People complain.`;
    expect(findOriginal(doc(part), doc(whole), { a: 1, b: 0.2 })).toBe('b');
    expect(findOriginal(doc(whole), doc(part), { a: 0.2, b: 1 })).toBe('a');
    expect(findOriginal(doc(part), doc(whole), { a: 0.7, b: 0.2 })).toBeUndefined();
    expect(findOriginal(doc(part), doc(whole), { a: 1, b: 0.7 })).toBeUndefined();
  });

  it('decides nothing where the signs contradict each other', () => {
    const whole = `${marked} It is old. It is rusty. Nobody repaired it. Now lorries drive around the town. People complain.`;
    expect(findOriginal(doc(plain), doc(whole), { a: 1, b: 0.2 })).toBeUndefined();
  });

  it('decides nothing between near-equal texts without dates', () => {
    expect(findOriginal(doc(plain), doc(plain), { a: 1, b: 1 })).toBeUndefined();
    expect(findOriginal(doc(plain), doc('The bridge was closed. The mayor called it old.'), even)).toBeUndefined();
  });
});

describe('publishedAt', () => {
  it('reads dates and strings, and nothing else', () => {
    expect(publishedAt('1970-01-01T00:00:01Z')).toBe(1000);
    expect(publishedAt(new Date(5))).toBe(5);
    expect(publishedAt('yesterday')).toBeUndefined();
    expect(publishedAt(undefined)).toBeUndefined();
  });
});

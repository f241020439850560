import { describe, expect, it } from 'vitest';
import { TwicetoldError } from '../../src/errors.js';
import { LANGUAGES, loadLanguage, primaryTag, UNKNOWN_LANGUAGE } from '../../src/text/language.js';

describe('loadLanguage', () => {
  it.each(LANGUAGES)('loads %s, whose stemmer takes any word and whose lists can be looked up', async (tag) => {
    const language = await loadLanguage(tag);
    expect(language.code).toBe(tag);
    for (const word of ['', 'a', 'talks', 'переговоры', 'مرحبا', '中', 'x'.repeat(100)])
      expect(typeof language.stem(word)).toBe('string');
    for (const word of language.stopWords) expect(word).not.toMatch(/[\d\s'’A-Z]/);
    for (const word of language.beforeFigures) expect(word).toBe(word.toLowerCase());
  });

  it('passes over regions and case, and knows both written forms of Norwegian', async () => {
    expect((await loadLanguage('EN-gb')).code).toBe('en');
    expect((await loadLanguage('nb')).code).toBe('no');
    expect(primaryTag('nn-NO')).toBe('no');
  });

  it.each(['xx', '', '__proto__', 'constructor'])('refuses %j and names the languages there are', async (tag) => {
    const error = await loadLanguage(tag).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(TwicetoldError);
    expect(error).toMatchObject({ code: 'UNSUPPORTED_LANGUAGE', message: expect.stringMatching(/de, en, es.*uk/) });
  });

  it.each([undefined, null, 5, {}])('refuses %j, which is no tag', async (tag) => {
    await expect(loadLanguage(tag as string)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching(/language must be a string/),
    });
  });
});

describe('a stemmer', () => {
  it.each([
    ['en', ['negotiate', 'negotiated', 'negotiating'], 'negotiable talks'],
    ['de', ['verhandlung', 'verhandlungen'], 'handel'],
    ['fr', ['négocier', 'négociait', 'négociée'], 'négoce'],
    ['es', ['negociar', 'negociando', 'negociaron'], 'negro'],
    ['ru', ['переговоры', 'переговоров', 'переговорах'], 'разговор'],
  ])('of %s joins the forms of a word and no other word', async (tag, forms, other) => {
    const { stem } = await loadLanguage(tag);
    expect(new Set(forms.map((word) => stem(word))).size).toBe(1);
    expect(stem(other.split(' ').at(-1) as string)).not.toBe(stem(forms[0] as string));
  });

  it('of no known language leaves words as they are', () => {
    expect(UNKNOWN_LANGUAGE.stem('talks')).toBe('talks');
  });
});

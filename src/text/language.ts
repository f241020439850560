import { checkString, describe, TwicetoldError } from '../errors.js';
import type { Language } from './languages/define.js';

export type { Language };

type LanguageModule = { readonly language: Language };

/** Each language is a module of its own, loaded when first asked for, so that importing the library loads none. */
const modules: Readonly<Record<string, () => Promise<LanguageModule>>> = {
  und: async () => ({ language: UNKNOWN_LANGUAGE }),
  de: () => import('./languages/de.js'),
  en: () => import('./languages/en.js'),
  es: () => import('./languages/es.js'),
  fr: () => import('./languages/fr.js'),
  it: () => import('./languages/it.js'),
  nl: () => import('./languages/nl.js'),
  no: () => import('./languages/no.js'),
  pt: () => import('./languages/pt.js'),
  ru: () => import('./languages/ru.js'),
  sv: () => import('./languages/sv.js'),
  uk: () => import('./languages/uk.js'),
};

/** Tags of the languages that stemmers and stop words are shipped for. */
export const LANGUAGES: readonly string[] = Object.keys(modules).filter((code) => code !== 'und');

/**
 * Loads a language by its tag; a region is passed over (`en-GB` loads `en`).
 *
 * @throws TwicetoldError `UNSUPPORTED_LANGUAGE`, naming the languages there are; `INVALID_ARGUMENT` when it is not a string
 */
export async function loadLanguage(tag: string): Promise<Language> {
  const code = primaryTag(checkString('language', tag));
  const load = Object.hasOwn(modules, code) ? modules[code] : undefined;
  if (load === undefined)
    throw new TwicetoldError(
      'UNSUPPORTED_LANGUAGE',
      `language ${describe(tag)} is not one of ${LANGUAGES.join(', ')}, or 'und' for text of any other language`,
    );
  return (await load()).language;
}

/** `en` of `en-GB`; Norwegian's two written forms are one. */
export function primaryTag(tag: string): string {
  const code = tag.toLowerCase().split('-')[0] as string;
  return code === 'nb' || code === 'nn' ? 'no' : code;
}

/** For text of a language that nothing is known of: words as they stand. */
export const UNKNOWN_LANGUAGE: Language = {
  code: 'und',
  stem: (word) => word,
  stopWords: new Set(),
  titles: new Set(),
  abbreviations: new Set(),
  beforeFigures: new Set(),
  dottedOrdinals: false,
  numbers: new Map(),
  units: new Map(),
};

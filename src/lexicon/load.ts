import { primaryTag } from '../text/language.js';
import type { Lexicon } from './lexicon.js';

/** Each lexicon is a module of its own, loaded when a detector first asks for it. */
const modules: Readonly<Record<string, () => Promise<{ load(): Promise<Lexicon> }>>> = {
  en: () => import('./en.js'),
};

/** The lexicon of a language, or undefined where there is none. */
export async function loadLexicon(tag: string): Promise<Lexicon | undefined> {
  const code = primaryTag(tag);
  return Object.hasOwn(modules, code) ? (await modules[code]?.())?.load() : undefined;
}

import { fold } from '../fold.js';
import type { SentenceRules } from '../sentences.js';

/** What the library knows of one language. */
export interface Language extends SentenceRules {
  /** BCP 47 primary tag, such as `en`. */
  readonly code: string;
  /** Reduces a folded word to its stem. */
  stem(word: string): string;
  /** Words that stand for numbers, folded, and the digits they mean. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Suffixes that follow digits without a blank, folded, and the word they mean (`bn`: `billion`). */
  readonly units: ReadonlyMap<string, string>;
}

/** A language as its file writes it: lists of words as they are spelt. */
export interface LanguageSource {
  code: string;
  stem: (word: string) => string;
  stopWords: readonly string[];
  titles: string;
  abbreviations: string;
  beforeFigures: string;
  dottedOrdinals?: boolean;
  numbers?: Readonly<Record<string, number>>;
  units?: Readonly<Record<string, string>>;
}

const foldedSet = (words: Iterable<string>): Set<string> => new Set([...words].map(fold).filter((word) => word !== ''));
const split = (list: string): string[] => list.split(/\s+/).filter((word) => word !== '');

/** A language, its lists folded for look-up. */
export function defineLanguage(source: LanguageSource): Language {
  return {
    code: source.code,
    stem: source.stem,
    // The lists hold digits and symbols too; a figure is never without meaning here.
    stopWords: foldedSet(source.stopWords.filter((word) => !/\d/.test(word)).flatMap((word) => word.split(/[\s'’-]+/))),
    titles: new Set(split(source.titles)),
    abbreviations: new Set(split(source.abbreviations)),
    beforeFigures: new Set(split(source.beforeFigures)),
    dottedOrdinals: source.dottedOrdinals ?? false,
    numbers: new Map(Object.entries(source.numbers ?? {}).map(([word, value]) => [fold(word), String(value)])),
    units: new Map(Object.entries(source.units ?? {})),
  };
}

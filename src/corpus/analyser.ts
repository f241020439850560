import { describe, TwicetoldError } from '../errors.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import type { Settings } from '../settings/options.js';
import { type AnalysedText, analyse } from '../text/analyse.js';
import { loadLanguage, primaryTag } from '../text/language.js';
import { TermTable } from '../text/terms.js';
import type { SourceDocument } from '../types.js';

/** A document that was read and taken apart. */
export interface ReadDocument {
  readonly source: SourceDocument;
  readonly language: string;
  readonly text: AnalysedText;
  /** What is known of its language's words, where that is loaded. */
  readonly lexicon?: Lexicon;
}

/** Takes one document apart, in its language. */
export type Analyser = (source: SourceDocument) => ReadDocument;

/** By language, what is known of its words. */
export type Lexicons = ReadonlyMap<string, Lexicon>;

/** Loads the languages of the settings, and takes documents apart in theirs. */
export async function createAnalyser(settings: Settings, lexicons: Lexicons): Promise<Analyser> {
  const tables = new Map<string, TermTable>();
  for (const tag of settings.languages) tables.set(primaryTag(tag), new TermTable(await loadLanguage(tag)));
  const first = tables.get(primaryTag(settings.languages[0] as string)) as TermTable;
  return (source) => {
    const table = source.language === undefined ? first : tables.get(primaryTag(source.language));
    if (table === undefined)
      throw new TwicetoldError(
        'UNSUPPORTED_LANGUAGE',
        `document ${describe(source.id)} is in language ${describe(source.language)}, which this detector did not load; the option languages (--languages) names those that are loaded, and 'und' among them stands for any other`,
      );
    const { code } = table.language;
    const lexicon = lexicons.get(code);
    return { source, language: code, text: analyse(source.text, table), ...(lexicon === undefined ? {} : { lexicon }) };
  };
}

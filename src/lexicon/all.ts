import type { Lexicon } from './lexicon.js';
import { loadLexicon } from './load.js';

/** The lexicons that there are for the languages of a detector, by language; none where it was told to do without. */
export async function loadLexicons(languages: readonly string[], wanted: boolean): Promise<Map<string, Lexicon>> {
  const lexicons = new Map<string, Lexicon>();
  for (const tag of wanted ? languages : []) {
    const lexicon = await loadLexicon(tag);
    if (lexicon !== undefined) lexicons.set(lexicon.language, lexicon);
  }
  return lexicons;
}

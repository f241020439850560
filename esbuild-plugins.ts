import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** The German stemmer pulls in the stop words of 57 languages; only these are kept in the output. */
const STOPWORD_LANGUAGES = ['de'];

/** Cuts the stop-word data down to the languages in use. */
export const slimStopwords: Plugin = {
  name: 'slim-stopwords',
  setup(build) {
    build.onLoad({ filter: /[\\/]stopwords-iso\.json$/ }, async ({ path }) => {
      const all = JSON.parse(await readFile(path, 'utf8')) as Record<string, string[]>;
      const kept = Object.fromEntries(STOPWORD_LANGUAGES.map((code) => [code, all[code]]));
      return { contents: JSON.stringify(kept), loader: 'json' };
    });
  },
};

/**
 * fast-levenshtein makes an `Intl.Collator` when it is imported, a fifth of the time that importing all of this library takes,
 * for an option that is not used here. What the option does is left out too.
 */
export const withoutCollator: Plugin = {
  name: 'without-collator',
  setup(build) {
    build.onLoad({ filter: /[\\/]fast-levenshtein[\\/]levenshtein\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const made = source.replace(/collator = \(?typeof Intl[^;]*;/, 'collator = null;');
      const contents = made.replace('if (useCollator) {', 'if (false) {');
      if (made === source || contents === made)
        throw new Error(`${path} no longer makes a collator on import, or uses it otherwise: look at this plugin`);
      return { contents, loader: 'js' };
    });
  },
};

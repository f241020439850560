import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_fr.js';
import list from 'natural/lib/natural/util/stopwords_fr.js';
import { defineLanguage } from './define.js';

/** French: a stemmer after Porter's pattern, from `natural`. */
export const language = defineLanguage({
  code: 'fr',
  stem: (word) => stemmer.stem(word),
  stopWords: list.words,
  titles: 'm mm mme mlle dr pr me st ste p.ex cf no art',
  abbreviations: 'etc s.a av apr j.-c',
});

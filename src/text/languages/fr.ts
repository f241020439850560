import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_fr.js';
import list from 'natural/lib/natural/util/stopwords_fr.js';
import { defineLanguage } from './define.js';

/** French: a stemmer after Porter's pattern, from `natural`. */
export const language = defineLanguage({
  code: 'fr',
  stem: (word) => stemmer.stem(word),
  stopWords: list.words,
  titles: 'M MM Mme Mlle Dr Pr Me St Ste p.ex cf',
  abbreviations: 'etc s.a av apr j.-c',
  beforeFigures: 'no art',
});

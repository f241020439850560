import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_uk.js';
import list from 'natural/lib/natural/util/stopwords_uk.js';
import { defineLanguage } from './define.js';

/** Ukrainian: a stemmer after Porter's pattern, from `natural`. */
export const language = defineLanguage({
  code: 'uk',
  stem: (word) => stemmer.stem(word),
  stopWords: list.words,
  titles: 'м вул ім акад проф',
  abbreviations: 'р рр т.д т.п ін грн млн млрд тис',
  beforeFigures: 'п ст',
});

import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_ru.js';
import list from 'natural/lib/natural/util/stopwords_ru.js';
import { defineLanguage } from './define.js';

/** Russian: a stemmer after Porter's pattern, from `natural`. */
export const language = defineLanguage({
  code: 'ru',
  stem: (word) => stemmer.stem(word),
  stopWords: list.words,
  titles: 'гр д ул им акад проф',
  abbreviations: 'г гг т.д т.п др руб млн млрд тыс',
  beforeFigures: 'п ст',
});

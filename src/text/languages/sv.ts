import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_sv.js';
import list from 'natural/lib/natural/util/stopwords_sv.js';
import { defineLanguage } from './define.js';

/** Swedish: a stemmer after Porter's pattern, from `natural`. */
export const language = defineLanguage({
  code: 'sv',
  stem: (word) => stemmer.stem(word),
  stopWords: list.words,
  titles: 'hr fr dr prof ca bl t.ex',
  abbreviations: 'osv m.m o.d kl',
  beforeFigures: 'nr art',
});

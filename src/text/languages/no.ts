import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_no.js';
import list from 'natural/lib/natural/util/stopwords_no.js';
import { defineLanguage } from './define.js';

/** Norwegian, both written forms: a stemmer after Porter's pattern, from `natural`. */
export const language = defineLanguage({
  code: 'no',
  stem: (word) => stemmer.stem(word),
  stopWords: list.words,
  titles: 'hr fr dr prof ca bl f.eks',
  abbreviations: 'osv m.m o.l kl mv',
  beforeFigures: 'nr art',
  dottedOrdinals: true,
});

import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_it.js';
import list from 'natural/lib/natural/util/stopwords_it.js';
import { defineLanguage } from './define.js';

/** Italian: a stemmer after Porter's pattern, from `natural`. */
export const language = defineLanguage({
  code: 'it',
  stem: (word) => stemmer.stem(word),
  stopWords: list.words,
  titles: 'sig sig.ra dott dott.ssa prof avv ing on sen p.es',
  abbreviations: 'ecc s.p.a s.r.l a.c d.c',
  beforeFigures: 'n art',
});

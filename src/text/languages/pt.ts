import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_pt.js';
import list from 'natural/lib/natural/util/stopwords_pt.js';
import { defineLanguage } from './define.js';

/** Portuguese: a stemmer after Porter's pattern, from `natural`. */
export const language = defineLanguage({
  code: 'pt',
  stem: (word) => stemmer.stem(word),
  stopWords: list.words,
  titles: 'sr sra srta dr dra prof d exmo p.ex',
  abbreviations: 'etc s.a ltda a.c d.c',
  beforeFigures: 'n art',
});

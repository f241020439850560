import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_es.js';
import list from 'natural/lib/natural/util/stopwords_es.js';
import { defineLanguage } from './define.js';

/** Spanish: a stemmer after Porter's pattern, from `natural`. */
export const language = defineLanguage({
  code: 'es',
  stem: (word) => stemmer.stem(word),
  stopWords: list.words,
  titles: 'sr sra srta dr dra prof d dña gral p.ej',
  abbreviations: 'etc ee.uu s.a ud uds a.c d.c',
  beforeFigures: 'núm art',
});

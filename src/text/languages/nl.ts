import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_nl.js';
import list from 'natural/lib/natural/util/stopwords_nl.js';
import { defineLanguage } from './define.js';

/** Dutch: a stemmer after Porter's pattern, from `natural`. */
export const language = defineLanguage({
  code: 'nl',
  stem: (word) => stemmer.stem(word),
  stopWords: list.words,
  titles: 'dhr mevr mw dr prof ir mr drs ds bv bijv',
  abbreviations: 'enz e.d o.a b.v n.v jl',
  beforeFigures: 'nr art',
});

import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_de.js';
// `natural` has no German list of its own and takes this one.
import iso from 'stopwords-iso/stopwords-iso.json' with { type: 'json' };
import { defineLanguage } from './define.js';

/** German: Snowball's stemmer, from `natural`. */
export const language = defineLanguage({
  code: 'de',
  stem: (word) => stemmer.stem(word),
  stopWords: iso.de,
  titles: 'hr fr dr prof dipl ing st bzw ca z.b d.h u.a vgl ggf sog z.t evtl',
  abbreviations: 'usw etc o.ä mio mrd',
  beforeFigures: 'nr art abs jan feb aug sept okt nov dez',
  dottedOrdinals: true,
});

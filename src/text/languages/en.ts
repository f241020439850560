import stemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
import list from 'natural/lib/natural/util/stopwords.js';
import { defineLanguage } from './define.js';

/** English: Porter's stemmer ("An algorithm for suffix stripping", 1980). */
export const language = defineLanguage({
  code: 'en',
  stem: (word) => stemmer.stem(word),
  // `natural` lists 170; these are as empty, and appear in contractions once the apostrophe parts them.
  stopWords: [
    ...list.words,
    ...'us hers one not no nor don didn doesn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn ll ve re mr mrs ms'.split(
      ' ',
    ),
  ],
  titles:
    'Mr MR Mrs MRS Ms Messrs Dr DR Prof Gen Lt Col Capt Cpl Sgt Maj Cmdr Adm Gov Sen Rep Hon Rev Fr Pres Supt Det Insp St Mt Ft vs v dept approx est e.g i.e cf',
  abbreviations:
    'inc corp ltd co bros plc llc jr sr etc a.m p.m am pm u.s u.k u.n e.u d.c ph.d al ave blvd rd calif fla mass conn',
  beforeFigures:
    'no nos fig figs vol p pp jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun',
  numbers: {
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
    eighteen: 18,
    nineteen: 19,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
  },
  units: {
    bn: 'billion',
    m: 'million',
    mn: 'million',
    mln: 'million',
    tn: 'trillion',
    pc: 'percent',
    pct: 'percent',
    st: '',
    nd: '',
    rd: '',
    th: '',
    s: '',
  },
});

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/text/analyse.js';
import { BoilerplateFinder, surroundings, withoutSpans } from '../../src/text/boilerplate.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import { madeCorpus } from '../spark/corpus.js';

/* What taking texts apart gives today; `npx vitest run tests/text/golden.test.ts -u` writes it anew. */

const seeds = readdirSync('seeds')
  .sort()
  .map((name) => readFileSync(`seeds/${name}`, 'utf8'));

/** Texts with what there is a rule for, by their language. */
const TRICKY: [string, string][] = [
  [
    'en',
    'Dr. J. R. Smith Jr. of the U.S. Army met Mr. O’Neil at 5 p.m. on Jan. 3, 2024. "Is it true?" he asked. "No!" she said... Prices rose by 3.5 per cent to $1,200.50 (£950) in Q1. WHO and IT staff, 20 of them, left at 10.30. He paid 3bn, 12,000 and 1.000.000 for No. 5 e.g. for parts. e.e. cummings did not. What?! Yes. iPhone sales fell. eBay did, too. It was 2024-05-06, or 06/05/2024.',
  ],
  [
    'en',
    'FIRST HEADLINE OF THE DAY\nBy Jane Doe\n\nLONDON (Reuters) - The bank said on Monday it would\ncut 300 jobs in the city,\nand close its branch there.\n\n* First of a list\n* Second of a list\n1. One thing\n2. Another thing\n\nRead more: Something else\nShare this\n© 2024 Agency',
  ],
  [
    'de',
    'Am 3. Mai sagte Dr. Müller, z. B. in Köln, das sei „nicht wahr“. Die ca. 1.200 Straßenbahnfahrer streiken u. a. am Montag. Was nun? Um 10.30 Uhr ging es los.',
  ],
  [
    'fr',
    'M. Dupont n’a pas dit « oui ». L’été dernier, 1 200 élèves d’Aix-en-Provence sont partis. Est-ce vrai ? Non ! Il y a eu 3,5 % de plus.',
  ],
  ['es', '¿Qué pasó el 3 de mayo? ¡Nada! El Sr. García dijo que 1.200 niños viajarían a EE. UU. en enero.'],
  ['ru', 'В понедельник г. Иванов сказал: «Это неправда». Около 1 200 человек ушли. Почему? Т. е. никто не знает.'],
  [
    'und',
    'Mixed Ελληνικά и русский 中文句子。第二句！ עברית عربية ไทย e\u0301te\u0301 \u00adsoft\u00adhyphen \ud83d\ude00 ﬁne ＡＢＣ x\u200dy',
  ],
];

const short = (value: unknown) => createHash('sha1').update(JSON.stringify(value)).digest('hex').slice(0, 8);

describe('what taking texts apart gives', () => {
  it('sentence by sentence, term by term', async () => {
    const lines: string[] = [];
    for (const [language, text] of [...TRICKY, ...seeds.map((seed) => ['en', seed] as const)]) {
      const doc = analyse(text, new TermTable(await loadLanguage(language)));
      const isTricky = text.length < 1000;
      for (let s = 0; 2 * s < doc.sentences.length; s++) {
        const [from, to] = [doc.firstTerm[s] as number, doc.firstTerm[s + 1] as number];
        const spans = doc.termSpans.subarray(2 * from, 2 * to);
        const columns = [doc.termIds, doc.termFlags, doc.termWords].map((column) => [...column.subarray(from, to)]);
        const shown = Array.from(
          { length: to - from },
          (_, t) => `${text.slice(spans[2 * t], spans[2 * t + 1])}/${columns[1]?.[t]}`,
        );
        lines.push(
          `${doc.sentences[2 * s]}-${doc.sentences[2 * s + 1]} ${short([[...spans], columns])} ${isTricky ? shown.join(' ') : ''}`.trimEnd(),
        );
      }
      lines.push(...doc.lines.map((line) => `  ${JSON.stringify(line)}`));
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../fixtures/analysed.txt');
  });

  it('of the lines that recur', async () => {
    const table = new TermTable(await loadLanguage('en'));
    const docs = [
      ...madeCorpus(60, 3).map(({ text }) => text),
      ...seeds,
      ...seeds.map((seed) => `${seed}\n\nRead more\nShare this`),
    ].map((text) => analyse(text, table));
    const finder = new BoilerplateFinder();
    for (const doc of docs) finder.add(doc);
    const lines = docs.flatMap((doc, d) => {
      const spans = finder.find(doc);
      const rest = withoutSpans(doc, spans);
      const around = surroundings(doc, [...doc.lines.keys()].slice(0, 4)).map(({ before, after }) => [
        [...before],
        [...after],
      ]);
      return [
        `${d} ${short(around)} ${short([[...rest.sentences], [...rest.firstTerm], [...rest.termIds]])}`,
        ...spans.map(({ start, end, reason }) => `  ${start}-${end} ${reason}`),
      ];
    });
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../fixtures/boilerplate.txt');
  });
});

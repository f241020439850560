import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadLanguage, UNKNOWN_LANGUAGE } from '../../src/text/language.js';
import { type SentenceRules, sentenceSpans } from '../../src/text/sentences.js';
import { wordSpans } from '../../src/text/words.js';
import { anyText } from '../arbitraries.js';

const en = await loadLanguage('en');
const de = await loadLanguage('de');
const fr = await loadLanguage('fr');

const split = (text: string, rules: SentenceRules = en): string[] => {
  const spans = sentenceSpans(text, rules);
  return Array.from({ length: spans.length / 2 }, (_, i) => text.slice(spans[2 * i], spans[2 * i + 1]));
};
/** Sentences parted by ` | ` come back as they were when the text joins them with a blank. */
const expectSplit = (marked: string, rules: SentenceRules = en) => {
  const sentences = marked.split(' | ');
  expect(split(sentences.join(' '), rules)).toEqual(sentences);
};

describe('sentences of English prose', () => {
  it.each([
    ['end at full stops, question and exclamation marks', 'It ended. | Did it? | It did! | Good.'],
    ['go on after titles', 'Mr. Smith met Dr. Jones and Gen. Lee. | They talked.'],
    ['go on after initials', 'J. R. R. Tolkien and George W. Bush met. | They talked.'],
    ['go on after abbreviations before names', 'The U.S. Treasury and Acme Inc. Chairman Smith agreed.'],
    ['end after abbreviations before words that open sentences', 'He works for Acme Inc. | The firm is old.'],
    ['end after initials before words that open sentences', 'They live in the U.S. | They like it.'],
    ['end after an abbreviation before a contraction', 'Singers, bands etc. | Who’s ever heard of them?'],
    ['end after an abbreviation before I', 'It costs time etc. | I know it does.'],
    ['go on before names with an apostrophe', 'The novel by S. D’Souza is out.'],
    ['go on in decimals, dates and versions', 'It rose 3.5 percent to 1.250.000 on 1.5.2025 with Node.js 20.1.'],
    ['go on after No. before a figure', 'He lives at No. 10 and works at No. 11.'],
    ['end after no', 'The answer is no. | Those people know.'],
    ['go on after months before a figure', 'On Dec. 5 he left.'],
    ['end after names that look like months', 'They were told by Ant and Dec. | Natalie had left.'],
    ['end after words that look like weekdays', 'The cat sat. | Bob saw the sun. | Tom did not.'],
    [
      'end after acronyms that look like titles',
      'He told the FT. | Rover denied it to patients with MS. | Tests follow.',
    ],
    ['go on before lower case', 'It was 5 p.m. in Kyiv and approx. ten degrees, e.g. at sea.'],
    ['go on after an ellipsis before lower case', 'Well ... it depends… on many things.'],
    ['end after an ellipsis before capitals', 'He waited… | Nobody came... | He left.'],
    ['take their closing quotes and brackets with them', '“It ended.” | (It did.) | ‘Good.’ | "Yes."'],
    ['end inside quotes that run over several', '“We talked. | We agreed. | We left,” he said.'],
    ['go on after a question inside quotes', '“Did it end?” he asked.'],
    ['begin with quotes and brackets', 'It ended. | “Good,” he said. | [Ed: good.] | ¿Qué? | Good.'],
    ['keep the full stop that rewriting leaves after a quote', 'Trump wants “to join us.”. | They met.'],
    ['keep the empty quotes that rewriting leaves', 'Putin is “tapping me along.”. “”. | They met.'],
    ['keep several marks at their end', 'Really?! | Yes!!! | No?..'],
    ['begin with figures', 'He left in 2004. | 80% of them stayed.'],
    ['hold the number of a list item', '1. Heat the oil. | 2. Add the onions.'],
  ])('%s', (_, marked) => {
    expectSplit(marked);
  });

  it('are parted where scraping dropped the blank', () => {
    expect(split('It backs the judges.The court said so.')).toEqual(['It backs the judges.', 'The court said so.']);
    expect(split('Is it over?“We think so.”')).toEqual(['Is it over?', '“We think so.”']);
    expect(split('He runs Node.js and example.com on it.')).toHaveLength(1);
  });

  it('need no full stop in headings, lists and at the end', () => {
    expect(split('Talks fail again\nThe two sides met.\n• Prisoners\n• Bodies\nThat was all')).toEqual([
      'Talks fail again',
      'The two sides met.',
      '• Prisoners',
      '• Bodies',
      'That was all',
    ]);
  });

  it('go on over a line break before lower case, and never over a blank line', () => {
    expect(split('The two sides\nmet again.')).toEqual(['The two sides\nmet again.']);
    expect(split('The two sides\n\nmet again.')).toEqual(['The two sides', 'met again.']);
    expect(split('One\r\nTwo\rThree\u2028Four')).toEqual(['One', 'Two', 'Three', 'Four']);
  });

  it('are parted by NEL, the line end of mainframes, which once hung the splitter', () => {
    expect(split('One\u0085Two.\u0085 ')).toEqual(['One', 'Two.']);
  });

  it('do not count what has no word', () => {
    expect(split('')).toEqual([]);
    expect(split(' \n\t\u00a0')).toEqual([]);
    expect(split('“”. — …')).toEqual([]);
    expect(split('***\nIt ended.\n***\nGood.')).toEqual(['It ended.', 'Good.']);
    expect(split('word')).toEqual(['word']);
  });
});

describe('sentences of hard-wrapped wire copy', () => {
  const wire = [
    'Debt securities of major U.S.',
    'banks came under light selling pressure in secondary trading of',
    'notes on the heels of the downgrade of six banks by Standard and',
    "Poor's late yesterday, analysts and traders in New York and J.P.",
    'Morgan said.',
    '    But they described the response of the market in the U.S. as',
    'muted because the action came as no surprise. Besides, many of',
    'the banks had already been shied away from, the traders added.',
    ' Reuter',
  ].join('\n');

  it('go on over the margin, after a short first line, and after abbreviations at a line end', () => {
    expect(split(wire).map((sentence) => sentence.replace(/\s+/g, ' '))).toEqual([
      "Debt securities of major U.S. banks came under light selling pressure in secondary trading of notes on the heels of the downgrade of six banks by Standard and Poor's late yesterday, analysts and traders in New York and J.P. Morgan said.",
      'But they described the response of the market in the U.S. as muted because the action came as no surprise.',
      'Besides, many of the banks had already been shied away from, the traders added.',
      'Reuter',
    ]);
  });

  it('do not swallow a heading in capitals, or short lines where no paragraph is indented', () => {
    expect(split(`BANKS UNDER PRESSURE\n${wire}`)[0]).toBe('BANKS UNDER PRESSURE');
    const plain = wire.replace('    But', 'But').replace(' Reuter', '\nReuter');
    expect(split(`Banks under pressure\n${plain}`)[0]).toBe('Banks under pressure');
  });
});

describe('sentences of other languages', () => {
  it('know German ordinals and abbreviations', () => {
    expectSplit('Am 3. Mai trafen sie sich in Nr. 5. | Es war im 19. Jahrhundert. | Die Art. | Gut.', de);
    expectSplit('Er wohnt z.B. bei Hr. Müller. | Sie auch.', de);
  });

  it('know French titles and quotes', () => {
    expectSplit('M. Dupont et Mme. Durand ont signé. | « Oui. » | Il a couru 100 m. | Bien.', fr);
  });

  it('know the quotes of German books', () => {
    expectSplit('Es endet. | »Gut«, sagte er. | »Ja.« | Er ging.', de);
    expectSplit('„Ja.“ | Er ging. | „Und nun?“ | „Nichts.“', de);
  });

  it('are found in Chinese and Japanese without blanks', () => {
    expect(split('他来了。他走了！真的吗？“是。”好', UNKNOWN_LANGUAGE)).toEqual([
      '他来了。',
      '他走了！',
      '真的吗？',
      '“是。”',
      '好',
    ]);
    expect(split('「来た。」と言った。終わり', UNKNOWN_LANGUAGE)).toEqual(['「来た。」', 'と言った。', '終わり']);
  });

  it('are found in Arabic, Urdu, Hindi, Armenian and Amharic', () => {
    expectSplit('انتهت المحادثات. | هل انتهت؟ | نعم.', UNKNOWN_LANGUAGE);
    expectSplit('بات چیت ختم ہوئی۔ | کیا ہوا؟', UNKNOWN_LANGUAGE);
    expectSplit('वार्ता समाप्त हुई। | क्या हुआ?', UNKNOWN_LANGUAGE);
    expectSplit('Խոսակցությունն ավարտվեց։ | Լավ։', UNKNOWN_LANGUAGE);
    expectSplit('ሰላም ነው። | እሺ።', UNKNOWN_LANGUAGE);
  });
});

describe('sentence spans of any text', () => {
  const rules = fc.constantFrom<SentenceRules>(en, de, UNKNOWN_LANGUAGE);

  it('are in order, in bounds, do not overlap, hold a word and no outer white space', () => {
    fc.assert(
      fc.property(anyText(), rules, (text, language) => {
        const spans = sentenceSpans(text, language);
        let last = 0;
        for (let i = 0; i < spans.length; i += 2) {
          const start = spans[i] as number;
          const end = spans[i + 1] as number;
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(text.length);
          const sentence = text.slice(start, end);
          expect(sentence).toBe(sentence.trim());
          expect(wordSpans(sentence).length).toBeGreaterThan(0);
          last = end;
        }
      }),
    );
  });

  it('hold every word in exactly one sentence', () => {
    fc.assert(
      fc.property(anyText(), rules, (text, language) => {
        const sentences = sentenceSpans(text, language);
        const words = wordSpans(text);
        let s = 0;
        for (let w = 0; w < words.length; w += 2) {
          while (s < sentences.length && (sentences[s + 1] as number) <= (words[w] as number)) s += 2;
          expect(words[w]).toBeGreaterThanOrEqual(sentences[s] as number);
          expect(words[w + 1]).toBeLessThanOrEqual(sentences[s + 1] as number);
        }
      }),
    );
  });

  it('are the same where a sentence is split again by itself, for prose', () => {
    for (const text of seeds()) for (const sentence of split(text)) expect(split(sentence)).toEqual([sentence]);
  });
});

describe('sentences of the seeds', () => {
  it('agree with those of Intl.Segmenter at nine of ten ends', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
    let ours = 0;
    let both = 0;
    for (const text of seeds()) {
      const ends = new Set([...segmenter.segment(text)].map((s) => s.index + s.segment.trimEnd().length));
      const spans = sentenceSpans(text, en);
      for (let i = 1; i < spans.length; i += 2) {
        ours++;
        if (ends.has(spans[i] as number)) both++;
      }
    }
    expect(ours).toBeGreaterThan(200);
    expect(both / ours).toBeGreaterThan(0.9);
  });

  it('begin with a capital, a figure, a quote or a bullet, but for page furniture', () => {
    const odd = seeds().flatMap((text) => split(text).filter((sentence) => /^\p{Ll}/u.test(sentence)));
    expect(odd.length).toBeLessThanOrEqual(5);
  });
});

function seeds(): string[] {
  return readdirSync('seeds').map((file) => readFileSync(`seeds/${file}`, 'utf8'));
}

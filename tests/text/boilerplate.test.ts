import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/text/analyse.js';
import { BoilerplateFinder, documentsNeeded, withoutSpans } from '../../src/text/boilerplate.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));

/** The boilerplate of each text among all of them, as lines with their reasons. */
function found(...texts: string[]): string[][] {
  const docs = texts.map((text) => analyse(text, table));
  const finder = new BoilerplateFinder();
  for (const doc of docs) finder.add(doc);
  return docs.map((doc) =>
    finder.find(doc).map(({ start, end, reason }) => `${reason}: ${doc.text.slice(start, end)}`),
  );
}

const bridge = [
  'The council of Porto voted on Monday to close the old bridge for repairs.',
  'Engineers found cracks in fourteen of its forty cables last winter.',
];
const ferry = [
  'A ferry with four hundred passengers ran aground off Gotland at dawn.',
  'Nobody was hurt, and a tug pulled her free, the coast guard reported.',
];
const museum = [
  'The museum in Lyon bought a lost Corot landscape at an auction in Paris.',
  'Curators will restore the canvas and show it to visitors in September.',
];

describe('boilerplate', () => {
  it('is a line that recurs between unlike sentences', () => {
    expect(found(bridge.join('\nFollow us on social media\n'), ferry.join('\nFOLLOW US on social media:\n'))).toEqual([
      ['recurring: Follow us on social media'],
      ['recurring: FOLLOW US on social media:'],
    ]);
  });

  it('is not what copies of one story carry along', () => {
    expect(found(bridge.join('\nCracks found last winter\n'), bridge.join('\nCracks found last winter\n'))).toEqual([
      [],
      [],
    ]);
  });

  it('is no end of a sentence that a margin left on a line of its own', () => {
    const review =
      'Australia must cut its debt if it is to do better, the\nOrganisation for Economic Cooperation and Development said\n' +
      'of inflation above nine pct, far higher than that of other\ncountries.\n    A shift of resources to exports was required for the\n' +
      'economy to expand in line with potential and for the ratio\nof debt to output to stabilise in the next two years.\n Reuter\n';
    const cocoa =
      'Showers went on all week in the cocoa zone of Bahia after\nthe drought since January, which had cost the planters more\n' +
      'of the harvest than they lost to rain in any of the other\ncountries.\n    Arrivals for the week were 155,221 bags of 60 kilos, and\n' +
      'buyers in New York and in Hamburg asked for delivery from\nAugust on at prices between 1,850 and 1,900 dlrs a tonne.\n Reuter\n';
    expect(found(review, cocoa)).toEqual([['recurring: Reuter'], ['recurring: Reuter']]);
  });

  it('is a line right above a text that a margin broke', () => {
    const call = 'Follow our newsletter and get the best stories of each day';
    const story = (lines: string[]) => [call, ...lines].join('\n');
    const ferry = [
      'A ferry with four hundred passengers ran aground off the',
      'coast of Gotland at dawn, and a tug pulled her free before',
      'the wind rose, as the guard reported in the afternoon of the',
      'same day after all who were on board had gone ashore.',
    ];
    const museum = [
      'Curators in Lyon will restore a lost landscape that their',
      'museum bought at an auction in Paris, and show it to those',
      'who come in September when the new wing has been opened by',
      'the mayor and by the family that had owned the picture.',
    ];
    expect(found(story(ferry), story(museum))).toEqual([[`recurring: ${call}`], [`recurring: ${call}`]]);
  });

  it('is running text only where it recurs in three documents', () => {
    const appeal = 'This newspaper is free for all, so please support our journalists today.';
    const stories = [bridge, ferry, museum].map((story) => [story[0], appeal, story[1]].join('\n'));
    expect(found(...stories.slice(0, 2))).toEqual([[], []]);
    expect(found(...stories)).toEqual(stories.map(() => [`recurring: ${appeal}`]));
  });

  it('is what stands in one block with recurring lines', () => {
    const block = (own: string) => `\n\nShare\nComments\n${own}\n`;
    expect(found(bridge.join(block('Porto')), ferry.join(block('Gotland')))).toEqual([
      ['recurring: Share', 'recurring: Comments', 'furniture: Porto'],
      ['recurring: Share', 'recurring: Comments', 'furniture: Gotland'],
    ]);
  });

  it('is the short lines after the last sentence', () => {
    expect(found([...bridge, 'Tags: Porto', 'Leave a Reply'].join('\n\n'))).toEqual([
      ['furniture: Tags: Porto', 'furniture: Leave a Reply'],
    ]);
  });

  it('is the teasers of other stories between furniture at the end', () => {
    const card = (title: string, text: string) => `\n\n${title}\nDaily Post\n2 hours ago\n${title}\n${text}`;
    const page = (story: string[], first: string, second: string) =>
      `${story.join('\n')}\n\nRelated Articles${card(`On ${first.slice(2, 9)}`, first)}${card(`On ${second.slice(2, 9)}`, second)}`;
    const [left, right] = found(
      page(bridge, ferry.join(' '), museum.join(' ')),
      page(
        [
          'A court in Oslo fined the bank for its part in the scheme.',
          'The bank said on Friday that it would appeal to a higher court.',
        ],
        'Rain is expected in the northern valleys by the weekend, forecasters said.',
        'The zoo of Basel welcomed twin snow leopards on Tuesday, keepers wrote.',
      ),
    );
    expect(left).toContain(`furniture: ${ferry.join(' ')}`);
    expect(left).toContain(`furniture: ${museum.join(' ')}`);
    expect(left?.join()).not.toContain(bridge[1]);
    expect(right?.join()).not.toContain('appeal to a higher court');
    expect(right).toContain('furniture: The zoo of Basel welcomed twin snow leopards on Tuesday, keepers wrote.');
  });

  it('is not the headline, though a recurring line stands below it', () => {
    const page = (headline: string, story: string[]) => `${headline}\nShare\n${story.join('\nShare\n')}`;
    expect(found(page('Old bridge closed', bridge), page('Ferry aground', ferry))).toEqual([
      ['recurring: Share', 'recurring: Share'],
      ['recurring: Share', 'recurring: Share'],
    ]);
  });

  it('is not a poem or a list without running text', () => {
    const poem =
      'Shall I compare thee to a day\nThou art more lovely\nRough winds do shake the buds\nAnd summer goes away';
    const list = 'Eggs\nFlour\nButter\nSugar\nAnd summer goes away';
    expect(found(poem, list)).toEqual([[], []]);
  });

  it('is not a long list for one recurring line in it', () => {
    const list = (...own: string[]) => `\nParticipants\n${own.join('\n')}\n`;
    expect(
      found(
        bridge.join(list('Porto', 'Braga', 'Faro', 'Aveiro', 'Évora')),
        ferry.join(list('Visby', 'Kiel', 'Riga', 'Turku', 'Gdańsk')),
      ),
    ).toEqual([['recurring: Participants'], ['recurring: Participants']]);
  });

  it('is nothing in empty texts', () => {
    expect(found('', ' \n\n ', '...')).toEqual([[], [], []]);
  });
});

describe('documentsNeeded', () => {
  it.each([
    [true, 5, 3],
    [false, 5, 2],
    [false, 12, 2],
    [false, 13, 3],
  ])('is for a line that is running text (%s) or long (%i words) one more', (prose, words, documents) => {
    expect(documentsNeeded({ prose, words })).toBe(documents);
  });
});

describe('withoutSpans', () => {
  it('drops the sentences that touch a span and keeps the offsets of the rest', () => {
    const doc = analyse('One bridge. Share\n\nTwo ferries. Three museums.', table);
    const start = doc.text.indexOf('Share');
    const rest = withoutSpans(doc, [{ start, end: start + 5 }]);
    const sentences = Array.from({ length: rest.sentences.length / 2 }, (_, s) =>
      rest.text.slice(rest.sentences[2 * s], rest.sentences[2 * s + 1]),
    );
    expect(sentences).toEqual(['One bridge.', 'Two ferries.', 'Three museums.']);
    const terms = Array.from(rest.termIds, (_, t) => rest.text.slice(rest.termSpans[2 * t], rest.termSpans[2 * t + 1]));
    expect(terms).toEqual(['One', 'bridge', 'Two', 'ferries', 'Three', 'museums']);
    expect([...rest.firstTerm]).toEqual([0, 2, 4, 6]);
    const lengths = [rest.termFlags, rest.termWords, rest.termSpans].map(({ length }) => length);
    expect(lengths).toEqual([6, 6, 12]);
  });

  it('is the document itself where nothing is dropped', () => {
    const doc = analyse('One bridge.', table);
    expect(withoutSpans(doc, [])).toBe(doc);
  });

  it('takes lines of up to twelve words behind the last running text for furniture', () => {
    const line = (words: number) => Array.from({ length: words }, (_, n) => `word${n}`).join(' ');
    const furniture = (words: number) => found([...bridge, line(words)].join('\n\n'))[0];
    expect(furniture(12)).toEqual([`furniture: ${line(12)}`]);
    expect(furniture(13)).toEqual([]);
  });
});

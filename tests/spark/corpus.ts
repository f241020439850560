import { randomStream } from '../../src/sketch/hash.js';
import type { SourceDocument } from '../../src/types.js';

/** Syllables of made words. */
const PARTS = [
  'ba',
  'den',
  'kor',
  'li',
  'mun',
  'ost',
  'per',
  'qua',
  'ri',
  'sel',
  'tam',
  'ur',
  'vel',
  'wes',
  'zor',
  'ein',
];
const LINES = [
  'Read more on our site',
  'Subscribe to our newsletter today',
  'Follow us on all channels',
  'Share this story',
];

/**
 * A corpus with all that the pipeline has a rule for: stories that are copied, cut, reordered and reworded, furniture that stands in many
 * documents, more identical documents than a key may have, a pair of names that stands in every document, dates, ids that sort
 * differently by code points and by code units, empty texts.
 */
export function madeCorpus(documents: number, seed: number): SourceDocument[] {
  const next = randomStream(seed);
  const dice = (n: number) => Math.floor((next() / 0x1_0000_0000) * n);
  const pick = <T>(items: readonly T[]): T => items[dice(items.length)] as T;
  const shuffled = <T>(items: readonly T[]): T[] => {
    const out = [...items];
    for (let n = out.length - 1; n > 0; n--) {
      const m = dice(n + 1);
      [out[n], out[m]] = [out[m] as T, out[n] as T];
    }
    return out;
  };
  const word = () => Array.from({ length: 2 + dice(3) }, () => pick(PARTS)).join('');
  const common = Array.from({ length: 300 }, word);
  const name = () => {
    const made = word();
    return made[0]?.toUpperCase() + made.slice(1);
  };
  const sentence = (names: readonly string[]) => {
    const words = Array.from({ length: 8 + dice(12) }, () => (dice(4) === 0 ? pick(names) : pick(common)));
    if (dice(3) === 0) words.splice(dice(words.length), 0, String(10 + dice(9000)));
    const text = words.join(' ');
    return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
  };
  const out: SourceDocument[] = [];
  const add = (text: string, more: Partial<SourceDocument> = {}) => {
    // Some ids begin with a letter beyond U+FFFF, some with one just below: code units and code points order them differently.
    const mark = out.length % 50 === 7 ? '\u{1F4F0}' : out.length % 50 === 8 ? '\uFF21' : 'd';
    out.push({ id: `${mark}${String((out.length * 7919) % 100_003).padStart(6, '0')}`, text, ...more });
  };
  const copies = Math.min(70, Math.floor(documents / 4));
  const famous = Array.from({ length: 9 }, () => sentence([name(), name()])).join(' ');
  for (let n = 0; n < copies; n++) add(famous, { published: `2025-03-${String(1 + (n % 28)).padStart(2, '0')}` });
  while (out.length < documents) {
    const names = Array.from({ length: 6 }, name);
    const story = Array.from({ length: 6 + dice(10) }, () => sentence(names));
    // One key in every document.
    story.push('Correspondent Harlan Vexmoor reported this.');
    const paragraphs = [story.slice(0, 3).join(' '), story.slice(3).join(' ')];
    const dressed = (parts: readonly string[]) =>
      dice(3) === 0 ? [pick(LINES), ...parts, pick(LINES), pick(LINES)].join('\n\n') : parts.join('\n\n');
    add(
      dressed(paragraphs),
      dice(2) === 0 ? { published: `2025-0${1 + dice(9)}-11T0${dice(10)}:00:00Z`, title: name() } : {},
    );
    if (dice(4) === 0) add(dressed(paragraphs), { source: name() });
    if (dice(4) === 0) add(dressed([shuffled(story).slice(1).join(' ')]));
    if (dice(4) === 0)
      add(
        story
          .map((each) =>
            each
              .split(' ')
              .filter(() => dice(6) > 0)
              .join(' '),
          )
          .join(' '),
        { published: '2025-06-02' },
      );
  }
  out.length = documents;
  out[documents - 1] = { id: 'empty', text: '' };
  out[documents - 2] = { id: 'blank', text: ' \n ' };
  return out;
}

/**
 * Notices of ten companies in one form, of which `notice 0` and `notice 1` have the same facts: by themselves a rewrite, among the others not.
 */
export function notices(): SourceDocument[] {
  const companies = ['Infera', 'Corvex', 'Brandywine', 'Quillfeather', 'Olmstead', 'Tarrant', 'Vesper', 'Hadley'];
  const months = ['May', 'June', 'July', 'August'];
  const notice = (company: string, cents: number, day: string) =>
    `${company} said its board set a regular quarterly dividend of ${cents} cts per share. It is payable on ${day} to holders of record.`;
  const first = notice('The company', 7, 'April 15');
  const texts = [first, first.replace('said its board set', 'has declared')];
  for (const [n, company] of companies.entries()) texts.push(notice(company, 11 + 13 * n, `${months[n % 4]} ${3 + n}`));
  return texts.map((text, n) => ({ id: `notice ${n}`, text }));
}

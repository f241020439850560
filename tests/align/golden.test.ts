import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { randomStream } from '../../src/sketch/hash.js';
import type { Comparison, Span } from '../../src/types.js';
import { retold, wire } from '../relate/ferry.js';

/*
 * What comparing gives today, number by number. It is not all right, and it may change; but who changes it sees where, and what is not
 * meant to change anything is seen to do so. `npx vitest run tests/align/golden.test.ts -u` writes it anew.
 */

const seeds = readdirSync('seeds')
  .sort()
  .map((name) => readFileSync(`seeds/${name}`, 'utf8'));
const detector = await createDetector();

const sentencesOf = (text: string) => text.split(/(?<=[.!?]) +|\n+/).filter((sentence) => sentence.length > 0);
const [talks, home] = [seeds[0], seeds[1]].map((text) => sentencesOf(text as string)) as [string[], string[]];

/** The same words in another order, by a stream of its own. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const next = randomStream(seed);
  const out = [...items];
  for (let n = out.length - 1; n > 0; n--) {
    const m = next() % (n + 1);
    [out[n], out[m]] = [out[m] as T, out[n] as T];
  }
  return out;
}

const words = (sentence: string) => sentence.split(' ');
const without = (sentence: string, nth: number) =>
  words(sentence)
    .filter((_, n) => n % nth !== nth - 1)
    .join(' ');

/** Pairs of texts by what was done to the one. */
const PAIRS: Record<string, readonly [string, string]> = {
  'retold in other words': [wire.join(' '), retold.join(' ')],
  'retold in half': [wire.join('\n\n'), [...retold.slice(0, 5), ...wire.slice(5)].join('\n\n')],
  'retold backwards': [wire.join(' '), [...retold].reverse().join(' ')],
  'one sentence alone': [wire[6] as string, retold[6] as string],
  'a passage within another text': [
    talks.join(' '),
    [...home.slice(0, 20), ...talks.slice(8, 16), ...home.slice(20, 40)].join(' '),
  ],
  'two passages in each other’s place': [
    [...talks.slice(0, 6), ...home.slice(30, 40), ...talks.slice(12, 18)].join(' '),
    [...home.slice(50, 60), ...talks.slice(12, 18), ...home.slice(60, 66), ...talks.slice(0, 6)].join(' '),
  ],
  'words in any order': [
    talks.slice(0, 24).join(' '),
    [...home.slice(40, 60), shuffled(words(talks.slice(4, 12).join(' ')), 1).join(' '), ...home.slice(60, 70)].join(
      ' ',
    ),
  ],
  'one word in five left out': [
    talks.slice(0, 20).join(' '),
    talks
      .slice(0, 20)
      .map((each) => without(each, 5))
      .join(' '),
  ],
  'one word in three left out': [
    talks.slice(5, 20).join(' '),
    talks
      .slice(5, 20)
      .map((each) => without(each, 3))
      .join(' '),
  ],
  'sentences in any order': [talks.slice(0, 30).join(' '), shuffled(talks.slice(0, 30), 2).join(' ')],
  'summed up': [
    home.join(' '),
    home
      .filter((_, n) => n % 6 === 0)
      .map((each) => words(each).slice(0, 14).join(' '))
      .join('. '),
  ],
  'other figures': [wire.join(' '), wire.join(' ').replace(/\d/g, (digit) => String((Number(digit) + 3) % 10))],
  'other names': [
    wire.join(' '),
    wire
      .join(' ')
      .replace(
        /Holm|Ardness|Saltire|Tulloch|Kestrel|Keir|Rotterdam|Northline/g,
        (name) => `${[...name].reverse().join('')}`,
      ),
  ],
  'said to be otherwise': [
    wire.join(' '),
    wire.join(' ').replaceAll(' was ', ' was not ').replaceAll(' have ', ' have never '),
  ],
  'names spelt otherwise': [
    talks.join(' '),
    talks
      .slice(0, 20)
      .join(' ')
      .replaceAll('Zelenskyy', 'Selenski')
      .replaceAll('Kyslytsya', 'Kyslytsia')
      .replaceAll('Medvedenko', 'Medvedienko'),
  ],
  'a long list of names': [
    `Those who signed were ${talks
      .join(' ')
      .match(/[A-Z][a-z]+/g)
      ?.join(', ')}. ${wire.slice(0, 3).join(' ')}`,
    `They were ${talks
      .join(' ')
      .match(/[A-Z][a-z]+/g)
      ?.reverse()
      .join(', ')}. ${retold.slice(0, 3).join(' ')}`,
  ],
  'the same again and again': [Array(6).fill(wire[0]).join(' '), Array(9).fill(wire[0]).join(' ')],
  'nothing in common': [wire.join(' '), talks.slice(0, 12).join(' ')],
  'one passage told twice': [
    [...home.slice(0, 10), ...talks.slice(0, 6), ...home.slice(20, 30), ...talks.slice(0, 6)].join(' '),
    [...home.slice(40, 46), ...talks.slice(0, 6), ...home.slice(60, 66)].join(' '),
  ],
  'one passage told twice by the other': [
    [...home.slice(40, 46), ...talks.slice(0, 6), ...home.slice(60, 66)].join(' '),
    [...talks.slice(0, 6), ...home.slice(0, 10), ...talks.slice(0, 6).map((each) => without(each, 6))].join(' '),
  ],
  'a copy with a word in nine replaced': [
    [...home.slice(0, 12), ...talks.slice(0, 14), ...home.slice(30, 44)].join(' '),
    [
      ...home.slice(50, 60),
      ...talks.slice(0, 14).map((each) =>
        words(each)
          .map((word, n) => (n % 9 === 4 ? `z${n}q` : word))
          .join(' '),
      ),
      ...home.slice(64, 70),
    ].join(' '),
  ],
  'sentences cut in two': [
    wire.join(' '),
    retold
      .flatMap((each) => {
        const half = Math.ceil(words(each).length / 2);
        return [`${words(each).slice(0, half).join(' ')}.`, `This ${words(each).slice(half).join(' ')}`];
      })
      .join(' '),
  ],
  'sentences joined': [
    wire.join(' '),
    retold.map((each, n) => (n % 2 === 0 ? each.replace(/\.$/, ', and also') : each)).join(' '),
  ],
  'the same sentence said again far away': [
    [...wire, ...home.slice(0, 12), wire[2], wire[5]].join(' '),
    [...retold.slice(0, 2), ...wire.slice(2, 6), ...talks.slice(20, 26), ...wire.slice(6)].join(' '),
  ],
  'words that nobody knows': [
    [...wire.slice(0, 3), 'Qwzx vrrtel plmk drzgon.', ...wire.slice(5), 'Zzelt grmpf vrrtel.'].join(' '),
    [...retold.slice(0, 3), 'Drzgon plmk qwzx.', ...retold.slice(5), 'Grmpf zzelt vrrtel drzgon.'].join(' '),
  ],
  'a sentence said again far away': [
    [...wire, ...home.slice(0, 12), wire[2], wire[5]].join(' '),
    [...retold, ...talks.slice(20, 30), retold[2], retold[5], retold[5]].join(' '),
  ],
  German: [
    'Die Fähre nach Holm fällt seit Montag aus, weil im Rumpf der Saltire ein Riss gefunden wurde. Die Reparatur dauert nach Angaben der Reederei Northline drei Wochen. Rund 1.900 Menschen leben auf der Insel.',
    'Auf Holm leben etwa 1.900 Leute. Wegen eines Risses im Rumpf der Saltire fährt seit Montag kein Schiff mehr dorthin, und laut Northline wird die Reparatur drei Wochen brauchen.',
  ],
};

const span = ({ start, end }: Span) => `${start}-${end}`;

/** What is found, a line for each passage and each pair of sentences. */
function told({ relation, score, resemblance, containment, original, passages }: Comparison): string[] {
  return [
    `  ${relation} ${score}, resemblance ${resemblance}, containment ${containment.a} ${containment.b}, original ${original ?? '-'}`,
    ...passages.flatMap(({ a, b, score: strength, kind, sentences }) => [
      `  ${span(a)} ${span(b)} ${kind} ${strength}`,
      ...sentences.map((each) =>
        `    ${span(each.a)} ${span(each.b)} ${each.score} ${each.contradicts?.join(' ') ?? ''}`.trimEnd(),
      ),
    ]),
  ];
}

describe('what comparing gives', () => {
  it('for seeds, and for texts made from them', async () => {
    const pairs = { ...PAIRS };
    seeds.forEach((a, n) => {
      seeds.slice(n + 1).forEach((b, m) => {
        pairs[`seeds ${n} and ${n + 1 + m}`] = [a, b];
      });
    });
    const lines = Object.entries(pairs).flatMap(([name, [a, b]]) => [name, ...told(detector.compare(a, b))]);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../fixtures/comparisons.txt');
  });

  it('without a lexicon', async () => {
    const plain = await createDetector({ lexicon: false });
    const lines = Object.entries(PAIRS).flatMap(([name, [a, b]]) => [name, ...told(plain.compare(a, b))]);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../fixtures/comparisons-plain.txt');
  });

  it('for what a text says twice', async () => {
    const texts = [
      ...Object.values(PAIRS).map(([, text]) => text),
      [...wire, ...retold, ...wire.map((each) => without(each, 6))].join(' '),
    ];
    const { documents } = await detector.detect(texts.map((text, n) => ({ id: `${10 + n}`, text })));
    const lines = documents.flatMap(({ id, repeats }) => [
      id,
      ...repeats.map((pair) => `  ${span(pair.a)} ${span(pair.b)} ${pair.score}`),
    ]);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../fixtures/repeats.txt');
  });

  it('as evidence', async () => {
    const [a, b] = [wire, retold].map((sentences) => sentences.slice(0, 5).join(' ')) as [string, string];
    const { passages, facts } = detector.compare(a, b, { evidence: true });
    const lines = passages.flatMap(({ sentences, words: both }) => [
      ...(both ?? []).map(
        ({ a: x, b: y, rarity }) => `${a.slice(x.start, x.end)} | ${b.slice(y.start, y.end)} | ${rarity}`,
      ),
      ...sentences.flatMap(({ a: x, features }) => [
        span(x),
        ...(features ?? []).map((f) => `  ${f.name} ${f.value} ${f.effect}`),
      ]),
    ]);
    await expect(`${lines.join('\n')}\n${JSON.stringify(facts)}\n`).toMatchFileSnapshot('../fixtures/evidence.txt');
  });

  it('for sentences by themselves', async () => {
    const lines = wire.map((a) => retold.map((b) => detector.similarity(a, b)).join(' '));
    const alike = detector.sentenceSimilarities(wire.slice(0, 4).join(' '), retold.slice(0, 4).join(' '));
    const pairs = alike.pairs.map((pair) => `${pair.a} ${pair.b} ${pair.similarity}`);
    await expect(`${[...lines, ...pairs].join('\n')}\n`).toMatchFileSnapshot('../fixtures/sentences.txt');
  });
});

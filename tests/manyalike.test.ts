import { describe, expect, it } from 'vitest';
import { createDetector } from '../src/index.js';
import { randomStream } from '../src/sketch/hash.js';
import type { SourceDocument } from '../src/types.js';

const detector = await createDetector();

const next = randomStream(7);
const pick = (below: number) => next() % below;
const made = (n: number) =>
  Array.from({ length: n }, () => Array.from({ length: 4 + pick(6) }, () => 'etaoinshrdlu'[pick(12)]).join(''));
const PLACES = made(300).map((word) => word[0]?.toUpperCase() + word.slice(1));
const WORDS = made(400);

const story = Array.from(
  { length: 12 },
  () =>
    `In ${PLACES[pick(300)]} the ${WORDS[pick(400)]} of the ${WORDS[pick(400)]} was ${WORDS[pick(400)]} by ${pick(900)} ${WORDS[pick(400)]} and ${PLACES[pick(300)]} said so.`,
);

describe('more documents of one kind than are all compared with each other', () => {
  it('are one cluster where they are one story, each copy edited in its own way', async () => {
    const copies: SourceDocument[] = Array.from({ length: 130 }, (_, n) => {
      const own = [...story];
      // A sentence less, another place, two words mistyped.
      own.splice(pick(own.length), 1);
      const text = own.join(' ').replace(WORDS[pick(400)] as string, `${WORDS[n]}x`);
      return { id: `copy ${n}`, text };
    });
    const { clusters, stats } = await detector.detect(copies);
    expect(clusters.map(({ members }) => members.length)).toEqual([130]);
    // A few comparisons each, not 129.
    expect(stats.candidates).toBeLessThan(130 * 12);
  });

  it('are no cluster where they are one form with different facts', async () => {
    const filled: SourceDocument[] = Array.from({ length: 130 }, (_, n) => {
      const [company, place, person] = [PLACES[pick(300)], PLACES[pick(300)], PLACES[pick(300)]];
      return {
        id: `form ${n}`,
        text:
          `Shares of ${company} rose after the company from ${place} said that its profit for the first quarter was ${pick(9000)} million dollars against expectations. ` +
          `Sales of ${company} were ${pick(9000)} million dollars in the quarter, and the board in ${place} expects more of the same for the rest of the year. ` +
          `The chairman, ${person}, said that costs had come down by ${pick(9000)} million dollars and that the dividend would stay where it was. ` +
          `Analysts had looked for a profit of ${pick(9000)} million dollars; the shares closed at ${pick(9000)} dollars in late trading.`,
      };
    });
    const { clusters, stats } = await detector.detect(filled);
    expect(Math.max(0, ...clusters.map(({ members }) => members.length))).toBeLessThan(40);
    expect(stats.candidates).toBeLessThan(130 * 60);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import type { Report } from '../../src/types.js';
import { type Result, runHere as twicetold } from './host.js';

const folder = mkdtempSync(join(tmpdir(), 'twicetold-reportfile-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'r.json');

const STORY = 'The council of Porto closed the old bridge on Monday. Engineers found cracks in 14 of its 40 cables.';
const MENU = 'Read more of this on our pages. Subscribe to the letter that we send on Fridays.';
let report: Report;
beforeAll(async () => {
  const detector = await createDetector({ lexicon: false });
  report = await detector.detect([
    ...['a', 'b', 'c'].map((id) => ({
      id,
      text: `${STORY}\n\nIt was said by ${id}.\n\n${STORY}\n\n${MENU}`,
      title: id,
    })),
    ...['d', 'e', 'f', 'g'].map((id, n) => ({
      id,
      text: `${['Rain fell on the hills', 'The museum sold a map', 'Prices of bread rose', 'A ship came in'][n]} in May.\n\n${MENU}`,
    })),
  ]);
});

/** Shows what stands in the file now, as tables and as a page. */
const show = (value: unknown): Promise<Result> => {
  writeFileSync(path, JSON.stringify(value));
  return twicetold('report', path, '--html', join(folder, 'r.html'), '--csv', join(folder, 'r.csv'));
};

/** Every value within another, as the keys that lead to it. */
function* placesOf(value: unknown, keys: readonly string[] = []): Generator<readonly string[]> {
  yield keys;
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* placesOf(inner, [...keys, key]);
}

function replaced(value: unknown, [key, ...keys]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaced(copy[key], keys, by);
  return copy;
}

describe('a report that is read', () => {
  it('is shown where it is one', async () => {
    expect(report.pairs.length).toBeGreaterThan(0);
    for (const part of ['clusters', 'passageClusters', 'boilerplate'] as const)
      expect(report[part].length, part).toBeGreaterThan(0);
    expect(report.documents.some(({ repeats }) => repeats.length > 0)).toBe(true);
    expect(await show(report)).toMatchObject({ code: 0, err: '' });
  });

  it('is refused with what is wrong and where', async () => {
    const [pair] = report.pairs;
    for (const [value, fault] of [
      [null, 'the whole must be an object'],
      [{ pairs: [] }, 'documents must be an array'],
      [{ ...report, stats: null }, 'stats must be an object'],
      [{ ...report, stats: {} }, 'stats.documents must be a whole number from 0 on'],
      [{ ...report, pairs: [pair, null] }, 'pairs[1] must be an object'],
      [{ ...report, pairs: [{ ...pair, passages: [{}] }] }, 'pairs[0].passages[0].a must be an object'],
      [{ ...report, pairs: [{ ...pair, relation: 'theft' }] }, 'pairs[0].relation must be one of duplicate, near-dup'],
    ] as const) {
      const { code, out, err } = await show(value);
      expect({ code, out }).toEqual({ code: 3, out: '' });
      expect(err).toContain(`r.json is no report: ${fault}`);
    }
  });

  it('ends no run with a fault, whatever stands in one of its places', async () => {
    // Of entries that are alike the first is enough, and one more.
    const places = [...placesOf(report)].filter((keys) => !keys.some((key) => Number(key) > 1));
    expect(places.length).toBeGreaterThan(100);
    for (const keys of places)
      for (const by of [null, {}, 'x']) {
        const { code, err } = await show(replaced(report, keys, by));
        const said = `${keys.join('.')} as ${JSON.stringify(by)}: ${err}`;
        expect([0, 3], said).toContain(code);
        if (code === 3) expect(err, said).toMatch(/ must be /);
      }
  }, 120_000);

  it('is a file or a pipe, and nothing that has no end', async () => {
    expect(await twicetold('report', folder)).toMatchObject({
      code: 3,
      err: expect.stringContaining('it is a folder'),
    });
    const nowhere = await twicetold('report', join(folder, 'nowhere'));
    expect(nowhere).toMatchObject({ code: 3, err: expect.stringContaining('there is no such file') });
  });

  it.runIf(process.platform === 'linux')('is no device', async () => {
    expect(await twicetold('report', '/dev/zero')).toMatchObject({
      code: 3,
      err: 'twicetold: /dev/zero cannot be read: it is no file\n',
    });
  });
});

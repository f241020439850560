import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDetector } from '../../src/index.js';
import { readDocuments } from '../../src/node/index.js';
import { writePlace } from '../../src/report/app/address.js';
import { renderHtml } from '../../src/report/index.js';
import type { SourceDocument } from '../../src/types.js';
import { ATTACKS } from './attacks.js';
import { accessibility, launch, open, picture, type Watch } from './browser.js';
import { largeReport } from './large.js';

const REWRITES = [
  ['000_f0c481dc8f7ce29f.txt', '001_b279f3c4a7ccf51b.txt'],
  ['002_c69a9569748683a6.txt', '003_e52716612eb63005.txt'],
] as const;
const SECOND = `#pair=${REWRITES[1].join(',')}`;

vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let folder: string;
const pages: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twicetold-'));
  const detector = await createDetector();
  const write = async (name: string, html: string) => {
    const path = join(folder, `${name}.html`);
    await writeFile(path, html);
    pages[name] = pathToFileURL(path).href;
  };
  const seeds: SourceDocument[] = [];
  for await (const doc of readDocuments('seeds')) seeds.push(doc);
  await write(
    'seeds',
    renderHtml(await detector.detect(seeds), { documents: seeds, title: 'Five articles on one event' }),
  );
  const { report, sources } = largeReport(5_000, 20_000);
  await write('large', renderHtml(report, { documents: sources }));
  // Every attack as a document and, told again by the next one, in everything that a document may say.
  const story = (attack: string, n: number) =>
    `${attack} The council of town${n} voted on Monday to close bridge${n} ${attack} for repairs.\n${attack}\nEngineer Name${n} found cracks in ${n + 2} of its pillars ${attack} last week.`;
  const hostile = ATTACKS.flatMap((attack, n) =>
    [1, 2].map((copy) => ({
      id: `${attack}${copy}`,
      title: `${attack} title`,
      text: `${story(attack, n)} Copy ${copy}.`,
      source: attack,
      url: attack,
      author: attack,
      copyright: attack,
    })),
  );
  await write(
    'hostile',
    renderHtml(await detector.detect(hostile), { documents: hostile, title: ATTACKS.slice(0, 12).join(' ') }),
  );
  const named = await mkdtemp(join(folder, 'names-'));
  for (const [n, attack] of ATTACKS.entries())
    await writeFile(join(named, `${attack.replaceAll('/', '\u2215').slice(0, 60)} ${n}.txt`), story('', n >> 1));
  await write('names', renderHtml(await detector.detect(readDocuments(named))));
  await write('empty', renderHtml(await detector.detect([{ id: 'a', text: 'One text.' }])));
  browser = await launch();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function visit(
  name: string,
  hash = '',
  options: Parameters<typeof open>[2] = {},
): Promise<{ page: Page; watch: Watch }> {
  return open(browser, `${pages[name]}${hash}`, options);
}

describe('the report on the seeds', () => {
  it('says first that two articles are rewrites, of which others', async () => {
    const { page, watch } = await visit('seeds');
    const finding = page.locator('.finding');
    await expect
      .poll(() => finding.textContent())
      .toContain('2 stories told more than once in 5 documents: 2 rewrites.');
    expect(await page.locator('.told li .said').allTextContents()).toEqual([
      `${REWRITES[0][0]} is a rewrite of ${REWRITES[0][1]}.`,
      `${REWRITES[1][1]} is a rewrite of ${REWRITES[1][0]}.`,
    ]);
    // At a glance: without scrolling.
    const box = await page.locator('.told li').last().boundingBox();
    expect((box?.y ?? 1e9) + (box?.height ?? 0)).toBeLessThan(600);
    expect(await page.locator('.stories .story').count()).toBe(2);
    expect(await page.locator('.ring').count()).toBe(3);
    await picture(page, 'seeds', true);
    expect(await accessibility(page)).toEqual([]);
    expect(watch).toEqual({ errors: [], requests: [] });
    await page.context().close();
  });

  it('opens a pair by keyboard, walks its passages, and goes back to the row it came from', async () => {
    const { page, watch } = await visit('seeds');
    await page.locator('.all .row').first().focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-row'))).toBe('1');
    await page.keyboard.press('Enter');
    await page.locator('article.pair').waitFor();
    expect(await page.evaluate(() => location.hash)).toBe(SECOND);
    await page.keyboard.press('n');
    await page.keyboard.press('n');
    expect(await page.evaluate(() => location.hash)).toBe(`${SECOND}&passage=2`);
    const lit = await page.locator('.columns section').evaluateAll((sections) =>
      sections.map((section) => {
        const texts = [...section.querySelectorAll('mark.lit')].map((mark) => mark.textContent ?? '');
        const box = (section.querySelector('mark.lit') as Element).getBoundingClientRect();
        const frame = (section.querySelector('.text') as Element).getBoundingClientRect();
        return { text: texts.join(''), seen: box.top >= frame.top - 1 && box.top < frame.bottom };
      }),
    );
    expect(lit.map(({ seen }) => seen)).toEqual([true, true]);
    for (const { text } of lit) expect(text).toContain('Rustem Umerov');
    await page.keyboard.press('p');
    expect(await page.evaluate(() => location.hash)).toBe(`${SECOND}&passage=1`);
    await page.keyboard.press('Escape');
    await page.locator('.grid').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-row'))).toBe('1');
    expect(watch).toEqual({ errors: [], requests: [] });
    await page.context().close();
  });

  it('shows the texts whole, as they are, with shared words underlined and reasons in words', async () => {
    const { page } = await visit('seeds', SECOND);
    const shown = await page.locator('.columns .text').evaluateAll((texts) =>
      texts.map((text) => {
        for (const button of text.querySelectorAll('button')) button.remove();
        return [...text.querySelectorAll('p')].map((p) => p.textContent).join('\n');
      }),
    );
    const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '');
    const sources: string[] = [];
    for await (const doc of readDocuments('seeds')) if (REWRITES[1].includes(doc.id as never)) sources.push(doc.text);
    expect(shown.map(lines)).toEqual(sources.map(lines));
    expect(await page.locator('mark u').allTextContents()).toContain('12,000');
    expect(await page.locator('.reasons').textContent()).toMatch(
      /\d+ % of the words of 002.* and \d+ % of those of 003/,
    );
    expect(await page.locator('.dotplot line').count()).toBe(await page.locator('.chip').count());
    await page.context().close();
  });

  it('lights the counterpart under the pointer, and brings it into view', async () => {
    const { page } = await visit('seeds', SECOND);
    const last = page.locator('.columns section').nth(0).locator('mark[data-passage="3"]').first();
    await last.scrollIntoViewIfNeeded();
    await last.hover();
    const counterpart = page.locator('.columns section').nth(1).locator('mark.lit[data-passage="3"]').first();
    await counterpart.waitFor();
    const [box, frame] = [
      await counterpart.boundingBox(),
      await page.locator('.columns section').nth(1).locator('.text').boundingBox(),
    ];
    expect(box?.y).toBeGreaterThanOrEqual((frame?.y ?? 0) - 1);
    expect(box?.y).toBeLessThan((frame?.y ?? 0) + (frame?.height ?? 0));
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('follows a link to a passage, and is accessible in %s', async (colorScheme) => {
    const { page, watch } = await visit('seeds', `${SECOND}&passage=4`, { colorScheme });
    expect(await page.locator('.chip[aria-pressed=true]').textContent()).toMatch(/^4 /);
    expect(await page.locator(`.permalink[href="${SECOND}&passage=4"]`).count()).toBe(1);
    await picture(page, `pair-${colorScheme}`);
    expect(await accessibility(page)).toEqual([]);
    await page.goto(`${pages.seeds}#top`);
    await page.locator('.grid').waitFor();
    expect(await accessibility(page)).toEqual([]);
    expect(watch).toEqual({ errors: [], requests: [] });
    await page.context().close();
  });

  it('says where a link leads to no pair of the report', async () => {
    const { page } = await visit('seeds', '#pair=a,b&passage=1');
    expect(await page.locator('[role=alert]').textContent()).toContain('a, b');
    for (const hash of ['#pair=%', '#pair=a', '#passage=1', '#pair=a,b,c', '#&=&&']) {
      await page.goto(`${pages.seeds}${hash}`);
      await page.locator('.grid').waitFor();
    }
    await page.context().close();
  });

  it('fits a phone: nothing stands out of the page, and targets are large enough', async () => {
    const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
    for (const hash of ['', SECOND]) {
      const { page } = await visit('seeds', hash, phone);
      await page.locator('main h1').waitFor();
      const outside = await page.evaluate(() =>
        document.documentElement.scrollWidth <= 360
          ? []
          : [...document.querySelectorAll('body *')]
              .filter((element) => element.getBoundingClientRect().right > 360)
              .map((element) => `${element.tagName} ${element.className} ${element.getBoundingClientRect().right}`),
      );
      expect(outside).toEqual([]);
      expect(await accessibility(page)).toEqual([]);
      await picture(page, hash === '' ? 'phone' : 'phone-pair', true);
      await page.context().close();
    }
  });

  it('prints both texts whole', async () => {
    const { page } = await visit('seeds', SECOND);
    await page.emulateMedia({ media: 'print' });
    const cut = await page
      .locator('.columns .text')
      .evaluateAll((texts) => texts.map((text) => text.scrollHeight - text.clientHeight));
    for (const hidden of cut) expect(hidden).toBeLessThanOrEqual(1);
    expect(await page.locator('.back').isVisible()).toBe(false);
    await page.context().close();
  });

  it('tells the finding where no script runs', async () => {
    const { page, watch } = await visit('seeds', '', { javaScriptEnabled: false });
    expect(await page.locator('main').textContent()).toContain('2 rewrites in 5 documents');
    expect(await page.locator('main li').count()).toBe(2);
    expect(watch.requests).toEqual([]);
    await page.context().close();
  });
});

describe('a report on 5,000 documents with 20,000 pairs', () => {
  it('opens, keeps few rows in the page, and scrolls to the end by keyboard', async () => {
    const { page, watch } = await visit('large');
    await page.locator('.all .row').first().waitFor();
    expect(await page.locator('[role=grid]').getAttribute('aria-rowcount')).toBe('20001');
    await page.locator('.all .row').first().focus();
    await page.keyboard.press('End');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-row'))).toBe('19999');
    expect(await page.locator('.all .row').count()).toBeLessThan(60);
    await page.keyboard.press('PageUp');
    await expect
      .poll(() => page.evaluate(() => Number(document.activeElement?.getAttribute('data-row'))))
      .toBeLessThan(19_999);
    await picture(page, 'large-end');
    expect(watch).toEqual({ errors: [], requests: [] });
    await page.context().close();
  });

  it('draws a frame of scrolling in far less than it takes to draw the page', async () => {
    const { page } = await visit('large');
    await page.locator('.all .row').first().waitFor();
    await page.locator('#pairs').scrollIntoViewIfNeeded();
    const frames = await page.evaluate(async () => {
      const scroller = document.querySelector('.scroller') as Element;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const spent: number[] = [];
      for (let i = 0; i < 60; i++) {
        scroller.scrollTop += 5_000;
        await frame();
        const begun = performance.now();
        // What is left of this frame: the rows are drawn in it.
        await new Promise((resolve) => setTimeout(resolve, 0));
        spent.push(performance.now() - begun);
      }
      return spent.sort((x, y) => x - y);
    });
    // A loaded machine draws slowly; a table that drew all its rows would take seconds.
    expect(frames[30]).toBeLessThan(100);
    await page.context().close();
  });

  it('filters, searches and sorts', async () => {
    const { page } = await visit('large');
    const status = page.locator('.filters [role=status]');
    await page.locator('.filter.rewrite').click();
    await expect.poll(() => status.textContent()).toMatch(/^[45],\d{3} of 20,000 pairs$/);
    expect(new Set(await page.locator('.all .row .relation').allTextContents())).toEqual(new Set(['rewrite']));
    await page.locator('.filter.rewrite').click();
    await page.getByLabel('Search').fill('number 4321');
    await expect.poll(() => status.textContent()).toMatch(/^\d+ of 20,000 pairs$/);
    for (const row of await page.locator('.all .row').allTextContents()) expect(row).toContain('4321');
    await page.getByLabel('Search').fill('no such thing');
    await expect.poll(() => page.locator('.row.empty').textContent()).toBe('No pair fits the search.');
    await page.getByLabel('Search').fill('');
    await page.getByRole('button', { name: 'Score' }).click();
    await expect.poll(() => page.locator('.all .row .score').first().textContent()).toBe('0.40');
    expect(await page.locator('.score[role=columnheader]').getAttribute('aria-sort')).toBe('ascending');
    await page.context().close();
  });

  it('tells the strongest pair of each relation, draws its stories, and its days and sources', async () => {
    const { page, watch } = await visit('large');
    expect(await page.locator('.told .badge').allTextContents()).toEqual([
      'duplicate',
      'near-duplicate',
      'rewrite',
      'excerpt',
    ]);
    // The first and the last day stand over their dates.
    const box = (selector: string) => page.locator(selector).evaluate((element) => element.getBoundingClientRect());
    expect((await box('.days li:first-child')).left).toBeCloseTo((await box('.days .axis')).left, 0);
    expect((await box('.days li:last-child')).right).toBeCloseTo((await box('.days .axis')).right, 0);
    await page.locator('.stories .story').first().waitFor();
    expect(await page.locator('.days li').count()).toBe(28);
    expect(await page.locator('table.chart tbody tr').count()).toBe(8);
    await picture(page, 'large');
    await page.locator('#map').scrollIntoViewIfNeeded();
    await page.evaluate(() => document.getElementById('map')?.scrollIntoView());
    await picture(page, 'large-map');
    await page.getByRole('button', { name: /more stories/ }).click();
    await expect.poll(() => page.locator('.stories .story').count()).toBeGreaterThan(800);
    await page.locator('.stories .story').first().click();
    await expect.poll(() => page.locator('.filters [role=status]').textContent()).toMatch(/^\d+ of 20,000 pairs$/);
    expect(watch).toEqual({ errors: [], requests: [] });
    await page.context().close();
  });
});

/** Opens each place of a report in turn; says what stands in the page that it does not make itself, and the text of each pair. */
async function inspect(page: Page, places: readonly string[]): Promise<{ wrong: string[]; shown: string[] }> {
  return page.evaluate(async (hashes) => {
    const drawn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
    const scripts = document.scripts.length;
    const wrong: string[] = [];
    const shown: string[] = [];
    const look = (where: string) => {
      if (document.scripts.length !== scripts) wrong.push(`${where}: ${document.scripts.length} scripts`);
      for (const element of document.querySelectorAll('*')) {
        const name = element.localName;
        if (/^(?:img|image|iframe|object|embed|form|base|audio|video|math|use|animate|template|marquee)$/.test(name))
          wrong.push(`${where}: <${name}>`);
        for (const attribute of element.attributes) {
          if (/^on/i.test(attribute.name)) wrong.push(`${where}: ${attribute.name} on <${name}>`);
          if (/^(?:href|src|action|data)$/.test(attribute.name) && !/^#/.test(attribute.value))
            wrong.push(`${where}: ${attribute.name}=${attribute.value}`);
        }
      }
    };
    look('the table');
    for (const hash of hashes) {
      const before = document.querySelector('article.pair')?.textContent;
      location.hash = hash;
      const seen = () => document.querySelector('article.pair')?.textContent ?? before;
      for (let i = 0; i < 50 && seen() === before; i++) await drawn();
      look(hash);
      shown.push(seen() ?? '');
    }
    return { wrong, shown };
  }, places);
}

describe('a report on hostile documents', () => {
  it('shows every attack as text, in the table and in the view of each pair', async () => {
    const { page, watch } = await visit('hostile');
    await page.locator('.grid').waitFor();
    expect(await page.locator('h1').textContent()).toBe(ATTACKS.slice(0, 12).join(' '));
    const found = await inspect(
      page,
      ATTACKS.map((attack) => writePlace({ pair: [`${attack}1`, `${attack}2`] })),
    );
    expect(found.wrong).toEqual([]);
    // As white space is shown.
    const flat = (text: string) => text.replace(/[\s\u2028\u2029]+/g, ' ');
    for (const [n, text] of found.shown.entries()) {
      expect(flat(text)).toContain(flat(`${ATTACKS[n]} title`));
      expect(flat(text)).toContain(`${n + 2} of its pillars`);
    }
    await picture(page, 'hostile');
    expect(watch).toEqual({ errors: [], requests: [] });
    await page.context().close();
  });

  it('shows files whose names are attacks', async () => {
    const { page, watch } = await visit('names');
    await page.locator('.grid').waitFor();
    const rows = await page.locator('.all .row').count();
    expect(rows).toBeGreaterThan(10);
    expect((await inspect(page, [])).wrong).toEqual([]);
    expect(watch).toEqual({ errors: [], requests: [] });
    await page.context().close();
  });

  it('can be read with its title of attacks, and found by search', async () => {
    const { page } = await visit('hostile');
    await page.getByLabel('Search').fill('Name7');
    await page.locator('.grid').waitFor();
    expect(await accessibility(page)).toEqual([]);
    await page.context().close();
  });

  it('has a policy that lets nothing else run and nothing be fetched', async () => {
    const { page } = await visit('hostile');
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      document.body.append(script);
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => 'fetched',
        () => 'refused',
      );
      return { ran: 'ran' in globalThis, fetched };
    });
    expect(outcome).toEqual({ ran: false, fetched: 'refused' });
    await page.context().close();
  });
});

describe('a report on nothing told twice', () => {
  it('says so', async () => {
    const { page, watch } = await visit('empty');
    await expect.poll(() => page.locator('.finding').textContent()).toContain('Nothing is told twice in 1 document.');
    expect(await accessibility(page)).toEqual([]);
    expect(watch).toEqual({ errors: [], requests: [] });
    await page.context().close();
  });
});

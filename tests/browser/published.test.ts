import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildPlayground } from '../../docs/playground/build.js';
import { createDetector, MinHasher } from '../../src/index.js';
import type { Comparison, Report } from '../../src/types.js';
import { accessibility, launch, open, picture, type Watch } from './browser.js';
import { ensureBuilt } from './built.js';

vi.setConfig({ testTimeout: 120_000 });

/** A host that is answered from memory; nothing leaves the machine. */
const HOST = 'http://twicetold.test';
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.html': 'text/html', '.css': 'text/css' };
const SEEDS = ['000_f0c481dc8f7ce29f.txt', '001_b279f3c4a7ccf51b.txt'] as const;

let browser: Browser;
let playground: Map<string, Uint8Array>;

beforeAll(async () => {
  ensureBuilt();
  [browser, playground] = await Promise.all([launch(), buildPlayground()]);
}, 240_000);
afterAll(() => browser?.close());

/** A page on the published files, whose requests beyond them are kept. */
async function visit(file: (path: string) => Promise<Uint8Array | undefined>): Promise<{ page: Page; watch: Watch }> {
  const { page, watch } = await open(browser, 'about:blank');
  watch.requests.length = 0;
  page.removeAllListeners('request');
  page.on('request', (request) => {
    if (!request.url().startsWith(`${HOST}/`)) watch.requests.push(request.url());
  });
  await page.route('**/*', async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    const body = await file(path).catch(() => undefined);
    if (body === undefined) await route.fulfill({ status: 404 });
    else await route.fulfill({ body: Buffer.from(body), contentType: TYPES[extname(path)] ?? 'text/plain' });
  });
  return { page, watch };
}

describe('the published bundle in a browser', () => {
  it('signs the same bytes as here, with the kernel and where a policy forbids it', async () => {
    const text = 'Straße, naïve café; Ελλάδα, Жизнь 東京タワー 🙂 '.repeat(50);
    const expected = [...new MinHasher().sign(text)];
    for (const policy of ['', "script-src 'self' 'unsafe-inline'"]) {
      const head = policy === '' ? '' : `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
      const { page, watch } = await visit(async (path) =>
        path === 'index.html' ? Buffer.from(`<!doctype html>${head}<title>x</title>`) : readFile(`dist/${path}`),
      );
      await page.goto(`${HOST}/index.html`);
      // As text: the test runner would rewrite the import.
      const found = await page.evaluate(`(async () => {
        let compiled = 0;
        WebAssembly.Module = new Proxy(WebAssembly.Module, {
          construct(target, args) {
            const made = new target(...args);
            compiled++;
            return made;
          },
        });
        const { MinHasher } = await import('${HOST}/index.js');
        return { signature: [...new MinHasher().sign(${JSON.stringify(text)})], compiled };
      })()`);
      expect(found).toEqual({ signature: expected, compiled: policy === '' ? 1 : 0 });
      expect(watch.requests).toEqual([]);
      await page.context().close();
    }
  });

  it('compares and detects as here', async () => {
    const texts = await Promise.all(SEEDS.map((name) => readFile(`seeds/${name}`, 'utf8')));
    const [a, b] = texts as [string, string];
    const { page, watch } = await visit(async (path) =>
      path === 'index.html' ? Buffer.from('<!doctype html><title>x</title>') : readFile(`dist/${path}`),
    );
    await page.goto(`${HOST}/index.html`);
    const found = (await page.evaluate(`(async () => {
      const { createDetector } = await import('${HOST}/index.js');
      const detector = await createDetector();
      const [a, b] = ${JSON.stringify([a, b])};
      return { comparison: detector.compare(a, b), report: await detector.detect([{ id: 'a', text: a }, { id: 'b', text: b }]) };
    })()`)) as { comparison: Comparison; report: Report };
    const detector = await createDetector();
    expect(found.comparison).toEqual(detector.compare(a, b));
    expect(found.report).toEqual(
      await detector.detect([
        { id: 'a', text: a },
        { id: 'b', text: b },
      ]),
    );
    expect(found.comparison.relation).toBe('rewrite');
    expect(watch).toEqual({ errors: [], requests: [] });
    await page.context().close();
  });
});

describe('the playground', () => {
  const start = async () => {
    const { page, watch } = await visit(async (path) => playground.get(path));
    await page.goto(`${HOST}/index.html`);
    await page.locator('textarea').first().waitFor();
    return { page, watch };
  };

  it('compares two texts that are pasted, and shows their passages', async () => {
    const { page, watch } = await start();
    expect(await page.getByRole('button', { name: 'Compare' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Put in an example' }).click();
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.locator('article.pair').waitFor();
    expect(await page.locator('#pair-title').textContent()).toMatch(/^rewrite /);
    expect(await page.locator('mark').count()).toBeGreaterThan(1);
    expect(await accessibility(page)).toEqual([]);
    await picture(page, 'playground', true);
    expect(watch).toEqual({ errors: [], requests: [] });
    await page.context().close();
  });

  it('reports on files that are dropped, of pages their article', async () => {
    const { page, watch } = await start();
    const texts = await Promise.all(SEEDS.map((name) => readFile(`seeds/${name}`)));
    const html = '<html><body><p>Rain &amp; wind are expected in the north by the weekend.</p></body></html>';
    await page.locator('input[type=file]').setInputFiles([
      { name: SEEDS[0], mimeType: 'text/plain', buffer: texts[0] as Buffer },
      { name: SEEDS[1], mimeType: 'text/plain', buffer: texts[1] as Buffer },
      { name: 'rain.html', mimeType: 'text/html', buffer: Buffer.from(html) },
    ]);
    await page.locator('.grid, [role=alert]').first().waitFor();
    expect(await page.locator('[role=alert]').allTextContents()).toEqual([]);
    expect(await page.locator('.finding').textContent()).toContain(
      '1 story told more than once in 3 documents: 1 rewrite.',
    );
    await page.locator('.all .row').first().click();
    await page.locator('article.pair').waitFor();
    expect(await accessibility(page)).toEqual([]);
    await picture(page, 'playground-files', true);
    expect(watch).toEqual({ errors: [], requests: [] });
    await page.context().close();
  });

  it('says what it cannot read', async () => {
    const { page } = await start();
    const buffer = Buffer.from([0xff, 0xfe, 0xfd]);
    await page.locator('input[type=file]').setInputFiles([{ name: 'a.bin', mimeType: 'x/y', buffer }]);
    expect(await page.locator('[role=alert]').textContent()).toContain('a.bin is not UTF-8 text.');
    await page.context().close();
  });
});

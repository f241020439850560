import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Where Debian and others put the browser; `CHROMIUM` names another. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Flags of the browser. */
export const ARGS = ['--no-sandbox', '--font-render-hinting=none'];

/** Pictures of what the tests saw. Not kept in the repository. */
export const SCREENSHOTS = 'tests/browser/screenshots';

/** Where the Chromium is that comes with the development dependencies. */
async function packed(): Promise<string> {
  // Lays the libraries that a bare machine lacks beside the browser.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= existsSync('/usr/lib/x86_64-linux-gnu/libnss3.so') ? undefined : 'nodejs20.x';
  if (process.env.AWS_LAMBDA_JS_RUNTIME === 'undefined') delete process.env.AWS_LAMBDA_JS_RUNTIME;
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}

/** Starts Chromium: the one that `CHROMIUM` names, else the one that comes with the development dependencies, else the system's. */
export async function launch(): Promise<Browser> {
  return (await started()).browser;
}

/** The path of the Chromium that {@link launch} starts. */
export async function executable(): Promise<string> {
  const { browser, path } = await started();
  await browser.close();
  return path;
}

async function started(): Promise<{ browser: Browser; path: string }> {
  const tried: string[] = [];
  const start = async (path: string) => ({
    path,
    browser: await chromium.launch({ executablePath: path, args: ARGS, headless: true }),
  });
  const named = process.env.CHROMIUM;
  if (named !== undefined) return start(named);
  try {
    return await start(await packed());
  } catch (error) {
    tried.push(String(error));
  }
  for (const place of PLACES) {
    if (!existsSync(place)) continue;
    try {
      return await start(place);
    } catch (error) {
      tried.push(String(error));
    }
  }
  throw new Error(`no Chromium starts here; set CHROMIUM to the path of one:\n${tried.join('\n')}`);
}

/** What a page did that it should not: messages of error, and requests beyond itself. */
export interface Watch {
  readonly errors: string[];
  readonly requests: string[];
}

const withoutHash = (address: string) => address.replace(/#.*$/, '');

/** Opens an address, and keeps watch over it. */
export async function open(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; watch: Watch }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const watch: Watch = { errors: [], requests: [] };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') watch.errors.push(message.text());
  });
  page.on('pageerror', (error) => watch.errors.push(String(error)));
  page.on('dialog', (dialog) => {
    watch.errors.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (withoutHash(request.url()) !== withoutHash(address)) watch.requests.push(request.url());
  });
  await page.goto(address);
  return { page, watch };
}

/** Keeps a picture of the page. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage });
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe-core, the accessibility engine, finds wrong with the page: one line a rule and place. */
export async function accessibility(page: Page): Promise<string[]> {
  // The page's policy forbids scripts of others; the debugger's evaluation is not bound by it.
  const { readFile } = await import('node:fs/promises');
  await page.evaluate(await readFile(axePath, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run({
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    });
    return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
}

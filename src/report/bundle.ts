import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';

/*
 * For the build and the tests only: bundles `app/`, the report's page, and puts it where `page.ts` holds empty strings.
 */

const placeholder = /[\\/]report[\\/]page\.ts$/;

async function findRoot(): Promise<string> {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const names = await readdir(folder);
    if (names.includes('package.json') && names.includes('src')) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json beside src/ above ${process.cwd()}`);
  }
}

/** Options of esbuild by which the page's code is bundled. */
export const PAGE_BUILD = {
  bundle: true,
  write: false,
  minify: true,
  platform: 'browser',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  charset: 'ascii',
} as const;

/** What a Content-Security-Policy calls a text of exactly these characters. */
export function cspHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

let bundling: Promise<{ contents: string; inputs: string[] }> | undefined;

async function bundlePage(): Promise<{ contents: string; inputs: string[] }> {
  const { build, transform } = await import('esbuild');
  const root = join(await findRoot(), 'src/report/app');
  const { outputFiles, metafile } = await build({
    ...PAGE_BUILD,
    entryPoints: [join(root, 'main.tsx')],
    format: 'iife',
    metafile: true,
  });
  const script = (outputFiles[0] as { text: string }).text.trim();
  const { code } = await transform(await readFile(join(root, 'style.css'), 'utf8'), { loader: 'css', minify: true });
  const style = code.trim();
  if (/<\/(?:script|style)|<!--/i.test(script + style))
    throw new Error('the page holds a mark that would end its element');
  const page = { script, style, scriptHash: cspHash(script), styleHash: cspHash(style) };
  const contents = Object.entries(page)
    .map(
      ([name, value]) => `export const PAGE_${name.replace(/[A-Z]/g, '_$&').toUpperCase()} = ${JSON.stringify(value)};`,
    )
    .join('\n');
  return { contents, inputs: Object.keys(metafile.inputs) };
}

/** Packages whose code is in the page, by the paths of their files: their licences go with the build. */
export async function pageInputs(): Promise<string[]> {
  bundling ??= bundlePage();
  return (await bundling).inputs;
}

async function contentsOf(): Promise<string> {
  bundling ??= bundlePage();
  return (await bundling).contents;
}

/** Puts the page into a bundle made by esbuild or tsup. */
export const pageForEsbuild: EsbuildPlugin = {
  name: 'page',
  setup(build) {
    build.onLoad({ filter: placeholder }, async () => ({ contents: await contentsOf(), loader: 'js' }));
  },
};

/** Puts the page into what Vite serves or Vitest runs. */
export const pageForVite: VitePlugin = {
  name: 'page',
  enforce: 'pre',
  load: (id) => (placeholder.test(id) ? contentsOf() : undefined),
};

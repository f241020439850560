import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { PAGE_BUILD } from '../../src/report/bundle.js';

const HERE = import.meta.dirname;

/** The playground's files by name: the page, and its code on the package as it is published (`dist/`). */
export async function buildPlayground(): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    ...PAGE_BUILD,
    entryPoints: [join(HERE, 'main.tsx'), join(HERE, 'style.css')],
    alias: { twicetold: join(HERE, '../../dist/index.js') },
    format: 'esm',
    splitting: true,
    outdir: 'out',
    logLevel: 'error',
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
  files.set('index.html', await readFile(join(HERE, 'index.html')));
  return files;
}

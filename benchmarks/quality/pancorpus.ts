import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PassageCase } from './plagdet.js';

/** A pair of documents of a PAN text-alignment corpus, with its annotated passages. */
export interface PanPair {
  subset: string;
  pair: string;
  suspicious: string;
  source: string;
  cases: PassageCase[];
}

/** The sub-corpora of the 2013 corpus. */
export const SUBSETS = [
  '01-no-plagiarism',
  '02-no-obfuscation',
  '03-random-obfuscation',
  '04-translation-obfuscation',
  '05-summary-obfuscation',
];

/** Reads the list of pairs and their annotations; offsets are Unicode code points. */
export function readPan(root: string): PanPair[] {
  const out: PanPair[] = [];
  for (const subset of SUBSETS) {
    const list = join(root, subset, 'pairs');
    if (!existsSync(list))
      throw new Error(
        `${list} is not there: ${root} must be a PAN 2013 text-alignment corpus with the folders ${SUBSETS.join(', ')}, src and susp`,
      );
    for (const line of readFileSync(list, 'utf8').split('\n')) {
      const [suspicious, source] = line.trim().split(/\s+/);
      if (suspicious === undefined || source === undefined || source === '') continue;
      const pair = `${basename(suspicious, '.txt')}-${basename(source, '.txt')}`;
      out.push({ subset, pair, suspicious, source, cases: readCases(join(root, subset, `${pair}.xml`), pair) });
    }
  }
  return out;
}

/** The text of a document. */
export function readPanText(root: string, kind: 'susp' | 'src', name: string): string {
  return readFileSync(join(root, kind, name), 'utf8');
}

function readCases(path: string, pair: string): PassageCase[] {
  if (!existsSync(path)) return [];
  const cases: PassageCase[] = [];
  for (const tag of readFileSync(path, 'utf8').match(/<feature [^>]*>/g) ?? []) {
    const values = new Map([...tag.matchAll(/(\w+)="([^"]*)"/g)].map((m) => [m[1] as string, m[2] as string]));
    if (values.get('name') !== 'plagiarism') continue;
    const at = (offset: string, length: string): [number, number] => {
      const start = Number(values.get(offset));
      return [start, start + Number(values.get(length))];
    };
    cases.push({ pair, suspicious: at('this_offset', 'this_length'), source: at('source_offset', 'source_length') });
  }
  return cases;
}

/** Turns UTF-16 offsets into code points. */
export function codePoints(text: string): (offset: number) => number {
  const astral: number[] = [];
  for (let i = 0; i < text.length; i++)
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) astral.push(i);
  return (offset) => {
    let before = 0;
    while (before < astral.length && (astral[before] as number) < offset) before++;
    return offset - before;
  };
}

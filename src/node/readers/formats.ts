import type { Reader } from './input.js';

/** A format that is read. `xml` tells NewsML-G2, NITF, RSS and Atom apart by itself, `json` ninjs from records. */
export type Format = 'text' | 'html' | 'xml' | 'json' | 'jsonl' | 'csv' | 'parquet';

/** All formats. */
export const FORMATS: readonly Format[] = ['text', 'html', 'xml', 'json', 'jsonl', 'csv', 'parquet'];

/** Each reader is loaded when a file asks for it, so that none is paid for by who does not use it. */
const READERS: Record<Format, () => Promise<Reader>> = {
  text: async () => (await import('./text.js')).readPlainText,
  html: async () => (await import('./html.js')).readHtml,
  xml: async () => (await import('./wirexml.js')).readXml,
  json: async () => (await import('./json.js')).readJson,
  jsonl: async () => (await import('./jsonl.js')).readJsonLines,
  csv: async () => (await import('./csv.js')).readCsv,
  parquet: async () => (await import('./parquet.js')).readParquet,
};

/** The reader of a format. */
export function readerOf(format: Format): Promise<Reader> {
  return READERS[format]();
}

const ENDINGS: Readonly<Record<string, Format>> = {
  txt: 'text',
  text: 'text',
  md: 'text',
  markdown: 'text',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  xml: 'xml',
  rss: 'xml',
  atom: 'xml',
  rdf: 'xml',
  nitf: 'xml',
  newsml: 'xml',
  json: 'json',
  ninjs: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  csv: 'csv',
  tsv: 'csv',
  parquet: 'parquet',
}; // prettier-ignore

/** Endings of files that are taken from a folder, for messages. */
export const KNOWN_ENDINGS = Object.keys(ENDINGS);

/** The format that a file's name says, behind an ending of compression; undefined where it says none. */
export function formatByName(name: string): Format | undefined {
  const ending = /\.([a-z]+)(?:\.(?:gz|gzip|zst|zstd))?$/i.exec(name)?.[1]?.toLowerCase();
  return ending === undefined || !Object.hasOwn(ENDINGS, ending) ? undefined : ENDINGS[ending];
}

/** The format that a file's first bytes say; plain text where they say none. */
export function formatByContent(head: Uint8Array): Format {
  const text = new TextDecoder('latin1').decode(head.subarray(0, 1024)).replace(/^(?:ï»¿)?\s+/, '');
  if (text.startsWith('PAR1')) return 'parquet';
  if (/^(?:<!doctype html|<html[\s>])/i.test(text)) return 'html';
  if (/^<(?:\?xml|rss[\s>]|feed[\s>]|nitf[\s>]|newsItem[\s>])/.test(text)) return 'xml';
  if (/^\{\s*"/.test(text)) return 'jsonl';
  if (/^\[\s*\{\s*"/.test(text)) return 'json';
  return 'text';
}

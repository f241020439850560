import { publishedAt } from '../../published.js';
import type { SourceDocument } from '../../types.js';
import { type FieldMapping, type Input, malformed, type ReadResult } from './input.js';

/** Names under which the parts of a document are looked for in records, the first that is there first. */
const KNOWN: Record<keyof SourceDocument, readonly string[]> = {
  id: ['id', '_id', 'guid', 'uri', 'doc_id', 'url', 'link'],
  text: ['text', 'body', 'content', 'article', 'body_text', 'content_text', 'story', 'document'],
  title: ['title', 'headline', 'name'],
  published: [
    'published',
    'date',
    'published_at',
    'publication_date',
    'datetime',
    'timestamp',
    'created_at',
    'versioncreated',
  ],
  language: ['language', 'lang'],
  source: ['source', 'publisher', 'site', 'domain'],
  url: ['url', 'link'],
  author: ['author', 'authors', 'byline'],
  copyright: ['copyright', 'copyrightholder', 'rights'],
};

/** A date as an ISO string; what is none counts as no date. Numbers are seconds or milliseconds since 1970. */
export function parseDate(value: unknown): string | undefined {
  if (typeof value === 'bigint') value = Number(value);
  if (typeof value === 'number') {
    // Seconds until the year 5138, milliseconds from 1973.
    const time = new Date(Math.abs(value) < 1e11 ? value * 1000 : value);
    return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
  }
  if (typeof value !== 'string' && !(value instanceof Date)) return undefined;
  const time = publishedAt(typeof value === 'string' ? compact(value.trim()) : value);
  return time === undefined ? undefined : new Date(time).toISOString();
}

/** The wire's short form of a date, `20250602T101500Z`, as others write it. */
function compact(date: string): string {
  const parts = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(date);
  if (parts === null) return date;
  const [, year, month, day, hour, minute, second, zone] = parts;
  return hour === undefined
    ? `${year}-${month}-${day}`
    : `${year}-${month}-${day}T${hour}:${minute}:${second ?? '00'}${zone ?? 'Z'}`;
}

/** An object without the entries that are undefined or empty. */
export function defined<T extends object>(object: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== '')) as never;
}

/**
 * A document out of a record with fields, such as a line of a table.
 *
 * @param place what to call the record: `line 3`; @returns undefined where it was bad, and the input was told
 */
export function recordDocument(input: Input, record: unknown, place: string): ReadResult | undefined {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    input.bad(malformed(input.name, `has no object with fields in ${place}`));
    return undefined;
  }
  const { fields } = input;
  const text = asText(find(record, fields, 'text'));
  if (text === undefined) {
    const there = shown(Object.keys(record));
    const wanted = fields.text === undefined ? `none of ${KNOWN.text.join(', ')}` : `no text in "${fields.text}"`;
    input.bad(
      malformed(
        input.name,
        `has ${wanted} in ${place}, which has ${there || 'no fields'}; name the field with the text`,
      ),
    );
    return undefined;
  }
  const id = asText(find(record, fields, 'id'));
  return {
    id: id === undefined || id === '' ? `${input.name}#${place.replace(/^\D+/, '')}` : id,
    text,
    ...defined({
      title: asText(find(record, fields, 'title')),
      published: parseDate(find(record, fields, 'published')),
      language: asText(find(record, fields, 'language')),
      source: asText(find(record, fields, 'source')),
      url: asText(find(record, fields, 'url')),
      author: asText(find(record, fields, 'author')),
      copyright: asText(find(record, fields, 'copyright')),
    }),
  };
}

/** Fields that a message names, and the characters of each: who reads it looks for one name. */
const MAX_SHOWN = 10;
const MAX_KEY = 40;

function shown(keys: readonly string[]): string {
  const names = keys.slice(0, MAX_SHOWN).map((key) => (key.length > MAX_KEY ? `${key.slice(0, MAX_KEY)}…` : key));
  return `${names.join(', ')}${keys.length > MAX_SHOWN ? ` and ${keys.length - MAX_SHOWN} more` : ''}`;
}

function find(record: object, fields: FieldMapping, part: keyof SourceDocument): unknown {
  const named = fields[part];
  if (named !== undefined) return at(record, named);
  for (const key of KNOWN[part]) {
    const value = at(record, key);
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

/** A field by its name, else by the path that the name's dots lead along. */
function at(record: object, name: string): unknown {
  if (Object.hasOwn(record, name)) return (record as Record<string, unknown>)[name];
  let value: unknown = record;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** Lists within lists that are still text: paragraphs of sentences. */
const MAX_NESTED = 4;

/** A value as text: a list is joined by lines, an object with a name is its name. */
function asText(value: unknown, depth = 0): string | undefined {
  if (depth > MAX_NESTED) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) {
    const parts = value.map((part) => asText(part, depth + 1)).filter((part) => part !== undefined);
    return parts.length > 0 ? parts.join('\n') : undefined;
  }
  if (typeof value === 'object' && value !== null && !(value instanceof Date))
    return asText((value as { name?: unknown }).name, depth + 1);
  return undefined;
}

/** Columns that are needed of a table that has these: those that are asked for or known. */
export function neededColumns(columns: readonly string[], fields: FieldMapping): string[] {
  const wanted = new Set<string>();
  for (const part of Object.keys(KNOWN) as (keyof SourceDocument)[]) {
    const names = fields[part] === undefined ? KNOWN[part] : [fields[part], fields[part].split('.')[0] as string];
    for (const name of names) wanted.add(name);
  }
  return columns.filter((column) => wanted.has(column));
}

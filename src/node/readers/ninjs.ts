import { htmlText } from './html.js';
import { type Input, malformed, type ReadResult } from './input.js';
import { defined, parseDate } from './record.js';

/** Whether a value looks like a news item in ninjs (IPTC News in JSON), of any version. */
export function isNinjs(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const item = value as Record<string, unknown>;
  return (
    typeof item.uri === 'string' &&
    [
      'headline',
      'headlines',
      'body_text',
      'body_xhtml',
      'body_html',
      'bodies',
      'versioncreated',
      'versionCreated',
    ].some((key) => key in item)
  );
}

/** A news item of ninjs 1 (`body_text`, `body_xhtml`) or of 2 and 3 (`bodies`, `headlines`); undefined where it has no text. */
export function ninjsItem(input: Input, item: Record<string, unknown>): ReadResult | undefined {
  const text = textOf(input, item);
  if (text === undefined) {
    input.bad(
      malformed(
        input.name,
        `has no body_text, body_xhtml, body_html or bodies in the item ${String(item.uri).slice(0, 100)}`,
      ),
    );
    return undefined;
  }
  return {
    id: item.uri as string,
    text,
    ...defined({
      title: word(item.headline) ?? word(list(item.headlines)[0]) ?? word(item.title),
      published: parseDate(
        item.firstcreated ??
          item.firstCreated ??
          item.contentcreated ??
          item.contentCreated ??
          item.versioncreated ??
          item.versionCreated,
      ),
      language: word(item.language),
      source:
        word(list(item.infosource ?? item.infosources ?? item.infoSources)[0]) ??
        word(item.provider) ??
        word(item.source),
      author: word(item.byline) ?? word(item.by) ?? word(list(item.bylines)[0]),
      copyright: word(item.copyrightholder ?? item.copyrightHolder ?? item.copyrightnotice ?? item.copyrightNotice),
      url: /^https?:/.test(item.uri as string) ? (item.uri as string) : undefined,
    }),
  };
}

function textOf(input: Input, item: Record<string, unknown>): string | undefined {
  const bodies = list(item.bodies).filter(
    (body): body is Record<string, unknown> => typeof body === 'object' && body !== null,
  );
  const byType = (pattern: RegExp) =>
    bodies
      .filter((body) => pattern.test(String(body.contenttype ?? body.contentType ?? 'text/plain')))
      .map((body) => body.value);
  const plain = [item.body_text, ...byType(/plain/)].find((body) => typeof body === 'string' && body.trim() !== '');
  if (plain !== undefined) return (plain as string).trim();
  for (const html of [item.body_xhtml, item.body_html, ...byType(/html/)]) {
    const text = typeof html === 'string' ? htmlText(input.name, html) : '';
    if (text !== '') return text;
  }
  return undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

/** A text, or the value or name of an object that stands for one. */
function word(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const { value: inside, name, literal } = value as Record<string, unknown>;
  return word(inside) ?? word(name) ?? word(literal);
}

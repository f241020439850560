import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { blockText, type TextNode } from './blocktext.js';
import { decode } from './decode.js';
import { allBytes, malformed, type Reader, type ReadResult, tooLarge } from './input.js';
import { defined, parseDate } from './record.js';

/** Elements of one page; a page of a newspaper has some thousand. */
const MAX_ELEMENTS = 100_000;
/** References to characters, such as `&amp;`. */
const MAX_REFERENCES = 30_000;
/** Elements within elements. */
const MAX_DEPTH = 1000;
/** Beyond this the page is read whole: Readability's time grows with the cube of tables or lists within each other, 14 seconds at 500. */
const READABLE_DEPTH = 120;
/** Characters below which what was taken for the article is a teaser or a notice. */
const MIN_ARTICLE = 140;

/** Notices that no article consists of, by what pages call them. Readability knows most other furniture. */
const NOTICES = ['cookie', 'consent', 'newsletter', 'subscri', 'paywall']
  .flatMap((word) => [`[class*="${word}" i]`, `[id*="${word}" i]`])
  .join(', ');
/** Characters of a notice; what is longer may hold the article too. */
const MAX_NOTICE = 600;

/** What is used of a page's document. */
interface Page {
  readonly body: TextNode | null;
  readonly documentElement: TextNode | null;
  querySelector(selector: string): { getAttribute(name: string): string | null; textContent: string | null } | null;
  querySelectorAll(selector: string): Iterable<{ textContent: string | null; remove(): void }>;
}

/** A page of the web: the article in it, without the navigation, teasers and notices around it. */
export const readHtml: Reader = async function* (input) {
  yield articleOf(input.name, decode(input.name, await allBytes(input), 'html'));
};

/** The article of a page, with its title, byline, date, publisher and canonical address. */
export function articleOf(name: string, page: string): ReadResult {
  // A `<` that begins no tag is text.
  const html = page.replace(/<(?![a-z/!?])/gi, '&lt;');
  checkShape(name, html);
  const document = parsed<Page>(name, withBody(html));
  const attribute = (selector: string, key: string) =>
    document.querySelector(selector)?.getAttribute(key)?.trim() || undefined;
  const meta = (...names: string[]) =>
    names
      .map((key) => attribute(`meta[property="${key}"], meta[name="${key}"]`, 'content'))
      .find((value) => value !== undefined);
  // Taken before Readability takes the page apart.
  const found = {
    url: attribute('link[rel="canonical"]', 'href') ?? meta('og:url'),
    source: meta('og:site_name', 'publisher', 'dc.publisher', 'DC.publisher'),
    copyright: meta('copyright', 'dcterms.rights', 'dc.rights', 'DC.rights'),
    author: meta('author', 'article:author', 'dc.creator', 'DC.creator'),
    published:
      meta('article:published_time', 'datePublished', 'date', 'dc.date', 'DC.date', 'dcterms.created') ??
      attribute('time[datetime]', 'datetime'),
    title: meta('og:title') ?? (document.querySelector('title')?.textContent?.trim() || undefined),
    language: attribute('html', 'lang'),
  };
  for (const notice of document.querySelectorAll(NOTICES))
    if ((notice.textContent ?? '').length < MAX_NOTICE) notice.remove();
  const whole = (document.body ?? document.documentElement) as TextNode | null;
  const all = whole === null ? '' : textOf(name, whole);
  const article = isDeep(document.documentElement) ? null : readable(document);
  const content = article?.content ? textOf(name, article.content) : '';
  // A page with little text and no article in it is read whole: better a menu too many than the text lost.
  const text = content.length >= Math.min(MIN_ARTICLE, all.length / 2) ? content : all;
  const published = parseDate(article?.publishedTime || found.published);
  const title = article?.title?.trim() || found.title;
  const source = article?.siteName?.trim() || found.source;
  return {
    text,
    ...defined({
      title: title && withoutSite(title, source),
      source,
      author: article?.byline?.trim() || found.author,
      url: /^https?:\/\//i.test(found.url ?? '') ? found.url : undefined,
      copyright: found.copyright,
      language: found.language,
      published,
    }),
  };
}

/** A title without the name of its site after it, which Readability leaves on short ones. */
function withoutSite(title: string, source: string | undefined): string {
  const parts = /^(.*\S)\s+[|\-\u2013\u2014\u00b7:\u00bb]\s+(.+)$/su.exec(title);
  return parts?.[1] !== undefined && parts[2] === source ? parts[1] : title;
}

/** A page with the tags that HTML lets its author leave out, and that the parser does not put in: `html` and `body`. */
function withBody(page: string): string {
  // Browsers put what comes after these into the body; without them, so does the parser.
  const html = page.replace(/<\/(?:body|html)\s*>/gi, '');
  if (!/<html[\s>]/i.test(html)) return `<html><body>${html}</body></html>`;
  if (/<body[\s>]/i.test(html)) return html;
  const head = /<\/head\s*>/i.exec(html) ?? /<html(?:\s[^>]*)?>/i.exec(html);
  if (head === null) return html;
  const at = head.index + head[0].length;
  return `${html.slice(0, at)}<body>${html.slice(at)}`;
}

/** What Readability takes for the article, if anything. */
function readable(document: Page) {
  try {
    return new Readability<TextNode>(document as never, { serializer: (node) => node as TextNode }).parse();
  } catch (error) {
    // It looks for the body above what it found, and fails where there is none, as in trees that no browser would build.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** The text of a piece of HTML, such as feeds and wires carry, without a page around it. */
export function htmlText(name: string, html: string): string {
  if (!/[<&]/.test(html)) return html.trim();
  checkShape(name, html);
  return textOf(name, parsed<Page>(name, `<html><body>${html}</body></html>`).body as TextNode);
}

function textOf(name: string, root: TextNode): string {
  const text = blockText(root);
  if (text === undefined) throw tooDeep(name);
  return text;
}

function tooDeep(name: string): Error {
  return malformed(name, `has more than ${MAX_DEPTH} elements within each other`);
}

/** Elements that hold nothing and have no end. */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|tr|td|th|option)$/i;

/** The tree of a page. The parser hands the classes of an element to a function one by one, which a hundred thousand are too many for. */
function parsed<T>(name: string, html: string): T {
  try {
    return (parseHTML(html) as unknown as { document: T }).document;
  } catch (error) {
    if (error instanceof RangeError) throw malformed(name, `cannot be taken apart: ${error.message}`, error);
    throw error;
  }
}

/** Whether so many elements are within each other that Readability would take long. */
function isDeep(root: TextNode | null): boolean {
  let level = root === null ? [] : [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > READABLE_DEPTH) return true;
    level = level.flatMap(({ childNodes }) => Array.from(childNodes).filter(({ nodeType }) => nodeType === 1));
  }
  return false;
}

/** Refuses a page that would take the parser long, before it is parsed. */
function checkShape(name: string, html: string): void {
  // The parser makes a node of each, and Readability takes quadratic time in the nodes beside each other.
  const references = html.match(/&/g)?.length ?? 0;
  if (references > MAX_REFERENCES)
    throw tooLarge(name, `has more than ${MAX_REFERENCES.toLocaleString('en-US')} references to characters`);
  let elements = 0;
  let depth = 0;
  for (const [tag, slash, element, end] of html.matchAll(/<(\/?)([a-z][\w:-]{0,30})[^<>]{0,2000}?(\/?)>/gi)) {
    if (tag === undefined || VOID.test(element as string) || end === '/') {
      elements++;
      continue;
    }
    if (slash === '/') depth = Math.max(0, depth - 1);
    else {
      elements++;
      depth++;
    }
    if (depth > MAX_DEPTH) throw tooDeep(name);
    if (elements > MAX_ELEMENTS) throw tooLarge(name, `has more than ${MAX_ELEMENTS.toLocaleString('en-US')} elements`);
  }
}

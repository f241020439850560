import { Readability } from '@mozilla/readability';
import { blockText, MAX_LEVELS, type TextNode } from './blocktext.js';
import { decode } from './decode.js';
import { type PageElement, pageTree } from './htmltree.js';
import { allBytes, malformed, type Reader, type ReadResult } from './input.js';
import { defined, parseDate } from './record.js';

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

/**
 * Attributes by which Readability chooses, and characters of a value. It runs expressions over all of them, some of which take the
 * square of a value's length (`srcset` and whatever looks like one, `property`, `style`), and of the number of them.
 */
const READ = new Set(
  'aria-hidden aria-modal class colspan content datatable datetime dir hidden href id itemprop lang name property rel role rowspan src style summary type'.split(
    ' ',
  ),
);
const MAX_VALUE = 1000;

/** A page of the web: the article in it, without the navigation, teasers and notices around it. */
export const readHtml: Reader = async function* (input) {
  yield articleOf(input.name, decode(input.name, await allBytes(input), 'html'));
};

/** The article of a page, with its title, byline, date, publisher and canonical address. */
export function articleOf(name: string, page: string): ReadResult {
  // A `<` that begins no tag is text.
  const document = pageTree(name, page.replace(/<(?![a-z/!?])/gi, '&lt;'));
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
  const lengths = textLengths(document.documentElement);
  for (const notice of document.querySelectorAll(NOTICES)) if ((lengths.get(notice) ?? 0) < MAX_NOTICE) notice.remove();
  const all = textOf(name, document.body);
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

/** Characters of text in each element: asked of each by itself, notices within each other would take the square of their number. */
function textLengths(root: TextNode): Map<TextNode, number> {
  const lengths = new Map<TextNode, number>();
  const path: { node: TextNode; children: ArrayLike<TextNode>; next: number; length: number }[] = [
    { node: root, children: root.childNodes, next: 0, length: 0 },
  ];
  for (let top = path[0]; top !== undefined; top = path.at(-1)) {
    const child = top.children[top.next++];
    if (child === undefined) {
      lengths.set(top.node, top.length);
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) parent.length += top.length;
    } else if (child.nodeType === 1) path.push({ node: child, children: child.childNodes, next: 0, length: 0 });
    else if (child.nodeType === 3 || child.nodeType === 4) top.length += (child.data ?? '').length;
  }
  return lengths;
}

/** Leaves of each element the attributes that Readability is to see. */
function trimAttributes(elements: Iterable<PageElement>): void {
  for (const element of elements)
    for (const attribute of Array.from(element.attributes)) {
      if (READ.has(attribute.name) && (attribute.value.length <= MAX_VALUE || attribute.name === 'content')) continue;
      element.removeAttributeNode(attribute);
      // A picture without any source is no picture.
      if (element.localName === 'img' && SOURCES.test(attribute.name)) element.setAttribute('src', 'x');
    }
}

/** Where a picture's address may stand. */
const SOURCES = /^(?:data-)?src(?:set)?$/;

/** What Readability takes for the article, if anything. */
function readable(document: ReturnType<typeof pageTree>) {
  trimAttributes(document.querySelectorAll('*'));
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
  return /[<&]/.test(html) ? textOf(name, pageTree(name, html).body) : html.trim();
}

function textOf(name: string, root: TextNode): string {
  const text = blockText(root);
  if (text === undefined) throw malformed(name, `has more than ${MAX_LEVELS} elements within each other`);
  return text;
}

/** Whether so many elements are within each other that Readability would take long. */
function isDeep(root: TextNode): boolean {
  let level = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > READABLE_DEPTH) return true;
    level = level.flatMap(({ childNodes }) => Array.from(childNodes).filter(({ nodeType }) => nodeType === 1));
  }
  return false;
}

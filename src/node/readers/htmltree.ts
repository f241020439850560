import { Parser } from 'htmlparser2';
import { parseHTML } from 'linkedom';
import { MAX_LEVELS, type TextNode } from './blocktext.js';
import { malformed, tooLarge } from './input.js';

/** Elements and comments of one page; a page of a newspaper has some thousand. */
const MAX_ELEMENTS = 100_000;
/** Tags that end something; the parser looks through all that is open for each. */
const MAX_ENDS = 2 * MAX_ELEMENTS;
/** References to characters, such as `&amp;`. */
const MAX_REFERENCES = 30_000;
/** Elements within elements, but for those whose ends HTML lets its author leave out. With these, `MAX_LEVELS`. */
const MAX_DEPTH = 1000;
const OPEN_ENDED = new Set('p li dt dd tr td th option'.split(' '));

/** What is used of an element of a page. */
export interface PageElement extends TextNode {
  readonly attributes: ArrayLike<{ readonly name: string; readonly value: string }>;
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttributeNode(attribute: { readonly name: string }): void;
  remove(): void;
}

/** What is used of a page's document. */
interface Page {
  readonly body: PageElement;
  readonly documentElement: PageElement;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

/**
 * The tree of a page, or of a piece of one.
 *
 * @throws TwicetoldError `MALFORMED` or `TOO_LARGE` where it would take the parser long
 */
export function pageTree(name: string, page: string): Page {
  // Browsers put what comes after these into the body; without them, so does the parser.
  const html = page.replace(/<\/(?:body|html)\s*>/gi, '');
  const whole = withBody(html, shapeOf(name, html));
  try {
    return (parseHTML(whole) as unknown as { document: Page }).document;
  } catch (error) {
    // The parser hands the classes of an element to a function one by one, which a hundred thousand are too many for.
    if (error instanceof RangeError) throw malformed(name, `cannot be taken apart: ${error.message}`, error);
    throw error;
  }
}

/** What a page has of the elements that every tree has. Indices are those of the first character after a tag. */
interface Shape {
  /** After `<html>`, where nothing stands before it. */
  html: number | undefined;
  /** After `</head>`. */
  head: number | undefined;
  /** Whether the first element in it, but for the head, is its body. */
  body: boolean;
}

/** A page with the tags that HTML lets its author leave out, and that the parser does not put in: `html` and `body`. */
function withBody(page: string, { html, head, body }: Shape): string {
  if (html === undefined) return `<html><body>${page}</body></html>`;
  if (body) return page;
  const at = head ?? html;
  return `${page.slice(0, at)}<body>${page.slice(at)}`;
}

/**
 * The shape of the tree that the parser will make: its own tokens are counted, since no expression knows which end belongs to what.
 * Refuses a page that would take it, or what comes after it, long.
 */
function shapeOf(name: string, page: string): Shape {
  refuseBeyond(name, page, '&', MAX_REFERENCES, 'references to characters');
  refuseBeyond(name, page, '</', MAX_ENDS, 'ends of elements');
  const shape: Shape = { html: undefined, head: undefined, body: false };
  let elements = 0;
  let depth = 0;
  let openEnded = 0;
  let roots = 0;
  let children = 0;
  const count = () => {
    if (++elements > MAX_ELEMENTS)
      throw tooLarge(name, `has more than ${MAX_ELEMENTS.toLocaleString('en-US')} elements`);
  };
  const parser = new Parser({
    onopentag(tag) {
      count();
      if (depth === 0) {
        if (roots++ === 0 && tag === 'html') shape.html = parser.endIndex + 1;
      } else if (depth === 1 && tag !== 'head' && children++ === 0) shape.body = tag === 'body';
      if (OPEN_ENDED.has(tag)) openEnded++;
      if (++depth > MAX_LEVELS || depth - openEnded > MAX_DEPTH)
        throw malformed(name, `has more than ${MAX_DEPTH} elements within each other`);
    },
    onclosetag(tag, isImplied) {
      depth--;
      if (OPEN_ENDED.has(tag)) openEnded--;
      if (depth === 1 && tag === 'head' && !isImplied && children === 0) shape.head = parser.endIndex + 1;
    },
    oncomment: count,
  });
  parser.end(page);
  return shape;
}

function refuseBeyond(name: string, page: string, mark: string, most: number, what: string): void {
  let found = 0;
  for (let at = page.indexOf(mark); at >= 0; at = page.indexOf(mark, at + mark.length))
    if (++found > most) throw tooLarge(name, `has more than ${most.toLocaleString('en-US')} ${what}`);
}

import { SaxesParser } from 'saxes';
import { TwicetoldError } from '../../errors.js';
import type { TextNode } from './blocktext.js';
import { malformed, tooLarge } from './input.js';

/** An element of a tree, as far as readers look at it. */
export interface XmlElement extends TextNode {
  readonly nodeType: 1;
  /** Without its prefix. */
  readonly localName: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly childNodes: (XmlElement | XmlText)[];
}

/** A piece of text of a tree. */
export interface XmlText extends TextNode {
  readonly nodeType: 3;
  readonly data: string;
}

/** Elements within elements. */
const MAX_DEPTH = 500;
/** Elements of one file. */
const MAX_ELEMENTS = 500_000;

/** Entities of HTML that feeds use although XML does not know them. */
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  deg: '°',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  sect: '§',
  para: '¶',
  times: '×',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  agrave: 'à',
  aacute: 'á',
  acirc: 'â',
  ccedil: 'ç',
  iacute: 'í',
  oacute: 'ó',
  ocirc: 'ô',
  uacute: 'ú',
  ugrave: 'ù',
  ntilde: 'ñ',
  atilde: 'ã',
  otilde: 'õ',
  aring: 'å',
  Aring: 'Å',
  aelig: 'æ',
  oslash: 'ø',
  Oslash: 'Ø',
}; // prettier-ignore

/**
 * Parses XML into a tree. Strict: what is not well-formed is refused, and no entity is known but those of XML and the
 * common ones of HTML, so that none can be made to grow or to read a file.
 */
export function parseXml(name: string, xml: string): XmlElement {
  const parser = new SaxesParser({ xmlns: false, position: true });
  Object.assign(parser.ENTITIES, ENTITIES);
  const root = element('', {});
  const path: XmlElement[] = [root];
  let elements = 0;
  parser.on('error', (error) => {
    throw malformed(
      name,
      `is not well-formed XML: ${error.message.slice(0, 200).replace(/^(\d+):(\d+): /, 'line $1, column $2: ')}`,
      error,
    );
  });
  parser.on('opentag', ({ name: tag, attributes }) => {
    if (path.length > MAX_DEPTH) throw malformed(name, `has more than ${MAX_DEPTH} elements within each other`);
    if (++elements > MAX_ELEMENTS)
      throw tooLarge(name, `has more than ${MAX_ELEMENTS.toLocaleString('en-US')} elements`);
    const made = element(tag.slice(tag.indexOf(':') + 1), attributes as Record<string, string>);
    (path.at(-1) as XmlElement).childNodes.push(made);
    path.push(made);
  });
  parser.on('closetag', () => void path.pop());
  const text = (data: string) =>
    void (path.at(-1) as XmlElement).childNodes.push({ nodeType: 3, data, childNodes: [] });
  parser.on('text', text);
  parser.on('cdata', text);
  try {
    parser.write(xml).close();
  } catch (cause) {
    if (cause instanceof TwicetoldError) throw cause;
    throw malformed(name, `is not well-formed XML: ${(cause as Error).message.slice(0, 200)}`, cause);
  }
  return root;
}

function element(localName: string, attributes: Readonly<Record<string, string>>): XmlElement {
  return { nodeType: 1, localName, attributes, childNodes: [] };
}

/** The children of an element that go by a name. */
export function children(parent: XmlElement | undefined, name: string): XmlElement[] {
  return (parent?.childNodes ?? []).filter(
    (node): node is XmlElement => node.nodeType === 1 && node.localName === name,
  );
}

/** The element that a path of names leads to, the first at each step. */
export function descend(from: XmlElement | undefined, ...names: string[]): XmlElement | undefined {
  let at = from;
  for (const name of names) at = children(at, name)[0];
  return at;
}

/** All elements of a name at any depth, in order; none within one that was found. */
export function findAll(root: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const waiting: XmlElement[] = [root];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at.localName === name) found.push(at);
    else
      for (let i = at.childNodes.length - 1; i >= 0; i--) {
        const child = at.childNodes[i] as XmlElement | XmlText;
        if (child.nodeType === 1) waiting.push(child);
      }
  }
  return found;
}

/** All text in an element, on one line; undefined where there is none. */
export function inner(from: XmlElement | undefined): string | undefined {
  return from === undefined ? undefined : raw(from).replace(/\s+/g, ' ').trim() || undefined;
}

/** All text in an element, as it stands. */
export function raw(from: XmlElement): string {
  let text = '';
  const waiting: (XmlElement | XmlText)[] = [from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at.nodeType === 3) text += at.data;
    else for (let i = at.childNodes.length - 1; i >= 0; i--) waiting.push(at.childNodes[i] as XmlElement | XmlText);
  }
  return text;
}

import { decode } from './decode.js';
import { feedItems } from './feed.js';
import { articleOf } from './html.js';
import { allBytes, malformed, type Reader } from './input.js';
import { newsmlItems } from './newsml.js';
import { nitfItems } from './nitf.js';
import { parseXml, type XmlElement } from './xml.js';

/** XML of the wire and of feeds: NewsML-G2, NITF, RSS and Atom, told apart by their first element. */
export const readXml: Reader = async function* (input) {
  const text = decode(input.name, await allBytes(input), 'xml');
  if (/^<html[\s>]/i.test(text.slice(0, 4000).replace(/^\ufeff?\s*(?:<[?!][^>]*>\s*)*/, ''))) {
    yield articleOf(input.name, text);
    return;
  }
  const root = parseXml(input.name, text);
  const first = root.childNodes.find((node): node is XmlElement => node.nodeType === 1);
  switch (first?.localName) {
    case 'newsItem':
    case 'newsMessage':
    case 'itemSet':
      return yield* newsmlItems(input, root);
    case 'nitf':
      return yield* nitfItems(input, root);
    case 'rss':
    case 'RDF':
    case 'feed':
      return yield* feedItems(input, root);
    default:
      throw malformed(
        input.name,
        `is XML that begins with <${first?.localName.slice(0, 40) ?? ''}>; known are NewsML-G2 (newsItem, newsMessage), NITF (nitf), RSS (rss, RDF) and Atom (feed)`,
      );
  }
};

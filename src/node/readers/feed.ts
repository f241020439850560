import { blockText } from './blocktext.js';
import { htmlText } from './html.js';
import { type Input, malformed, type ReadResult } from './input.js';
import { defined, parseDate } from './record.js';
import { children, descend, findAll, inner, raw, type XmlElement } from './xml.js';

/** The items of an RSS or Atom feed, each with the whole text where the feed carries it, else its summary. */
export function* feedItems(input: Input, root: XmlElement): Generator<ReadResult> {
  const atom = findAll(root, 'feed')[0];
  const channel = atom ?? findAll(root, 'channel')[0];
  const source = inner(descend(channel, 'title'));
  const copyright = inner(descend(channel, 'copyright') ?? descend(channel, 'rights'));
  for (const [n, item] of findAll(root, atom === undefined ? 'item' : 'entry').entries()) {
    const text = textOf(input, item);
    if (text === undefined) {
      input.bad(malformed(input.name, `has no text in item ${n + 1}`));
      continue;
    }
    const url = linkOf(item);
    const author = descend(item, 'creator') ?? descend(item, 'author', 'name') ?? descend(item, 'author');
    yield {
      id: inner(descend(item, 'guid') ?? descend(item, 'id')) ?? url ?? `${input.name}#${n + 1}`,
      text,
      ...defined({
        title: titleOf(input, descend(item, 'title')),
        published: parseDate(
          inner(
            descend(item, 'pubDate') ?? descend(item, 'published') ?? descend(item, 'date') ?? descend(item, 'updated'),
          ),
        ),
        url,
        source: inner(descend(item, 'source', 'title') ?? descend(item, 'source')) ?? source,
        author: inner(author),
        copyright: inner(descend(item, 'rights')) ?? copyright,
      }),
    };
  }
}

function titleOf(input: Input, title: XmlElement | undefined): string | undefined {
  const text = inner(title);
  return text === undefined ? undefined : htmlText(input.name, text).replace(/\s+/g, ' ');
}

/** `content:encoded`, `content`, then the summaries. `encoded` is HTML in text; `content` of Atom may be a tree. */
function textOf(input: Input, item: XmlElement): string | undefined {
  for (const name of ['encoded', 'content', 'description', 'summary']) {
    for (const element of children(item, name)) {
      if (element.attributes.type === 'xhtml') {
        const text = blockText(element);
        if (text) return text;
        continue;
      }
      const text = htmlText(input.name, raw(element));
      if (text !== '') return text;
    }
  }
  return undefined;
}

function linkOf(item: XmlElement): string | undefined {
  const links = children(item, 'link');
  const alternate = links.find(
    ({ attributes }) => attributes.href !== undefined && (attributes.rel ?? 'alternate') === 'alternate',
  );
  return alternate?.attributes.href ?? links.map(inner).find((link) => link !== undefined);
}

import { blockText } from './blocktext.js';
import { type Input, malformed, type ReadResult } from './input.js';
import { defined, parseDate } from './record.js';
import { descend, findAll, inner, type XmlElement } from './xml.js';

/** The story of an NITF document (IPTC News Industry Text Format). */
export function* nitfItems(input: Input, root: XmlElement): Generator<ReadResult> {
  const nitf = findAll(root, 'nitf')[0];
  const story = nitf === undefined ? undefined : nitfStory(nitf);
  if (story === undefined) throw malformed(input.name, 'is NITF without a text in body.content');
  yield story;
}

/** What an `nitf` element tells; undefined where it has no text. */
export function nitfStory(nitf: XmlElement): ReadResult | undefined {
  const content = descend(nitf, 'body', 'body.content');
  const text = content === undefined ? undefined : blockText(content);
  if (!text) return undefined;
  const head = descend(nitf, 'body', 'body.head');
  const data = descend(nitf, 'head', 'docdata');
  const holder = descend(data, 'doc.copyright') ?? descend(head, 'rights', 'rights.owner');
  return {
    text,
    ...defined({
      id: descend(data, 'doc-id')?.attributes['id-string'],
      title:
        inner(descend(head, 'hedline', 'hl1')) ??
        inner(descend(head, 'headline', 'hl1')) ??
        inner(descend(nitf, 'head', 'title')),
      published: parseDate(
        descend(data, 'date.issue')?.attributes.norm ??
          descend(data, 'date.release')?.attributes.norm ??
          descend(head, 'dateline', 'story.date')?.attributes.norm,
      ),
      source: inner(descend(head, 'distributor')) ?? descend(nitf, 'head', 'pubdata')?.attributes.name,
      author: byline(descend(head, 'byline')),
      copyright: holder?.attributes.holder ?? inner(holder),
    }),
  };
}

function byline(element: XmlElement | undefined): string | undefined {
  return inner(descend(element, 'person')) ?? inner(element)?.replace(/^by\s+/i, '');
}

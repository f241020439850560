import { blockText } from './blocktext.js';
import { htmlText } from './html.js';
import { type Input, malformed, type ReadResult } from './input.js';
import { nitfStory } from './nitf.js';
import { defined, parseDate } from './record.js';
import { children, descend, findAll, inner, raw, type XmlElement } from './xml.js';

/**
 * The news items of a NewsML-G2 document (IPTC): one `newsItem`, or those of a `newsMessage`. The text is that of
 * `inlineXML` (XHTML or NITF) or `inlineData`. Items without text, such as pictures, are passed over.
 */
export function* newsmlItems(input: Input, root: XmlElement): Generator<ReadResult> {
  let items = 0;
  for (const item of findAll(root, 'newsItem')) {
    const set = descend(item, 'contentSet');
    const nitf = descend(set, 'inlineXML', 'nitf');
    const story = nitf === undefined ? undefined : nitfStory(nitf);
    const text = story?.text ?? textOf(input, set);
    if (!text) continue;
    items++;
    const itemMeta = descend(item, 'itemMeta');
    const contentMeta = descend(item, 'contentMeta');
    const rights = descend(item, 'rightsInfo');
    yield {
      ...story,
      text,
      ...defined({
        id: item.attributes.guid,
        title: inner(descend(contentMeta, 'headline')) ?? inner(descend(itemMeta, 'title')),
        published: parseDate(
          inner(descend(itemMeta, 'firstCreated')) ??
            inner(descend(contentMeta, 'contentCreated')) ??
            inner(descend(itemMeta, 'versionCreated')),
        ),
        source: nameOf(descend(contentMeta, 'infoSource')) ?? nameOf(descend(itemMeta, 'provider')),
        author: inner(descend(contentMeta, 'by')) ?? nameOf(descend(contentMeta, 'creator')),
        copyright: nameOf(descend(rights, 'copyrightHolder')) ?? inner(descend(rights, 'copyrightNotice')),
      }),
    };
  }
  if (items === 0) throw malformed(input.name, 'is NewsML-G2 without a news item that has text');
}

function textOf(input: Input, set: XmlElement | undefined): string | undefined {
  for (const xml of children(set, 'inlineXML')) {
    const text = blockText(findAll(xml, 'body')[0] ?? xml);
    if (text) return text;
  }
  for (const data of children(set, 'inlineData')) {
    const type = data.attributes.contenttype ?? 'text/plain';
    const text = /html/i.test(type) ? htmlText(input.name, raw(data)) : raw(data).trim();
    if (text !== '') return text;
  }
  return undefined;
}

/** A party's name, else its code or address. */
function nameOf(party: XmlElement | undefined): string | undefined {
  return (
    inner(descend(party, 'name')) ??
    inner(party) ??
    party?.attributes.literal ??
    party?.attributes.qcode ??
    party?.attributes.uri
  );
}

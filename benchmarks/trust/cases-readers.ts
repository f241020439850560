import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Case } from './case.js';
import { scratch } from './scratch.js';

type Node = typeof import('../../src/node/index.js');

async function counted(path: string, format?: string): Promise<number> {
  const { readDocuments } = (await import('../../dist/node.js' as string)) as Node;
  let count = 0;
  const onSkip = () => undefined;
  for await (const _ of readDocuments(path, { ...(format === undefined ? {} : { format: format as 'html' }), onSkip }))
    count++;
  return count;
}

const story = 'The council voted to close the old bridge. ';
/** What a page of that many bytes is made of, so that it is long enough for an article. */
const article = (n: number, piece: string, before = '', after = '') =>
  `<html><body><article><p>${story.repeat(10)}</p>${before}${piece.repeat(Math.ceil(n / piece.length))}${after}</article></body></html>`;
const newsItem = (body: string) =>
  `<newsItem guid="g" version="1"><contentSet><inlineXML><html><body>${body}</body></html></inlineXML></contentSet></newsItem>`;

/** By format, what of it grows, and a file of `n` bytes. */
const FILES: [format: string, along: string, make: (n: number) => string | Uint8Array][] = [
  ['html', 'elements beside each other', (n) => '<p>The council voted.</p>'.repeat(n / 25)],
  ['html', 'elements within each other', (n) => `${'<div>'.repeat(n / 5)}x`],
  ['html', 'text at every depth', (n) => article(n, `<div>${story}`)],
  ['html', 'inline elements within each other', (n) => article(n, `<b><i>${story}`)],
  ['html', 'line breaks', (n) => article(n, '<br>')],
  ['html', 'line breaks between texts', (n) => article(n, `${story}<br><br>`)],
  ['html', 'links', (n) => article(n, `<a href="/story">${story}</a>`)],
  ['html', 'images', (n) => article(n, '<img data-src="a.jpg 1x">')],
  ['html', 'tables within each other', (n) => article(n, `<table><tr><td>${story}`)],
  ['html', 'lists within each other', (n) => article(n, `<ul><li>${story}`)],
  ['html', 'end tags without a beginning', (n) => article(n, '</div></p></b>')],
  ['html', 'comments', (n) => article(n, '<!-- -->')],
  ['html', 'comments that never end', (n) => article(n, '<!--')],
  ['html', 'scripts', (n) => article(n, '<script>1</script>')],
  ['html', 'scripts that never end', (n) => article(n, '<script>')],
  ['html', 'attributes', (n) => article(n, ' a="b"', '<p', '>x</p>')],
  ['html', 'classes of an element', (n) => article(n, 'comment ', '<p class="', '">x</p>')],
  ['html', 'data for machines', (n) => article(n, '[', '<script type="application/ld+json">', '</script>')],
  [
    'html',
    'metadata',
    (n) => `<html><head>${'<meta name="author" content="x">'.repeat(n / 32)}</head>${article(0, '')}`,
  ],
  ['html', 'one attribute', (n) => `<p title="${'x'.repeat(n)}">The council.`],
  ['html', 'quotes that never end', (n) => `<p ${'a="'.repeat(n / 3)}`],
  ['html', 'references to characters', (n) => '&amp;'.repeat(n / 5)],
  ['html', 'angle brackets', (n) => '<'.repeat(n)],
  ['xml', 'elements within each other', (n) => `<rss>${'<a>'.repeat(n / 3)}`],
  [
    'xml',
    'items',
    (n) => `<rss><channel>${'<item><description>x</description></item>'.repeat(n / 41)}</channel></rss>`,
  ],
  [
    'xml',
    'links of an item',
    (n) => `<rss><channel><item><description>x</description>${'<link>a</link>'.repeat(n / 14)}</item></channel></rss>`,
  ],
  [
    'xml',
    'one long text',
    (n) => `<rss><channel><item><description>${'x'.repeat(n)}</description></item></channel></rss>`,
  ],
  [
    'xml',
    'an entry of Atom whose text is elements within each other',
    (n) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a</id><content type="xhtml">${'<div>x '.repeat(n / 13)}${'</div>'.repeat(n / 13)}</content></entry></feed>`,
  ],
  ['xml', 'attributes', (n) => `<rss ${Array.from({ length: n / 12 }, (_, k) => `a${k}="b"`).join(' ')}></rss>`],
  ['xml', 'namespaces', (n) => `<rss ${Array.from({ length: n / 16 }, (_, k) => `xmlns:a${k}="b"`).join(' ')}></rss>`],
  [
    'xml',
    'news items',
    (n) => `<newsMessage><itemSet>${newsItem(`<p>${story}</p>`).repeat(n / 170)}</itemSet></newsMessage>`,
  ],
  ['xml', 'paragraphs of a news item', (n) => newsItem('<p>x</p>'.repeat(n / 8))],
  [
    'xml',
    'paragraphs of NITF',
    (n) => `<nitf><body><body.content>${'<p>x</p>'.repeat(n / 8)}</body.content></body></nitf>`,
  ],
  ['json', 'brackets within each other', (n) => '['.repeat(n)],
  ['json', 'records', (n) => `[${'{"text":"x"},'.repeat(n / 13)}{"text":"x"}]`],
  [
    'json',
    'fields of a record',
    (n) => `{"text":"x"${Array.from({ length: n / 12 }, (_, k) => `,"a${k}":1`).join('')}}`,
  ],
  ['jsonl', 'records', (n) => '{"text":"x"}\n'.repeat(n / 13)],
  ['jsonl', 'records without text', (n) => '{"x":1}\n'.repeat(n / 8)],
  ['jsonl', 'records of one id', (n) => '{"id":"a","text":"x"}\n'.repeat(n / 22)],
  ['jsonl', 'one record', (n) => `{"text":"${'x'.repeat(n)}"}\n`],
  ['jsonl', 'empty lines', (n) => '\n'.repeat(n)],
  ['csv', 'fields of a row', (n) => `text${',a'.repeat(n / 2)}\n`],
  ['csv', 'rows', (n) => `text\n${'x\n'.repeat(n / 2)}`],
  ['csv', 'quotes', (n) => `text\n"${'""'.repeat(n / 2)}"\n`],
  ['csv', 'a quote that never ends', (n) => `text\n"${'x\n'.repeat(n / 2)}`],
  ['text', 'one line', (n) => 'x'.repeat(n)],
  ['text', 'lines', (n) => '\n'.repeat(n)],
  // What a small file may become is bounded; below that it is as if it were written out.
  ['text', 'zeros in gzip', (n) => gzipSync(new Uint8Array(64 * n).fill(0x20))],
];

export const READER_CASES: Case[] = [
  ...FILES.map(
    ([format, along, make]): Case => ({
      of: `readDocuments, ${format}`,
      along,
      unit: 'bytes',
      from: 16_384,
      to: 1_048_576,
      prepare(n) {
        const path = join(scratch(), along.endsWith('gzip') ? 'input.txt.gz' : 'input');
        writeFileSync(path, make(n));
        return () => counted(path, format);
      },
    }),
  ),
  {
    of: 'readDocuments, folders',
    along: 'files of a folder',
    unit: 'documents',
    from: 256,
    to: 16_384,
    prepare(n) {
      const folder = scratch();
      for (let k = 0; k < n; k++) writeFileSync(join(folder, `${k}.txt`), story);
      return () => counted(folder);
    },
  },
  {
    of: 'readDocuments, folders',
    along: 'folders within each other',
    unit: 'levels',
    from: 8,
    to: 1_024,
    prepare(n) {
      const folder = scratch();
      // A path may have 4,096 bytes.
      const deep = join(folder, ...Array.from({ length: n }, () => 'd'));
      mkdirSync(deep, { recursive: true });
      writeFileSync(join(deep, 'a.txt'), story);
      return () => counted(folder);
    },
  },
];

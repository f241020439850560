import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReadOptions, readDocuments } from '../../src/node/index.js';
import type { SourceDocument } from '../../src/types.js';
import { ATOM, FILE_ENTITY, HTML, LAUGHS, NEWSML, NINJS, NINJS3, NITF, RSS, STORY } from './fixtures.js';

let folder: string;
const at = (name: string) => join(folder, name);
const TEXT = STORY.join('\n');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twicetold-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes a file and reads it: its documents, and what was passed over. */
async function read(
  name: string,
  content: string | Uint8Array,
  options: ReadOptions = {},
): Promise<{ docs: SourceDocument[]; skipped: string[] }> {
  await writeFile(at(name), content);
  const skipped: string[] = [];
  const docs: SourceDocument[] = [];
  const onSkip = (_: string, error: { code: string; message: string }) =>
    void skipped.push(`${error.code}: ${error.message.replace(at(name), name)}`);
  for await (const doc of readDocuments(at(name), { onSkip, ...options })) docs.push(doc);
  return { docs, skipped };
}
/** Seconds of CPU time that reading takes, with what it gives. */
async function timed(name: string, content: string | Uint8Array) {
  const before = process.cpuUsage();
  const found = await read(name, content);
  return { ...found, seconds: process.cpuUsage(before).user / 1e6 };
}
const STORY_PAGE = `<p>${TEXT}</p>`;
const lines = (docs: readonly SourceDocument[]) => docs.map(({ text }) => text);

describe('HTML', () => {
  it('is its article, with title, byline, date, publisher and canonical address, without what stands around it', async () => {
    const { docs, skipped } = await read('page.html', HTML, { languages: ['en'] });
    expect(skipped).toEqual([]);
    expect(docs).toMatchObject([
      {
        id: at('page.html'),
        title: 'Bridge to close',
        author: 'Ana Reis',
        source: 'Daily Post',
        url: 'https://post.example/2025/bridge',
        copyright: 'Daily Post Ltd',
        published: '2025-06-02T17:30:00.000Z',
        language: 'en',
      },
    ]);
    const text = docs[0]?.text ?? '';
    for (const sentence of STORY) expect(text).toContain(sentence);
    expect(text).not.toMatch(/cookies|Sport|newsletter|Ten bridges|never/);
  });

  it('leaves the name of the site out of a title, however short', async () => {
    for (const title of ['Bridge to close', 'Bridge to close on Monday after a survey of its cables']) {
      const page = HTML.replace(/<meta property="og:title"[^>]*>/, '').replace(
        /<title>.*<\/title>/,
        `<title>${title} | Daily Post</title>`,
      );
      expect((await read('page.html', page)).docs).toMatchObject([{ title, source: 'Daily Post' }]);
    }
  });

  it.each([
    ['left out', (page: string) => page.replace('<body>', '').replace('</body>', '')],
    ['left out with the end of the head', (page: string) => page.replace('</head><body>', '').replace('</body>', '')],
    ['behind a comment', (page: string) => page.replace('<html', '<!-- made by hand --><html')],
    ['closed before the article', (page: string) => page.replace('<article>', '</body><article>')],
    ['spelt in another way', (page: string) => page.replace('<body>', '<bodx>')],
  ])('is read where its body is %s', async (_, change) => {
    const { docs, skipped } = await read('page.html', change(HTML), { languages: ['en'] });
    expect(skipped).toEqual([]);
    expect(docs).toMatchObject([{ author: 'Ana Reis', language: 'en', url: 'https://post.example/2025/bridge' }]);
    for (const sentence of STORY) expect(docs[0]?.text).toContain(sentence);
  });

  it('is the whole page where there is no article in it', async () => {
    expect(lines((await read('short.html', '<p>One &amp; two.</p><p>Three<br>four.')).docs)).toEqual([
      'One & two.\nThree\nfour.',
    ]);
    expect(lines((await read('nothing.html', '')).docs)).toEqual(['']);
  });

  it('is in the encoding that it declares, or that its byte-order mark says', async () => {
    const latin = Buffer.from(
      '<html><head><meta charset="iso-8859-1"></head><body><p>Arrábida, café.</p></body></html>',
      'latin1',
    );
    expect(lines((await read('latin.html', latin)).docs)).toEqual(['Arrábida, café.']);
    const utf16 = Buffer.from('\ufeff<html><body><p>Arrábida.</p></body></html>', 'utf16le');
    expect(lines((await read('wide.html', utf16)).docs)).toEqual(['Arrábida.']);
    const unknown = await read('klingon.html', '<meta charset="x-klingon"><p>Text.</p>');
    expect(unknown.skipped).toEqual([
      'MALFORMED: klingon.html declares the encoding "x-klingon", which is not known; convert it to UTF-8 first',
    ]);
    const wrong = await read('wrong.html', Buffer.from('<p>Arrábida</p>', 'latin1'));
    expect(wrong.skipped[0]).toMatch(/^NOT_UTF8: wrong\.html is not UTF-8 text \(at byte 6\)/);
  });

  it('is refused where it is deep or large beyond what anybody writes, in little time', async () => {
    const deep = await read('deep.html', `${'<div>'.repeat(200_000)}x`);
    expect(deep.skipped).toEqual(['MALFORMED: deep.html has more than 1000 elements within each other']);
    const many = await read('many.html', '<b></b>'.repeat(200_000));
    expect(many.skipped).toEqual(['TOO_LARGE: many.html has more than 100,000 elements']);
    const open = await read('open.html', '<'.repeat(500_000));
    expect(open.skipped).toEqual(['TOO_LARGE: open.html has more than 30,000 references to characters']);
    const classes = await read('classes.html', `<p class="${'a '.repeat(200_000)}">The council.`);
    expect(classes.skipped).toEqual([expect.stringMatching(/^MALFORMED: classes\.html cannot be taken apart: /)]);
    const unclosed = await read('unclosed.html', `<p ${'a="'.repeat(300_000)}`);
    expect(unclosed.docs.length + unclosed.skipped.length).toBe(1);
  });

  it.each([
    ['<html ', ''],
    ['<html lang="en', ''],
    ['<html', ''],
    ['<html><head></head><script>1</script><body>One.</body></html>', 'One.'],
    ['<script>1</script><html><body>One.</body></html>', 'One.'],
    ['<!-- <html> <body> --><p>One.', 'One.'],
    ['<html data-x="<body>"><p>One.', 'One.'],
  ])('is read as browsers read it where it is %s', async (page, text) => {
    expect(await read('cut.html', page)).toEqual({
      docs: [expect.objectContaining({ text })],
      skipped: [],
    });
    if (page.startsWith('<html ')) {
      const { docs, skipped } = await read('cut.xml', `<?xml version="1.0"?>${page}`);
      expect([lines(docs), skipped]).toEqual([[text], []]);
    }
  });

  it('is bound by the tree that is made of it, whatever ends where nothing began', async () => {
    const open = (n: number) => `<html><body><p>text here</p>${'<div class=cookie></b>'.repeat(n)}x`;
    expect(lines((await read('cookie.html', open(900))).docs)).toEqual(['text here']);
    for (const page of [open(1000), open(16_000), '<li><p>'.repeat(40_000)])
      expect((await read('cookie.html', page)).skipped).toEqual([
        'MALFORMED: cookie.html has more than 1000 elements within each other',
      ]);
    expect((await read('ends.html', '</b>'.repeat(200_001))).skipped).toEqual([
      'TOO_LARGE: ends.html has more than 200,000 ends of elements',
    ]);
  });

  it.each([
    ['a start of a page, again and again', '<html '.repeat(80_000)],
    ['one word for the addresses of a picture', `${STORY_PAGE}<img srcset="${'a'.repeat(80_000)} a">`],
    ['what may be the addresses of a picture', `${STORY_PAGE}<img data-x="a.jpg 1 ${'a'.repeat(80_000)} a">`],
    [
      'a picture with many attributes',
      `${STORY_PAGE}<img ${Array.from({ length: 30_000 }, (_, i) => `a${i}`).join(' ')}>`,
    ],
    ['a property of spaces', `<html><head><meta property="${' '.repeat(200_000)}" content="x"></head>${STORY_PAGE}`],
    ['a style of spaces', `<p style="${' '.repeat(200_000)}x">${TEXT}</p>`],
    ['a date of brackets', `<html><head><meta name="date" content="${'Z('.repeat(80_000)}"></head>${STORY_PAGE}`],
    [
      'notices within each other',
      `${STORY_PAGE}${`${'<div class="cookie">'.repeat(900)}${'x'.repeat(700)}${'</div>'.repeat(900)}`.repeat(20)}`,
    ],
  ])('takes little time over %s', async (_, page) => {
    const { docs, skipped, seconds } = await timed('slow.html', page);
    expect([docs.length, skipped]).toEqual([1, []]);
    if (page.includes(TEXT)) expect(docs[0]?.text).toContain(STORY[0]);
    // Each took 5 seconds and more, with the square of its length; now some tenths of one.
    expect(seconds).toBeLessThan(3);
  });

  it.each([
    ['tables', '<table><tr><td>'],
    ['lists', '<ul><li>'],
    ['long tags', `<table summary="${'x'.repeat(2100)}"><tr><td>`],
  ])(
    'is read whole, in little time, where there are %s within each other beyond what anybody writes',
    async (_, open) => {
      const timed = async (depth: number) => {
        const before = process.cpuUsage();
        const { docs } = await read(
          'nested.html',
          `<html><body>${`${open}The council voted to close the old bridge. `.repeat(depth)}`,
        );
        const { user } = process.cpuUsage(before);
        expect(docs[0]?.text.match(/council/g)?.length).toBe(depth);
        return user;
      };
      await timed(60);
      // Time grew with the cube of their number: 14 seconds for 500. What takes a few milliseconds is mostly the collector's.
      expect(await timed(480)).toBeLessThan(20 * Math.max(20_000, await timed(60)));
    },
  );
});

describe('RSS and Atom', () => {
  it('are a document an item: the whole text where it is there, without its marks', async () => {
    const { docs, skipped } = await read('feed.rss', RSS);
    expect(docs).toEqual([
      {
        id: 'wire-1',
        title: 'Bridge & river',
        text: TEXT,
        published: '2025-06-02T10:15:00.000Z',
        url: 'https://wire.example/1',
        source: 'Northern Wire',
        author: 'Rui Costa',
        copyright: 'Northern Wire plc',
      },
      {
        id: 'https://wire.example/2',
        text: 'Rain is expected in the north.',
        url: 'https://wire.example/2',
        source: 'Northern Wire',
        copyright: 'Northern Wire plc',
      },
    ]);
    expect(skipped).toEqual(['MALFORMED: feed.rss has no text in item 3']);
  });

  it('take the content of Atom, be it a tree', async () => {
    expect((await read('feed.xml', ATOM)).docs).toEqual([
      {
        id: 'tag:desk.example,2025:7',
        title: 'Bridge to close',
        text: TEXT,
        published: '2025-06-02T09:00:00.000Z',
        url: 'https://desk.example/7',
        source: 'City Desk',
        author: 'Eva Lima',
        copyright: 'City Desk',
      },
    ]);
  });
});

describe('the formats of the wire', () => {
  it('NewsML-G2: ids, dates, headlines, sources, copyright holders; items without text are passed over', async () => {
    expect((await read('wire.xml', NEWSML)).docs).toEqual([
      {
        id: 'urn:newsml:wire.example:20250602:bridge',
        title: 'Bridge to close',
        text: TEXT,
        published: '2025-06-02T10:15:00.000Z',
        source: 'Northern Wire',
        author: 'By Rui Costa',
        copyright: 'Northern Wire plc',
      },
      { id: 'urn:plain', title: 'Rain', text: 'Rain is expected in the north.' },
    ]);
  });

  it('NITF, by itself and within NewsML-G2', async () => {
    const story = {
      id: 'desk-2025-77',
      title: 'Bridge to close',
      text: TEXT,
      published: '2025-06-02T10:15:00.000Z',
      source: 'City Desk',
      author: 'Eva Lima',
      copyright: 'City Desk',
    };
    expect((await read('story.nitf', NITF)).docs).toEqual([story]);
    const inner = NITF.slice(NITF.indexOf('<nitf>'));
    const wrapped = `<newsItem guid="g"><contentSet><inlineXML>${inner}</inlineXML></contentSet></newsItem>`;
    expect((await read('wrapped.xml', wrapped)).docs).toEqual([{ ...story, id: 'g' }]);
  });

  it('ninjs 1 and 3, one item or a list of them', async () => {
    const one = {
      id: 'https://wire.example/item/7',
      url: 'https://wire.example/item/7',
      title: 'Bridge to close',
      text: TEXT,
      published: '2025-06-02T10:15:00.000Z',
      source: 'Northern Wire',
      author: 'Rui Costa',
      copyright: 'Northern Wire plc',
    };
    expect((await read('item.json', JSON.stringify(NINJS))).docs).toEqual([one]);
    const { url: _, ...three } = { ...one, id: 'urn:item:8' };
    expect(
      await read('items.json', JSON.stringify({ items: [NINJS, NINJS3, { uri: 'urn:9', headline: 'No text' }] })),
    ).toEqual({
      docs: [one, three],
      skipped: ['MALFORMED: items.json has no body_text, body_xhtml, body_html or bodies in the item urn:9'],
    });
  });

  it.each([
    ['a billion laughs', LAUGHS, /^MALFORMED: bad\.xml is not well-formed XML: line 1, column \d+: undefined entity/],
    ['an entity that names a file', FILE_ENTITY, /^MALFORMED: bad\.xml .*undefined entity/],
    [
      'deep nesting',
      `<rss>${'<a>'.repeat(100_000)}`,
      /^MALFORMED: bad\.xml has more than 500 elements within each other/,
    ],
    [
      'too many elements',
      `<rss>${'<a/>'.repeat(500_001)}</rss>`,
      /^TOO_LARGE: bad\.xml has more than 500,000 elements/,
    ],
    ['a cut file', NEWSML.slice(0, -200), /^MALFORMED: bad\.xml is not well-formed XML/],
    [
      'another format',
      '<svg xmlns="x"><path/></svg>',
      /^MALFORMED: bad\.xml is XML that begins with <svg>; known are NewsML-G2/,
    ],
    ['NewsML without text', '<newsItem/>', /^MALFORMED: bad\.xml is NewsML-G2 without/],
    ['NITF without text', '<nitf><body/></nitf>', /^MALFORMED: bad\.xml is NITF without/],
  ])('refuse %s', async (_, content, words) => {
    const { docs, skipped } = await read('bad.xml', content);
    expect(docs).toEqual([]);
    expect(skipped).toEqual([expect.stringMatching(words)]);
  });
});

describe('JSON Lines', () => {
  it('keeps the digits of whole numbers that a number cannot hold, as ids of 64 bits', async () => {
    const ids = ['1234567890123456789', '1234567890123456790', '-9007199254740993', '9007199254740991'];
    const lines = ids.map((id) => `{"id":${id}, "text":"7890123456789012345 \\" 1234567890123456789","n":1.5e300}`);
    const text = '7890123456789012345 " 1234567890123456789';
    const wanted = ids.map((id) => ({ id, text }));
    expect((await read('snow.jsonl', lines.join('\n'))).docs).toEqual(wanted);
    expect((await read('snow.json', `[${lines.join(',')}]`)).docs).toEqual(wanted);
    const { docs, skipped } = await read('key.jsonl', '{1234567890123456789:1,"text":"x"}');
    expect([docs.length, skipped.length]).toEqual([0, 1]);
    const long = await timed('digits.jsonl', `{"text":"x","id":${'1'.repeat(3_000_000)}}`);
    expect(long.docs).toEqual([{ id: 'Infinity', text: 'x' }]);
  });

  it('are a document a line, whose parts go by the usual names or by those given', async () => {
    const usual =
      '{"id":7,"body":"One.","headline":"T","date":"2025-06-02","source":{"name":"S"}}\r\n\n{"text":["Two.","Three."],"timestamp":1748887200}\n';
    expect((await read('usual.jsonl', usual)).docs).toEqual([
      { id: '7', text: 'One.', title: 'T', published: '2025-06-02T00:00:00.000Z', source: 'S' },
      { id: `${at('usual.jsonl')}#3`, text: 'Two.\nThree.', published: '2025-06-02T18:00:00.000Z' },
    ]);
    const fields = { id: 'meta.key', text: 'meta.body', title: 'a.b' };
    expect(
      (await read('named.ndjson', '{"text":"no","meta":{"key":"k","body":"Yes."},"a.b":"dotted"}', { fields })).docs,
    ).toEqual([{ id: 'k', text: 'Yes.', title: 'dotted' }]);
  });

  it('name the line that is bad, and go on', async () => {
    const { docs, skipped } = await read(
      'bad.jsonl',
      '{"text":"One."}\n{"text":\n[1]\n{"words":"x"}\n{"text":"Two.","date":"soon"}',
    );
    expect(docs.map(({ text, published }) => [text, published])).toEqual([
      ['One.', undefined],
      ['Two.', undefined],
    ]);
    expect(skipped).toEqual([
      expect.stringMatching(/^MALFORMED: bad\.jsonl has no JSON in line 2: /),
      'MALFORMED: bad.jsonl has no object with fields in line 3',
      'MALFORMED: bad.jsonl has none of text, body, content, article, body_text, content_text, story, document in line 4, which has words; name the field with the text',
    ]);
  });

  it('name few and short fields of a line that is bad', async () => {
    const record = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}${'k'.repeat(100_000)}`, i]));
    const { skipped } = await read('keys.jsonl', JSON.stringify(record));
    expect(skipped[0]).toMatch(/in line 1, which has 0k+…, 1k+…, .* and 20 more; name the field/);
    expect(skipped[0]?.length).toBeLessThan(1000);
  });

  it('take nothing for a date that is longer than dates are, in little time', async () => {
    const long = '2025-06-02T10:15:00+01:00 (Central European Summer Time)';
    const of = async (date: string) =>
      (await read('date.jsonl', JSON.stringify({ text: 'x', date }))).docs[0]?.published;
    expect(await of('Mon Jun 02 2025 11:15:00 GMT+0100 (Central European Summer Time)')).toBe(
      '2025-06-02T10:15:00.000Z',
    );
    expect(await of(`${long}${' '.repeat(1000)}`)).toBe(await of(long));
    const { docs, seconds } = await timed('date.jsonl', JSON.stringify({ text: 'x', date: 'Z('.repeat(80_000) }));
    expect(docs[0]).not.toHaveProperty('published');
    expect(seconds).toBeLessThan(2);
  });

  it('give a file up where none of its first hundred lines is a document', async () => {
    const { docs, skipped } = await read('other.jsonl', '{"words":"x"}\n'.repeat(100_000));
    expect([docs.length, skipped.length]).toEqual([0, 101]);
    expect(skipped.at(-1)).toBe(
      'MALFORMED: other.jsonl has no document in its first 100 records; the rest is not read',
    );
  });

  it('refuse a line without end, and take no field from the prototype', async () => {
    const long = await read('long.jsonl', `{"text":"${'x'.repeat(17 * 1024 * 1024)}"}`);
    expect(long).toEqual({ docs: [], skipped: ['TOO_LARGE: long.jsonl has a line of more than 16 MiB'] });
    const proto = await read('proto.jsonl', '{"__proto__":{"text":"x"}}', { fields: { text: 'constructor' } });
    expect(proto.docs).toEqual([]);
    const nested = `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const { docs, skipped } = await read('nested.jsonl', nested);
    expect([docs.length, skipped.length]).toEqual([0, 1]);
  });
});

describe('plain text', () => {
  it('refuses what holds NUL at its head: an archive, or UTF-16 without a mark', async () => {
    for (const content of [
      Buffer.from('A text of sixteen bits.', 'utf16le'),
      gzipSync(`story.txt${'\0'.repeat(503)}One.`),
    ]) {
      const { docs, skipped } = await read('binary.tar.gz', content);
      expect(docs).toEqual([]);
      expect(skipped).toEqual([expect.stringMatching(/^MALFORMED: binary\.tar\.gz holds NUL/)]);
    }
  });
});

describe('CSV', () => {
  it('is a document a row, with commas, semicolons or tabs, in quotes, with line ends in them', async () => {
    expect((await read('t.csv', '\ufeffid,title,text\n1,T,"One, ""two"".\nThree."\n2,,Four.\n')).docs).toEqual([
      { id: '1', title: 'T', text: 'One, "two".\nThree.' },
      { id: '2', text: 'Four.' },
    ]);
    expect((await read('t.tsv', 'id\ttext\n1\tOne.\n')).docs).toEqual([{ id: '1', text: 'One.' }]);
    expect(
      (await read('s.csv', 'key;story text\na;One, two.\n', { fields: { id: 'key', text: 'story text' } })).docs,
    ).toEqual([{ id: 'a', text: 'One, two.' }]);
    expect((await read('w.csv', Buffer.from('\ufeffid,text\n1,Arrábida\n', 'utf16le'))).docs).toEqual([
      { id: '1', text: 'Arrábida' },
    ]);
  });

  it('refuses a row with more fields than columns, whose text would be cut, and takes empty ones at its end for nothing', async () => {
    const { docs, skipped } = await read('cut.csv', 'id,text\n1,One, and two.\n2,Three.,,\n3\n4,Five.\n');
    expect(docs).toEqual([
      { id: '2', text: 'Three.' },
      { id: '4', text: 'Five.' },
    ]);
    expect(skipped).toEqual([
      'MALFORMED: cut.csv has 3 fields in row 2, and its first line names 2 columns; a text with "," in it must stand in quotes',
      expect.stringMatching(/^MALFORMED: cut\.csv has none of text, .* in row 4/),
    ]);
  });

  it('refuses two columns of one name where a document is made from it, and no others', async () => {
    const { docs, skipped } = await read('twice.csv', 'id,text,text\n1,One.,Two.\n');
    expect(docs).toEqual([]);
    expect(skipped).toEqual([expect.stringMatching(/^MALFORMED: twice\.csv has more than one column text/)]);
    expect((await read('other.csv', 'id,text,tag,tag,,\n1,One.,x,y,,\n')).docs).toEqual([{ id: '1', text: 'One.' }]);
  });

  it.each([
    ['an empty file', '', /^MALFORMED: bad\.csv is empty/],
    [
      'a quote without end',
      'id,text\n1,"open\n2,x\n',
      /^MALFORMED: bad\.csv is no table of comma-separated values after row 1/,
    ],
    [
      'some thousand fields, in quotes',
      `${'"a",'.repeat(10_000)}text\n`,
      /^TOO_LARGE: bad\.csv has more than 10,000 columns/,
    ],
    ['a million fields', `${'a,'.repeat(1_000_000)}text\n`, /^TOO_LARGE: bad\.csv has more than 10,000 columns/],
    [
      'a row without end',
      `id,text\n1,${'x'.repeat(17 * 1024 * 1024)}\n`,
      /^TOO_LARGE: bad\.csv has a row of more than 16 MiB/,
    ],
    ['bytes that are no text', Uint8Array.of(0x69, 0x64, 0x0a, 0xff, 0x0a), /^NOT_UTF8: bad\.csv/],
  ])('refuses %s', async (_, content, words) => {
    const { docs, skipped } = await read('bad.csv', content);
    expect(docs).toEqual([]);
    expect(skipped).toEqual([expect.stringMatching(words)]);
  });
});

describe('Parquet', () => {
  const file = (codec: 'SNAPPY' | 'UNCOMPRESSED', rowGroupSize = 1) =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'id', data: ['a', 'b'], type: 'STRING' },
          { name: 'text', data: ['One.', 'Two.'], type: 'STRING' },
          { name: 'date', data: [new Date('2025-06-02'), new Date('2025-06-03')], type: 'TIMESTAMP' },
          { name: 'other', data: [1, 2], type: 'INT32' },
        ],
        codec,
        rowGroupSize,
      }),
    );

  it('is a document a row, whatever the group and the compression', async () => {
    for (const codec of ['SNAPPY', 'UNCOMPRESSED'] as const) {
      expect((await read('t.parquet', file(codec))).docs).toEqual([
        { id: 'a', text: 'One.', published: '2025-06-02T00:00:00.000Z' },
        { id: 'b', text: 'Two.', published: '2025-06-03T00:00:00.000Z' },
      ]);
    }
    expect(lines((await read('t.parquet.gz', gzipSync(file('SNAPPY')))).docs)).toEqual(['One.', 'Two.']);
  });

  it('is refused where it is cut or not Parquet', async () => {
    for (const bytes of [file('SNAPPY').slice(0, 60), new Uint8Array(0), Buffer.from('PAR1 and nothing PAR1')]) {
      const { docs, skipped } = await read('bad.parquet', bytes);
      expect(docs).toEqual([]);
      expect(skipped).toEqual([expect.stringMatching(/^MALFORMED: bad\.parquet is no Parquet file that can be read/)]);
    }
  });

  it('is refused where two of its columns lie beyond its end, with no rejection left unhandled', async () => {
    const damaged = file('UNCOMPRESSED', 2);
    // In the footer, found by the fuzzer: both columns are asked for at once, and only the first refusal is waited for.
    damaged[147] = 125;
    damaged[327] = 142;
    const unhandled: unknown[] = [];
    const note = (error: unknown) => void unhandled.push(error);
    process.on('unhandledRejection', note);
    const { docs, skipped } = await read('footer.parquet', damaged);
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', note);
    expect(docs).toEqual([]);
    expect(skipped).toEqual([expect.stringMatching(/points beyond its end/)]);
    expect(unhandled).toEqual([]);
  });
});

describe('a text that stands once in a dictionary of Parquet', () => {
  const file = (rows: number) =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [{ name: 'text', data: Array<string>(rows).fill('The bridge. '.repeat(8800)), type: 'STRING' }],
        codec: 'SNAPPY',
      }),
    );

  it('makes no more of the file than 200 times its size', async () => {
    expect((await read('few.parquet', file(100))).docs).toHaveLength(100);
    const { docs, skipped } = await read('many.parquet', file(3000));
    expect(skipped).toEqual([
      'TOO_LARGE: many.parquet grows to more than 200 times its size when it is taken out of its columns',
    ]);
    expect(docs.length).toBeLessThan(1000);
  });
});

describe('files that are held whole', () => {
  it('have 64 MiB at most', async () => {
    expect((await read('long.txt', Buffer.alloc(65 * 1024 * 1024, 'long '))).skipped).toEqual([
      'TOO_LARGE: long.txt has more than 64 MiB, too much for one document',
    ]);
  });
});

describe('compression', () => {
  // `One. Two.` as the zstd command wrote it, in one raw block.
  const zstd = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x09, 0x49, 0x00, 0x00, ...Buffer.from('One. Two.')]);

  it('is seen by the first bytes, whatever the name', async () => {
    expect(lines((await read('t.txt.gz', gzipSync('One. Two.'))).docs)).toEqual(['One. Two.']);
    expect(lines((await read('t.txt', gzipSync('One. Two.'))).docs)).toEqual(['One. Two.']);
    expect(lines((await read('t.txt.zst', zstd)).docs)).toEqual(['One. Two.']);
    expect(lines((await read('t.jsonl.gz', gzipSync('{"text":"One."}\n'))).docs)).toEqual(['One.']);
  });

  it('is refused where it is damaged, or grows out of bounds', async () => {
    const cut = await read('cut.txt.gz', gzipSync('One. Two.').subarray(0, 15));
    expect(cut.skipped).toEqual([expect.stringMatching(/^MALFORMED: cut\.txt\.gz is damaged gzip/)]);
    const short = await read('cut.txt.zst', zstd.subarray(0, 12));
    expect(short.skipped).toEqual([expect.stringMatching(/^MALFORMED: cut\.txt\.zst is damaged zstd/)]);
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, `${' '.repeat(4095)}\n`));
    expect(await read('bomb.jsonl.gz', bomb)).toMatchObject({
      docs: [],
      skipped: expect.arrayContaining([
        'TOO_LARGE: bomb.jsonl.gz grows to more than 200 times its size when it is taken out of gzip',
      ]),
    });
    expect((await read('bomb.txt.gz', bomb)).skipped).toEqual([
      'TOO_LARGE: bomb.txt.gz grows to more than 200 times its size when it is taken out of gzip',
    ]);
  });
});

describe('zstd', () => {
  /** A frame of one block, `A` once, under a window of 2^`log` bytes and some eighths more. */
  const frame = (log: number, eighths = 0) => [
    ...[0x28, 0xb5, 0x2f, 0xfd, 0x00, ((log - 10) << 3) | eighths, 0x0b, 0x00, 0x00, 0x41],
  ];
  const empty = [0x50, 0x2a, 0x4d, 0x18, 0x02, 0x00, 0x00, 0x00, 0x01, 0x02];

  it('is refused where it declares a window beyond what the zstd command takes unasked', async () => {
    for (const bytes of [frame(30, 7), frame(27, 1), [...frame(10), ...empty, ...frame(28)]])
      expect((await read('window.txt.zst', Uint8Array.from(bytes))).skipped).toEqual([
        'TOO_LARGE: window.txt.zst needs a window of more than 128 MiB to be taken out of zstd; compress it anew with a smaller one, for example with zstd -19',
      ]);
    expect(lines((await read('window.txt.zst', Uint8Array.from(frame(27)))).docs)).toEqual(['A']);
  });

  it('takes one window at a time for its frames', async () => {
    const before = process.resourceUsage().maxRSS;
    const frames = Array.from({ length: 12 }, () => [...frame(27), ...empty]).flat();
    expect(lines((await read('frames.txt.zst', Uint8Array.from(frames))).docs)).toEqual(['A'.repeat(12)]);
    // Twelve windows are 1.5 GiB.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(800 * 1024);
  });

  it('is cut into its frames wherever its pieces end', async () => {
    const sized = [0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x09, 0x49, 0x00, 0x00, ...Buffer.from('One. Two.')];
    for (let pad = 4070; pad < 4100; pad++) {
      const skipped = [0x50, 0x2a, 0x4d, 0x18, pad & 255, pad >> 8, 0x00, 0x00, ...Array<number>(pad).fill(1)];
      const bytes = Uint8Array.from([...frame(10), ...skipped, ...sized, ...frame(12), ...sized]);
      expect(lines((await read('cut.txt.zst', bytes)).docs)).toEqual(['AOne. Two.AOne. Two.']);
    }
    expect((await read('tail.txt.zst', Uint8Array.from([...sized, 1, 2, 3, 4, 5]))).skipped).toEqual([
      expect.stringMatching(/^MALFORMED: tail\.txt\.zst is damaged zstd/),
    ]);
  });

  it('is refused where its blocks are small beyond all measure for its window, each of which moves the window', async () => {
    const [last, ...block] = [0x0b, 0x00, 0x00, 0x41];
    const blocks = Array.from({ length: 3000 }, () => [0x0a, ...block]).flat();
    const bytes = Uint8Array.from([...frame(27).slice(0, 6), ...blocks, last as number, ...block]);
    const { skipped, seconds } = await timed('blocks.txt.zst', bytes);
    expect(skipped).toEqual([
      expect.stringMatching(/^TOO_LARGE: blocks\.txt\.zst is zstd in blocks too small for its window/),
    ]);
    expect(seconds).toBeLessThan(5);
    const small = Uint8Array.from([...frame(17).slice(0, 6), ...blocks, last as number, ...block]);
    expect(lines((await read('blocks.txt.zst', small)).docs)).toEqual(['A'.repeat(3001)]);
  });
});

describe('files of any name', () => {
  it('are read by their first bytes, or as they are told', async () => {
    expect(lines((await read('page', HTML)).docs)[0]).toContain(STORY[0]);
    expect(lines((await read('feed', RSS)).docs)).toHaveLength(2);
    expect(lines((await read('lines', '{"text":"One."}')).docs)).toEqual(['One.']);
    expect(lines((await read('list', ' [{"text":"One."}]')).docs)).toEqual(['One.']);
    expect(lines((await read('story', 'One. {')).docs)).toEqual(['One. {']);
    expect(lines((await read('one.json', '{"text":"One."}')).docs)).toEqual(['One.']);
    expect(lines((await read('t.dat', 'id,text\n1,One.\n', { format: 'csv' })).docs)).toEqual(['One.']);
  });

  it('keep each id once', async () => {
    expect(await read('twice.jsonl', '{"id":"a","text":"One."}\n{"id":"a","text":"Two."}\n')).toEqual({
      docs: [{ id: 'a', text: 'One.' }],
      skipped: ['DUPLICATE_ID: twice.jsonl holds a document with the id "a", which was before in the same file'],
    });
  });

  it.each([
    [{ format: 'docx' }, /format must be one of 'text'.*got "docx"/],
    [{ fields: { body: 'x' } }, /fields has no option "body"; it knows id, text/],
    [{ fields: { text: 7 } }, /fields\.text must be a string, got 7/],
    [{ languages: 'en' }, /languages must be an array of tags, got "en"/],
  ])('refuse %o', async (options, words) => {
    await expect(read('x.txt', 'x', options as never)).rejects.toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(words) }),
    );
  });
});

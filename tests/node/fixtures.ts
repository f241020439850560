/** Files of every format that is read, and hostile ones; written for the tests. */

export const STORY = [
  'The city council of Porto voted on Monday to close the Arrábida bridge for 18 months.',
  'Engineer Rui Tavares found cracks in 14 of its 40 cables last winter, and warned that lorries must keep away.',
  'The mayor called the closure “painful but necessary”, and promised two ferries for those who live across the river.',
] as const;

const paragraphs = STORY.map((sentence) => `<p>${sentence}</p>`).join('\n');

export const HTML = `<!doctype html>
<html lang="en-GB"><head>
<meta charset="utf-8">
<title>Bridge to close - Daily Post</title>
<link rel="canonical" href="https://post.example/2025/bridge">
<meta property="og:title" content="Bridge to close">
<meta property="og:site_name" content="Daily Post">
<meta name="author" content="Ana Reis">
<meta name="copyright" content="Daily Post Ltd">
<meta property="article:published_time" content="2025-06-02T18:30:00+01:00">
<script>document.write('never')</script>
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<div class="cookie">We use cookies to improve your experience.</div>
<article><h1>Bridge to close</h1>
${paragraphs}
${paragraphs.replaceAll('Porto', 'the town')}
</article>
<aside><h2>Read more</h2><a href="/x">Ten bridges you must see</a></aside>
<footer>Subscribe to our newsletter</footer>
</body></html>`;

export const RSS = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Northern Wire</title><link>https://wire.example/</link><copyright>Northern Wire plc</copyright>
<item><title>Bridge &amp; river</title><link>https://wire.example/1</link><guid isPermaLink="false">wire-1</guid>
<pubDate>Mon, 02 Jun 2025 10:15:00 GMT</pubDate><dc:creator>Rui Costa</dc:creator>
<description>A summary.</description><content:encoded><![CDATA[${paragraphs}<script>alert(1)</script>]]></content:encoded></item>
<item><link>https://wire.example/2</link><description>&lt;p&gt;Rain is expected&amp;nbsp;in the north.&lt;/p&gt;</description></item>
<item><title>Nothing in it</title></item>
</channel></rss>`;

export const ATOM = `<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>City Desk</title><rights>City Desk</rights>
<entry><id>tag:desk.example,2025:7</id><title type="html">&lt;b&gt;Bridge&lt;/b&gt; to close</title>
<link rel="self" href="https://desk.example/api/7"/><link href="https://desk.example/7"/>
<published>2025-06-02T09:00:00Z</published><author><name>Eva Lima</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${paragraphs}</div></content></entry>
</feed>`;

export const NEWSML = `<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:newsml:wire.example:20250602:bridge" version="2" xml:lang="en">
<rightsInfo><copyrightHolder uri="http://wire.example"><name>Northern Wire plc</name></copyrightHolder></rightsInfo>
<itemMeta><provider literal="wire.example"/><versionCreated>2025-06-02T11:00:00Z</versionCreated><firstCreated>2025-06-02T10:15:00Z</firstCreated></itemMeta>
<contentMeta><headline>Bridge to close</headline><by>By Rui Costa</by><infoSource><name>Northern Wire</name></infoSource></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>${paragraphs}</body></html></inlineXML></contentSet>
</newsItem>
<newsItem guid="urn:picture"><contentSet><remoteContent href="p.jpg"/></contentSet></newsItem>
<newsItem guid="urn:plain"><itemMeta><title>Rain</title></itemMeta><contentSet><inlineData contenttype="text/plain">Rain is expected in the north.</inlineData></contentSet></newsItem>
</itemSet></newsMessage>`;

export const NITF = `<?xml version="1.0"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf><head><title>bridge-slug</title><docdata><doc-id id-string="desk-2025-77"/><date.issue norm="20250602T101500Z"/><doc.copyright holder="City Desk" year="2025"/></docdata><pubdata name="The Courier"/></head>
<body><body.head><hedline><hl1>Bridge to close</hl1></hedline><byline>By <person>Eva Lima</person></byline><distributor>City Desk</distributor></body.head>
<body.content>${STORY.map((sentence) => `<p>${sentence}</p>`).join('')}</body.content></body></nitf>`;

export const NINJS = {
  uri: 'https://wire.example/item/7',
  versioncreated: '2025-06-02T10:15:00Z',
  headline: 'Bridge to close',
  byline: 'Rui Costa',
  copyrightholder: 'Northern Wire plc',
  infosource: [{ name: 'Northern Wire' }],
  language: 'en',
  body_xhtml: paragraphs,
};

export const NINJS3 = {
  uri: 'urn:item:8',
  firstCreated: '2025-06-02T10:15:00Z',
  headlines: [{ role: 'main', value: 'Bridge to close' }],
  by: 'Rui Costa',
  copyrightHolder: 'Northern Wire plc',
  infoSources: [{ name: 'Northern Wire' }],
  bodies: [{ contentType: 'text/html', value: paragraphs }],
};

/** Entities that grow: a billion laughs. */
export const LAUGHS = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">${'bcdefghij'
  .split('')
  .map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghi'[i]};`.repeat(10)}">`)
  .join('')}]><rss><channel><item><description>&j;</description></item></channel></rss>`;

/** An entity that would read a file. */
export const FILE_ENTITY =
  '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY file SYSTEM "file:///etc/passwd">]><nitf><body><body.content><p>&file;</p></body.content></body></nitf>';

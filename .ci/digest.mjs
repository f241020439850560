// Digests of what the built package answers on the seeds, one a line, for Node, Bun and Deno alike: node .ci/digest.mjs
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createDetector, MinHasher } from '../dist/index.js';
import { renderHtml } from '../dist/report.js';

const digest = (name, bytes) => console.log(`${name} ${createHash('sha256').update(bytes).digest('hex')}`);
const documents = readdirSync('seeds')
  .sort()
  .map((id) => ({ id, text: readFileSync(`seeds/${id}`, 'utf8') }));
const odd = 'Straße, naïve café; Ελλάδα, Жизнь, İstanbul, 🙂 \ud800 e\u0301 ﬁ Ǆ ½ १२ \u200bx';

const detector = await createDetector();
const report = await detector.detect(documents);
digest('report', JSON.stringify(report));
digest('html', renderHtml(report, { documents }));
digest('comparison', JSON.stringify(detector.compare(documents[0].text, documents[1].text, { evidence: true })));
digest(
  'similarity',
  String(detector.similarity('The council closed the bridge.', 'The bridge was shut by the council.')),
);
const index = detector.index();
for (const doc of documents) index.add(doc);
digest('query', JSON.stringify(index.query(documents[0].text)));
digest('index', new Uint8Array(index.toBuffer()));
for (const permutations of [16, 128, 1024]) {
  const hasher = new MinHasher({ permutations });
  for (const { text } of [...documents, { text: odd }])
    digest(`signature ${permutations}`, new Uint8Array(hasher.sign(text).buffer));
}
const plain = await createDetector({ lexicon: false, languages: ['en', 'de', 'fr', 'ru', 'und'] });
const mixed = documents.map((doc, n) => ({
  ...doc,
  text: `${doc.text}\n${odd}`,
  language: ['en', 'de', 'fr', 'ru', 'und'][n],
}));
digest('report without lexicon', JSON.stringify(await plain.detect(mixed)));

const { createDetector, MinHasher } = require('twicetold');
const { calibrate } = require('twicetold/calibrate');
const node = require('twicetold/node');
const { renderHtml } = require('twicetold/report');

async function main() {
  const detector = await createDetector();
  const result = await detector.compare('the same tale told twice', 'the same tale told twice, again');
  const signature = new MinHasher().sign('the same tale told twice');
  const documents = [];
  for await (const doc of node.readDocuments('page.html')) documents.push(doc);
  const page = renderHtml(await detector.detect(documents), { documents });
  if (documents[0]?.text !== 'Told twice & again.' || !page.includes('<script>'))
    throw new Error('the page was not read or not made');
  const { best } = await calibrate([
    { score: 0.9, same: true },
    { score: 0.2, same: false },
  ]);
  if (best.f1 !== 1) throw new Error('two pairs that a threshold tells apart were not told apart');
  console.log(
    `CJS: ${JSON.stringify(result).length > 2}, ${signature.length} values, ${Object.keys(node).length} names`,
  );
}

main();

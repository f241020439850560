const { createDetector, MinHasher } = require('twicetold');
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
  console.log(
    `CJS: ${JSON.stringify(result).length > 2}, ${signature.length} values, ${Object.keys(node).length} names`,
  );
}

main();

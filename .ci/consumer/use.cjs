const { createDetector, MinHasher } = require('twicetold');
const node = require('twicetold/node');

async function main() {
  const detector = await createDetector();
  const result = await detector.compare('the same tale told twice', 'the same tale told twice, again');
  const signature = new MinHasher().sign('the same tale told twice');
  console.log(
    `CJS: ${JSON.stringify(result).length > 2}, ${signature.length} values, ${Object.keys(node).length} names`,
  );
}

main();

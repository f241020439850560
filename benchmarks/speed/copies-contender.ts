/** Duplicates of a corpus with `level: 'document'`, on one thread: `<documents.jsonl>` prints what benchmarks/peers/copies.py prints. */
import { readFileSync } from 'node:fs';
import { createDetector, type SourceDocument } from '../../src/index.js';

const documents = readFileSync(process.argv[2] as string, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as SourceDocument);
const detector = await createDetector({ level: 'document', lexicon: false });
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const [begun, cpuBegun] = [performance.now(), cpu()];
const report = await detector.detect(documents);
console.log(
  JSON.stringify({
    seconds: (performance.now() - begun) / 1000,
    cpuSeconds: cpu() - cpuBegun,
    pairs: report.pairs.map(({ a, b }) => [a, b]),
    refused: [],
  }),
);

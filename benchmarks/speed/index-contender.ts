/** One `ReuseIndex` in a process of its own: `<folder of a corpus> <documents>` prints an `IndexRun`. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createDetector, type SourceDocument } from '../../src/index.js';
import type { Truth } from '../corpus.js';
import { readTruth } from './corpusscore.js';
import type { IndexRun } from './index-bench.js';

/** Documents that are asked about. */
const ASKED = 1000;

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const memory = () => {
  for (let i = 0; i < 3; i++) (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const [folder, size] = process.argv.slice(2);
const truth = readTruth(join(folder as string, 'truth.jsonl'));
// Every so many documents one is kept out to be asked about: what was made from another, and others as they come.
const kept = new Map<string, Truth>();
const derived = [...truth.values()].filter(({ of }) => of !== undefined);
const others = [...truth.values()].filter(({ of, kind }) => of === undefined && kind !== 'source');
for (const list of [derived, others])
  for (let i = 0; i < ASKED / 2 && i < list.length / 4; i++) {
    const entry = list[Math.floor((i * list.length) / Math.min(ASKED / 2, list.length / 4))] as Truth;
    kept.set(entry.id, entry);
  }
for (const entry of [...kept.values()]) if (entry.of !== undefined) kept.delete(entry.of);

const detector = await createDetector();
const index = detector.index();
const asked: SourceDocument[] = [];
const begun = { memory: memory(), seconds: 0, cpu: 0 };
for await (const line of createInterface({ input: createReadStream(join(folder as string, 'documents.jsonl')) })) {
  const doc = JSON.parse(line) as SourceDocument;
  if (kept.has(doc.id)) {
    asked.push(doc);
    continue;
  }
  const [before, cpuBefore] = [performance.now(), cpu()];
  index.add(doc);
  begun.seconds += (performance.now() - before) / 1000;
  begun.cpu += cpu() - cpuBefore;
  if (index.size % 20_000 === 0) console.error(`${index.size} of ${size}`);
}
const bytes = memory() - begun.memory;
for (const doc of asked.slice(0, 100)) index.query(doc);
const times: number[] = [];
let found = 0;
let plantedFound = 0;
const cpuBefore = cpu();
for (const doc of asked) {
  const before = performance.now();
  const pairs = index.query(doc);
  times.push(performance.now() - before);
  found += pairs.length;
  if (pairs.some(({ b }) => b === kept.get(doc.id)?.of)) plantedFound++;
}
const queryCpu = ((cpu() - cpuBefore) / asked.length) * 1000;
times.sort((x, y) => x - y);
const at = (share: number) => times[Math.floor(share * (times.length - 1))] as number;
let before = performance.now();
const buffer = index.toBuffer();
const saveSeconds = (performance.now() - before) / 1000;
before = performance.now();
const again = detector.index(buffer);
const readSeconds = (performance.now() - before) / 1000;
if (again.size !== index.size) throw new Error('the index read back is of another size');
const run: IndexRun = {
  documents: Number(size),
  addsPerSecond: index.size / begun.seconds,
  cpuAddsPerSecond: index.size / begun.cpu,
  bytesPerDocument: bytes / index.size,
  savedBytesPerDocument: buffer.byteLength / index.size,
  query: {
    median: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    asked: asked.length,
    found,
    planted: asked.filter(({ id }) => kept.get(id)?.of !== undefined).length,
    plantedFound,
  },
  queryCpu: { mean: queryCpu },
  saveSeconds,
  readSeconds,
};
console.log(JSON.stringify(run));

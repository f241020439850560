import { LshIndex } from '../../src/candidates/lsh.js';
import { estimateJaccard } from '../../src/index.js';
import { compileKernel } from '../../src/kernel/compile.js';
import { setSharedKernel } from '../../src/kernel/kernel.js';
import { mix32 } from '../../src/sketch/hash.js';
import { MinHasher } from '../../src/sketch/minhash.js';
import { cpuSeconds } from './report.js';

/*
 * Our banded index in a process of its own: `tsx lsh-contender.ts <size>` prints a Result as JSON. The Python
 * peers do the same in `../peers/lsh.py`, on the same sets.
 */

/** What all contenders do. */
export const BANDING = { permutations: 128, bands: 32, rows: 4 };
/** Tokens a set, and how many of them every tenth set has from the one before: a resemblance of 0.5. */
const TOKENS = 42;
const SHARED = 28;
const RESEMBLANCE = SHARED / (2 * TOKENS - SHARED);
/** Sets that are signed before they are inserted. */
const CHUNK = 20_000;

/** One run; seconds (of processor time) and bytes are those of one signature. */
export interface Result {
  insert: number;
  query: number;
  bytes: number;
  recall: number;
  precision: number;
  /** Error of the estimate over the planted pairs asked about; none where the contender gives no estimates. */
  RMSE?: number;
  /** Most memory that the process held, in bytes. */
  peak: number;
}

function tokens(i: number): Uint32Array {
  const shared = i % 10 === 9 ? SHARED : 0;
  return Uint32Array.from({ length: TOKENS }, (_, t) => mix32((t < shared ? i - 1 : i) * 64 + t));
}

function run(size: number): Result {
  const k = BANDING.permutations;
  const hasher = new MinHasher({ permutations: k });
  const index = new LshIndex(BANDING);
  const column = new Uint32Array(CHUNK * k);
  let inserting = 0;
  let grown = 0;
  for (let first = 0; first < size; first += CHUNK) {
    const count = Math.min(CHUNK, size - first);
    hasher.signMany(
      Array.from({ length: count }, (_, i) => tokens(first + i)),
      { out: column },
    );
    const ids = Array.from({ length: count }, (_, i) => String(first + i));
    globalThis.gc?.();
    const before = process.memoryUsage();
    const from = cpuSeconds();
    for (let i = 0; i < count; i++) index.insert(ids[i] as string, column.subarray(i * k, (i + 1) * k));
    inserting += cpuSeconds() - from;
    globalThis.gc?.();
    const after = process.memoryUsage();
    grown += after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  }
  const asked = Array.from({ length: Math.min(1000, size / 10) }, (_, i) => i * 10 + 9);
  const signatures = asked.map((i) => hasher.signHashes(tokens(i)));
  const from = cpuSeconds();
  const answers = signatures.map((signature) => index.query(signature));
  const querying = cpuSeconds() - from;
  const found = asked.filter((i, a) => answers[a]?.some(({ id }) => id === String(i - 1))).length;
  const proposed = answers.reduce((n, answer) => n + answer.length - 1, 0);
  const errors = asked.map((i, a) => {
    const before = hasher.signHashes(tokens(i - 1));
    return estimateJaccard(signatures[a] as Uint32Array, before) - RESEMBLANCE;
  });
  return {
    insert: inserting / size,
    query: querying / asked.length,
    bytes: grown / size,
    recall: found / asked.length,
    precision: found / Math.max(1, proposed),
    RMSE: Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length),
    peak: process.resourceUsage().maxRSS * 1024,
  };
}

const [size] = process.argv.slice(2).map(Number);
if (size !== undefined && process.argv[1]?.includes('lsh-contender')) {
  setSharedKernel(await compileKernel());
  // Once for the compiler; the peers are compiled already.
  run(5000);
  console.log(JSON.stringify(run(size)));
}

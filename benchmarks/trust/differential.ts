/**
 * Our answers against those of others: `npm run bench -- differential [--data <folder>]`.
 *
 * - resemblance estimated by our signatures and by datasketch's, against exact Jaccard, on the same shingles;
 * - what an `LshIndex` returns, against every signature compared with every other;
 * - sentences against `Intl.Segmenter` on 2,000 articles, each disagreement by its class.
 *
 * Fails where an error is above what chance allows, an entry is missing or too many, or a disagreement has no class.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bandKey, LshIndex } from '../../src/candidates/lsh.js';
import { randomStream } from '../../src/sketch/hash.js';
import { estimateJaccard, MinHasher } from '../../src/sketch/minhash.js';
import { jaccard, shingles } from '../../src/sketch/shingles.js';
import { loadLanguage } from '../../src/text/language.js';
import { readSources } from '../corpora/sources.js';
import { estimatesScript, peerPython } from '../peers/python.js';
import { option } from '../speed/corpus.js';
import { printTable, writeResults } from '../speed/report.js';
import { wordOf } from './shapes.js';
import { disagreements } from './splitters.js';

const PERMUTATIONS = 128;
const ARTICLES = 2000;
const EXAMPLES = 3;

interface Errors {
  bias: number;
  rmse: number;
  /** Greatest error, in standard errors of the estimate. */
  greatest: number;
}

function errorsOf(estimates: readonly number[], exact: readonly number[]): Errors {
  const errors = estimates.map((estimate, i) => estimate - (exact[i] as number));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const standard = exact.map((j) => Math.sqrt(Math.max(j * (1 - j), 0.01) / PERMUTATIONS));
  return {
    bias: mean(errors),
    rmse: Math.sqrt(mean(errors.map((error) => error ** 2))),
    greatest: Math.max(...errors.map((error, i) => Math.abs(error) / (standard[i] as number))),
  };
}

/** Texts of which the second keeps a share of the words of the first, from none to all. */
function pairsOfTexts(count: number): [string, string][] {
  const next = randomStream(9);
  return Array.from({ length: count }, (_, p) => {
    const words = Array.from({ length: 100 + (next() % 300) }, () => wordOf(next() % 50_000));
    const changed = words.map((word) => (next() % count < p / 4 ? wordOf(next() % 50_000) : word));
    return [words.join(' '), changed.join(' ')];
  });
}

/** Estimates by us and by datasketch, on the same sets. */
function signatures(): { ours: Errors; datasketch: Errors; meanDifference: number } {
  const texts = pairsOfTexts(1000);
  const sets = texts.map(([a, b]) => [shingles(a), shingles(b)] as const);
  const exact = sets.map(([a, b]) => jaccard(a, b));
  const hasher = new MinHasher({ permutations: PERMUTATIONS });
  const ours = texts.map(([a, b]) => estimateJaccard(hasher.sign(a), hasher.sign(b)));
  const folder = mkdtempSync(join(tmpdir(), 'differential-'));
  try {
    const job = join(folder, 'job.json');
    writeFileSync(job, JSON.stringify({ permutations: PERMUTATIONS, pairs: sets }));
    const out = execFileSync(peerPython(), [estimatesScript, job], { encoding: 'utf8', maxBuffer: 1e8 });
    const theirs = JSON.parse(out) as number[];
    const difference = ours.reduce((sum, estimate, i) => sum + Math.abs(estimate - (theirs[i] as number)), 0);
    return {
      ours: errorsOf(ours, exact),
      datasketch: errorsOf(theirs, exact),
      meanDifference: difference / ours.length,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Entries that an index returns and those that share a band, over all pairs of some thousand signatures. */
function bands(): { asked: number; returned: number; missing: number; invented: number } {
  const hasher = new MinHasher({ permutations: PERMUTATIONS });
  const signed = pairsOfTexts(1000)
    .flat()
    .map((text) => hasher.sign(text));
  const index = new LshIndex({ permutations: PERMUTATIONS, threshold: 0.5 });
  signed.forEach((signature, s) => void index.insert(`${s}`, signature));
  const { bands, rows } = index.banding;
  const same = (x: Uint32Array, y: Uint32Array, band: number) =>
    bandKey(x, band, rows) === bandKey(y, band, rows) &&
    x.subarray(band * rows, (band + 1) * rows).every((minimum, i) => minimum === y[band * rows + i]);
  const out = { asked: signed.length, returned: 0, missing: 0, invented: 0 };
  for (const signature of signed) {
    const found = new Set(index.query(signature).map(({ id }) => id));
    out.returned += found.size;
    signed.forEach((other, s) => {
      let shares = false;
      for (let band = 0; band < bands && !shares; band++) shares = same(signature, other, band);
      if (shares && !found.has(`${s}`)) out.missing++;
      if (!shares && found.has(`${s}`)) out.invented++;
    });
  }
  return out;
}

export async function main(args: readonly string[]): Promise<void> {
  const data = option(args, 'data') ?? '../shared/data';
  const estimates = signatures();
  console.log('resemblance, 1,000 pairs, 128 permutations');
  printTable([
    { by: 'ours', ...estimates.ours },
    { by: 'datasketch', ...estimates.datasketch },
  ]);
  const lsh = bands();
  console.log(`LshIndex against brute force: ${JSON.stringify(lsh)}\n`);

  const rules = await loadLanguage('en');
  const all = readSources(data).articles;
  // From all over the archives, which stand one after the other.
  const step = Math.max(1, Math.floor(all.length / ARTICLES));
  const articles = all.filter((_, i) => i % step === 0).slice(0, ARTICLES);
  const classes = new Map<string, { count: number; examples: string[] }>();
  let sentences = 0;
  for (const { text } of articles) {
    sentences += [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)].length;
    for (const { by, because, around } of disagreements(text, rules, 'en')) {
      const name = `${by} begins one: ${because}`;
      const known = classes.get(name) ?? { count: 0, examples: [] };
      known.count++;
      if (known.examples.length < EXAMPLES) known.examples.push(around);
      classes.set(name, known);
    }
  }
  console.log(`sentences: ${articles.length} articles, ${sentences} segments of Intl.Segmenter`);
  const rows = [...classes].sort((x, y) => y[1].count - x[1].count).map(([name, { count }]) => ({ name, count }));
  printTable(rows);
  for (const [name, { examples }] of classes) if (name.includes('unexplained')) console.log(name, examples);
  writeResults('differential', {
    estimates,
    lsh,
    sentences: { articles: articles.length, segments: sentences, classes: rows },
  });
  const unexplained = rows.some(({ name }) => name.includes('unexplained'));
  if (unexplained || lsh.missing + lsh.invented > 0 || estimates.ours.greatest > 6) process.exitCode = 1;
}

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detect } from '../../src/index.js';
import type { DetectorOptions, SourceDocument } from '../../src/types.js';
import { SparkCluster } from './cluster.js';
import { madeCorpus, notices } from './corpus.js';
import { sparkPython } from './python.js';

const MAIN = resolve('dist/cli/main.js');
const FAULTY = resolve('tests/spark/faulty.sh');

let missing: string | undefined;
try {
  sparkPython();
} catch (error) {
  missing = (error as Error).message;
  console.warn(`the driver is not tested: ${missing}`);
}

describe.skipIf(missing !== undefined)('twicetold_spark.py on a master and two workers', () => {
  let cluster: SparkCluster;
  let runs = 0;
  beforeAll(async () => {
    cluster = await SparkCluster.start(2);
  });
  afterAll(() => cluster?.stop());

  function write(documents: readonly SourceDocument[], ...lines: string[]): string {
    const path = join(cluster.folder, `documents-${runs++}.jsonl`);
    writeFileSync(path, [...documents.map((doc) => JSON.stringify(doc)), ...lines].join('\n'));
    return path;
  }

  async function run(
    path: string,
    flags: readonly string[] = [],
    worker = `node ${MAIN}`,
    during?: (out: string, over: () => boolean) => Promise<void>,
  ) {
    const out = join(cluster.folder, `out-${runs++}`);
    const submitted = cluster.submit([path, '--out', out, '--worker', worker, ...flags]);
    let over = false;
    submitted.then(
      () => {
        over = true;
      },
      () => undefined,
    );
    await during?.(out, () => over);
    return { ...(await submitted), folder: out, report: () => readFileSync(join(out, 'report.json'), 'utf8') };
  }

  /** The report of `detect` in this process, as text. */
  const expected = async (documents: readonly SourceDocument[], options: DetectorOptions = {}) =>
    `${JSON.stringify(await detect([...documents].reverse(), options))}\n`;

  it('writes the report of detect, byte for byte', async () => {
    const documents = [...madeCorpus(1200, 1), ...notices()];
    const report = JSON.parse(await expected(documents));
    // The corpus has what every stage is for.
    expect(report.stats.cappedKeys).toBeGreaterThan(0);
    expect(report.boilerplate.some(({ reason }: { reason: string }) => reason === 'recurring')).toBe(true);
    expect(report.clusters[0].members.length).toBeGreaterThan(60);
    expect(report.passageClusters.length).toBeGreaterThan(20);
    const areTwo = ({ a, b }: { a: string; b: string }) => a === 'notice 0' && b === 'notice 1';
    expect((await detect(notices().slice(0, 2))).pairs.some(areTwo)).toBe(true);
    expect(report.pairs.some(areTwo)).toBe(false);
    const { code, err, seconds, report: got } = await run(write(documents));
    expect(code, err.slice(-3000)).toBe(0);
    expect(got()).toBe(await expected(documents));
    console.log(`1,200 documents on the cluster: ${seconds.toFixed(0)} s`);
  });

  it('does so with options, which have the names of the command line', async () => {
    const documents = madeCorpus(300, 2);
    const options = { level: 'document', copyThreshold: 0.4, linkage: 'single' } as const;
    const flags = ['--level', 'document', '--copy-threshold', '0.4', '--linkage', 'single'];
    const { code, err, report } = await run(write(documents), flags);
    expect(code, err.slice(-3000)).toBe(0);
    expect(report()).toBe(await expected(documents, options));
  });

  it('keeps the likeliest partners of documents that have more than a hundred', async () => {
    // With a cap beyond the corpus, the sentence that stands in all documents makes partners of all.
    const documents = madeCorpus(160, 4);
    const { code, err, report } = await run(write(documents), ['--max-key-documents', '1000', '--no-lexicon']);
    expect(code, err.slice(-3000)).toBe(0);
    expect(report()).toBe(await expected(documents, { maxKeyDocuments: 1000, lexicon: false }));
  });

  const documents = madeCorpus(200, 3);
  const faulty = (fault: string, step: string) =>
    `${FAULTY} ${fault} ${step} ${join(cluster.folder, `flag-${runs++}`)} node ${MAIN}`;

  it.each(['keys', 'verify'])('gives the same when a worker is killed in %s', async (step) => {
    const { code, err, report } = await run(write(documents), [], faulty('kill', step));
    expect(code, err.slice(-3000)).toBe(0);
    expect(err).toMatch(new RegExp(`worker ${step} was killed by signal 9`));
    expect(report()).toBe(await expected(documents));
  });

  it('gives the same when a worker hangs', async () => {
    const { code, err, report } = await run(write(documents), ['--task-timeout', '15'], faulty('hang', 'verify'));
    expect(code, err.slice(-3000)).toBe(0);
    expect(err).toMatch(/worker verify took and gave nothing for 15\.0 s/);
    expect(report()).toBe(await expected(documents));
  });

  it('gives the same when an executor is killed', async () => {
    let killed = 0;
    const { code, err, report } = await run(write(documents), [], undefined, async (out, over) => {
      // As soon as the first stage has begun.
      while (killed === 0 && !over()) {
        await new Promise((next) => setTimeout(next, 100));
        const [victim] = exists(join(out, '_stages/documents/_SUCCESS')) ? cluster.executors() : [];
        if (victim === undefined) continue;
        process.kill(victim, 'SIGKILL');
        killed = victim;
      }
    });
    expect(killed).toBeGreaterThan(0);
    expect(code, err.slice(-3000)).toBe(0);
    expect(err).toMatch(/Lost executor/);
    expect(report()).toBe(await expected(documents));
  });

  it('reads a text of more than 20 MB from JSON', async () => {
    const large = { id: 'large', text: `The council closed the bridge. ${'a'.repeat(21_000_000)}.` };
    const documents = [...madeCorpus(20, 5), large];
    const { code, err, report } = await run(write(documents));
    expect(code, err.slice(-3000)).toBe(0);
    expect(report()).toBe(await expected(documents));
  });

  it('puts rows that are no documents aside with the reason, or ends at the first where it is strict', async () => {
    const bad = [
      '{"text": "without an id"}',
      '{"id": "no text"}',
      'no JSON at all',
      '{"id": "klingon", "text": "nuqneH", "language": "tlh"}',
      '{"id": "when", "text": "A text.", "published": "the day before"}',
      JSON.stringify({ ...documents[100], text: 'Another document of the same id.' }),
    ];
    const path = write(documents, ...bad);
    const lenient = await run(path);
    expect(lenient.code, lenient.err.slice(-3000)).toBe(0);
    expect(JSON.parse(lenient.out.trim().split('\n').pop() as string).quarantined).toBe(bad.length);
    // Of two documents of one id one stays, the same one whatever their order.
    const kept = documents.map((doc, n) =>
      n === 100 && 'Another document of the same id.' < doc.text
        ? { ...doc, text: 'Another document of the same id.' }
        : doc,
    );
    expect(lenient.report()).toBe(await expected(kept));
    const strict = await run(write(documents, bad[3] as string), ['--strict']);
    expect(strict.code).not.toBe(0);
    expect(strict.out).toMatch(/document "klingon" is in language "tlh"/);
  });

  it('refuses an option out of its range in the words of the library', async () => {
    const { code, out } = await run(write(documents), ['--min-shared-keys', '0']);
    expect(code).not.toBe(0);
    expect(out).toMatch(/twicetold: minSharedKeys must be a whole number from 1 to 100, got 0/);
  });
});

it.skipIf(missing !== undefined)('passes the tests of its own Python', () => {
  const { python, home } = sparkPython();
  const env = { ...process.env, SPARK_HOME: home, PYSPARK_PYTHON: python, SPARK_LOCAL_IP: '127.0.0.1' };
  const { status, stderr } = spawnSync(python, ['-W', 'ignore', 'tests/spark/test_driver.py'], {
    env,
    encoding: 'utf8',
  });
  expect(status, stderr.slice(-3000)).toBe(0);
});

function exists(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}

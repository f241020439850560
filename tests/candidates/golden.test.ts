import { describe, expect, it } from 'vitest';
import { markCrowds, proposing } from '../../src/candidates/candidates.js';
import { bandKey } from '../../src/candidates/lsh.js';
import { OverlapFilter } from '../../src/candidates/overlap.js';
import { countTerms, rankTerms, sentenceTerms } from '../../src/candidates/rareterms.js';
import { DocumentFrequency } from '../../src/candidates/rarity.js';
import { Rows } from '../../src/columns.js';
import { createDetector } from '../../src/index.js';
import { bandsFor } from '../../src/sketch/bands.js';
import { EMPTY_MINIMUM, MinHasher } from '../../src/sketch/minhash.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import { madeCorpus } from '../spark/corpus.js';

/* Which pairs are proposed today, for a made corpus; `npx vitest run tests/candidates/golden.test.ts -u` writes it anew. */

const table = new TermTable(await loadLanguage('en'));
const documents = madeCorpus(150, 21);
const banding = bandsFor(0.5, 128);

function columns() {
  const terms = new Rows();
  const bands = new Rows();
  const frequency = new DocumentFrequency();
  const hasher = new MinHasher();
  documents.forEach(({ text }, d) => {
    terms.add(sentenceTerms(analyse(text, table)));
    countTerms(terms.at(d), d, frequency);
    const signature = hasher.sign(text);
    const count = signature[0] === EMPTY_MINIMUM ? 0 : banding.bands;
    bands.add(Uint32Array.from({ length: count }, (_, b) => bandKey(signature, b, banding.rows)));
  });
  const ranks = frequency.rank();
  documents.forEach((_, d) => void terms.shorten(d, rankTerms(terms.at(d), ranks)));
  return { terms, bands, order: Uint32Array.from(documents.keys()).reverse(), ranks };
}

describe('which pairs are proposed', () => {
  it.each([
    { maxKeyDocuments: 50, minSharedKeys: 3, corpus: 150, most: 'few' },
    { maxKeyDocuments: 6, minSharedKeys: 2, corpus: 5000, most: 'full bands' },
    { maxKeyDocuments: 1000, minSharedKeys: 1, corpus: 1200, most: 'many partners' },
  ])('of $most', async ({ maxKeyDocuments, minSharedKeys, corpus, most }) => {
    const { ranks, ...all } = columns();
    const filter = new OverlapFilter(all, ranks.documents, corpus);
    const gate = {
      passes: (a: number, b: number, shared: number) => filter.passes(a, b, shared),
      room: () => undefined,
    };
    const steps = proposing(all, { banding, maxKeyDocuments, minSharedKeys }, true, gate);
    let step = steps.next();
    while (!step.done) step = steps.next();
    const { a, b, shared, kind, cappedKeys } = step.value;
    markCrowds(step.value, documents.length);
    const lines = Array.from(a, (x, p) => `${x} ${b[p]} ${shared[p]} ${kind[p]}`);
    await expect(`${cappedKeys}\n${lines.join('\n')}\n`).toMatchFileSnapshot(
      `../fixtures/candidates-${most.replace(' ', '-')}.txt`,
    );
  });

  it('of an index', async () => {
    const index = (await createDetector({ rewriteThreshold: 0.3 })).index();
    for (const doc of documents) index.add(doc);
    for (const { id } of documents.slice(0, 20)) index.remove(id);
    const lines = documents
      .slice(60, 110)
      .flatMap((doc) =>
        index.query(doc, { maxCandidates: 8 }).map(({ b, relation, score }) => `${doc.id} ${b} ${relation} ${score}`),
      );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../fixtures/candidates-index.txt');
  });

  it('of an index that knows what is rare', async () => {
    const many = madeCorpus(1100, 22);
    const index = (await createDetector({ rewriteThreshold: 0.3 })).index();
    for (const doc of many) index.add(doc);
    const lines = many.slice(100, 160).flatMap((doc) =>
      [2, 100].map((maxCandidates) => {
        const found = index.query(doc, { maxCandidates });
        return `${doc.id} ${found.map(({ b, score }) => `${b} ${score}`).join(', ')}`;
      }),
    );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../fixtures/candidates-large-index.txt');
  });
});

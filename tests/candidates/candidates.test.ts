import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CandidateSettings, proposePairs } from '../../src/candidates/candidates.js';
import { bandKey } from '../../src/candidates/lsh.js';
import { countTerms, type DocumentFrequency, RARE_TERMS, rareTermKeys } from '../../src/candidates/rareterms.js';
import { bandsFor } from '../../src/sketch/bands.js';
import { EMPTY_MINIMUM, MinHasher } from '../../src/sketch/minhash.js';
import { type AnalysedText, analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { STOP, TermTable } from '../../src/text/terms.js';
import '../arbitraries.js';

const table = new TermTable(await loadLanguage('en'));

const settings: CandidateSettings = { banding: bandsFor(0.5, 128), maxKeyDocuments: 50, minSharedKeys: 3 };

function propose(texts: readonly string[], changed: Partial<CandidateSettings> = {}) {
  const docs = texts.map((text) => analyse(text, table));
  const frequency: DocumentFrequency = new Map();
  for (const doc of docs) countTerms(doc, frequency);
  const hasher = new MinHasher();
  const signatures = texts.map((text) => hasher.sign(text));
  const used = { ...settings, ...changed };
  return { found: proposePairs(docs, signatures, frequency, used), docs, signatures, used };
}

/** The distinct content terms of every sentence. */
function sentenceTerms(doc: AnalysedText): number[][] {
  return Array.from({ length: doc.firstTerm.length - 1 }, (_, s) => {
    const from = doc.firstTerm[s] as number;
    const to = doc.firstTerm[s + 1] as number;
    const terms = [...doc.termIds.slice(from, to)].filter((_, t) => !((doc.termFlags[from + t] as number) & STOP));
    return [...new Set(terms)];
  });
}

/** The definition, word for word: keys are pairs of the rarest shared terms of a sentence, capped by document frequency. */
function naivePairs({ docs, signatures, used }: Pick<ReturnType<typeof propose>, 'docs' | 'signatures' | 'used'>) {
  const documentsWith = (term: number) => docs.filter((doc) => sentenceTerms(doc).flat().includes(term)).length;
  const holders = new Map<string, number[]>();
  docs.forEach((doc, d) => {
    const keys = new Set<string>();
    for (const terms of sentenceTerms(doc)) {
      const rarest = terms
        .filter((term) => documentsWith(term) > 1)
        .sort((x, y) => documentsWith(x) - documentsWith(y) || x - y)
        .slice(0, RARE_TERMS);
      for (const x of rarest) for (const y of rarest) if (x < y) keys.add(`${x} ${y}`);
    }
    for (const key of keys) holders.set(key, [...(holders.get(key) ?? []), d]);
  });
  const chosen = new Set<string>();
  const capped = [...holders.values()].filter((list) => list.length > used.maxKeyDocuments).length;
  for (let a = 0; a < docs.length; a++) {
    for (let b = a + 1; b < docs.length; b++) {
      const shared = [...holders.values()].filter(
        (list) => list.length <= used.maxKeyDocuments && list.includes(a) && list.includes(b),
      );
      if (shared.length >= used.minSharedKeys) chosen.add(`${a} ${b}`);
    }
  }
  const { bands, rows } = used.banding;
  for (let band = 0; band < bands; band++) {
    const buckets = new Map<number, number[]>();
    signatures.forEach((signature, d) => {
      if (signature[0] === EMPTY_MINIMUM) return;
      const key = bandKey(signature, band, rows);
      buckets.set(key, [...(buckets.get(key) ?? []), d]);
    });
    for (const bucket of buckets.values()) {
      const full = bucket.length > used.maxKeyDocuments;
      bucket.forEach((b, y) => {
        bucket.slice(0, y).forEach((a, x) => {
          if (!full || x === 0 || x === y - 1) chosen.add(`${a} ${b}`);
        });
      });
    }
  }
  return { chosen, capped };
}

const word = fc.constantFrom(
  ...'bridge council river Geneva Lisbon minister budget storm harvest vaccine 1987 4,200 the of and engineer'.split(
    ' ',
  ),
);
const sentence = fc.array(word, { minLength: 1, maxLength: 12 }).map((list) => `${list.join(' ')}. `);
const document = fc.array(sentence, { maxLength: 4 }).map((list) => list.join(''));

describe('proposePairs', () => {
  it('proposes what its definition says, no more and no less', () => {
    fc.assert(
      fc.property(
        fc.array(document, { minLength: 2, maxLength: 9 }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1, max: 5 }),
        (texts, maxKeyDocuments, minSharedKeys) => {
          const run = propose(texts, { maxKeyDocuments, minSharedKeys });
          const { chosen, capped } = naivePairs(run);
          expect(new Set(run.found.pairs.map(({ a, b }) => `${a} ${b}`))).toEqual(chosen);
          expect(run.found.cappedKeys).toBe(capped);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('lists pairs once, a before b, in the order of a, then b', () => {
    const texts = Array.from({ length: 6 }, () => 'The Geneva council rebuilt the Lisbon bridge in 1987.');
    const { pairs } = propose(texts).found;
    const all = texts.flatMap((_, a) => texts.slice(a + 1).map((_, y) => ({ a, b: a + 1 + y })));
    expect(pairs).toEqual(all);
  });

  it('grows with the documents, not with their square, where all are alike', () => {
    const n = 400;
    const { pairs, cappedKeys } = propose(Array.from({ length: n }, () => 'The council rebuilt the old bridge.')).found;
    expect(pairs.length).toBe(2 * n - 3);
    expect(cappedKeys).toBeGreaterThan(0);
    const reached = new Set(pairs.flatMap(({ a, b }) => [a, b]));
    expect(reached.size).toBe(n);
  });

  it('proposes nothing for no documents, one document, and documents without words', () => {
    for (const texts of [[], ['The council rebuilt the bridge.'], ['', ' \n ', '…!?']])
      expect(propose(texts).found).toEqual({ pairs: [], cappedKeys: 0 });
  });

  it('finds copies and rewrites planted among other stories', () => {
    const others = [
      'Rain is expected in the north by the weekend, forecasters in Oslo said on Tuesday. Snow may fall above 800 metres.',
      'The museum in Lyon bought a lost Corot at auction for 2.3m euros. Curators will show it in the autumn.',
      'A ferry with 412 passengers ran aground off Gotland at dawn. Nobody was hurt, the coast guard reported.',
      'Shares of the chip maker Infera fell by 9 percent after it cut its forecast. Analysts had hoped for growth.',
      'The zoo of Basel welcomed twin snow leopards, keepers wrote. Visitors may see them from September.',
    ];
    const wire =
      'The city council of Porto voted on Monday to close the Arrábida bridge for 18 months of repairs. Engineer Rui Tavares found cracks in 14 of its 40 cables. Lorries will be sent over the Freixo crossing, mayor Ana Sequeira said.';
    const copy = wire.replace('voted on Monday', 'has voted').replace('mayor Ana Sequeira', 'the mayor');
    const rewrite =
      'Lorries must take the Freixo crossing, according to mayor Ana Sequeira. After cracks turned up in 14 of 40 cables, as the engineer Rui Tavares had established, councillors of Porto decided that Arrábida would shut so that the bridge can be mended over 18 months.';
    const { pairs } = propose([...others, wire, copy, rewrite]).found;
    expect(pairs).toEqual(
      expect.arrayContaining([
        { a: 5, b: 6 },
        { a: 5, b: 7 },
        { a: 6, b: 7 },
      ]),
    );
    expect(pairs.filter(({ a }) => a < 5)).toEqual([]);
  });
});

describe('rareTermKeys', () => {
  const frequencyOf = (texts: string[]) => {
    const frequency: DocumentFrequency = new Map();
    for (const text of texts) countTerms(analyse(text, table), frequency);
    return frequency;
  };

  it('makes no key of a term that stands in one document only, nor of one alone in its sentence', () => {
    const frequency = frequencyOf(['Geneva Lisbon.', 'Geneva. Lisbon. Quito.']);
    expect(rareTermKeys(analyse('Geneva Lisbon Quito.', table), frequency).size).toBe(1);
    expect(rareTermKeys(analyse('Geneva. Lisbon.', table), frequency).size).toBe(0);
  });

  it('pairs at most the eight rarest terms of a sentence', () => {
    const many = 'Ada Bert Cleo Dora Emil Fritz Gustav Hanna Ivo Jana Karl Lena.';
    expect(rareTermKeys(analyse(many, table), frequencyOf([many, many])).size).toBe((8 * 7) / 2);
  });

  it('does not depend on the order of words', () => {
    const frequency = frequencyOf(['Geneva Lisbon Quito', 'Geneva Lisbon Quito']);
    expect(rareTermKeys(analyse('Quito Lisbon Geneva', table), frequency)).toEqual(
      rareTermKeys(analyse('Geneva Quito Lisbon', table), frequency),
    );
  });
});

describe('countTerms', () => {
  it('counts a term once a document, and takes back what it counted', () => {
    const frequency: DocumentFrequency = new Map();
    const doc = analyse('Bridges, a bridge, the bridge.', table);
    countTerms(doc, frequency);
    countTerms(doc, frequency);
    expect([...frequency.values()]).toEqual([2]);
    countTerms(doc, frequency, -1);
    expect([...frequency.values()]).toEqual([1]);
    countTerms(doc, frequency, -1);
    expect(frequency.size).toBe(0);
  });
});

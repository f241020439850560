import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amongOthers, markCrowds, proposePairs, RELATED, UNRELATED } from '../../src/candidates/candidates.js';
import { bandKey } from '../../src/candidates/lsh.js';
import { BY_BAND, BY_LEADER, BY_TERMS, type CandidateSettings, CROWD, IN_CROWD } from '../../src/candidates/pairs.js';
import {
  countTerms,
  KeySet,
  RARE_TERMS,
  rankTerms,
  rareTermKeys,
  sentenceTerms,
} from '../../src/candidates/rareterms.js';
import { DocumentFrequency } from '../../src/candidates/rarity.js';
import { Rows } from '../../src/columns.js';
import { bandsFor } from '../../src/sketch/bands.js';
import { EMPTY_MINIMUM, MinHasher } from '../../src/sketch/minhash.js';
import { type AnalysedText, analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { STOP, TermTable } from '../../src/text/terms.js';
import '../arbitraries.js';

const oneSentence = new KeySet();
const table = new TermTable(await loadLanguage('en'));

const settings: CandidateSettings = { banding: bandsFor(0.5, 128), maxKeyDocuments: 50, minSharedKeys: 3 };

/** The candidate columns of texts, and what they were made of. */
function columnsOf(texts: readonly string[], { banding } = settings) {
  const docs = texts.map((text) => analyse(text, table));
  const hasher = new MinHasher();
  const signatures = texts.map((text) => hasher.sign(text));
  const terms = new Rows();
  const bands = new Rows();
  const frequency = new DocumentFrequency();
  docs.forEach((doc, d) => {
    terms.add(sentenceTerms(doc));
    countTerms(terms.at(d), d, frequency);
    const signature = signatures[d] as Uint32Array;
    const worded = signature[0] !== EMPTY_MINIMUM;
    bands.add(Uint32Array.from({ length: worded ? banding.bands : 0 }, (_, b) => bandKey(signature, b, banding.rows)));
  });
  const ranks = frequency.rank();
  docs.forEach((_, d) => void terms.shorten(d, rankTerms(terms.at(d), ranks)));
  return { columns: { terms, bands, order: Uint32Array.from(docs.keys()) }, docs, signatures, ranks };
}

function propose(texts: readonly string[], changed: Partial<CandidateSettings> = {}) {
  const used = { ...settings, ...changed };
  const { columns, docs, signatures } = columnsOf(texts, used);
  const { a, b, kind, cappedKeys } = proposePairs(columns, used);
  const pairs = Array.from(a, (x, p) => ({ a: x, b: b[p] as number }));
  return { found: { pairs, cappedKeys }, kind, docs, signatures, used };
}

/** The distinct content terms of every sentence. */
function contentTerms(doc: AnalysedText): number[][] {
  return Array.from({ length: doc.firstTerm.length - 1 }, (_, s) => {
    const from = doc.firstTerm[s] as number;
    const to = doc.firstTerm[s + 1] as number;
    const terms = [...doc.termIds.slice(from, to)].filter((_, t) => !((doc.termFlags[from + t] as number) & STOP));
    return [...new Set(terms)];
  });
}

/** The definition, word for word: keys are pairs of the rarest shared terms of a sentence, capped by document frequency. */
function naivePairs({ docs, signatures, used }: Pick<ReturnType<typeof propose>, 'docs' | 'signatures' | 'used'>) {
  const documentsWith = (term: number) => docs.filter((doc) => contentTerms(doc).flat().includes(term)).length;
  const holders = new Map<string, number[]>();
  docs.forEach((doc, d) => {
    const keys = new Set<string>();
    for (const terms of contentTerms(doc)) {
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
  const full: number[][] = [];
  for (let band = 0; band < bands; band++) {
    const buckets = new Map<number, number[]>();
    signatures.forEach((signature, d) => {
      if (signature[0] === EMPTY_MINIMUM) return;
      const key = bandKey(signature, band, rows);
      buckets.set(key, [...(buckets.get(key) ?? []), d]);
    });
    for (const bucket of buckets.values()) {
      if (bucket.length > used.maxKeyDocuments) full.push(bucket);
      else
        bucket.forEach((b, y) => {
          for (const a of bucket.slice(0, y)) chosen.add(`${a} ${b}`);
        });
    }
  }
  return { chosen, capped, full };
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
          const { chosen, capped, full } = naivePairs(run);
          const led = run.found.pairs.filter((_, p) => run.kind[p] === BY_LEADER).map(({ a, b }) => `${a} ${b}`);
          const found = new Set(run.found.pairs.map(({ a, b }) => `${a} ${b}`));
          for (const pair of chosen) expect(found).toContain(pair);
          for (const pair of found) expect(chosen.has(pair) || led.includes(pair)).toBe(true);
          expect(run.found.cappedKeys).toBe(capped);
          // In a full band every document but the first has a partner that came before it.
          for (const bucket of full)
            for (const d of bucket.slice(1))
              expect(bucket.some((other) => other < d && found.has(`${other} ${d}`))).toBe(true);
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
    const { found, kind } = propose(Array.from({ length: n }, () => 'The council rebuilt the old bridge.'));
    expect(found.pairs).toEqual(Array.from({ length: n - 1 }, (_, d) => ({ a: 0, b: d + 1 })));
    expect(found.cappedKeys).toBeGreaterThan(0);
    expect([...kind].every((k) => k === BY_LEADER)).toBe(true);
  });

  it('gives a document its likeliest partners only where rare terms propose too many', () => {
    // Forty names, of which every two documents share many: 150 documents, each with 149 partners.
    const names = Array.from({ length: 150 }, (_, i) => `Name${i}x`);
    const texts = names.map((_, d) =>
      names.map((name, i) => ((i * 7 + d * 13) % 5 < 2 ? `${name} met Ulf${i} and Olga${i} there.` : '')).join(' '),
    );
    const { found } = propose(texts, { maxKeyDocuments: 100 });
    const partners = new Map<number, number>();
    for (const pair of found.pairs) for (const d of [pair.a, pair.b]) partners.set(d, (partners.get(d) ?? 0) + 1);
    expect(found.pairs.length).toBeLessThan((150 * 149) / 2);
    expect(found.pairs.length).toBeGreaterThan(150);
  });

  it('counts as many shared keys as there are: two texts of 65,536 are no strangers', () => {
    // As many as a 16-bit counter comes back to zero at. Each sentence of two ranks is one key.
    const wanted = 2 ** 16;
    const keys = new KeySet();
    const ranks: number[] = [];
    for (let rank = 1; keys.size < wanted; rank++) {
      ranks.push(2, 2 * rank, 2 * rank + 1);
      rareTermKeys(Uint32Array.from(ranks.slice(-3)), oneSentence);
      keys.add(oneSentence.keys[0] as number);
    }
    const terms = new Rows();
    const bands = new Rows();
    for (let d = 0; d < 2; d++) {
      terms.add(Uint32Array.from(ranks));
      bands.add(new Uint32Array(0));
    }
    const { a, b, shared, kind } = proposePairs({ terms, bands, order: Uint32Array.of(0, 1) }, settings);
    expect([[...a], [...b], [...shared], [...kind]]).toEqual([[0], [1], [255], [BY_TERMS]]);
  });

  it('says of each pair what proposed it', () => {
    const story = 'Engineer Rui Tavares of Porto found cracks in 14 of 40 cables.';
    const { kind } = propose([story, story]);
    expect([...kind]).toEqual([BY_BAND]);
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
  /** The keys of each text in a corpus of them. */
  const keysOf = (texts: string[]): number[][] => {
    const { columns } = columnsOf(texts);
    return texts.map((_, d) => {
      const keys = new KeySet();
      rareTermKeys(columns.terms.at(d), keys);
      return [...keys.keys.subarray(0, keys.size)];
    });
  };

  it('makes no key of a term that stands in one document only, nor of one alone in its sentence', () => {
    const found = keysOf(['Geneva Lisbon.', 'Geneva. Lisbon. Quito.', 'Geneva Lisbon Rabat.']);
    expect(found.map((keys) => keys.length)).toEqual([1, 0, 1]);
    expect(found[0]).toEqual(found[2]);
  });

  it('pairs at most the eight rarest terms of a sentence', () => {
    const many = 'Ada Bert Cleo Dora Emil Fritz Gustav Hanna Ivo Jana Karl Lena.';
    const [keys] = keysOf([many, many, 'Ada. Bert.', 'Lena. Karl.']);
    expect(new Set(keys).size).toBe((8 * 7) / 2);
  });

  it('does not depend on the order of words', () => {
    const [one, other] = keysOf(['Geneva Lisbon Quito', 'Quito Lisbon Geneva']) as [number[], number[]];
    expect(new Set(one)).toEqual(new Set(other));
  });
});

describe('KeySet', () => {
  it('holds each key once, in order, through growth and many clearings', () => {
    const set = new KeySet();
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: 3000 }), (keys) => {
        set.clear();
        for (const key of keys) set.add(key);
        expect([...set.keys.subarray(0, set.size)]).toEqual([...new Set(keys)]);
      }),
    );
  });
});

describe('DocumentFrequency', () => {
  it('ranks the terms of more than one document by how many hold them, then by id', () => {
    const rows = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 }), { maxLength: 20 });
    fc.assert(
      fc.property(rows, (documents) => {
        const frequency = new DocumentFrequency();
        const counts = new Map<number, number>();
        documents.forEach((terms, d) => {
          for (const term of [...terms, ...terms]) frequency.count(term, d);
          for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
        });
        const ranks = frequency.rank();
        const expected = [...counts].filter(([, n]) => n > 1).sort((x, y) => x[1] - y[1] || x[0] - y[0]);
        expect([...ranks.documents.subarray(1)]).toEqual(expected.map(([, n]) => n));
        expected.forEach(([term], r) => void expect(ranks.of(term)).toBe(r + 1));
        for (const [term, n] of counts) if (n === 1) expect(ranks.of(term)).toBe(0);
        expect(ranks.of(1_000_000)).toBe(0);
      }),
    );
  });
});

describe('amongOthers', () => {
  /** All pairs of `n` documents, and what is found of those that `isRelated` says. */
  const judged = (n: number, isRelated: (a: number, b: number) => boolean) => {
    const pairs = Array.from({ length: n * n }, (_, p) => [Math.floor(p / n), p % n] as const).filter(
      ([a, b]) => a < b,
    );
    const candidates = {
      a: Uint32Array.from(pairs, ([a]) => a),
      b: Uint32Array.from(pairs, ([, b]) => b),
      shared: new Uint8Array(pairs.length),
      kind: new Uint8Array(pairs.length),
      cappedKeys: 0,
    };
    const verdicts = Uint8Array.from(pairs, ([a, b]) => (isRelated(a, b) ? RELATED : UNRELATED));
    return amongOthers(candidates, verdicts, n).map((p) => pairs[p]);
  };

  it('is no pair of a story, however many papers took it over', () => {
    expect(judged(12, () => true)).toEqual([]);
  });

  it('is a pair of documents of whose candidates four and at least half tell of other things', () => {
    const isOfStory = (_: number, b: number) => b < 2;
    expect(judged(5, isOfStory)).toEqual([]);
    expect(judged(6, isOfStory)).toEqual([[0, 1]]);
    // Six of one story beside four others have five partners of their own; beside six others, more that are not.
    expect(judged(10, (_, b) => b < 6)).toEqual([]);
    expect(judged(12, (_, b) => b < 6)).toHaveLength(15);
  });

  it('counts no pair that was not compared', () => {
    const [a, b] = [Uint32Array.of(0, 0, 0, 0, 0), Uint32Array.of(1, 2, 3, 4, 5)];
    const candidates = { a, b, shared: new Uint8Array(5), kind: new Uint8Array(5), cappedKeys: 0 };
    expect(amongOthers(candidates, Uint8Array.of(RELATED, 0, 0, 0, 0), 6)).toEqual([]);
  });
});

describe('a crowd', () => {
  /** Every two of so many documents, and one more that the first has to do with; proposed in turn by terms, a band and a leader. */
  const among = (documents: number) => {
    const pairs = [[0, documents]];
    for (let a = 0; a < documents; a++) for (let b = a + 1; b < documents; b++) pairs.push([a, b]);
    const column = (side: 0 | 1) => Uint32Array.from(pairs, (pair) => pair[side] as number);
    const kind = Uint8Array.from(pairs, (_, p) => [BY_TERMS, BY_BAND, BY_LEADER][p % 3] as number);
    const columns = { a: column(0), b: column(1), shared: new Uint8Array(pairs.length), kind, cappedKeys: 0 };
    markCrowds(columns, documents + 1);
    return [...columns.kind];
  };

  it('is of pairs both of whose documents have many partners, but for those that a leader proposed', () => {
    const [outside, ...inside] = among(CROWD + 1);
    expect(outside).toBe(BY_TERMS);
    expect(inside).toEqual(inside.map((_, p) => ((p + 1) % 3 === 2 ? BY_LEADER : IN_CROWD)));
  });

  it('is none where they have fewer', () => {
    const [, ...inside] = among(CROWD);
    expect(inside).toEqual(inside.map((_, p) => [BY_TERMS, BY_BAND, BY_LEADER][(p + 1) % 3]));
  });
});

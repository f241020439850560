import { scoreAlone } from './align/align.js';
import { compareDocuments, compareSentences } from './compare.js';
import { type Analyser, createAnalyser } from './corpus/analyser.js';
import { MemoryStore } from './corpus/jobs.js';
import { Workbench } from './corpus/workbench.js';
import { detectIn } from './detect.js';
import { checkString, describe, TwicetoldError } from './errors.js';
import { loadLexicons } from './lexicon/all.js';
import { knownWords } from './lexicon/known.js';
import { ReuseIndex } from './reuse/reuseindex.js';
import { withinTime } from './settings/deadline.js';
import { checkSize } from './settings/limits.js';
import {
  checkCompareOptions,
  checkDocument,
  checkRunOptions,
  resolveOptions,
  type Settings,
} from './settings/options.js';
import type {
  CompareOptions,
  Comparison,
  DetectorOptions,
  Report,
  RunOptions,
  SentenceSimilarities,
  SourceDocument,
} from './types.js';

/**
 * Finds text told twice. It holds its options and what its languages need, loaded once by {@link createDetector}; its
 * methods are synchronous where nothing waits, and one detector serves any number of calls.
 */
export class Detector {
  readonly #settings: Settings;
  readonly #analyser: Analyser;

  /** @internal Use {@link createDetector}. */
  constructor(settings: Settings, analyser: Analyser) {
    this.#settings = settings;
    this.#analyser = analyser;
  }

  /** Strength of relation from which one text is reported as a `rewrite` of the other, as it was set. */
  get rewriteThreshold(): number {
    return this.#settings.rewriteThreshold;
  }

  /**
   * Compares two texts: their relation, and the passages that tell the same.
   *
   * Swapping the texts swaps `a` and `b` and changes nothing else. Lines that both texts carry in unlike surroundings
   * (navigation, calls to action) count for nothing. An encoder is not asked: only `detect` waits for one. Cost: about 3 ms for two articles of 400 words.
   *
   * @param a a text, or a document
   * @param b likewise
   * @param options whether passages come with the words that match: see {@link CompareOptions}
   * @returns the relation, its strength, exact resemblance, containment both ways, and the passages
   * @throws TwicetoldError `INVALID_ARGUMENT` when either is neither a string nor a document, or for an unknown option;
   * `TOO_LARGE` beyond `maxDocumentBytes`, `TIMEOUT` after `timeoutMs`
   *
   * @example
   * ```ts
   * import { createDetector } from 'twicetold';
   * const detector = await createDetector();
   * const a = 'The council voted on Monday to close the old bridge for repairs until the spring. Traffic will use the ring road.';
   * const found = detector.compare(a, `${a} A second vote is due in May.`);
   * console.log(found.relation, found.passages[0]?.kind); // rewrite verbatim
   *
   * const { passages } = detector.compare(a, a.replace('old bridge', 'stone bridge'), { evidence: true });
   * for (const words of passages[0]?.words ?? []) console.log(a.slice(words.a.start, words.a.end));
   * // The council voted on Monday to close the
   * // bridge for repairs until the spring. Traffic will use the ring road
   * ```
   */
  compare(a: string | SourceDocument, b: string | SourceDocument, options: CompareOptions = {}): Comparison {
    const [one, other] = [this.#document('a', a), this.#document('b', b)];
    checkCompareOptions(options);
    return withinTime(this.#settings.timeoutMs, () =>
      compareDocuments(this.#analyser(one), this.#analyser(other), this.#settings, options),
    );
  }

  /**
   * How alike the words of two texts' sentences are, pair by pair, before rivals, neighbours and order are weighed: the
   * raw material of {@link Detector.compare}, for a dot plot or to see why something was not found.
   *
   * @param a a text, or a document
   * @param b likewise
   * @returns the sentences of both texts, and the pairs of them that share a content word with their cosine
   * @throws TwicetoldError `INVALID_ARGUMENT` when either is neither a string nor a document; `TOO_LARGE`, `TIMEOUT`
   *
   * @example
   * ```ts
   * import { createDetector } from 'twicetold';
   * const detector = await createDetector();
   * const { pairs } = detector.sentenceSimilarities('The bridge closed. It rained.', 'It was dry. A bridge was closed.');
   * console.log(pairs); // [ { a: 0, b: 1, similarity: 1 } ]
   * ```
   */
  sentenceSimilarities(a: string | SourceDocument, b: string | SourceDocument): SentenceSimilarities {
    const [one, other] = [this.#document('a', a), this.#document('b', b)];
    return withinTime(this.#settings.timeoutMs, () =>
      compareSentences(this.#analyser(one).text, this.#analyser(other).text),
    );
  }

  /**
   * How likely two sentences tell the same, out of any context, in [0, 1]: by their words and what a lexicon knows of these, by
   * their order, figures and negations. The same words in another order may say something else. Of texts of several sentences it is that
   * of the likeliest pair, among the first hundred of each.
   *
   * @param sentenceA a sentence, in the detector's first language
   * @param sentenceB likewise
   * @returns a probability in [0, 1]; 1 for the same words, 0 where no content word answers another
   * @throws TwicetoldError `INVALID_ARGUMENT` when either is not a string; `TOO_LARGE`, `TIMEOUT`
   *
   * @example
   * ```ts
   * import { createDetector } from 'twicetold';
   * const detector = await createDetector();
   * const near = detector.similarity('The court fined the bank 20m euros.', 'The bank was fined 20 million euros by a court.');
   * const far = detector.similarity('The court fined the bank 20m euros.', 'The bank opened a branch in Lyon.');
   * console.log(near > far); // true
   * ```
   */
  similarity(sentenceA: string, sentenceB: string): number {
    const one = this.#document('a', checkString('sentenceA', sentenceA));
    const other = this.#document('b', checkString('sentenceB', sentenceB));
    return withinTime(this.#settings.timeoutMs, () => {
      const [a, b] = [this.#analyser(one), this.#analyser(other)];
      if (a.lexicon === undefined || a.lexicon !== b.lexicon) return scoreAlone(a.text, b.text);
      return scoreAlone(a.text, b.text, knownWords(a.text, a.lexicon), knownWords(b.text, b.lexicon));
    });
  }

  /**
   * Finds what is told twice in a corpus: related pairs with their passages, clusters, boilerplate.
   *
   * The same documents give the same report in any order. Memory grows with the corpus; time with its length and the
   * number of candidate pairs, which `report.stats` counts.
   *
   * @param documents an array, iterable or async iterable, read once; ids must be unique
   * @param run progress and cancellation, and an encoder for the pairs that words leave in doubt
   * @returns the report: documents and clusters sorted by id, pairs strongest first
   * @throws TwicetoldError `INVALID_ARGUMENT` or `DUPLICATE_ID`, naming the document, `UNSUPPORTED_LANGUAGE`, `ABORTED`;
   * `TOO_LARGE`, `TOO_MANY` or `TIMEOUT` beyond the bounds of the detector's options; `ENCODER_FAILED`
   *
   * @example
   * ```ts
   * import { createDetector } from 'twicetold';
   * const detector = await createDetector();
   * const story = 'The council voted on Monday to close the old bridge. Repairs will take until the spring, engineers said.';
   * const report = await detector.detect([
   *   { id: 'ours', text: story },
   *   { id: 'theirs', text: story.toUpperCase() },
   *   { id: 'other', text: 'Rain is expected in the north by the weekend.' },
   * ]);
   * console.log(report.pairs.map((pair) => [pair.a, pair.b, pair.relation])); // [ [ 'ours', 'theirs', 'duplicate' ] ]
   * ```
   */
  async detect(
    documents: Iterable<SourceDocument> | AsyncIterable<SourceDocument>,
    run: RunOptions = {},
  ): Promise<Report> {
    checkRunOptions(run);
    const bench = new Workbench(this.#settings, this.#analyser, new MemoryStore());
    return detectIn(documents, { batch: 1, ahead: 1, do: (job) => bench.do(job) }, this.#settings, run);
  }

  /**
   * An index that documents are added to, removed from and looked up in; empty, or as it was saved.
   *
   * @param buffer what {@link ReuseIndex.toBuffer} made, of a fixed size; its columns are used where they stand, so that its bytes must stay as they
   * are, and to transfer it afterwards takes them from the index, whose methods throw `INVALID_ARGUMENT` then
   * @returns the index
   * @throws TwicetoldError `INVALID_ARGUMENT` when the buffer is not a saved index, or was cut or altered; `TOO_MANY` when it holds more documents
   * than `maxDocuments`
   *
   * @example
   * ```ts
   * import { createDetector } from 'twicetold';
   * const detector = await createDetector();
   * const index = detector.index();
   * index.add({ id: 'wire', text: 'The council voted on Monday to close the old bridge. Repairs will take until the spring, engineers said.' });
   * const found = index.query('THE COUNCIL VOTED ON MONDAY to close the old bridge. Repairs will take until the spring, engineers said.');
   * console.log(found[0]?.b, found[0]?.relation); // wire duplicate
   * ```
   */
  index(buffer?: ArrayBuffer): ReuseIndex {
    return new ReuseIndex(this.#settings, this.#analyser, buffer);
  }

  #document(name: string, value: string | SourceDocument): SourceDocument {
    const source = asDocument(name, value);
    checkSize(source, this.#settings);
    return source;
  }
}

/** Makes a detector: checks its options and loads its languages, with the lexicons there are for them. */
export async function makeDetector(options: DetectorOptions): Promise<Detector> {
  const settings = resolveOptions(options);
  const lexicons = await loadLexicons(settings.languages, settings.lexicon);
  return new Detector(settings, await createAnalyser(settings, lexicons));
}

function asDocument(name: string, value: string | SourceDocument): SourceDocument {
  if (typeof value === 'string') return { id: name, text: value };
  if (typeof value !== 'object' || value === null)
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `${name} must be a text or an object with an id and a text, got ${describe(value)}`,
    );
  return checkDocument(name, value);
}

import type { Candidates } from '../candidates/pairs.js';
import { describe, TwicetoldError } from '../errors.js';
import { type EncodedText, isInDoubt, oddsByMeaning } from '../relate/opinion.js';
import type { Settings } from '../settings/options.js';
import type { Comparison, DocumentSummary, RunOptions, SentenceEncoder } from '../types.js';
import type { Corpus } from './corpus.js';
import { pairsOf, placesOf } from './corpuspairs.js';
import type { Doubt, Results, Sentences } from './jobs.js';
import { inBatches, type Wait, type Work } from './work.js';

/** Sentences that the encoder is given at a time. */
const BATCH = 64;
/** Sentences beyond which a text is not encoded: every one is held against every one of the other text. */
const MOST_SENTENCES = 1000;

/**
 * Pairs that words leave in doubt, and what an encoder says of them. They wait until all pairs are compared; then the sentences of those
 * nearest to the threshold are encoded, each once, and the pairs compared again with the odds that come of it.
 */
export class Opinions {
  readonly #encoder: SentenceEncoder;
  readonly #threshold: number;
  readonly #most: number;
  readonly #signal: AbortSignal | undefined;
  readonly #waiting: { p: number; comparison: Comparison | undefined; distance: number }[] = [];
  /** Pairs that the encoder was asked about. */
  readonly asked = new Set<number>();

  constructor(encoder: SentenceEncoder, settings: Settings, { maxEncodedPairs = 1000, signal }: RunOptions) {
    this.#encoder = encoder;
    this.#threshold = settings.rewriteThreshold;
    this.#most = maxEncodedPairs;
    this.#signal = signal;
  }

  /** Takes a pair that is in doubt; says whether it did. */
  waits(p: number, { comparison, doubt = 0 }: Doubt): boolean {
    if (!isInDoubt(doubt, this.#threshold)) return false;
    this.#waiting.push({ p, comparison, distance: Math.abs(logOdds(doubt) - logOdds(this.#threshold)) });
    return true;
  }

  /** Asks the encoder about the pairs that wait, and tells `keep` what each is: what it was before, where the encoder was not asked. */
  *settle(
    corpus: Corpus,
    candidates: Candidates,
    batch: number,
    halted: () => boolean,
    keep: (p: number, comparison: Comparison | undefined) => void,
  ): Generator<Work | Wait> {
    const left = new Map(
      this.#waiting
        .sort((x, y) => x.distance - y.distance || x.p - y.p)
        .map(({ p, comparison }): [number, Comparison | undefined] => [p, comparison]),
    );
    const isShort = (d: number) =>
      (corpus.summaries[corpus.order[d] as number] as DocumentSummary).sentences <= MOST_SENTENCES;
    const asked = [...left.keys()]
      .filter((p) => isShort(candidates.a[p] as number) && isShort(candidates.b[p] as number))
      .slice(0, this.#most);
    if (asked.length > 0 && !halted())
      yield* this.#ask(corpus, candidates, batch, halted, asked, (p, comparison) => {
        this.asked.add(p);
        left.delete(p);
        keep(p, comparison);
      });
    for (const [p, comparison] of left) keep(p, comparison);
  }

  *#ask(
    corpus: Corpus,
    candidates: Candidates,
    batch: number,
    halted: () => boolean,
    asked: readonly number[],
    keep: (p: number, comparison: Comparison | undefined) => void,
  ): Generator<Work | Wait> {
    const documents = [...new Set(asked.flatMap((p) => [candidates.a[p] as number, candidates.b[p] as number]))];
    const total = 3 * documents.length;
    const sentences = new Map<number, Sentences>();
    yield {
      stage: 'encode',
      before: 0,
      total,
      tasks: (function* () {
        for (const some of inBatches(documents, batch))
          yield {
            job: { op: 'sentences', places: placesOf(corpus, some) },
            take: (found) =>
              some.forEach((d, n) => void sentences.set(d, (found as Results['sentences'])[n] as Sentences)),
          };
      })(),
    };
    if (halted()) return;
    let vectors = new Map<string, Float32Array>();
    yield {
      stage: 'encode',
      wait: async (pace) => {
        const texts = [...sentences.values()].flatMap((doc) => doc.texts);
        vectors = await this.#encode(texts, (share) =>
          pace.step({ stage: 'encode', done: Math.floor((1 + share) * documents.length), total }),
        );
      },
    };
    if (halted()) return;
    const encoded = (d: number | undefined): EncodedText => {
      const { texts, words } = sentences.get(d as number) as Sentences;
      return { vectors: texts.map((text) => vectors.get(text) as Float32Array), words };
    };
    yield {
      stage: 'encode',
      before: 2 * documents.length,
      total,
      tasks: (function* () {
        for (const some of inBatches(asked, batch)) {
          const odds = some.map((p) => oddsByMeaning(encoded(candidates.a[p]), encoded(candidates.b[p])));
          yield {
            job: { op: 'compare', ...pairsOf(corpus, candidates, some), odds },
            take: (found) => some.forEach((p, n) => void keep(p, (found as Results['compare'])[n])),
          };
        }
      })(),
    };
  }

  /** The vectors of all sentences; those of like length go together, so that little is filled up. */
  async #encode(
    texts: readonly string[],
    onBatch: (share: number) => Promise<void>,
  ): Promise<Map<string, Float32Array>> {
    const distinct = [...new Set(texts)].sort((x, y) => x.length - y.length || (x < y ? -1 : 1));
    const vectors = new Map<string, Float32Array>();
    let length: number | undefined;
    for (const some of inBatches(distinct, BATCH)) {
      await onBatch(vectors.size / distinct.length);
      const answer = checkAnswer(await this.#answer([...some]), some.length, length);
      length = (answer[0] as Float32Array).length;
      some.forEach((text, n) => void vectors.set(text, answer[n] as Float32Array));
    }
    return vectors;
  }

  /** What the encoder gives; it is not waited for once the run is aborted. */
  async #answer(sentences: string[]): Promise<unknown> {
    let stop = () => {};
    const aborted = new Promise<never>((_, reject) => {
      stop = () =>
        reject(
          new TwicetoldError('ABORTED', 'the run was ended by its signal while sentences were encoded', {
            cause: this.#signal?.reason,
          }),
        );
    });
    this.#signal?.addEventListener('abort', stop);
    if (this.#signal?.aborted) stop();
    try {
      return await Promise.race([aborted, this.#called(sentences)]);
    } finally {
      this.#signal?.removeEventListener('abort', stop);
    }
  }

  async #called(sentences: string[]): Promise<unknown> {
    try {
      return await this.#encoder(sentences);
    } catch (cause) {
      throw new TwicetoldError(
        'ENCODER_FAILED',
        `the encoder failed on ${sentences.length} sentences: ${cause instanceof Error ? cause.message : describe(cause)}`,
        { cause },
      );
    }
  }
}

/** Throws unless an encoder's answer is a vector for each of `count` sentences, of `length` numbers where that is known. */
function checkAnswer(answer: unknown, count: number, length: number | undefined): Float32Array[] {
  const refuse = (found: string) => {
    throw new TwicetoldError(
      'ENCODER_FAILED',
      `the encoder must give a Float32Array for each sentence, all of one length and of finite numbers; for ${count} sentences it gave ${found}`,
    );
  };
  if (!Array.isArray(answer)) refuse(describe(answer));
  const vectors = answer as unknown[];
  if (vectors.length !== count) refuse(`${vectors.length} vectors`);
  const expected = length ?? (vectors[0] as Float32Array | undefined)?.length;
  for (const vector of vectors) {
    // By name, since it may come from another realm.
    if (Object.prototype.toString.call(vector) !== '[object Float32Array]') refuse(`${describe(vector)} among them`);
    const { length: found } = vector as Float32Array;
    if (found === 0 || found !== expected) refuse(`a vector of ${found} numbers where others have ${expected}`);
    if (!(vector as Float32Array).every(Number.isFinite)) refuse('a vector with a number that is not finite');
  }
  // The encoder may write the next ones where these are.
  return (vectors as Float32Array[]).map((vector) => vector.slice());
}

function logOdds(p: number): number {
  return Math.log(p / (1 - p));
}

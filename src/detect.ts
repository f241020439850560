import { alignWithin } from './align/align.js';
import { round, sentenceSpan } from './align/passages.js';
import { type Candidates, proposePairs } from './candidates/candidates.js';
import { countTerms, type DocumentFrequency } from './candidates/rareterms.js';
import { clusterDocuments } from './cluster/documents.js';
import { clusterPassages } from './cluster/passages.js';
import { describe, TwicetoldError } from './errors.js';
import type { Lexicon } from './lexicon/lexicon.js';
import { checkDocument, provenanceOf, type Settings } from './options.js';
import { publishedAt } from './published.js';
import { type ComparableDocument, comparable } from './relate/document.js';
import { relate } from './relate/relation.js';
import { createSigner, signatureSettings } from './sketch/signer.js';
import type { AnalysedText } from './text/analyse.js';
import { BoilerplateFinder, type BoilerplateSpan } from './text/boilerplate.js';
import type {
  BoilerplateText,
  DocumentPair,
  DocumentSummary,
  Progress,
  Report,
  RunOptions,
  SourceDocument,
} from './types.js';

/** A document that was read and taken apart. */
export interface ReadDocument {
  readonly source: SourceDocument;
  readonly language: string;
  readonly text: AnalysedText;
  /** What is known of its language's words, where that is loaded. */
  readonly lexicon?: Lexicon;
}

/** Takes one document apart, in its language. */
export type Analyser = (source: SourceDocument) => ReadDocument;

/**
 * Finds what is told twice in a corpus. The way of the data, top to bottom: documents are read and taken apart, their
 * boilerplate is set aside, the rest is signed, candidate pairs are proposed, compared and clustered.
 */
export async function detectIn(
  documents: Iterable<SourceDocument> | AsyncIterable<SourceDocument>,
  analyser: Analyser,
  settings: Settings,
  run: RunOptions,
): Promise<Report> {
  const pace = new Pace(run);
  const steps = detectSteps(await readAll(documents, analyser, pace), settings);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pace.step(step.value);
  }
}

/** The same on documents that were read already, at one go. */
export function detectDocuments(read: readonly ReadDocument[], settings: Settings): Report {
  const steps = detectSteps(read, settings);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The stages after reading; says where it stands as it goes. */
function* detectSteps(documents: readonly ReadDocument[], settings: Settings): Generator<Progress, Report> {
  // Sorted, so that the order in which documents come does not matter.
  const read = [...documents].sort((x, y) => (x.source.id < y.source.id ? -1 : 1));
  const boilerplate = findBoilerplate(read);
  const contents = read.map((doc, d) =>
    comparable(doc, boilerplate[d] as BoilerplateSpan[], settings.shingleSize, settings.seed),
  );
  const candidates = yield* propose(contents, settings);
  const total = candidates.pairs.length;
  const pairs: DocumentPair[] = [];
  for (const [done, { a, b }] of candidates.pairs.entries()) {
    yield { stage: 'compare', done, total };
    const comparison = relate(
      contents[a] as ComparableDocument,
      contents[b] as ComparableDocument,
      settings.rewriteThreshold,
    );
    if (comparison.relation !== 'unrelated') pairs.push({ a: idOf(contents[a]), b: idOf(contents[b]), ...comparison });
  }
  yield { stage: 'compare', done: total, total };
  pairs.sort(byStrength);
  const summaries = read.map((doc, d) => summarise(doc, contents[d] as ComparableDocument));
  const report: Report = {
    documents: summaries,
    pairs,
    clusters: clusterDocuments(contents.map(idOf), pairs, settings.linkage),
    passageClusters: clusterPassages(pairs, settings.linkage),
    boilerplate: collectBoilerplate(read, boilerplate),
    stats: {
      documents: read.length,
      words: summaries.reduce((sum, doc) => sum + doc.words, 0),
      sentences: summaries.reduce((sum, doc) => sum + doc.sentences, 0),
      candidates: total,
      related: pairs.length,
      cappedKeys: candidates.cappedKeys,
      lexicon: [...new Set(read.flatMap(({ lexicon }) => (lexicon === undefined ? [] : [lexicon.language])))].sort(),
    },
  };
  yield { stage: 'cluster', done: 1, total: 1 };
  return report;
}

/** Reads, checks and analyses all documents. */
async function readAll(
  documents: Iterable<SourceDocument> | AsyncIterable<SourceDocument>,
  analyser: Analyser,
  pace: Pace,
): Promise<ReadDocument[]> {
  if (
    typeof documents !== 'object' ||
    documents === null ||
    !(Symbol.iterator in documents || Symbol.asyncIterator in documents)
  )
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `documents must be an array, iterable or async iterable of documents, got ${describe(documents)}`,
    );
  const read: ReadDocument[] = [];
  const ids = new Map<string, number>();
  await pace.step({ stage: 'read', done: 0 });
  for await (const value of documents) {
    const source = checkDocument(`document ${read.length + 1}`, value);
    const earlier = ids.get(source.id);
    if (earlier !== undefined)
      throw new TwicetoldError(
        'DUPLICATE_ID',
        `documents ${earlier} and ${read.length + 1} have the same id ${describe(source.id)}; ids must be unique`,
      );
    read.push(analyser(source));
    ids.set(source.id, read.length);
    await pace.step({ stage: 'read', done: read.length });
  }
  return read;
}

function findBoilerplate(read: readonly ReadDocument[]): BoilerplateSpan[][] {
  const finder = new BoilerplateFinder();
  for (const doc of read) finder.add(doc.text);
  return read.map((doc) => finder.find(doc.text));
}

function* propose(contents: readonly ComparableDocument[], settings: Settings): Generator<Progress, Candidates> {
  const signer = createSigner(signatureSettings(settings.permutations, settings.shingleSize, settings.seed));
  const frequency: DocumentFrequency = new Map();
  const signatures: Uint32Array[] = [];
  for (const doc of contents) {
    countTerms(doc.content, frequency);
    const signature = new Uint32Array(settings.permutations);
    signer.hashes(doc.shingles, signature, 0);
    signatures.push(signature);
    yield { stage: 'candidates', done: signatures.length, total: contents.length };
  }
  return proposePairs(
    contents.map((doc) => doc.content),
    signatures,
    frequency,
    settings,
  );
}

/** Strongest first, then by id. */
export function byStrength(x: DocumentPair, y: DocumentPair): number {
  return y.score - x.score || (x.a !== y.a ? (x.a < y.a ? -1 : 1) : x.b < y.b ? -1 : x.b > y.b ? 1 : 0);
}

function summarise(doc: ReadDocument, { content }: ComparableDocument): DocumentSummary {
  const { id, title, published } = doc.source;
  const time = publishedAt(published);
  return {
    id,
    ...(title === undefined ? {} : { title }),
    ...(time === undefined ? {} : { published: new Date(time).toISOString() }),
    ...provenanceOf(doc.source, describe(id)),
    language: doc.language,
    words: doc.text.termIds.length,
    sentences: doc.text.sentences.length / 2,
    repeats: alignWithin(content).map(({ i, j, score }) => ({
      a: sentenceSpan(content, i),
      b: sentenceSpan(content, j),
      score: round(score),
    })),
  };
}

/** Boilerplate of all documents, what most of them have first. */
function collectBoilerplate(read: readonly ReadDocument[], spans: readonly BoilerplateSpan[][]): BoilerplateText[] {
  const byKey = new Map<number, BoilerplateText>();
  read.forEach(({ source }, d) => {
    const here = new Set<number>();
    for (const { start, end, key, reason } of spans[d] as BoilerplateSpan[]) {
      const known = byKey.get(key);
      const entry: BoilerplateText = known ?? {
        text: source.text.slice(start, end),
        documents: 0,
        occurrences: [],
        reason,
      };
      if (known === undefined) byKey.set(key, entry);
      if (reason === 'recurring') entry.reason = reason;
      entry.occurrences.push({ document: source.id, start, end });
      if (!here.has(key)) entry.documents++;
      here.add(key);
    }
  });
  return [...byKey.values()].sort(
    (x, y) => y.documents - x.documents || (x.text < y.text ? -1 : x.text > y.text ? 1 : 0),
  );
}

function idOf(doc: ComparableDocument | undefined): string {
  return (doc as ComparableDocument).source.id;
}

/** Milliseconds of work between two looks at the caller's signal. */
const TURN = 40;

/** Reports progress, and lets timers, input and the caller's signal have their turn. */
class Pace {
  #last = 0;
  #stage: Progress['stage'] | undefined;

  constructor(readonly run: RunOptions) {}

  async step(progress: Progress): Promise<void> {
    const { stage, done, total } = progress;
    const now = Date.now();
    if (now - this.#last < TURN && stage === this.#stage && done !== total) return;
    this.#last = now;
    this.#stage = stage;
    const { onProgress, signal } = this.run;
    onProgress?.(progress);
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    if (signal?.aborted)
      throw new TwicetoldError(
        'ABORTED',
        `the run was ended by its signal in stage ${stage}, after ${done} of ${total ?? 'an unknown number of'} steps`,
        {
          cause: signal.reason,
        },
      );
  }
}

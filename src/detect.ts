import { amongOthers, markCrowds, proposing, RELATED, UNRELATED } from './candidates/candidates.js';
import { OverlapFilter } from './candidates/overlap.js';
import { AMONG_OTHERS, BY_LEADER, type Candidates } from './candidates/pairs.js';
import { clusterDocuments } from './cluster/documents.js';
import { clusterPassages } from './cluster/passages.js';
import { Corpus } from './corpus/corpus.js';
import { pairsOf } from './corpus/corpuspairs.js';
import { readAll } from './corpus/intake.js';
import type { Job, Read, Results } from './corpus/jobs.js';
import type { Opinions } from './corpus/opinions.js';
import { Pace } from './corpus/pace.js';
import { RecurringLines } from './corpus/recurringlines.js';
import { type Crew, inBatches, share, type Wait, type Work } from './corpus/work.js';
import { DisjointSets } from './disjointsets.js';
import { TwicetoldError } from './errors.js';
import { until } from './settings/deadline.js';
import { checkCandidates } from './settings/limits.js';
import type { Settings } from './settings/options.js';
import type {
  Comparison,
  DocumentPair,
  DocumentSummary,
  Progress,
  Report,
  RunOptions,
  SourceDocument,
} from './types.js';

/**
 * Finds what is told twice in a corpus. The way of the data, top to bottom: documents are read and taken apart, their
 * boilerplate is set aside, candidate pairs are proposed, compared and clustered. The stream is read once; what is
 * kept of a document is columns (see corpus.ts), and by the crew what it is compared by.
 */
export async function detectIn(
  documents: Iterable<SourceDocument> | AsyncIterable<SourceDocument>,
  crew: Crew,
  settings: Settings,
  run: RunOptions,
): Promise<Report> {
  const { timeoutMs } = settings;
  if (timeoutMs === undefined) return detectBy(documents, crew, settings, run, new Pace(run));
  const pace = new Pace(run, timeoutMs);
  // What the crew does on this thread is ended by its loops, what it does elsewhere by `pace`.
  const timed: Crew = { ...crew, do: (job) => until(pace.end, timeoutMs, () => crew.do(job)) };
  return pace.within(detectBy(documents, timed, settings, run, pace));
}

async function detectBy(
  documents: Iterable<SourceDocument> | AsyncIterable<SourceDocument>,
  crew: Crew,
  settings: Settings,
  run: RunOptions,
  pace: Pace,
): Promise<Report> {
  // Once comparing has begun, an aborted run may report what it has.
  let halted = false;
  const { encoder } = run;
  const opinions = encoder && new (await import('./corpus/opinions.js')).Opinions(encoder, settings, run);
  const corpus = await readAll(documents, crew, settings, pace);
  const steps = detectSteps(corpus, settings, crew.batch, () => halted, opinions);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (halted) continue;
    try {
      if ('done' in step.value) await pace.step(step.value);
      else if ('wait' in step.value) await step.value.wait(pace);
      else await share(step.value, crew, pace);
    } catch (error) {
      const aborted = error instanceof TwicetoldError && error.code === 'ABORTED';
      if (!aborted || run.onAbort !== 'report' || !/compare|encode|cluster/.test(step.value.stage)) throw error;
      halted = true;
    }
  }
}

/** The same on documents that are at hand, at one go, with a crew that does not wait. */
export function detectDocuments(
  documents: Iterable<SourceDocument>,
  crew: { do<J extends Job>(job: J): Results[J['op']] },
  settings: Settings,
): Report {
  const corpus = new Corpus();
  for (const source of documents) corpus.add(crew.do({ op: 'read', sources: [source] }));
  const steps = detectSteps(corpus, settings, 1);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if ('tasks' in step.value) for (const { job, take } of step.value.tasks) take(crew.do(job));
  }
}

/** The stages after reading; says where it stands, and hands out what others can do. */
function* detectSteps(
  corpus: Corpus,
  settings: Settings,
  batch: number,
  halted = () => false,
  opinions?: Opinions,
): Generator<Progress | Work | Wait, Report> {
  const n = corpus.summaries.length;
  yield* setBoilerplateAside(corpus, batch);
  const candidates = yield* propose(corpus, settings);
  const total = candidates.a.length;
  const found = new Map<number, Comparison>();
  const verdicts = new Uint8Array(total);
  const keep = (p: number, comparison: Comparison | undefined) => {
    verdicts[p] = comparison === undefined ? UNRELATED : RELATED;
    if (comparison !== undefined) found.set(p, comparison);
  };
  const all = candidates.a.keys();
  const comparing =
    opinions === undefined
      ? compareThese(corpus, candidates, all, batch, 'compare', keep)
      : compareThese(corpus, candidates, all, batch, 'doubt', (p, doubt) => {
          if (!opinions.waits(p, doubt)) keep(p, doubt.comparison);
        });
  for (const step of comparing) {
    yield step;
    if (halted()) break;
  }
  if (opinions !== undefined) yield* opinions.settle(corpus, candidates, batch, halted, keep);
  if (settings.level === 'passage' && !halted())
    yield* compareAmongOthers(corpus, candidates, batch, verdicts, found, opinions);
  yield { stage: 'compare', done: total, total };
  yield { stage: 'cluster', done: 0, total: 1 };
  const pairs: DocumentPair[] = [];
  const alike: DocumentPair[] = [];
  for (const [p, comparison] of found) {
    const pair = { a: idAt(corpus, candidates.a[p]), b: idAt(corpus, candidates.b[p]), ...comparison };
    pairs.push(pair);
    if (isAlike(candidates.kind[p] as number, comparison)) alike.push(pair);
  }
  pairs.sort(byStrength);
  const documents = Array.from(corpus.order, (row) => corpus.summaries[row] as DocumentSummary);
  const report: Report = {
    documents,
    pairs,
    clusters: clusterDocuments(
      documents.map(({ id }) => id),
      pairs,
      settings.linkage,
      alike,
    ),
    passageClusters: clusterPassages(pairs, settings.linkage),
    boilerplate: corpus.boilerplate(),
    stats: {
      documents: n,
      words: documents.reduce((sum, doc) => sum + doc.words, 0),
      sentences: documents.reduce((sum, doc) => sum + doc.sentences, 0),
      candidates: total,
      related: pairs.length,
      cappedKeys: candidates.cappedKeys,
      lexicon: [...corpus.lexicons].sort(),
      ...(opinions && { encoded: opinions.asked.size }),
    },
  };
  yield { stage: 'cluster', done: 1, total: 1 };
  return report;
}

/**
 * Resemblance to a leader from which documents of one full band are alike without being compared: Jaccard distance is a metric
 * (Lipkus 1999), so that two of them have at least half of their shingles in common.
 */
const LIKE_LEADER = 0.75;

/** Whether a document is so like the leader of a band that it is one with the others that are. */
export function isAlike(kind: number, { resemblance }: Comparison): boolean {
  return kind === BY_LEADER && resemblance >= LIKE_LEADER;
}

/** Finds the lines that recur, and reads the documents again that have some. */
function* setBoilerplateAside(corpus: Corpus, batch: number): Generator<Work> {
  const lines = new RecurringLines(corpus);
  const n = corpus.summaries.length;
  const total = 4 * n;
  yield {
    stage: 'candidates',
    before: 0,
    total,
    tasks: (function* () {
      for (const asked of inBatches(lines.witnesses(), batch)) {
        yield {
          job: {
            op: 'surroundings',
            places: asked.map(({ row }) => corpus.places[row] as number),
            lines: asked.map((line) => line.lines),
          },
          take: (found) =>
            asked.forEach((line, n) => void lines.testify(line, (found as Results['surroundings'])[n] ?? [])),
        };
      }
    })(),
  };
  yield {
    stage: 'candidates',
    before: n,
    total,
    tasks: (function* () {
      for (const again of inBatches(lines.recurring(), batch)) {
        yield {
          job: {
            op: 'reread',
            places: again.map(({ row }) => corpus.places[row] as number),
            recurring: again.map((line) => line.lines),
          },
          take: (read) =>
            corpus.replace(
              again.map(({ row }) => row),
              read as Read,
            ),
        };
      }
    })(),
  };
}

/** Proposes pairs, and turns away those whose terms say that comparing them is not worth while. */
function* propose(corpus: Corpus, settings: Settings): Generator<Progress, Candidates> {
  const n = corpus.summaries.length;
  const total = 4 * n;
  const ranking = corpus.rankTerms();
  for (let next = ranking.next(); ; next = ranking.next()) {
    if (!next.done) {
      yield { stage: 'candidates', done: 2 * n + next.value, total };
      continue;
    }
    const columns = { terms: corpus.terms, bands: corpus.bands, order: corpus.order };
    const filter = new OverlapFilter(columns, next.value);
    const proposed = proposing(columns, settings, settings.level === 'passage', {
      passes: (a, b, shared) => filter.passes(a, b, shared),
      room: (pairs) => checkCandidates(pairs, settings),
    });
    for (let step = proposed.next(); ; step = proposed.next()) {
      if (!step.done) {
        yield { stage: 'candidates', done: 3 * n + Math.floor(step.value / 4), total };
        continue;
      }
      markCrowds(step.value, n);
      yield { stage: 'candidates', done: total, total };
      return step.value;
    }
  }
}

/** Compares once more those related pairs that are among others (see `amongOthers`), but what an encoder decided and what is a copy. */
function* compareAmongOthers(
  corpus: Corpus,
  candidates: Candidates,
  batch: number,
  verdicts: Uint8Array,
  found: Map<number, Comparison>,
  opinions: Opinions | undefined,
): Generator<Work> {
  const again = amongOthers(candidates, verdicts, corpus.summaries.length).filter(
    (p) => isAskedAgain(found.get(p) as Comparison) && !opinions?.asked.has(p),
  );
  const kind = new Uint8Array(candidates.kind.length).fill(AMONG_OTHERS);
  yield* compareThese(corpus, { ...candidates, kind }, again, batch, 'compare', (p, comparison) => {
    if (comparison === undefined) found.delete(p);
    else found.set(p, comparison);
  });
}

/** Whether a relation may be another among others: a copy is one wherever it stands. */
function isAskedAgain({ relation }: Pick<Comparison, 'relation'>): boolean {
  return relation === 'rewrite' || relation === 'excerpt';
}

/** Compares pairs, those of one group of documents one after the other, so that none is fetched more often than need be. */
function* compareThese<Op extends 'compare' | 'doubt'>(
  corpus: Corpus,
  { a, b, kind }: Candidates,
  these: Iterable<number>,
  batch: number,
  op: Op,
  found: (p: number, result: Results[Op][number]) => void,
): Generator<Work> {
  const total = a.length;
  const groups = new DisjointSets(corpus.summaries.length);
  for (let p = 0; p < total; p++) groups.unite(a[p] as number, b[p] as number);
  const group = Uint32Array.from(a, (d) => groups.find(d));
  const order = Uint32Array.from(these).sort((x, y) => (group[x] as number) - (group[y] as number) || x - y);
  yield {
    stage: 'compare',
    before: total - order.length,
    total,
    tasks: (function* () {
      for (const some of inBatches(order, batch)) {
        yield {
          job: { op, ...pairsOf(corpus, { a, b, kind }, some) },
          take: (results) =>
            (results as Results[Op]).forEach(
              (result, n) => void found(some[n] as number, result as Results[Op][number]),
            ),
        };
      }
    })(),
  };
}

/** Strongest first, then by id. */
export function byStrength(x: DocumentPair, y: DocumentPair): number {
  return y.score - x.score || (x.a !== y.a ? (x.a < y.a ? -1 : 1) : x.b < y.b ? -1 : x.b > y.b ? 1 : 0);
}

function idAt(corpus: Corpus, d: number | undefined): string {
  return (corpus.summaries[corpus.order[d as number] as number] as DocumentSummary).id;
}

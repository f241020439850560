import { describe, TwicetoldError } from '../errors.js';
import { checkRoom, checkSize } from '../settings/limits.js';
import { checkDocument, type Settings } from '../settings/options.js';
import type { SourceDocument } from '../types.js';
import { Corpus } from './corpus.js';
import type { Read } from './jobs.js';
import type { Pace } from './pace.js';
import type { Crew } from './work.js';

/** Reads and checks all documents, and has them taken apart. */
export async function readAll(
  documents: Iterable<SourceDocument> | AsyncIterable<SourceDocument>,
  crew: Crew,
  settings: Settings,
  pace: Pace,
): Promise<Corpus> {
  if (
    typeof documents !== 'object' ||
    documents === null ||
    !(Symbol.iterator in documents || Symbol.asyncIterator in documents)
  )
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `documents must be an array, iterable or async iterable of documents, got ${describe(documents)}`,
    );
  const corpus = new Corpus();
  const pending: Promise<Read>[] = [];
  let sources: SourceDocument[] = [];
  const hand = () => {
    pending.push(Promise.resolve(crew.do({ op: 'read', sources })));
    // What fails is reported when its turn comes.
    (pending[pending.length - 1] as Promise<Read>).catch(() => undefined);
    sources = [];
  };
  await pace.step({ stage: 'read', done: 0 });
  for await (const value of pace.waiting(documents, () => corpus.announced)) {
    const source = checkDocument(`document ${corpus.announced + 1}`, value);
    checkRoom(corpus.announced, settings);
    checkSize(source, settings);
    corpus.announce(source.id);
    sources.push(source);
    if (sources.length >= crew.batch) hand();
    while (pending.length >= crew.ahead) corpus.add(await (pending.shift() as Promise<Read>));
    await pace.step({ stage: 'read', done: corpus.announced });
  }
  if (sources.length > 0) hand();
  for (const read of pending) corpus.add(await read);
  return corpus;
}

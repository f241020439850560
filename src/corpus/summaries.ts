import { alignWithin } from '../align/align.js';
import { round, sentenceSpan } from '../align/passages.js';
import { describe } from '../errors.js';
import { publishedAt } from '../published.js';
import { provenanceOf } from '../settings/options.js';
import type { AnalysedText } from '../text/analyse.js';
import type { DocumentSummary, Provenance, SourceDocument } from '../types.js';
import type { ReadDocument } from './analyser.js';

/** What the report says of where a document is from. */
export function describeSource(
  source: SourceDocument,
): Pick<DocumentSummary, 'id' | 'title' | 'published'> & Provenance {
  const { id, title, published } = source;
  const time = publishedAt(published);
  return {
    id,
    ...(title === undefined ? {} : { title }),
    ...(time === undefined ? {} : { published: new Date(time).toISOString() }),
    ...provenanceOf(source, describe(id)),
  };
}

/** What the report says of a document. */
export function summarise(doc: ReadDocument, content: AnalysedText): DocumentSummary {
  return {
    ...describeSource(doc.source),
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

import { PLACES } from '../candidates/lookup.js';
import { isSegment, type Segment } from '../candidates/postings.js';
import { publishedAt } from '../published.js';
import { checkRoom } from '../settings/limits.js';
import { checkDocument, type Settings } from '../settings/options.js';
import type { SourceDocument } from '../types.js';
import { readSnapshot, refusal, writeSnapshot } from './snapshot.js';
import { Texts } from './texts.js';

/** What is kept of a document beside its text. */
export type Meta = Omit<SourceDocument, 'text'>;

/** Postings of an index: places of terms, documents of bands, documents of lines. */
type Segments = readonly [terms: Segment, bands: Segment, lines: Segment];

/** An index without removed documents: what is known of document n is at n of each. */
export interface IndexParts {
  readonly metas: readonly Meta[];
  readonly texts: Texts;
  /** Distinct content terms. */
  readonly termCounts: readonly number[];
  readonly segments: Segments;
}

/** What was saved; without the columns that say nothing under the options at hand. */
export type SavedIndex = Pick<IndexParts, 'metas' | 'texts'> & Partial<IndexParts>;

/*
 * Sections of a saved index: 0 the head, as JSON in UTF-8; 1 distinct content terms by document; 2 numbers a packed
 * text; 3 the packed texts; then keys, starts and values of the terms (4 to 6), the bands (7 to 9) and the lines (10 to 12).
 */
const SECTIONS = 13;

/** Writes an index to one buffer. */
export function saveIndex({ metas, texts, termCounts, segments }: IndexParts, settings: Settings): ArrayBuffer {
  const { numbers, lengths } = texts.columns();
  return writeSnapshot([
    encode({ made: madeFor(settings), tokens: [...texts.tokens], documents: metas.map(plainMeta) }),
    Uint32Array.from(termCounts),
    lengths,
    numbers,
    ...segments.flatMap(({ keys, starts, values }) => [keys, starts, values]),
  ]);
}

/**
 * Reads an index, without copying its columns.
 *
 * @throws TwicetoldError `INVALID_ARGUMENT` for a buffer that is damaged or no index, `TOO_MANY` for more documents than there may be
 */
export function readIndex(buffer: ArrayBuffer, settings: Settings): SavedIndex {
  const sections = readSnapshot(buffer, SECTIONS);
  const words = sections.map((bytes) => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2));
  const { made, tokens, documents } = decode(sections[0] as Uint8Array);
  const [, termCounts, lengths, numbers] = words as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const n = documents.length;
  checkRoom(n - 1, settings);
  if (termCounts.length !== n || lengths.length !== n) throw refusal('its columns do not fit each other');
  const kept = { metas: documents, texts: Texts.of(tokens, numbers, lengths) };
  if (JSON.stringify(made) !== JSON.stringify(madeFor(settings))) return kept;
  if (new Set(documents.map(({ id }) => id)).size < n) throw refusal('two of its documents have one id');
  const segments = [0, 1, 2].map((k): Segment => {
    const [keys, starts, values] = words.slice(4 + 3 * k, 7 + 3 * k) as [Uint32Array, Uint32Array, Uint32Array];
    return { keys, starts, values };
  }) as [Segment, Segment, Segment];
  const bounds = [n * PLACES, n, n];
  if (!segments.every((segment, k) => isSegment(segment, bounds[k] as number)))
    throw refusal('its columns do not fit each other');
  return { ...kept, termCounts: [...termCounts], segments };
}

/** What the columns of an index depend on. */
function madeFor({ languages, shingleSize, permutations, seed, banding }: Settings): object {
  return { languages, shingleSize, permutations, seed, bands: banding.bands, rows: banding.rows };
}

interface Head {
  made: object;
  tokens: string[];
  documents: Meta[];
}

function encode(head: { [K in keyof Head]: Readonly<Head[K]> }): Uint8Array {
  // JSON writes half of a surrogate pair as an escape, so that nothing is lost in UTF-8.
  return new TextEncoder().encode(JSON.stringify(head));
}

function decode(bytes: Uint8Array): Head {
  try {
    const head = JSON.parse(new TextDecoder().decode(bytes)) as Head;
    if (Array.isArray(head.tokens) && Array.isArray(head.documents) && head.tokens.every(isString)) {
      // Each as `add` took it.
      const documents = head.documents.map((meta) => {
        const { text: _, ...checked } = checkDocument('a document', { ...meta, text: '' });
        return checked;
      });
      return { ...head, documents };
    }
  } catch {
    // Falls through to the refusal.
  }
  throw refusal('it holds no list of documents');
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function plainMeta({ published, ...meta }: Meta): Meta {
  return published === undefined
    ? meta
    : { ...meta, published: new Date(publishedAt(published) as number).toISOString() };
}

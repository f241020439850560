import { describe, expectTypeOf, it } from 'vitest';
import {
  type CompareOptions,
  type Comparison,
  type Contradiction,
  compare,
  createDetector,
  type Detector,
  type DetectorOptions,
  type DocumentPair,
  detect,
  type ErrorCode,
  LANGUAGES,
  type LshCandidate,
  LshIndex,
  type LshIndexOptions,
  type PassagePair,
  type QueryOptions,
  type Relation,
  type Report,
  type ReuseIndex,
  type RunOptions,
  type SentenceFeature,
  type SentencePair,
  type SentenceSimilarities,
  type SourceDocument,
  type Span,
  TwicetoldError,
} from '../src/index.js';
import {
  type ReadOptions,
  readDocuments,
  readText,
  SignPool,
  type SignPoolOptions,
  signMany,
} from '../src/node/index.js';

type Documents = Iterable<SourceDocument> | AsyncIterable<SourceDocument>;

describe('the types of the detector', () => {
  it('createDetector', () => {
    expectTypeOf(createDetector).parameters.toEqualTypeOf<[options?: DetectorOptions]>();
    expectTypeOf(createDetector).returns.resolves.toEqualTypeOf<Detector>();
    createDetector({ languages: ['en', 'de'] as const, linkage: 'single' });
    // @ts-expect-error: no such linkage
    createDetector({ linkage: 'ward' });
    // @ts-expect-error: an option left out is left out, not undefined
    createDetector({ seed: undefined });
  });

  it('Detector', () => {
    expectTypeOf<Detector['compare']>().parameters.toEqualTypeOf<
      [a: string | SourceDocument, b: string | SourceDocument, options?: CompareOptions]
    >();
    expectTypeOf<Detector['compare']>().returns.toEqualTypeOf<Comparison>();
    expectTypeOf<Detector['similarity']>().toEqualTypeOf<(sentenceA: string, sentenceB: string) => number>();
    expectTypeOf<Detector['sentenceSimilarities']>().toEqualTypeOf<
      (a: string | SourceDocument, b: string | SourceDocument) => SentenceSimilarities
    >();
    expectTypeOf<Detector['detect']>().parameters.toEqualTypeOf<[documents: Documents, run?: RunOptions]>();
    expectTypeOf<Detector['detect']>().returns.resolves.toEqualTypeOf<Report>();
    expectTypeOf<Detector['index']>().toEqualTypeOf<(buffer?: ArrayBuffer) => ReuseIndex>();
    expectTypeOf<keyof Detector>().toEqualTypeOf<
      'compare' | 'similarity' | 'sentenceSimilarities' | 'detect' | 'index' | 'rewriteThreshold'
    >();
  });

  it('compare', () => {
    expectTypeOf(compare).parameters.toEqualTypeOf<
      [a: string | SourceDocument, b: string | SourceDocument, options?: DetectorOptions & CompareOptions]
    >();
    expectTypeOf(compare).returns.resolves.toEqualTypeOf<Comparison>();
    // @ts-expect-error: a document has a text
    compare({ id: 'a' }, 'b');
  });

  it('detect', () => {
    expectTypeOf(detect).parameters.toEqualTypeOf<
      [documents: Documents, options?: DetectorOptions & RunOptions, run?: RunOptions]
    >();
    expectTypeOf(detect).returns.resolves.toEqualTypeOf<Report>();
    detect(new Set<SourceDocument>());
    // @ts-expect-error: documents, not texts
    detect(['a text']);
  });

  it('what a comparison holds', () => {
    expectTypeOf<Comparison['relation']>().toEqualTypeOf<Relation>();
    expectTypeOf<Comparison['passages']>().toEqualTypeOf<PassagePair[]>();
    expectTypeOf<Comparison['original']>().toEqualTypeOf<'a' | 'b' | undefined>();
    expectTypeOf<PassagePair['sentences']>().toEqualTypeOf<SentencePair[]>();
    expectTypeOf<SentencePair>().toEqualTypeOf<{
      a: Span;
      b: Span;
      score: number;
      contradicts?: Contradiction[];
      features?: SentenceFeature[];
    }>();
    expectTypeOf<DocumentPair>().toMatchTypeOf<{ a: string; b: string }>();
    expectTypeOf<Report['pairs']>().toEqualTypeOf<DocumentPair[]>();
  });
});

describe('the types of the indexes', () => {
  it('ReuseIndex', () => {
    expectTypeOf<ReuseIndex['add']>().toEqualTypeOf<(doc: SourceDocument) => void>();
    expectTypeOf<ReuseIndex['replace']>().toEqualTypeOf<(doc: SourceDocument) => boolean>();
    expectTypeOf<ReuseIndex['remove']>().toEqualTypeOf<(id: string) => boolean>();
    expectTypeOf<ReuseIndex['has']>().toEqualTypeOf<(id: string) => boolean>();
    expectTypeOf<ReuseIndex['query']>().toEqualTypeOf<
      (doc: string | SourceDocument, options?: QueryOptions) => DocumentPair[]
    >();
    expectTypeOf<ReuseIndex['report']>().toEqualTypeOf<() => Report>();
    expectTypeOf<ReuseIndex['toBuffer']>().toEqualTypeOf<() => ArrayBuffer>();
    expectTypeOf<Pick<ReuseIndex, 'size'>>().toEqualTypeOf<{ readonly size: number }>();
  });

  it('LshIndex', () => {
    expectTypeOf(LshIndex).constructorParameters.toEqualTypeOf<[options?: LshIndexOptions]>();
    expectTypeOf<LshIndex['insert']>().toEqualTypeOf<(id: string, signature: Uint32Array) => void>();
    expectTypeOf<LshIndex['remove']>().toEqualTypeOf<(id: string) => boolean>();
    expectTypeOf<LshIndex['has']>().toEqualTypeOf<(id: string) => boolean>();
    expectTypeOf<LshIndex['query']>().toEqualTypeOf<(signature: Uint32Array) => LshCandidate[]>();
    expectTypeOf<LshCandidate>().toEqualTypeOf<{ id: string; estimate: number }>();
    expectTypeOf<Pick<LshIndex, 'size' | 'permutations'>>().toEqualTypeOf<{
      readonly size: number;
      readonly permutations: number;
    }>();
    // @ts-expect-error: a signature, not a text
    new LshIndex().query('text');
  });
});

describe('the types of the rest', () => {
  it('TwicetoldError and LANGUAGES', () => {
    expectTypeOf<TwicetoldError>().toExtend<Error>();
    expectTypeOf<TwicetoldError['code']>().toEqualTypeOf<ErrorCode>();
    expectTypeOf(TwicetoldError).constructorParameters.toEqualTypeOf<
      [code: ErrorCode, message: string, options?: ErrorOptions]
    >();
    expectTypeOf(LANGUAGES).toEqualTypeOf<readonly string[]>();
  });

  it('readDocuments', () => {
    expectTypeOf(readDocuments).parameters.toEqualTypeOf<[paths: string | readonly string[], options?: ReadOptions]>();
    expectTypeOf(readDocuments).returns.toEqualTypeOf<AsyncGenerator<SourceDocument>>();
    expectTypeOf<NonNullable<ReadOptions['onSkip']>>().toEqualTypeOf<(path: string, error: TwicetoldError) => void>();
    detect(readDocuments('seeds'));
  });

  it('readText', () => {
    expectTypeOf(readText).parameters.toEqualTypeOf<[path: string]>();
    expectTypeOf(readText).returns.resolves.toEqualTypeOf<string>();
  });

  it('SignPool and signMany', () => {
    type Texts = readonly (string | Uint8Array)[];
    expectTypeOf(SignPool).constructorParameters.toEqualTypeOf<[options?: SignPoolOptions]>();
    expectTypeOf<SignPool['signMany']>().toEqualTypeOf<(documents: Texts) => Promise<Uint32Array>>();
    expectTypeOf<SignPool['close']>().toEqualTypeOf<() => Promise<void>>();
    expectTypeOf(signMany).toEqualTypeOf<(documents: Texts, options?: SignPoolOptions) => Promise<Uint32Array>>();
  });
});

/**
 * Finds text told twice: copied, edited, or rewritten in other words.
 *
 * @packageDocumentation
 */
export { type LshCandidate, LshIndex, type LshIndexOptions } from './candidates/lsh.js';
export type { Detector } from './detector.js';
export { type ErrorCode, TwicetoldError } from './errors.js';
export { compare, createDetector, detect } from './ondemand.js';
export type { QueryOptions, ReuseIndex } from './reuse/reuseindex.js';
export { type Banding, bandsFor } from './sketch/bands.js';
export { compareMany } from './sketch/many.js';
export {
  estimateJaccard,
  MinHasher,
  type MinHasherOptions,
  SIGNATURE_FORMAT,
  type SignManyOptions,
} from './sketch/minhash.js';
export { compareManyPacked, estimatePackedJaccard, type PackedBits, packSignature } from './sketch/pack.js';
export { jaccard, type ShingleOptions, shingles } from './sketch/shingles.js';
export { LANGUAGES } from './text/language.js';
export type {
  BoilerplateText,
  ClusterLink,
  CompareOptions,
  Comparison,
  Contradiction,
  DetectorOptions,
  DocumentCluster,
  DocumentPair,
  DocumentSummary,
  Linkage,
  MatchingWords,
  PassageCluster,
  PassageKind,
  PassageMember,
  PassagePair,
  Progress,
  Provenance,
  Relation,
  Report,
  RunOptions,
  RunStats,
  SentenceEncoder,
  SentenceFeature,
  SentencePair,
  SentenceSimilarities,
  SourceDocument,
  Span,
  TextFacts,
} from './types.js';

export { type ErrorCode, TwicetoldError } from './errors.js';
export { type Banding, bandsFor } from './sketch/bands.js';
export { compareMany } from './sketch/many.js';
export {
  estimateJaccard,
  MinHasher,
  type MinHasherOptions,
  SIGNATURE_FORMAT,
  type SignManyOptions,
} from './sketch/minhash.js';
export { estimatePackedJaccard, type PackedBits, packSignature } from './sketch/pack.js';
export { jaccard, type ShingleOptions, shingles } from './sketch/shingles.js';

export { type ErrorCode, TwicetoldError } from './errors.js';
export { type Banding, bandsFor } from './sketch/bands.js';
export { estimateJaccard, MinHasher, type MinHasherOptions, SIGNATURE_FORMAT } from './sketch/minhash.js';
export { jaccard, type ShingleOptions, shingles } from './sketch/shingles.js';

/**
 * What needs Node.js: files, threads.
 *
 * @packageDocumentation
 */

export type { StoredIndex } from '../reuse/storedindex.js';
export { detect, type NodeDetectOptions } from './detect.js';
export { type OpenIndexOptions, openIndex } from './open-index.js';
export { type ReadOptions, readDocuments, readText } from './read.js';
export type { Format } from './readers/formats.js';
export type { FieldMapping } from './readers/input.js';
export { SignPool, type SignPoolOptions, signMany } from './sign-pool.js';

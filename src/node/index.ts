/**
 * What needs Node.js: files, threads.
 *
 * @packageDocumentation
 */
export { detect, type NodeDetectOptions } from './detect.js';
export { type ReadOptions, readDocuments, readText } from './read.js';
export type { Format } from './readers/formats.js';
export type { FieldMapping } from './readers/input.js';
export { SignPool, type SignPoolOptions, signMany } from './sign-pool.js';

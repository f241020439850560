/**
 * What needs Node.js: files.
 *
 * @packageDocumentation
 */
export { type ReadOptions, readDocuments, readText } from './read.js';

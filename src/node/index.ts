/**
 * What needs Node.js: files, and signing on threads.
 *
 * @packageDocumentation
 */
export { type ReadOptions, readDocuments, readText } from './read.js';
export { SignPool, type SignPoolOptions, signMany } from './sign-pool.js';

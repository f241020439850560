import { checkInteger } from '../errors.js';

/** A seed as an option gives it: a number, or `'random'`, one that nobody can know beforehand. */
export function seedOf(value: unknown): number {
  if (value === 'random') return (globalThis.crypto.getRandomValues(new Uint32Array(1)) as Uint32Array)[0] as number;
  return checkInteger('seed', value ?? 1, 0, 0xffffffff);
}

import { round } from '../align/passages.js';
import type { Comparison } from '../types.js';
import { findEarlier } from './direction.js';
import { type ComparableDocument, distinct } from './document.js';
import { NEAR_DUPLICATE } from './relation.js';
import { commonCount } from './shares.js';

/**
 * What two texts are to each other as wholes, from their shingles alone: undefined where they resemble each other less than
 * `least`. The score is their exact resemblance, the containment that of their shingles.
 */
export function relateCopies(a: ComparableDocument, b: ComparableDocument, least: number): Comparison | undefined {
  const setA = distinct(a.shingles);
  const setB = distinct(b.shingles);
  const both = commonCount(setA, setB);
  const either = setA.length + setB.length - both;
  const resemblance = either > 0 ? both / either : 0;
  if (resemblance < least) return undefined;
  const same = a.shingles.length === b.shingles.length && a.shingles.every((x, i) => x === b.shingles[i]);
  const original = findEarlier(a, b);
  return {
    relation: same ? 'duplicate' : resemblance >= NEAR_DUPLICATE ? 'near-duplicate' : 'rewrite',
    score: round(resemblance),
    resemblance: round(resemblance),
    containment: { a: round(both / setA.length), b: round(both / setB.length) },
    passages: [],
    ...(original === undefined ? {} : { original }),
  };
}

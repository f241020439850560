import type { Comparison, DocumentPair, Relation } from '../types.js';

/** Relations that are reported, strongest first. */
export const RELATIONS = ['duplicate', 'near-duplicate', 'rewrite', 'excerpt'] as const satisfies readonly Relation[];

/** A relation as a noun, in one and in several. */
const NOUNS: Record<Relation, readonly [string, string]> = {
  duplicate: ['copy', 'copies'],
  'near-duplicate': ['near-copy', 'near-copies'],
  rewrite: ['rewrite', 'rewrites'],
  excerpt: ['excerpt', 'excerpts'],
  unrelated: ['unrelated pair', 'unrelated pairs'],
};

/** A number of things, in words that fit the number. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

/** So many copies, rewrites, excerpts. */
export function countRelation(n: number, relation: Relation): string {
  return count(n, ...NOUNS[relation]);
}

/** A share as a whole number of per cent; what is not nothing is never shown as 0, nor what is not all as 100. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 0 && share > 0) return '< 1 %';
  if (rounded === 100 && share < 1) return '> 99 %';
  return `${rounded} %`;
}

/** `x`, `x and y`, `x, y and z`. */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** Share of both texts in passages from which what they share is no part of them. */
const MOSTLY = 0.8;

/** What two documents are to each other, as one sentence. `a` and `b` are how they are called. */
export function statement(pair: DocumentPair | Comparison, a: string, b: string): string {
  const [taken, from] = pair.original === 'a' ? [b, a] : [a, b];
  const directed = pair.original !== undefined;
  switch (pair.relation) {
    case 'duplicate':
      return directed ? `${taken} is a copy of ${from}.` : `${a} and ${b} have the same words.`;
    case 'near-duplicate':
      return directed ? `${taken} is nearly a copy of ${from}.` : `${a} and ${b} have nearly the same words.`;
    case 'rewrite':
      // A copy that was cut or added to, whose wholes are not near enough to be near-duplicates.
      if (pair.passages.length > 0 && pair.passages.every(({ kind }) => kind === 'verbatim'))
        return directed
          ? `${taken} takes from ${from} word for word.`
          : `${a} and ${b} have a good part word for word in common.`;
      return directed ? `${taken} is a rewrite of ${from}.` : `${a} and ${b} tell the same in other words.`;
    case 'excerpt':
      if (Math.min(pair.containment.a, pair.containment.b) >= MOSTLY)
        return `Most of ${a} and ${b} is told in both, of other names and figures.`;
      return directed ? `A part of ${from} is in ${taken}.` : `A part of the one is in the other: ${a}, ${b}.`;
    default:
      return pair.passages.length > 0
        ? `${a} and ${b} are not related as wholes, though they tell something in common.`
        : `${a} and ${b} are not related.`;
  }
}

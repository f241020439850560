import type { Comparison, DocumentPair, PassageKind, PassagePair, Relation } from '../types.js';

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
      return directed ? `${taken} is a rewrite of ${from}.` : `${a} and ${b} tell the same in other words.`;
    case 'excerpt':
      return directed ? `A part of ${from} is in ${taken}.` : `A part of the one is in the other: ${a}, ${b}.`;
    default:
      return pair.passages.length > 0
        ? `${a} and ${b} are not related as wholes, though they tell something in common.`
        : `${a} and ${b} are not related.`;
  }
}

const KIND_WORDS: Record<PassageKind, string> = {
  verbatim: 'word for word',
  edited: 'edited',
  paraphrased: 'in other words',
};

/** What a low resemblance means: another wording, unless what is shared is a copy in a longer text. */
function wordingOf(resemblance: number, passages: readonly PassagePair[]): string {
  if (passages.some(({ kind }) => kind === 'verbatim')) return '';
  return resemblance < 0.2 ? ': the wording is another' : ': part of the wording was kept';
}

/** Why a pair is what it is: a few sentences, each drawn from a figure of the pair. */
export function reasons(pair: DocumentPair | Comparison, a: string, b: string): string[] {
  const { passages, containment, resemblance } = pair;
  const found: string[] = [];
  if (passages.length === 0) return ['No passage of the one tells what the other tells.'];
  const kinds = (['verbatim', 'edited', 'paraphrased'] as const)
    .map((kind) => [kind, passages.filter((passage) => passage.kind === kind).length] as const)
    .filter(([, n]) => n > 0)
    .map(([kind, n]) => `${n} ${KIND_WORDS[kind]}`);
  const sentences = passages.reduce((sum, passage) => sum + passage.sentences.length, 0);
  found.push(
    `${percent(containment.a)} of the words of ${a} and ${percent(containment.b)} of those of ${b} lie in ${count(passages.length, 'passage')} that both tell: ${listed(kinds)}.`,
  );
  if (sentences > 0) {
    const sure = passages.reduce(
      (sum, { sentences: list }) => sum + list.filter(({ score }) => score >= 0.9).length,
      0,
    );
    found.push(
      `${count(sentences, 'sentence')} ${sentences === 1 ? 'has its' : 'have their'} like in the other text${sure > 0 ? `, ${sure} of them with a probability of 90 % or more` : ''}.`,
    );
  }
  found.push(
    resemblance >= 0.8
      ? `Of all runs of words that stand in either, ${percent(resemblance)} stand in both.`
      : `${percent(resemblance)} of all runs of words stand in both${wordingOf(resemblance, passages)}.`,
  );
  found.push(
    pair.original === undefined
      ? 'Nothing says which of them came first.'
      : `Dates, or the marks that rewriting leaves, say that ${pair.original === 'a' ? a : b} came first.`,
  );
  return found;
}

import { alignWithin } from '../align/align.js';
import { publishedAt } from '../published.js';
import type { ComparableDocument } from './document.js';

/** A text of which this share is in the other, while much less of the other is in it, took a selection from the fuller one. */
const TAKEN_WHOLE = 0.8;
/** Most of the fuller text that the selection may hold. */
const FULLER = 0.6;
/** Sentences that must be left over in the fuller text. */
const LEFT_OVER = 4;

/**
 * Which of two related texts the other was made from, or undefined where the evidence is thin.
 *
 * Dates decide, where both texts have one and they differ. Else the texts may show it: marks that machine rewriting
 * leaves (a full stop on both sides of a closing quote, sentences told twice within one text), or one text taking
 * nearly all that it says from a part of the other. Signs that contradict each other decide nothing.
 */
export function findOriginal(
  a: ComparableDocument,
  b: ComparableDocument,
  matched: { a: number; b: number },
): 'a' | 'b' | undefined {
  const earlier = findEarlier(a, b);
  if (earlier !== undefined) return earlier;
  let votes = Math.sign(rewritingMarks(b) - rewritingMarks(a));
  if (isSelection(matched.a, matched.b, b)) votes -= 1;
  if (isSelection(matched.b, matched.a, a)) votes += 1;
  return votes === 0 ? undefined : votes > 0 ? 'a' : 'b';
}

/** Which of two documents was published first, or undefined where a date is missing or both are the same. */
export function findEarlier(a: ComparableDocument, b: ComparableDocument): 'a' | 'b' | undefined {
  const dateA = publishedAt(a.source.published);
  const dateB = publishedAt(b.source.published);
  if (dateA === undefined || dateB === undefined || dateA === dateB) return undefined;
  return dateA < dateB ? 'a' : 'b';
}

function isSelection(taken: number, fuller: number, doc: ComparableDocument): boolean {
  return taken >= TAKEN_WHOLE && fuller <= FULLER && (1 - fuller) * (doc.content.sentences.length / 2) >= LEFT_OVER;
}

/** Signs of machine rewriting: doubled full stops around quotes, and sentences told twice. Two are needed to count. */
function rewritingMarks({ content }: ComparableDocument): number {
  const doubled = content.text.match(/[.!?][”"»]\.|[“«][”»]\./g)?.length ?? 0;
  const marks = doubled + alignWithin(content).length;
  return marks >= 2 ? marks : 0;
}

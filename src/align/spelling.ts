import levenshtein from 'fast-levenshtein';
import type { AnalysedText } from '../text/analyse.js';
import { fold } from '../text/fold.js';
import { NAME, NUMBER } from '../text/terms.js';

/** A name that only one of the documents has, folded. */
interface LoneName {
  readonly term: number;
  readonly spelling: string;
}

/**
 * Names that the two documents spell differently (Zelensky / Zelenskyy, Kyslytsya / Kyslytsia): pairs of a term
 * of `b` and the term of `a` that it stands for.
 *
 * Only names that the other document lacks are compared, with the same first letter, at a Levenshtein distance
 * (Levenshtein 1966) of one letter in five to seven, two in more: shorter names differ by a letter and mean
 * another place (Iran, Iraq).
 */
export function spellingVariants(
  a: AnalysedText,
  localA: Uint32Array,
  b: AnalysedText,
  localB: Uint32Array,
): Map<number, number> {
  const variants = new Map<number, number>();
  const namesA = loneNames(a, localA, present(localB));
  if (namesA.length === 0) return variants;
  const byInitial = new Map<string, LoneName[]>();
  for (const name of namesA) {
    const initial = name.spelling[0] as string;
    const list = byInitial.get(initial);
    if (list === undefined) byInitial.set(initial, [name]);
    else list.push(name);
  }
  for (const name of loneNames(b, localB, present(localA))) {
    let least = 3;
    for (const other of byInitial.get(name.spelling[0] as string) ?? []) {
      const shorter = Math.min(name.spelling.length, other.spelling.length);
      if (Math.abs(name.spelling.length - other.spelling.length) > 2) continue;
      const distance = levenshtein.get(name.spelling, other.spelling);
      if (distance <= (shorter >= 8 ? 2 : 1) && distance < least) {
        least = distance;
        variants.set(name.term, other.term);
      }
    }
  }
  return variants;
}

/** By term, 1 where the document has it. */
function present(local: Uint32Array): Uint8Array {
  let size = 0;
  for (let t = 0; t < local.length; t++) if ((local[t] as number) >= size) size = (local[t] as number) + 1;
  const out = new Uint8Array(size);
  for (let t = 0; t < local.length; t++) out[local[t] as number] = 1;
  return out;
}

function loneNames(doc: AnalysedText, local: Uint32Array, others: Uint8Array): LoneName[] {
  const names = new Map<number, LoneName>();
  for (let t = 0; t < local.length; t++) {
    const term = local[t] as number;
    const flags = doc.termFlags[t] as number;
    if (!(flags & NAME) || flags & NUMBER || others[term] === 1 || names.has(term)) continue;
    const spelling = fold(doc.text.slice(doc.termSpans[2 * t], doc.termSpans[2 * t + 1]));
    if (spelling.length >= 5 && spelling.length <= 40) names.set(term, { term, spelling });
  }
  return [...names.values()];
}

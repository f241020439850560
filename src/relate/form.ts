import type { AnalysedText } from '../text/analyse.js';
import { NAME, NUMBER } from '../text/terms.js';

/** Names and figures that a text needs before they say anything of it. */
const LEAST_FACTS = 4;
/**
 * Share of its names and figures that the text with fewer has in common with the other: in 99 of 100 rewrites 0.6 and more, in
 * 99 of 100 fillings of one form 0.3 and less (benchmarks/corpora).
 */
const SAME_FACTS = 0.5;

/**
 * Whether two texts that are mostly of the same words are one form filled with different facts: weather, results, notices.
 * Each has names and figures that the other lacks, and many of them; a copy, however edited, keeps those of its original.
 */
export function fillOneForm(a: AnalysedText, b: AnalysedText): boolean {
  const factsA = facts(a);
  const factsB = facts(b);
  if (Math.min(factsA.size, factsB.size) < LEAST_FACTS) return false;
  let both = 0;
  for (const fact of factsA) if (factsB.has(fact)) both++;
  return both <= SAME_FACTS * Math.min(factsA.size, factsB.size);
}

function facts(doc: AnalysedText): Set<number> {
  const out = new Set<number>();
  for (let t = 0; t < doc.termIds.length; t++)
    if ((doc.termFlags[t] as number) & (NAME | NUMBER)) out.add(doc.termIds[t] as number);
  return out;
}

import type { Span } from '../../src/types.js';

/** A text, where its labelled sentences are in it, and what each of them tells, as numbers that the texts of one story share. */
export interface GoldText {
  text: string;
  spans: [number, number][];
  /** Undefined where it is not known what a sentence tells: pairs with it count neither way. */
  tells: (readonly number[] | undefined)[];
}

/** Pairs of sentences found between two texts, against the labelled ones. */
export interface PairCounts {
  found: number;
  right: number;
  gold: number;
}

/**
 * What the labelled source sentences tell, by sentence: each what no other does, but that headline (0) and lead (1) say
 * the same, so that whoever carries the one carries the other. A headline that belongs to another story tells nothing known.
 */
export function sourceTells(sentences: number, foreignHeadline: boolean): (readonly number[] | undefined)[] {
  return Array.from({ length: sentences }, (_, j) => {
    if (j === 0) return foreignHeadline ? undefined : [sentences > 1 ? 1 : 0];
    return [j];
  });
}

/** What a sentence tells that carries some of the source's, each once. */
export function carried(from: readonly number[], source: readonly (readonly number[] | undefined)[]): number[] {
  return [...new Set(from.flatMap((j) => source[j] ?? []))];
}

/** The labelled sentences that a span touches by more than half of the shorter. */
export function touched({ spans }: GoldText, start: number, end: number): number[] {
  const out: number[] = [];
  spans.forEach(([s, e], i) => {
    const overlap = Math.min(e, end) - Math.max(s, start);
    if (overlap * 2 > Math.min(e - s, end - start)) out.push(i);
  });
  return out;
}

/** Whether two spans tell the same; undefined where one lies in sentences of which that is not known. */
export function tellSame(a: GoldText, spanA: Span, b: GoldText, spanB: Span): boolean | undefined {
  const [one, other] = [told(a, spanA), told(b, spanB)];
  if (one === undefined || other === undefined) return undefined;
  return one.some((unit) => other.includes(unit));
}

function told(gold: GoldText, { start, end }: Span): number[] | undefined {
  const sentences = touched(gold, start, end);
  if (sentences.length > 0 && sentences.every((s) => gold.tells[s] === undefined)) return undefined;
  return sentences.flatMap((s) => gold.tells[s] ?? []);
}

/**
 * Counts pairs of spans of a rewrite and its source by what the labels say. Each labelled sentence of the rewrite counts once with
 * each thing that the source tells, however many pairs say so: with headline and lead as one, and in pieces as one where
 * sentences are cut otherwise.
 */
export function countPairs(
  rewrite: GoldText,
  source: GoldText,
  pairs: Iterable<{ readonly a: Span; readonly b: Span }>,
): PairCounts {
  const seen = new Set<string>();
  let right = 0;
  for (const { a, b } of pairs) {
    for (const i of touched(rewrite, a.start, a.end)) {
      const carries = rewrite.tells[i];
      if (carries === undefined) continue;
      for (const unit of told(source, b) ?? []) {
        if (seen.has(`${i} ${unit}`)) continue;
        seen.add(`${i} ${unit}`);
        if (carries.includes(unit)) right++;
      }
    }
  }
  const gold = rewrite.tells.reduce((n, carries) => n + (carries?.length ?? 0), 0);
  return { found: seen.size, right, gold };
}

/** Adds counts up. */
export function addCounts(sum: PairCounts, { found, right, gold }: PairCounts): void {
  sum.found += found;
  sum.right += right;
  sum.gold += gold;
}

/** Precision, recall and their harmonic mean. */
export function quality({ found, right, gold }: PairCounts): { precision: number; recall: number; f1: number } {
  return {
    precision: right / Math.max(found, 1),
    recall: right / Math.max(gold, 1),
    f1: (2 * right) / Math.max(found + gold, 1),
  };
}

import { STOP } from '../text/terms.js';
import type { Block, TermSequence } from './borders.js';

/** Places by which two terms that follow each other on one side may be apart on the other, in the same order. */
const CLOSE = 6;
/** Share of neighbours that stay neighbours in a retelling. */
const STAY = 0.5;

/**
 * What the order of its words adds to what speaks for a block, in nats: of the content terms that both sides have, two
 * that follow each other on one side are seldom close on the other by chance. Where order was given up nothing is lost
 * by it.
 */
export function orderGain(x: TermSequence, y: TermSequence, { fromA, toA, fromB, toB }: Block): number {
  const places = new Map<number, number[]>();
  for (let k = fromB; k < toB; k++) {
    const term = y.terms[k] as number;
    const known = places.get(term);
    if (known === undefined) places.set(term, [k]);
    else known.push(k);
  }
  const chance = Math.min(0.9, CLOSE / (toB - fromB));
  const kept = Math.log(STAY / chance);
  const lost = Math.log((1 - STAY) / (1 - chance));
  let sum = 0;
  let before: readonly number[] | undefined;
  for (let k = fromA; k < toA; k++) {
    if ((x.flags[k] as number) & STOP) continue;
    const here = places.get(x.terms[k] as number);
    if (here === undefined) continue;
    if (before !== undefined) {
      // Terms that stand at many places are close at some of them.
      sum += isClose(before, here) ? Math.max(0, kept - Math.log(before.length * here.length)) : lost;
    }
    before = here;
  }
  return Math.max(0, sum);
}

/** Whether one of the second places, both ascending, is right after one of the first. */
function isClose(before: readonly number[], here: readonly number[]): boolean {
  let q = 0;
  for (const p of before) {
    while (q < here.length && (here[q] as number) <= p) q++;
    if (q < here.length && (here[q] as number) - p <= CLOSE) return true;
  }
  return false;
}

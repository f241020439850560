import { type Block, type BorderFinder, hull, type Rectangle, type TermSequence } from './borders.js';
import { sentenceAt } from './passages.js';
import { StretchIndex } from './stretchindex.js';

/** One document as passages are sought in it: its terms, how often each stands in it, and where its sentences begin. */
export interface Side {
  readonly sequence: TermSequence;
  readonly counts: Uint32Array;
  readonly firstTerm: Uint32Array;
}

/** What must speak for a fragment, in nats, and the terms from which one with enough for a passage stands by itself. */
const LEAST_FRAGMENT = 9;
const LONGEST_FRAGMENT = 60;
/** Terms, three sentences or so, that may lie between two fragments of one summary. */
const GAP = 60;
/** What each further fragment must make up for, in nats: it could lie at some hundred places of the long side. */
const PLACE_COST = 5;
/** A fragment with more than this share of what speaks for all is a passage by itself. */
const LARGEST_SHARE = 0.7;
/** Share of a summary that its fragments are: two quotations that every report carries are not all that is told between them. */
const LEAST_TOLD = 0.4;
/** Times that the long side is longer. */
const CONDENSED = 2;
/** What must speak for the whole, in nats, in all and for each term of the summary, and how much of it must be left. */
const LEAST_SCORE = 28;
const LEAST_DENSITY = 0.45;
const LEAST_LEFT = 0.5;
/** Terms that the ends of a summary are moved by to those of sentences. */
const TO_SENTENCE = 15;
/**
 * Readings of both texts that all tries cost at most: what may be a summary is tried against all that lies between its fragments in `y`, and
 * of chains of chance matches there are as many as a text is long. Of 519 pairs of PAN none takes more than 3, of news 1.
 */
const READINGS = 4;

/**
 * Gathers fragments that follow each other in `x`, wherever they lie in `y`, into one passage: a summary puts sentences
 * from all over its source into a few. Whether they are one is decided by the whole: what lies between them must come
 * from the same part of `y` too. What was summed up reaches beyond the outermost fragments on
 * the long side: of n places strewn evenly over a stretch the outermost lie, on the average, a mean gap from its ends.
 *
 * Chains of fragments are tried the likeliest first.
 *
 * @param blocks `[fromA, toA)` in `x`, `[fromB, toB)` in `y`
 * @returns the summaries, and the blocks that are in none
 */
export function gatherSummaries(blocks: readonly Block[], x: Side, y: Side, borders: BorderFinder): Block[] {
  const fragments = blocks
    .filter(
      ({ score, fromA, toA }) => score >= LEAST_FRAGMENT && (score < LEAST_SCORE || toA - fromA <= LONGEST_FRAGMENT),
    )
    .sort((p, q) => p.fromA - q.fromA || p.toA - q.toA || p.fromB - q.fromB);
  const chains: Chain[] = [];
  for (let k = 0; k < fragments.length; ) {
    let next = k + 1;
    for (let end = (fragments[k] as Block).toA; next < fragments.length; next++) {
      const { fromA, toA } = fragments[next] as Block;
      if (fromA - end > GAP) break;
      end = Math.max(end, toA);
    }
    const chain = chainOf(apart(fragments.slice(k, next)));
    if (chain !== undefined) chains.push(chain);
    k = next;
  }
  const gathered = new Set<Block>();
  const out: Block[] = [];
  let room = READINGS * (x.sequence.terms.length + y.sequence.terms.length);
  for (const chain of chains.sort((p, q) => q.sum - p.sum || p.around.fromA - q.around.fromA)) {
    const { fromA, toA, fromB, toB } = chain.around;
    room -= toA - fromA + (toB - fromB);
    if (room < 0) break;
    const summary = summaryOf(chain, x, y, borders);
    if (summary === undefined) continue;
    for (const fragment of chain.fragments) gathered.add(fragment);
    out.push(summary);
  }
  return [...out, ...blocks.filter((block) => !gathered.has(block))];
}

/** Of fragments that take the same words of the summary, the best. */
function apart(fragments: readonly Block[]): Block[] {
  const chain: Block[] = [];
  const chainAt = new StretchIndex();
  for (const f of [...fragments].sort((p, q) => q.score - p.score || p.fromA - q.fromA || p.fromB - q.fromB)) {
    const overlaps = (k: number) => {
      const c = chain[k] as Block;
      return Math.min(c.toA, f.toA) - Math.max(c.fromA, f.fromA) > 0.3 * (f.toA - f.fromA);
    };
    if (!chainAt.near(f.fromA, f.toA).some(overlaps)) chainAt.add(chain.push(f) - 1, f.fromA, f.toA);
  }
  return chain;
}

/** Fragments that may be one summary, the best first, the whole of them, and what speaks for all. */
interface Chain {
  readonly fragments: readonly Block[];
  readonly around: Rectangle;
  readonly sum: number;
}

/** The chain of some fragments, where these can be a summary at all. */
function chainOf(fragments: readonly Block[]): Chain | undefined {
  const [best] = fragments;
  if (best === undefined || fragments.length < 2) return undefined;
  const sum = fragments.reduce((total, { score }) => total + score, 0);
  if (best.score > LARGEST_SHARE * sum || sum - PLACE_COST * (fragments.length - 1) < LEAST_SCORE) return undefined;
  const around = fragments.reduce<Rectangle>(hull, best);
  return around.toB - around.fromB < CONDENSED * (around.toA - around.fromA) ? undefined : { fragments, around, sum };
}

function summaryOf({ fragments, around }: Chain, x: Side, y: Side, borders: BorderFinder): Block | undefined {
  const { fromA, toA, fromB, toB } = around;
  const { from, to, score } = borders.segment(x.sequence, fromA, toA, y.sequence, fromB, toB, y.counts);
  if (score < LEAST_SCORE || score < LEAST_DENSITY * (to - from) || to - from < LEAST_LEFT * (toA - fromA))
    return undefined;
  const told = fragments.reduce((terms, c) => terms + c.toA - c.fromA, 0);
  if (told < LEAST_TOLD * (to - from)) return undefined;
  const beyond = Math.round((toB - fromB) / (fragments.length - 1));
  const [begin, end] = toSentences(x.firstTerm, from, to);
  return {
    fromA: begin,
    toA: end,
    fromB: Math.max(0, fromB - beyond),
    toB: Math.min(y.sequence.terms.length, toB + beyond),
    score,
  };
}

/** The ends of a run of terms, moved out to those of sentences where these are near. */
function toSentences(firstTerm: Uint32Array, from: number, to: number): [from: number, to: number] {
  const begin = firstTerm[sentenceAt({ firstTerm }, from)] as number;
  const end = firstTerm[sentenceAt({ firstTerm }, to - 1) + 1] as number;
  return [from - begin <= TO_SENTENCE ? begin : from, end - to <= TO_SENTENCE ? end : to];
}

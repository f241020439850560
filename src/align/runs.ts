import type { Block, TermSequence } from './borders.js';

/** Terms that must follow each other on both sides to be a run: two in a row are common phrases. */
const RUN = 3;
/** What a term in a run speaks for a copy, and one outside a run against it. */
const IN_RUN = 1;
const OUT_OF_RUN = -2;
/** Terms beyond its present ends in which a copy may go on. */
const REACH = 150;
/** Share of either side that must be left, else the runs were only quotations in a rewording. */
const LEAST_LEFT = 0.5;
const ROUNDS = 3;

/** The share of a block's terms that lie in runs that both sides have, on the side where it is larger. */
export function runShare(a: TermSequence, b: TermSequence, { fromA, toA, fromB, toB }: Block): number {
  return Math.max(
    share(inRuns(a.terms, fromA, toA, b.terms, fromB, toB)),
    share(inRuns(b.terms, fromB, toB, a.terms, fromA, toA)),
  );
}

/** The block with its ends where the runs of equal terms end: a copy's borders to the word. */
export function runBorders(a: TermSequence, b: TermSequence, block: Block): Block {
  let { fromA, toA, fromB, toB } = block;
  for (let round = 0; round < ROUNDS; round++) {
    const [startA, endA] = densest(a, fromA, toA, b, fromB, toB);
    const [startB, endB] = densest(b, fromB, toB, a, startA, endA);
    const areSame = startA === fromA && endA === toA && startB === fromB && endB === toB;
    [fromA, toA, fromB, toB] = [startA, endA, startB, endB];
    if (areSame) break;
  }
  const left = Math.max((toA - fromA) / (block.toA - block.fromA), (toB - fromB) / (block.toB - block.fromB));
  return left >= LEAST_LEFT ? { fromA, toA, fromB, toB, score: block.score } : block;
}

/** The part of `x` around `[from, to)` with the largest sum of run terms over others (Bentley's maximum segment). */
function densest(
  x: TermSequence,
  from: number,
  to: number,
  y: TermSequence,
  yFrom: number,
  yTo: number,
): [from: number, to: number] {
  const low = Math.max(0, from - REACH);
  const marks = inRuns(x.terms, low, Math.min(x.terms.length, to + REACH), y.terms, yFrom, yTo);
  let sum = 0;
  let begun = 0;
  let best = 0;
  let out: [number, number] = [from, to];
  for (let k = 0; k < marks.length; k++) {
    if (sum <= 0) {
      sum = 0;
      begun = k;
    }
    sum += marks[k] ? IN_RUN : OUT_OF_RUN;
    if (sum > best) {
      best = sum;
      out = [low + begun, low + k + 1];
    }
  }
  return out;
}

/** Marks the words of `x` in `[from, to)` that lie in a run that `y` has in `[yFrom, yTo)`; words are numbers. */
export function inRuns(
  x: Uint32Array,
  from: number,
  to: number,
  y: Uint32Array,
  yFrom: number,
  yTo: number,
): Uint8Array {
  const size = yTo - yFrom - RUN + 1;
  const marks = new Uint8Array(to - from);
  if (size <= 0) return marks;
  const mask = reserve(size);
  for (let k = yFrom; k + RUN <= yTo; k++) {
    const key = runKey(y, k);
    let slot = key & mask;
    while (stamps[slot] === stamp && keys[slot] !== key) slot = (slot + 1) & mask;
    stamps[slot] = stamp;
    keys[slot] = key;
  }
  for (let k = from; k + RUN <= to; k++) {
    const key = runKey(x, k);
    let slot = key & mask;
    while (stamps[slot] === stamp && keys[slot] !== key) slot = (slot + 1) & mask;
    if (stamps[slot] !== stamp) continue;
    for (let m = k - from; m < k - from + RUN; m++) marks[m] = 1;
  }
  return marks;
}

/*
 * Scratch: a set of keys, open addressing, at most half full.
 *
 * - `keys`: the key in each slot; `stamps`: the call that put it there, so that nothing need be cleared
 */
let keys = new Int32Array(1024);
let stamps = new Uint32Array(1024);
let stamp = 0;

/** Empties the set and makes room for so many keys; its slots less one. A few keys take a few slots, which the caches hold, however many there are. */
function reserve(size: number): number {
  const slots = 2 ** Math.ceil(Math.log2(2 * size + 2));
  if (slots > keys.length || stamp === 0xffff_ffff) {
    keys = new Int32Array(Math.max(slots, keys.length));
    stamps = new Uint32Array(keys.length);
    stamp = 0;
  }
  stamp++;
  return slots - 1;
}

function runKey(words: Uint32Array, at: number): number {
  let h = 0;
  for (let k = at; k < at + RUN; k++) h = Math.imul(h ^ (h >>> 15), 0x9e3779b1) + (words[k] as number) + 1;
  return h | 0;
}

function share(marks: Uint8Array): number {
  let sum = 0;
  for (let k = 0; k < marks.length; k++) sum += marks[k] as number;
  return marks.length > 0 ? sum / marks.length : 0;
}

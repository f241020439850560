import { consumed, fold } from './fold';
import { BLOCK, BORDERS, FACTORS, FOLDED, HASHES, INPUT, INVERSES, MASKS, WORDS } from './layout';
import { addHashes, beginSet, finishSet } from './minima';
import { hashShingles } from './shingles';
import { findBorders, hashRest, hashWords, keyStart, last, setKey, step } from './words';

export { compareColumn, comparePacked } from './compare';

let permutations: usize = 16;
let size: i32 = 3;

/** Bytes of an unfinished word at the start of FOLDED, fewer than sixteen once some are hashed. */
let held: usize = 0;
/** Whether that word has steps behind it, and its hash after them. */
let continued: bool = false;
let state: u32 = 0;
/** Words at the start of WORDS that wait for more to make a shingle. */
let waiting: i32 = 0;
let anyShingle: bool = false;

/** Takes the options of a hasher; its factors and addends are in place. `k` is rounded up to a multiple of sixteen. */
export function configure(k: i32, shingleSize: i32, start: u32, a: u32, b: u32, c: u32, d: u32): void {
  permutations = (<usize>k + 15) & ~15;
  size = shingleSize;
  setKey(start, a, b, c, d);
  for (let i: usize = 0; i < permutations << 1; i += 16) {
    // Newton's iteration doubles the right bits: an odd number is its own inverse in the lowest three.
    const odd = v128.load(i, FACTORS);
    const two = i16x8.splat(2);
    let inverse = odd;
    for (let j = 0; j < 3; j++) inverse = i16x8.mul(inverse, i16x8.sub(two, i16x8.mul(odd, inverse)));
    v128.store(i, inverse, INVERSES);
  }
}

/** Prepares for a document. */
export function begin(): void {
  held = 0;
  continued = false;
  waiting = 0;
  anyShingle = false;
  beginSet();
}

/** Words of the folded text from FOLDED to `end` go to WORDS; the word that `end` cuts is kept for the next block. */
function blockWords(end: usize, final: bool): i32 {
  // Nothing but ignored code points: the unfinished word may still go on.
  if (end === FOLDED && !final) return 0;
  let found = findBorders(end);
  let out = WORDS + ((<usize>waiting) << 2);
  const atStart = found > 0 && load<u16>(BORDERS) === 0;
  let cut = end;
  if (!final && found > 0 && <usize>load<u16>(BORDERS + ((<usize>found) << 2) - 2) === end - FOLDED) {
    found--;
    cut = FOLDED + <usize>load<u16>(BORDERS + ((<usize>found) << 2));
  }
  let made = found;
  if (!continued) {
    hashWords(found, out);
  } else if (!atStart) {
    store<u32>(out, last(state));
    out += 4;
    made++;
    hashWords(found, out);
    continued = false;
  } else if (found > 0) {
    hashWords(found, out);
    store<u32>(out, hashRest(state, FOLDED, FOLDED + <usize>load<u16>(BORDERS + 2)));
    continued = false;
  }
  if (cut < end) {
    if (!continued) state = keyStart;
    for (; cut + 16 <= end; cut += 16) {
      state = step(state, cut, MASKS);
      continued = true;
    }
    v128.store(FOLDED, v128.load(cut));
  }
  held = end - cut;
  return made;
}

/** Hashes of the shingles of the block that ends at `end` go to HASHES; returns how many. */
function blockShingles(end: usize, final: bool): i32 {
  const total = waiting + blockWords(end, final);
  const count = total - size + 1;
  if (count > 0) {
    hashShingles(size, count);
    anyShingle = true;
    waiting = size - 1;
    for (let i = 0; i < waiting; i++)
      store<u32>(WORDS + ((<usize>i) << 2), load<u32>(WORDS + ((<usize>(count + i)) << 2)));
    return count;
  }
  waiting = total;
  if (!final || anyShingle || total === 0) return 0;
  // A text of fewer words than a shingle has is one shingle of all of them.
  hashShingles(total, 1);
  return 1;
}

/** Takes `length` bytes at INPUT, cut between code points; `final` when they are the document's last. */
export function feed(length: usize, final: bool): void {
  let from = INPUT;
  const end = from + length;
  v128.store(end, i8x16.splat(0x20));
  do {
    const stop = fold(from, end, FOLDED + held, FOLDED + BLOCK);
    from = consumed;
    addHashes(HASHES, blockShingles(stop, final && from >= end));
  } while (from < end);
}

/** Takes `count` ready hashes at INPUT. */
export function feedHashes(count: i32): void {
  addHashes(INPUT, count);
}

/** Writes the signature to SIGNATURE. */
export function finish(): void {
  finishSet(permutations);
}

/** Signs the document of `length` bytes at INPUT. */
export function sign(length: usize): void {
  begin();
  feed(length, true);
  finishSet(permutations);
}

/**
 * For measurements: tokenises the document of `length` bytes at INPUT, hashes its words and shingles too if `hashing`,
 * and signs nothing. Returns how many words or shingles there are.
 */
export function scan(length: usize, hashing: bool): i32 {
  begin();
  let from = INPUT;
  const end = from + length;
  let count = 0;
  v128.store(end, i8x16.splat(0x20));
  do {
    const stop = fold(from, end, FOLDED + held, FOLDED + BLOCK);
    from = consumed;
    count += hashing ? blockShingles(stop, from >= end) : findBorders(stop);
  } while (from < end);
  return count;
}

import { BORDERS, HEADS, LONG, MASKS } from './layout';

const STEP: u32 = 0xc2b2ae3d;
const LAST: u32 = 0x27d4eb2f;

/** The seed's part in a word's hash. */
export let keyStart: u32 = 0;
export let keyLow: u32 = 1;
export let keyHigh: u32 = 1;

export function setKey(start: u32, low: u32, high: u32): void {
  keyStart = start;
  keyLow = low;
  keyHigh = high;
}

/** One bit a byte of the 16 at `p`: whether it is part of a word. Upper case becomes lower case in place. */
function classify(p: usize): u64 {
  const bytes = v128.load(p);
  const lower = v128.or(bytes, i8x16.splat(0x20));
  // Both sums put the accepted range at the top of the signed bytes, so that one comparison bounds it on two sides.
  const letter = i8x16.gt_s(i8x16.add(lower, i8x16.splat(5)), i8x16.splat(101));
  const digit = i8x16.gt_s(i8x16.add(bytes, i8x16.splat(70)), i8x16.splat(117));
  v128.store(p, v128.or(bytes, v128.and(letter, i8x16.splat(0x20))));
  return <u64>i8x16.bitmask(v128.or(v128.or(letter, digit), bytes));
}

/**
 * Lower-cases the folded text from `start` to `end` and finds the borders of its words, as offsets from `start`.
 * Sixty-four bytes past `end` are overwritten. Returns the number of words; the last may end at `end`.
 */
export function findBorders(start: usize, end: usize): i32 {
  const blanks = i8x16.splat(0x20);
  for (let i: usize = 0; i < 64; i += 16) v128.store(end + i, blanks);
  let out = BORDERS;
  let inside: u64 = 0;
  for (let p = start; p <= end; p += 64) {
    const word = classify(p) | (classify(p + 16) << 16) | (classify(p + 32) << 32) | (classify(p + 48) << 48);
    let borders = word ^ ((word << 1) | inside);
    inside = word >> 63;
    const next = out + ((<usize>popcnt(borders)) << 1);
    const base = <u32>(p - start);
    // Eight at a time without looking whether there are eight: what is too much is overwritten by the next block.
    do {
      store<u16>(out, base + <u32>ctz(borders));
      borders &= borders - 1;
      store<u16>(out, base + <u32>ctz(borders), 2);
      borders &= borders - 1;
      store<u16>(out, base + <u32>ctz(borders), 4);
      borders &= borders - 1;
      store<u16>(out, base + <u32>ctz(borders), 6);
      borders &= borders - 1;
      store<u16>(out, base + <u32>ctz(borders), 8);
      borders &= borders - 1;
      store<u16>(out, base + <u32>ctz(borders), 10);
      borders &= borders - 1;
      store<u16>(out, base + <u32>ctz(borders), 12);
      borders &= borders - 1;
      store<u16>(out, base + <u32>ctz(borders), 14);
      borders &= borders - 1;
      out += 16;
    } while (borders !== 0);
    out = next;
  }
  return <i32>((out - BORDERS) >> 2);
}

/** One step of a word's hash: eight bytes. */
export function step(h: u32, bytes: u64): u32 {
  return (h ^ (h >> 15) ^ (<u32>bytes * keyLow) ^ rotl<u32>(<u32>(bytes >> 32) * keyHigh, 15)) * STEP;
}

/** The last mix of a word's hash. */
export function last(h: u32): u32 {
  h = (h ^ (h >> 15)) * LAST;
  return h ^ (h >> 13);
}

/** The hash of a word that went on from `h` with the bytes from `p` to `end`. */
export function hashRest(h: u32, p: usize, end: usize): u32 {
  for (; p + 8 <= end; p += 8) h = step(h, load<u64>(p));
  if (p < end) h = step(h, load<u64>(p) & load<u64>(MASKS + ((end - p) << 3)));
  return last(h);
}

/** Hashes the block's words, borders relative to `start`, into the column `out`; up to three more are written. */
export function hashWords(start: usize, count: i32, out: usize): void {
  let borders = BORDERS;
  const end = borders + ((<usize>count) << 2);
  let head = HEADS;
  let long = LONG;
  let index: u32 = 0;
  for (; borders < end; borders += 4) {
    const pair = load<u32>(borders);
    const length = <usize>(pair >> 16) - <usize>(pair & 0xffff);
    const mask = load<u64>(MASKS + (min<usize>(length, 8) << 3));
    store<u64>(head, load<u64>(start + <usize>(pair & 0xffff)) & mask);
    store<u16>(long, index);
    long += (<usize>(length > 8)) << 1;
    index++;
    head += 8;
  }
  const low = i32x4.splat(keyLow);
  const high = i32x4.splat(keyHigh);
  const begin = i32x4.splat(keyStart ^ (keyStart >> 15));
  const multiply = i32x4.splat(STEP);
  const finish = i32x4.splat(LAST);
  const stop = out + ((<usize>count) << 2);
  head = HEADS;
  for (let p = out; p < stop; p += 16) {
    const a = v128.load(head);
    const b = v128.load(head, 16);
    const lows = i32x4.mul(i32x4.shuffle(a, b, 0, 2, 4, 6), low);
    const highs = i32x4.mul(i32x4.shuffle(a, b, 1, 3, 5, 7), high);
    const turned = v128.or(i32x4.shl(highs, 15), i32x4.shr_u(highs, 17));
    let h = i32x4.mul(v128.xor(v128.xor(begin, lows), turned), multiply);
    h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), finish);
    v128.store(p, v128.xor(h, i32x4.shr_u(h, 13)));
    head += 32;
  }
  for (let p = LONG; p < long; p += 2) {
    const i = (<usize>load<u16>(p)) << 2;
    const pair = load<u32>(BORDERS + i);
    store<u32>(out + i, hashRest(keyStart, start + <usize>(pair & 0xffff), start + <usize>(pair >> 16)));
  }
}

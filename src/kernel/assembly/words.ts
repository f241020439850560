import { BORDERS, CONSTANTS, FOLDED, MASKS, PLACES, SPANS } from './layout';

const STEP: u32 = 0xc2b2ae3d;
const LAST: u32 = 0x27d4eb2f;

/** The seed's part in a word's hash. */
export let keyStart: u32 = 0;
let key0: u32 = 1;
let key1: u32 = 1;
let key2: u32 = 1;
let key3: u32 = 1;

/** Takes the seed's part, and writes the tables that `findBorders` and `hashWords` look things up in. */
export function setKey(start: u32, a: u32, b: u32, c: u32, d: u32): void {
  keyStart = start;
  key0 = a;
  key1 = b;
  key2 = c;
  key3 = d;
  v128.store(CONSTANTS, i8x16.splat(0x20));
  v128.store(CONSTANTS, i8x16.splat(5), 16);
  v128.store(CONSTANTS, i8x16.splat(101), 32);
  v128.store(CONSTANTS, i8x16.splat(70), 48);
  v128.store(CONSTANTS, i8x16.splat(117), 64);
  v128.store(CONSTANTS, i16x8.splat(8), 80);
  v128.store(CONSTANTS, i32x4.splat((start ^ (start >> 15)) * STEP), 96);
  v128.store(CONSTANTS, i32x4.splat(a), 112);
  v128.store(CONSTANTS, i32x4.splat(b), 128);
  v128.store(CONSTANTS, i32x4.splat(c), 144);
  v128.store(CONSTANTS, i32x4.splat(d), 160);
  v128.store(CONSTANTS, i32x4.splat(LAST), 176);
  v128.store(CONSTANTS, i32x4.splat(16), 192);
  v128.store(CONSTANTS, i32x4.splat(<i32>MASKS + 16), 208);
  v128.store(CONSTANTS, i32x4.splat(0xffff), 224);
  v128.store(MASKS, i8x16.splat(-1));
  for (let byte: u32 = 0; byte < 256; byte++) {
    let out = PLACES + ((<usize>byte) << 3);
    for (let bits = byte; bits !== 0; bits &= bits - 1) store<u8>(out++, ctz(bits));
  }
}

/**
 * Lower-cases the folded text up to `end` and finds the borders of its words, as offsets from FOLDED. Sixty-four
 * bytes past `end` are overwritten. Returns the number of words; the last may end at `end`.
 */
export function findBorders(end: usize): i32 {
  const blank = v128.load(CONSTANTS);
  const overLetters = v128.load(CONSTANTS, 16);
  const letters = v128.load(CONSTANTS, 32);
  const overDigits = v128.load(CONSTANTS, 48);
  const digits = v128.load(CONSTANTS, 64);
  const eight = v128.load(CONSTANTS, 80);
  for (let i: usize = 0; i < 64; i += 16) v128.store(end + i, blank);
  let out = BORDERS;
  let place = i16x8.splat(0);
  let inside: u64 = 0;
  for (let p = FOLDED; p <= end; p += 64) {
    let word: u64 = 0;
    for (let i: usize = 0; i < 64; i += 16) {
      const bytes = v128.load(p + i);
      // Both sums put the accepted range at the top of the signed bytes, so that one comparison bounds it on two sides.
      const letter = i8x16.gt_s(i8x16.add(v128.or(bytes, blank), overLetters), letters);
      const digit = i8x16.gt_s(i8x16.add(bytes, overDigits), digits);
      v128.store(p + i, v128.or(bytes, v128.and(letter, blank)));
      word |= (<u64>i8x16.bitmask(v128.or(v128.or(letter, digit), bytes))) << i;
    }
    let borders = word ^ ((word << 1) | inside);
    inside = word >> 63;
    // Eight places are stored for every byte of the mask, however many it has: what is too much is overwritten next,
    // and nothing depends on a branch.
    for (let i = 0; i < 8; i++) {
      const byte = <usize>(borders & 255);
      v128.store(out, i16x8.add(v128.load_ext<u8>(PLACES + (byte << 3)), place));
      out += (<usize>popcnt<u32>(<u32>byte)) << 1;
      place = i16x8.add(place, eight);
      borders >>= 8;
    }
  }
  // Empty words up to the next four.
  v128.store(out, i16x8.splat(0));
  return <i32>((out - BORDERS) >> 2);
}

/** One step of a word's hash: the sixteen bytes at `p`, of which the mask at `mask` keeps the word's. */
export function step(h: u32, p: usize, mask: usize): u32 {
  const a = (load<u32>(p) & load<u32>(mask)) * key0;
  const b = (load<u32>(p, 4) & load<u32>(mask, 4)) * key1;
  const c = (load<u32>(p, 8) & load<u32>(mask, 8)) * key2;
  const d = (load<u32>(p, 12) & load<u32>(mask, 12)) * key3;
  return ((h ^ (h >> 15)) * STEP) ^ a ^ b ^ (b >> 9) ^ c ^ (c >> 13) ^ d ^ (d >> 17);
}

/** The last mix of a word's hash. */
export function last(h: u32): u32 {
  h = (h ^ (h >> 15)) * LAST;
  return h ^ (h >> 13);
}

/** The hash of a word that went on from `h` with the bytes from `p` to `end`. */
export function hashRest(h: u32, p: usize, end: usize): u32 {
  for (; p + 16 <= end; p += 16) h = step(h, p, MASKS);
  if (p < end) h = step(h, p, MASKS + 16 - (end - p));
  return last(h);
}

/** Hashes the block's words into the column `out`; up to three more are written. */
export function hashWords(count: i32, out: usize): void {
  const begin = v128.load(CONSTANTS, 96);
  const factor0 = v128.load(CONSTANTS, 112);
  const factor1 = v128.load(CONSTANTS, 128);
  const factor2 = v128.load(CONSTANTS, 144);
  const factor3 = v128.load(CONSTANTS, 160);
  const finish = v128.load(CONSTANTS, 176);
  const lowHalves = v128.load(CONSTANTS, 224);
  const sixteen = v128.load(CONSTANTS, 192);
  const endOfMasks = v128.load(CONSTANTS, 208);
  const end = BORDERS + ((<usize>count) << 2);
  let over = i32x4.splat(0);
  for (let p = BORDERS; p < end; p += 16) {
    const pairs = v128.load(p);
    const lengths = i32x4.sub(i32x4.shr_u(pairs, 16), v128.and(pairs, lowHalves));
    const capped = i32x4.min_u(lengths, sixteen);
    over = v128.or(over, v128.xor(lengths, capped));
    // Through memory, because taking lanes out of a vector costs more.
    v128.store(SPANS, i32x4.sub(endOfMasks, capped));
    const a = v128.and(v128.load(load<u16>(p), FOLDED), v128.load(load<u32>(SPANS)));
    const b = v128.and(v128.load(load<u16>(p, 4), FOLDED), v128.load(load<u32>(SPANS, 4)));
    const c = v128.and(v128.load(load<u16>(p, 8), FOLDED), v128.load(load<u32>(SPANS, 8)));
    const d = v128.and(v128.load(load<u16>(p, 12), FOLDED), v128.load(load<u32>(SPANS, 12)));
    // Four words of four columns become four columns of four words.
    const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
    const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
    const abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
    const cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
    const products0 = i32x4.mul(i64x2.shuffle(ab, cd, 0, 2), factor0);
    const products1 = i32x4.mul(i64x2.shuffle(ab, cd, 1, 3), factor1);
    const products2 = i32x4.mul(i64x2.shuffle(abHigh, cdHigh, 0, 2), factor2);
    const products3 = i32x4.mul(i64x2.shuffle(abHigh, cdHigh, 1, 3), factor3);
    let h = v128.xor(begin, products0);
    h = v128.xor(h, v128.xor(products1, i32x4.shr_u(products1, 9)));
    h = v128.xor(h, v128.xor(products2, i32x4.shr_u(products2, 13)));
    h = v128.xor(h, v128.xor(products3, i32x4.shr_u(products3, 17)));
    h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), finish);
    v128.store(out + (p - BORDERS), v128.xor(h, i32x4.shr_u(h, 13)));
  }
  if (v128.any_true(over)) hashLong(end, out);
}

/** Hashes once more the words that have more than sixteen bytes. */
function hashLong(end: usize, out: usize): void {
  for (let p = BORDERS; p < end; p += 4) {
    const from = FOLDED + <usize>load<u16>(p);
    const to = FOLDED + <usize>load<u16>(p, 2);
    if (to - from > 16) store<u32>(out, hashRest(keyStart, from, to));
    out += 4;
  }
}

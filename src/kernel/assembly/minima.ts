import { ADDENDS, DENSE, FACTORS, HASHES, INVERSES, LEAST, MINIMA, PRESENT, SIGNATURE, SPLATS } from './layout';

/** Number of the document in hand, 1 to 65,535: entries of LEAST with lower numbers are of documents past. */
let epoch: u32 = 0;
/** Shingles so far: in SPLATS while the document is short, in PRESENT once it is long. */
let count: i32 = 0;
let dense: bool = false;

/** Prepares for the first shingle of a document. */
export function beginSet(): void {
  count = 0;
  dense = false;
  if (++epoch === 0x10000) {
    epoch = 1;
    memory.fill(LEAST, 0, 262144);
  }
}

function mark(upper: u32): void {
  const p = PRESENT + <usize>(upper >> 3);
  store<u8>(p, <u32>load<u8>(p) | (1 << (upper & 7)));
}

/** Adds the `n` hashes at `from` to the document's set. */
export function addHashes(from: usize, n: i32): void {
  const newest = (epoch << 16) | 0xffff;
  const end = from + ((<usize>n) << 2);
  for (let p = from; p < end; p += 4) {
    const x = load<u32>(p);
    const least = LEAST + ((<usize>(x >> 16)) << 2);
    store<u32>(least, max<u32>(load<u32>(least), newest - (x & 0xffff)));
  }
  if (!dense && count + n > DENSE) {
    dense = true;
    memory.fill(PRESENT, 0, 8192);
    for (let i = 0; i < count; i++) mark(load<u16>(SPLATS + ((<usize>i) << 2)));
  }
  if (dense) {
    for (let p = from; p < end; p += 4) mark(load<u32>(p) >> 16);
  } else {
    let out = SPLATS + ((<usize>count) << 2);
    for (let p = from; p < end; p += 16) {
      const x = v128.load(p);
      v128.store(out, i16x8.shuffle(x, x, 1, 1, 3, 3, 5, 5, 7, 7));
      out += 16;
    }
  }
  count += n;
}

/**
 * The least upper half under each permutation, by trying every shingle on every one. Of sixteen permutations the
 * last eight mirror the first eight, so that their minima are the complements of the maxima.
 */
function compareAll(permutations: usize): void {
  const end = SPLATS + ((<usize>count) << 2);
  const bytes = permutations << 1;
  const zero = i16x8.splat(0);
  const ones = i16x8.splat(-1);
  let i: usize = 0;
  // Three times sixteen permutations a pass: their minima, maxima, factors and addends just fit the registers.
  for (; i + 96 <= bytes; i += 96) {
    const a0 = v128.load(i, FACTORS);
    const a1 = v128.load(i, FACTORS + 32);
    const a2 = v128.load(i, FACTORS + 64);
    const b0 = v128.load(i, ADDENDS);
    const b1 = v128.load(i, ADDENDS + 32);
    const b2 = v128.load(i, ADDENDS + 64);
    let low0 = ones;
    let low1 = ones;
    let low2 = ones;
    let high0 = zero;
    let high1 = zero;
    let high2 = zero;
    for (let p = SPLATS; p < end; p += 8) {
      let x = v128.load32_splat(p);
      let v = i16x8.add(i16x8.mul(x, a0), b0);
      low0 = i16x8.min_u(low0, v);
      high0 = i16x8.max_u(high0, v);
      v = i16x8.add(i16x8.mul(x, a1), b1);
      low1 = i16x8.min_u(low1, v);
      high1 = i16x8.max_u(high1, v);
      v = i16x8.add(i16x8.mul(x, a2), b2);
      low2 = i16x8.min_u(low2, v);
      high2 = i16x8.max_u(high2, v);
      x = v128.load32_splat(p, 4);
      v = i16x8.add(i16x8.mul(x, a0), b0);
      low0 = i16x8.min_u(low0, v);
      high0 = i16x8.max_u(high0, v);
      v = i16x8.add(i16x8.mul(x, a1), b1);
      low1 = i16x8.min_u(low1, v);
      high1 = i16x8.max_u(high1, v);
      v = i16x8.add(i16x8.mul(x, a2), b2);
      low2 = i16x8.min_u(low2, v);
      high2 = i16x8.max_u(high2, v);
    }
    v128.store(i, low0, MINIMA);
    v128.store(i, v128.not(high0), MINIMA + 16);
    v128.store(i, low1, MINIMA + 32);
    v128.store(i, v128.not(high1), MINIMA + 48);
    v128.store(i, low2, MINIMA + 64);
    v128.store(i, v128.not(high2), MINIMA + 80);
  }
  // What three do not divide is left to two and one.
  for (; i + 64 <= bytes; i += 64) {
    const a0 = v128.load(i, FACTORS);
    const a1 = v128.load(i, FACTORS + 32);
    const b0 = v128.load(i, ADDENDS);
    const b1 = v128.load(i, ADDENDS + 32);
    let low0 = ones;
    let low1 = ones;
    let high0 = zero;
    let high1 = zero;
    for (let p = SPLATS; p < end; p += 16) {
      const x0 = v128.load32_splat(p, 0);
      const u0 = i16x8.add(i16x8.mul(x0, a0), b0);
      const w0 = i16x8.add(i16x8.mul(x0, a1), b1);
      low0 = i16x8.min_u(low0, u0);
      high0 = i16x8.max_u(high0, u0);
      low1 = i16x8.min_u(low1, w0);
      high1 = i16x8.max_u(high1, w0);
      const x1 = v128.load32_splat(p, 4);
      const u1 = i16x8.add(i16x8.mul(x1, a0), b0);
      const w1 = i16x8.add(i16x8.mul(x1, a1), b1);
      low0 = i16x8.min_u(low0, u1);
      high0 = i16x8.max_u(high0, u1);
      low1 = i16x8.min_u(low1, w1);
      high1 = i16x8.max_u(high1, w1);
      const x2 = v128.load32_splat(p, 8);
      const u2 = i16x8.add(i16x8.mul(x2, a0), b0);
      const w2 = i16x8.add(i16x8.mul(x2, a1), b1);
      low0 = i16x8.min_u(low0, u2);
      high0 = i16x8.max_u(high0, u2);
      low1 = i16x8.min_u(low1, w2);
      high1 = i16x8.max_u(high1, w2);
      const x3 = v128.load32_splat(p, 12);
      const u3 = i16x8.add(i16x8.mul(x3, a0), b0);
      const w3 = i16x8.add(i16x8.mul(x3, a1), b1);
      low0 = i16x8.min_u(low0, u3);
      high0 = i16x8.max_u(high0, u3);
      low1 = i16x8.min_u(low1, w3);
      high1 = i16x8.max_u(high1, w3);
    }
    v128.store(i, low0, MINIMA);
    v128.store(i, v128.not(high0), MINIMA + 16);
    v128.store(i, low1, MINIMA + 32);
    v128.store(i, v128.not(high1), MINIMA + 48);
  }
  for (; i < bytes; i += 32) {
    const a = v128.load(i, FACTORS);
    const b = v128.load(i, ADDENDS);
    let low = ones;
    let high = zero;
    for (let p = SPLATS; p < end; p += 8) {
      const v = i16x8.add(i16x8.mul(v128.load32_splat(p), a), b);
      const w = i16x8.add(i16x8.mul(v128.load32_splat(p, 4), a), b);
      low = i16x8.min_u(low, i16x8.min_u(v, w));
      high = i16x8.max_u(high, i16x8.max_u(v, w));
    }
    v128.store(i, low, MINIMA);
    v128.store(i, v128.not(high), MINIMA + 16);
  }
}

/**
 * The least upper half under each permutation, by search: the hashes that a permutation maps to 0, 1, 2, ... are
 * an arithmetic progression, and with n of the 65,536 upper halves present the first hit comes after about
 * 65,536 / n looks. The more shingles, the less work; from about a thousand on less than trying them all.
 */
function search(permutations: usize): void {
  for (let i: usize = 0; i < permutations << 1; i += 2) {
    const inverse = <u32>load<u16>(i, INVERSES);
    let upper = (0 - <u32>load<u16>(i, ADDENDS)) * inverse;
    let value: u32 = 0;
    while (((<u32>load<u8>(PRESENT + <usize>((upper >> 3) & 0x1fff)) >> (upper & 7)) & 1) === 0) {
      upper += inverse;
      value++;
    }
    store<u16>(i, value, MINIMA);
  }
}

/** Moves the upper halves that a long document has back to SPLATS, if they are few enough. */
function gather(): void {
  let distinct = 0;
  for (let i: usize = 0; i < 8192; i += 8) distinct += <i32>popcnt(load<u64>(PRESENT + i));
  if (distinct > DENSE) return;
  dense = false;
  count = distinct;
  let out = SPLATS;
  for (let i: usize = 0; i < 8192; i += 8) {
    let bits = load<u64>(PRESENT + i);
    for (; bits !== 0; bits &= bits - 1) {
      store<u32>(out, (<u32>(i << 3) + <u32>ctz(bits)) * 0x10001);
      out += 4;
    }
  }
}

/** Writes the signature of the document's set. The number of permutations is a multiple of sixteen. */
export function finishSet(permutations: usize): void {
  if (count === 0) {
    memory.fill(SIGNATURE, 0xff, permutations << 2);
    return;
  }
  if (dense) gather();
  if (dense) {
    search(permutations);
  } else {
    // Up to three repeats of the last shingle fill the last four.
    const spare = SPLATS + ((<usize>count) << 2);
    const repeat = v128.load32_splat(spare - 4);
    v128.store(spare, repeat);
    compareAll(permutations);
  }
  for (let i: usize = 0; i < permutations << 1; i += 16) {
    const m = v128.load(i, MINIMA);
    v128.store(HASHES + i, i16x8.mul(i16x8.sub(m, v128.load(i, ADDENDS)), v128.load(i, INVERSES)));
  }
  for (let i: usize = 0; i < permutations; i++) {
    const winner = <usize>load<u16>(HASHES + (i << 1));
    const lower = ~load<u32>(LEAST + (winner << 2)) & 0xffff;
    store<u32>(SIGNATURE + (i << 2), ((<u32>load<u16>(MINIMA + (i << 1))) << 16) | lower);
  }
}

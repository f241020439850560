import { HASHES, INPUT } from './layout';

/** Compares the `k` minima at INPUT with each of the `count` signatures behind them; the numbers of unequal ones go to HASHES, u32 each. */
export function compareColumn(k: i32, count: i32): void {
  const bytes = (<usize>k) << 2;
  const whole = bytes & ~15;
  let p = INPUT + bytes;
  for (let n: usize = 0; n < (<usize>count) << 2; n += 4) {
    let unequal = i32x4.splat(0);
    let i: usize = 0;
    for (; i < whole; i += 16) unequal = i32x4.sub(unequal, i32x4.ne(v128.load(INPUT + i), v128.load(p + i)));
    let total = sumLanes(unequal);
    for (; i < bytes; i += 4) total += <i32>(load<u32>(INPUT + i) !== load<u32>(p + i));
    store<u32>(HASHES + n, total);
    p += bytes;
  }
}

/** The same for packed signatures of `words` words with `bits` bits a minimum: how many of the fields are unequal. */
export function comparePacked(words: i32, bits: i32, count: i32): void {
  const bytes = (<usize>words) << 2;
  const whole = bytes & ~15;
  const lowest: u32 =
    bits === 1 ? 0xffffffff : bits === 2 ? 0x55555555 : bits === 4 ? 0x11111111 : bits === 8 ? 0x01010101 : 0x00010001;
  const mask = i32x4.splat(lowest);
  let p = INPUT + bytes;
  for (let n: usize = 0; n < (<usize>count) << 2; n += 4) {
    let sum = i32x4.splat(0);
    let i: usize = 0;
    for (; i < whole; i += 16) {
      let x = v128.xor(v128.load(INPUT + i), v128.load(p + i));
      for (let shift = bits >> 1; shift > 0; shift >>= 1) x = v128.or(x, i32x4.shr_u(x, shift));
      const ones = i8x16.popcnt(v128.and(x, mask));
      sum = i32x4.add(sum, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(ones)));
    }
    let total = sumLanes(sum);
    for (; i < bytes; i += 4) {
      let x = load<u32>(INPUT + i) ^ load<u32>(p + i);
      for (let shift = bits >> 1; shift > 0; shift >>= 1) x |= x >> shift;
      total += <i32>popcnt<u32>(x & lowest);
    }
    store<u32>(HASHES + n, total);
    p += bytes;
  }
}

function sumLanes(v: v128): i32 {
  v = i32x4.add(v, i32x4.shuffle(v, v, 2, 3, 0, 1));
  v = i32x4.add(v, i32x4.shuffle(v, v, 1, 0, 3, 2));
  return i32x4.extract_lane(v, 0);
}

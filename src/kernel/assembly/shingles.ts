import { HASHES, WORDS } from './layout';

const BASE: u32 = 0x2c1b3c6d;

function mix(h: v128): v128 {
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), i32x4.splat(0x85ebca6b));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/** Hashes the `count` shingles of `size` words that begin at the first `count` words; up to three more are written. */
export function hashShingles(size: i32, count: i32): void {
  const bytes = (<usize>count) << 2;
  const base = i32x4.splat(BASE);
  if (size === 3) {
    const square = i32x4.splat(BASE * BASE);
    for (let i: usize = 0; i < bytes; i += 16) {
      const first = i32x4.mul(v128.load(i, WORDS), square);
      const second = i32x4.mul(v128.load(i, WORDS + 4), base);
      v128.store(i, mix(i32x4.add(i32x4.add(first, second), v128.load(i, WORDS + 8))), HASHES);
    }
    return;
  }
  const rest = (<usize>(size - 1)) << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    let h = v128.load(i, WORDS);
    for (let j: usize = 4; j <= rest; j += 4) h = i32x4.add(i32x4.mul(h, base), v128.load(i + j, WORDS));
    v128.store(i, mix(h), HASHES);
  }
}

import { ALL_SEPARATORS, ALL_SOLO, PAGE_INDEX, PAGES, SLOT, UNKNOWN } from './layout';

/** Asks the host for the fold table of a page; it writes the table and the index, and returns the index entry. */
declare function page(number: i32): i32;

const BLANK: u8 = 0x20;

/** Where `fold` stopped reading. */
export let consumed: usize = 0;

/**
 * Copies UTF-8 from `src` to `dst` with everything outside ASCII folded, and returns the end of what it wrote.
 * It stops at `end`, or when it has written up to `limit`. What parts words becomes a blank, letters of unspaced
 * scripts stand between blanks, what is ignored vanishes; ASCII passes as it is. The byte at `end` must be ASCII.
 */
export function fold(src: usize, end: usize, dst: usize, limit: usize): usize {
  while (src < end && dst < limit) {
    while (src + 64 <= end && dst + 64 <= limit) {
      const a = v128.load(src);
      const b = v128.load(src, 16);
      const c = v128.load(src, 32);
      const d = v128.load(src, 48);
      if (i8x16.bitmask(v128.or(v128.or(a, b), v128.or(c, d))) !== 0) break;
      v128.store(dst, a);
      v128.store(dst, b, 16);
      v128.store(dst, c, 32);
      v128.store(dst, d, 48);
      src += 64;
      dst += 64;
    }
    const bytes = v128.load(src);
    v128.store(dst, bytes);
    const high = i8x16.bitmask(bytes);
    const plain = min<usize>(high === 0 ? 16 : <usize>ctz(high), end - src);
    src += plain;
    dst += plain;
    if (high === 0) continue;
    while (src < end && dst < limit && load<u8>(src) >= 0x80) {
      const lead = <i32>load<u8>(src);
      const second = <i32>load<u8>(src, 1) ^ 0x80;
      let code = 0;
      let width: usize = 1;
      // A sequence that is not well formed parts words; only its first byte is passed over, since what follows it
      // may begin a sequence of its own. Where it does not, it parts words once more, which changes nothing.
      if (lead < 0xe0) {
        if (lead >= 0xc2 && second < 0x40) {
          code = ((lead & 0x1f) << 6) | second;
          width = 2;
        }
      } else if (second < 0x40) {
        const third = <i32>load<u8>(src, 2) ^ 0x80;
        if (third < 0x40) {
          if (lead < 0xf0) {
            const three = ((lead & 0x0f) << 12) | (second << 6) | third;
            if (three >= 0x800) {
              code = three;
              width = 3;
            }
          } else {
            const fourth = <i32>load<u8>(src, 3) ^ 0x80;
            const four = ((lead & 0x0f) << 18) | (second << 12) | (third << 6) | fourth;
            if (fourth < 0x40 && four >= 0x10000 && four < 0x110000) {
              code = four;
              width = 4;
            }
          }
        }
      }
      let entry = <i32>load<u16>(PAGE_INDEX + ((<usize>(code >> 8)) << 1));
      if (entry === UNKNOWN) entry = page(code >> 8);
      if (entry >= SLOT) {
        const folded = load<u64>(PAGES + ((<usize>(entry - SLOT)) << 11) + ((<usize>(code & 255)) << 3));
        store<u64>(dst, folded);
        dst += <usize>((71 - clz(folded)) >> 3);
      } else if (entry === ALL_SEPARATORS) {
        store<u8>(dst++, BLANK);
      } else {
        const solo: usize = entry === ALL_SOLO ? 1 : 0;
        store<u8>(dst, BLANK);
        store<u32>(dst + solo, load<u32>(src));
        dst += solo + width;
        store<u8>(dst, BLANK);
        dst += solo;
      }
      src += width;
    }
  }
  consumed = src;
  return dst;
}

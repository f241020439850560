/**
 * Sorts two columns together by the first, ascending and stable: `keys[i]` goes with `values[i]`. Least-significant-digit
 * radix sort in four passes of eight bits; linear time, one scratch copy of both columns.
 */
export function sortByKey(keys: Uint32Array, values: Uint32Array): void {
  const n = keys.length;
  let fromKeys: Uint32Array = keys;
  let fromValues: Uint32Array = values;
  let toKeys: Uint32Array = new Uint32Array(n);
  let toValues: Uint32Array = new Uint32Array(n);
  const counts = new Uint32Array(257);
  for (let shift = 0; shift < 32; shift += 8) {
    counts.fill(0);
    for (let i = 0; i < n; i++) {
      const digit = ((fromKeys[i] as number) >>> shift) & 255;
      counts[digit + 1] = (counts[digit + 1] as number) + 1;
    }
    for (let d = 0; d < 256; d++) counts[d + 1] = (counts[d + 1] as number) + (counts[d] as number);
    for (let i = 0; i < n; i++) {
      const key = fromKeys[i] as number;
      const digit = (key >>> shift) & 255;
      const at = counts[digit] as number;
      counts[digit] = at + 1;
      toKeys[at] = key;
      toValues[at] = fromValues[i] as number;
    }
    [fromKeys, toKeys] = [toKeys, fromKeys];
    [fromValues, toValues] = [toValues, fromValues];
  }
}

/** Numbers below which the engine's own sort is faster. */
const FEW = 128;

/** Sorts numbers in place, ascending: three passes of eleven bits; linear time, one scratch copy. */
export function sortNumbers(values: Uint32Array): Uint32Array {
  const n = values.length;
  if (n < FEW) return values.sort();
  let from: Uint32Array = values;
  let to: Uint32Array = new Uint32Array(n);
  const counts = new Uint32Array(2049);
  for (let shift = 0; shift < 33; shift += 11) {
    counts.fill(0);
    for (let i = 0; i < n; i++) {
      const digit = ((from[i] as number) >>> shift) & 2047;
      counts[digit + 1] = (counts[digit + 1] as number) + 1;
    }
    for (let d = 0; d < 2048; d++) counts[d + 1] = (counts[d + 1] as number) + (counts[d] as number);
    for (let i = 0; i < n; i++) {
      const value = from[i] as number;
      const digit = (value >>> shift) & 2047;
      const at = counts[digit] as number;
      counts[digit] = at + 1;
      to[at] = value;
    }
    [from, to] = [to, from];
  }
  values.set(from);
  return values;
}

/**
 * Sorts two columns together by the first, ascending and stable: `keys[i]` goes with `values[i]`. Least-significant-digit
 * radix sort, in four passes of eight bits, or in two of twelve where only the lower 24 differ; linear time, one scratch copy of both
 * columns.
 */
export function sortByKey(keys: Uint32Array, values: Uint32Array, bits: 24 | 32 = 32): void {
  const n = keys.length;
  // An even number of passes, so that the last one writes to the columns that were given.
  const width = bits === 32 ? 8 : 12;
  const mask = 2 ** width - 1;
  let fromKeys: Uint32Array = keys;
  let fromValues: Uint32Array = values;
  let toKeys: Uint32Array = new Uint32Array(n);
  let toValues: Uint32Array = new Uint32Array(n);
  const counts = new Uint32Array(mask + 2);
  for (let shift = 0; shift < bits; shift += width) {
    counts.fill(0);
    for (let i = 0; i < n; i++) {
      const digit = ((fromKeys[i] as number) >>> shift) & mask;
      counts[digit + 1] = (counts[digit + 1] as number) + 1;
    }
    for (let d = 0; d <= mask; d++) counts[d + 1] = (counts[d + 1] as number) + (counts[d] as number);
    for (let i = 0; i < n; i++) {
      const key = fromKeys[i] as number;
      const digit = (key >>> shift) & mask;
      const at = counts[digit] as number;
      counts[digit] = at + 1;
      toKeys[at] = key;
      toValues[at] = fromValues[i] as number;
    }
    [fromKeys, toKeys] = [toKeys, fromKeys];
    [fromValues, toValues] = [toValues, fromValues];
  }
}

/** Numbers below which the engine's own sort is faster, and below which eight bits a pass are faster than eleven. */
const FEW = 128;
const MANY = 4096;

/** Sorts numbers in place, ascending: three passes of eleven bits, or of few numbers four of eight; linear time, one scratch copy. */
export function sortNumbers(values: Uint32Array): Uint32Array {
  const n = values.length;
  if (n < FEW) return values.sort();
  const width = n < MANY ? 8 : 11;
  const mask = 2 ** width - 1;
  let from: Uint32Array = values;
  let to: Uint32Array = new Uint32Array(n);
  const counts = new Uint32Array(mask + 2);
  for (let shift = 0; shift < 32; shift += width) {
    counts.fill(0);
    for (let i = 0; i < n; i++) {
      const digit = ((from[i] as number) >>> shift) & mask;
      counts[digit + 1] = (counts[digit + 1] as number) + 1;
    }
    for (let d = 0; d <= mask; d++) counts[d + 1] = (counts[d + 1] as number) + (counts[d] as number);
    for (let i = 0; i < n; i++) {
      const value = from[i] as number;
      const digit = (value >>> shift) & mask;
      const at = counts[digit] as number;
      counts[digit] = at + 1;
      to[at] = value;
    }
    [from, to] = [to, from];
  }
  if (from !== values) values.set(from);
  return values;
}

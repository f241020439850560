import { sortByKey } from './radix.js';

/** Postings that are sorted into a segment at once. */
const TAIL = 1 << 15;

/**
 * Postings that nothing is changed in any more.
 *
 * - `keys`: distinct, ascending
 * - `starts`: of key k its postings are `values[starts[k] .. starts[k + 1])`, ascending; one entry more than keys
 */
export interface Segment {
  readonly keys: Uint32Array;
  readonly starts: Uint32Array;
  readonly values: Uint32Array;
}

/** Whether columns that came from outside are a segment, of values below `most`. */
export function isSegment({ keys, starts, values }: Segment, most: number): boolean {
  if (starts.length !== keys.length + 1 || starts[0] !== 0 || starts[keys.length] !== values.length) return false;
  for (let k = 0; k < keys.length; k++) {
    if ((starts[k] as number) > (starts[k + 1] as number)) return false;
    if (k > 0 && (keys[k - 1] as number) >= (keys[k] as number)) return false;
  }
  for (let v = 0; v < values.length; v++) if ((values[v] as number) >= most) return false;
  return true;
}

/**
 * Which values stand under each 32-bit key, for an index that grows and shrinks: new ones in a table, which is sorted into a
 * segment when it is full, and segments of like size made one (a log-structured merge: O'Neil and others 1996). Adding costs
 * time in the logarithm of all there is, on average; a look-up that many binary searches. What is
 * removed stays until its segment is made one with another, and is passed over by whoever asks.
 */
export class Postings {
  #segments: Segment[];
  readonly #tail = new Map<number, number[]>();
  #tailSize = 0;
  readonly #lives: (value: number) => boolean;

  /** @param lives whether a value is still to be kept; @param segments of postings before */
  constructor(lives: (value: number) => boolean, segments: readonly Segment[] = []) {
    this.#lives = lives;
    this.#segments = segments.filter(({ keys }) => keys.length > 0);
  }

  /** Adds a value under a key. Values under one key must ascend. */
  add(key: number, value: number): void {
    const list = this.#tail.get(key);
    if (list === undefined) this.#tail.set(key, [value]);
    else list.push(value);
    if (++this.#tailSize >= TAIL) this.#settle();
  }

  /** How many values stand under a key, removed ones among them. */
  count(key: number): number {
    let count = this.#tail.get(key)?.length ?? 0;
    for (const { keys, starts } of this.#segments) {
      const k = find(keys, key);
      if (k >= 0) count += (starts[k + 1] as number) - (starts[k] as number);
    }
    return count;
  }

  /** Calls `visit` with every value under a key that lives, in the order in which they were added. */
  each(key: number, visit: (value: number) => void): void {
    for (const { keys, starts, values } of this.#segments) {
      const k = find(keys, key);
      if (k < 0) continue;
      for (let at = starts[k] as number; at < (starts[k + 1] as number); at++) {
        const value = values[at] as number;
        if (this.#lives(value)) visit(value);
      }
    }
    for (const value of this.#tail.get(key) ?? []) if (this.#lives(value)) visit(value);
  }

  /** Bytes held, about. */
  get bytes(): number {
    return (
      this.#segments.reduce((sum, s) => sum + s.keys.byteLength + s.starts.byteLength + s.values.byteLength, 0) +
      16 * this.#tailSize
    );
  }

  /** All there is as one segment, with the values renamed, in an order that they keep. */
  compacted(rename: (value: number) => number = (value) => value): Segment {
    this.#settle();
    const all = this.#segments.reduce((one, other) => this.#merge(one, other), EMPTY);
    // Removed ones go even where there was nothing to merge.
    const whole = this.#merge(all, EMPTY);
    return { ...whole, values: whole.values.map(rename) };
  }

  #settle(): void {
    if (this.#tailSize === 0) return;
    const keys = new Uint32Array(this.#tailSize);
    const values = new Uint32Array(this.#tailSize);
    let at = 0;
    for (const [key, list] of this.#tail) {
      for (const value of list) {
        keys[at] = key;
        values[at++] = value;
      }
    }
    sortByKey(keys, values);
    this.#tail.clear();
    this.#tailSize = 0;
    let segment = grouped(keys, values);
    for (;;) {
      const last = this.#segments[this.#segments.length - 1];
      if (last === undefined || last.values.length > 2 * segment.values.length) break;
      this.#segments.pop();
      segment = this.#merge(last, segment);
    }
    if (segment.keys.length > 0) this.#segments.push(segment);
  }

  /** Two segments as one, without what was removed; the values of the first come first. */
  #merge(one: Segment, other: Segment): Segment {
    const keys = new Uint32Array(one.keys.length + other.keys.length);
    const starts = new Uint32Array(keys.length + 1);
    const values = new Uint32Array(one.values.length + other.values.length);
    let size = 0;
    let to = 0;
    const take = ({ starts: from, values: old }: Segment, k: number) => {
      for (let at = from[k] as number; at < (from[k + 1] as number); at++)
        if (this.#lives(old[at] as number)) values[to++] = old[at] as number;
    };
    for (let x = 0, y = 0; x < one.keys.length || y < other.keys.length; ) {
      const u = x < one.keys.length ? (one.keys[x] as number) : Number.POSITIVE_INFINITY;
      const v = y < other.keys.length ? (other.keys[y] as number) : Number.POSITIVE_INFINITY;
      const before = to;
      if (u <= v) take(one, x++);
      if (v <= u) take(other, y++);
      if (to === before) continue;
      keys[size] = Math.min(u, v);
      starts[++size] = to;
    }
    return { keys: keys.slice(0, size), starts: starts.slice(0, size + 1), values: values.slice(0, to) };
  }
}

const EMPTY: Segment = { keys: new Uint32Array(0), starts: new Uint32Array(1), values: new Uint32Array(0) };

function grouped(keys: Uint32Array, values: Uint32Array): Segment {
  const distinct = new Uint32Array(keys.length);
  const starts = new Uint32Array(keys.length + 1);
  let size = 0;
  for (let at = 0; at < keys.length; at++) {
    if (at === 0 || keys[at] !== keys[at - 1]) distinct[size++] = keys[at] as number;
    starts[size] = at + 1;
  }
  return { keys: distinct.slice(0, size), starts: starts.slice(0, size + 1), values };
}

/** The place of a key, or -1. */
function find(keys: Uint32Array, key: number): number {
  let low = 0;
  let high = keys.length - 1;
  while (low <= high) {
    const mid = (low + high) >>> 1;
    const at = keys[mid] as number;
    if (at === key) return mid;
    if (at < key) low = mid + 1;
    else high = mid - 1;
  }
  return -1;
}

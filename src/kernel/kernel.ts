import type { WordKey } from '../sketch/hash.js';
import type { Permutations } from '../sketch/permutations.js';
import { ADDENDS, COUNTS, FACTORS, INPUT, INPUT_BYTES, SIGNATURE } from './layout.js';
import { pageFiller } from './pages.js';
import { KERNEL_WASM } from './wasm.js';

/** The little of WebAssembly's interface that is used here; the language's own types do not have it. */
interface WebAssemblyHost {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
}

/** What `assembly/kernel.ts` exports. */
interface KernelExports {
  memory: { buffer: ArrayBuffer };
  configure(k: number, shingleSize: number, start: number, a: number, b: number, c: number, d: number): void;
  begin(): void;
  feed(length: number, final: number): void;
  feedHashes(count: number): void;
  finish(): void;
  sign(length: number): void;
  scan(length: number, hashing: number): number;
  compareColumn(k: number, count: number): void;
  comparePacked(words: number, bits: number, count: number): void;
}

/** All that a signature depends on, besides the text. */
export interface SignatureSettings {
  readonly shingleSize: number;
  readonly seed: number;
  readonly key: WordKey;
  readonly family: Permutations;
}

/**
 * An instance of the compiled kernel: one fixed memory of 1 MiB, in which every document is signed in turn. Longer
 * documents go through it in pieces of `inputBytes`; nothing depends on where they are cut.
 */
export class Kernel {
  readonly #exports: KernelExports;
  readonly #bytes: Uint8Array;
  readonly #input: Uint8Array;
  readonly #inputHashes: Uint32Array;
  #signature: Uint32Array = new Uint32Array(0);
  /** Where comparisons leave their counts. */
  readonly #counts: Uint32Array;
  readonly #encoder = new TextEncoder();
  #settings: SignatureSettings | undefined;

  constructor(host: WebAssemblyHost, wasm: Uint8Array, inputBytes = INPUT_BYTES) {
    const fold = { page: (page: number) => fill(page) };
    this.#exports = new host.Instance(new host.Module(wasm), { fold }).exports as KernelExports;
    const memory = this.#exports.memory.buffer;
    const fill = pageFiller(memory);
    this.#bytes = new Uint8Array(memory);
    this.#input = new Uint8Array(memory, INPUT, inputBytes);
    this.#inputHashes = new Uint32Array(memory, INPUT, inputBytes >>> 2);
    this.#counts = new Uint32Array(memory, COUNTS, 2304);
  }

  /** Makes these the settings of the signatures that follow. The object is known again by its identity. */
  use(settings: SignatureSettings): void {
    if (this.#settings === settings) return;
    const { family, key, shingleSize } = settings;
    const { buffer } = this.#bytes;
    new Uint16Array(buffer, FACTORS, 1024).fill(1).set(family.factors);
    new Uint16Array(buffer, ADDENDS, 1024).fill(0).set(family.addends);
    const [a, b, c, d] = key.factors as unknown as [number, number, number, number];
    this.#exports.configure(family.factors.length, shingleSize, key.start, a, b, c, d);
    this.#signature = new Uint32Array(buffer, SIGNATURE, family.factors.length);
    this.#settings = settings;
  }

  /** Writes the signature of a string to `out`, from `at` on. */
  signText(text: string, out: Uint32Array, at: number): void {
    const input = this.#input;
    // A UTF-16 code unit takes at most three bytes.
    if (text.length * 3 <= input.length) {
      this.#exports.sign(this.#encoder.encodeInto(text, input).written);
    } else {
      this.#exports.begin();
      for (let from = 0; from < text.length; ) {
        let to = Math.min(from + input.length, text.length);
        if (to < text.length && (text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to--;
        const { read, written } = this.#encoder.encodeInto(text.slice(from, to), input);
        from += read;
        this.#exports.feed(written, from < text.length ? 0 : 1);
      }
      this.#exports.finish();
    }
    out.set(this.#signature, at);
  }

  /** Writes the signature of UTF-8 to `out`, from `at` on. */
  signBytes(utf8: Uint8Array, out: Uint32Array, at: number): void {
    const input = this.#input;
    if (utf8.length <= input.length) {
      input.set(utf8);
      this.#exports.sign(utf8.length);
    } else {
      this.#exports.begin();
      for (let from = 0; from < utf8.length; ) {
        const to = cutBetweenCodePoints(utf8, from + input.length);
        input.set(utf8.subarray(from, to));
        this.#exports.feed(to - from, to < utf8.length ? 0 : 1);
        from = to;
      }
      this.#exports.finish();
    }
    out.set(this.#signature, at);
  }

  /** Writes the signature of a set of ready hashes to `out`, from `at` on. */
  signHashes(hashes: Uint32Array, out: Uint32Array, at: number): void {
    const input = this.#inputHashes;
    this.#exports.begin();
    for (let from = 0; from < hashes.length; from += input.length) {
      const whole = hashes.length <= input.length;
      const piece = whole ? hashes : hashes.subarray(from, from + input.length);
      input.set(piece);
      this.#exports.feedHashes(piece.length);
    }
    this.#exports.finish();
    out.set(this.#signature, at);
  }

  /** Writes to `unequal` in how many places a signature differs from each of a column. */
  compareMany(signature: Uint32Array, column: Uint32Array, unequal: Uint32Array): void {
    const k = signature.length;
    this.#inPieces(signature, column, unequal, (count) => this.#exports.compareColumn(k, count));
  }

  /** Writes to `unequal` in how many fields of `bits` bits a packed signature differs from each of a column. */
  comparePacked(packed: Uint32Array, column: Uint32Array, bits: number, unequal: Uint32Array): void {
    const words = packed.length;
    this.#inPieces(packed, column, unequal, (count) => this.#exports.comparePacked(words, bits, count));
  }

  /** Takes a column through memory, what it is compared with in front of each piece, and collects the counts. */
  #inPieces(one: Uint32Array, column: Uint32Array, counts: Uint32Array, compare: (count: number) => void): void {
    const input = this.#inputHashes;
    const size = one.length;
    const most = Math.min(Math.floor(input.length / size) - 1, this.#counts.length);
    input.set(one);
    for (let from = 0; from < counts.length; from += most) {
      const count = Math.min(most, counts.length - from);
      input.set(column.subarray(from * size, (from + count) * size), size);
      compare(count);
      counts.set(this.#counts.subarray(0, count), from);
    }
  }

  /** For measurements: the words of at most one piece of UTF-8, or its shingles, counted and not signed. */
  scan(utf8: Uint8Array, what: 'words' | 'shingles'): number {
    this.#input.set(utf8);
    return this.#exports.scan(utf8.length, what === 'words' ? 0 : 1);
  }
}

/** The end of a piece that does not cut a sequence of UTF-8, at most three bytes before `to`. */
function cutBetweenCodePoints(utf8: Uint8Array, to: number): number {
  if (to >= utf8.length) return utf8.length;
  for (let i = to - 1; i >= to - 3; i--) {
    const byte = utf8[i] as number;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return i;
  }
  return to;
}

let shared: Kernel | undefined | null = null;

/**
 * The thread's kernel, compiled on the first call; undefined where there is no WebAssembly, no SIMD in it, or
 * where the host refuses to compile it here.
 */
export function sharedKernel(): Kernel | undefined {
  if (shared === null) shared = createKernel(kernelBytes());
  return shared;
}

/** Makes `wasm` the thread's kernel, in workers and in what runs from source, or turns the kernel off. */
export function setSharedKernel(wasm: Uint8Array | undefined): void {
  shared = wasm && createKernel(wasm);
}

/** A kernel of its own from compiled bytes; undefined where they cannot be run. */
export function createKernel(wasm: Uint8Array, inputBytes?: number): Kernel | undefined {
  const host = (globalThis as { WebAssembly?: WebAssemblyHost }).WebAssembly;
  try {
    // Without SIMD the module does not validate, so that it is its own feature test.
    if (wasm.length === 0 || !host?.validate(wasm)) return undefined;
    return new Kernel(host, wasm, inputBytes);
  } catch {
    return undefined;
  }
}

/** The compiled kernel; empty when run from source. */
export function kernelBytes(): Uint8Array {
  return Uint8Array.from(atob(KERNEL_WASM), (char) => char.charCodeAt(0));
}

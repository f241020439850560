import { type Kernel, type SignatureSettings, sharedKernel } from '../kernel/kernel.js';
import { wordKey } from './hash.js';
import { permutations } from './permutations.js';
import { minima, shingleHashes } from './reference.js';

/** Writes signatures into a column; two implementations, one result. */
export interface Signer {
  /** Writes the signature of a string to `out`, from `at` on. */
  text(text: string, out: Uint32Array, at: number): void;
  /** The same for UTF-8. */
  bytes(utf8: Uint8Array, out: Uint32Array, at: number): void;
  /** The same for a set of ready 32-bit hashes. */
  hashes(hashes: Uint32Array, out: Uint32Array, at: number): void;
}

/** The settings of so many permutations, words a shingle and seed. */
export function signatureSettings(count: number, shingleSize: number, seed: number): SignatureSettings {
  return { shingleSize, seed, key: wordKey(seed), family: permutations(count, seed) };
}

/** The fastest signer that this host runs. Compiles the kernel on the first call in a thread. */
export function createSigner(settings: SignatureSettings): Signer {
  const kernel = sharedKernel();
  return kernel === undefined ? referenceSigner(settings) : kernelSigner(kernel, settings);
}

/** Signs in plain TypeScript: what the kernel must agree with, and what runs where it cannot. */
export function referenceSigner(settings: SignatureSettings): Signer {
  const { family, shingleSize, seed } = settings;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const hashes: Signer['hashes'] = (column, out, at) => out.set(minima(column, family), at);
  const text: Signer['text'] = (string, out, at) => hashes(shingleHashes(string, shingleSize, seed), out, at);
  return { text, bytes: (utf8, out, at) => text(decoder.decode(utf8), out, at), hashes };
}

/** Signs in WebAssembly. */
export function kernelSigner(kernel: Kernel, settings: SignatureSettings): Signer {
  return {
    text(string, out, at) {
      kernel.use(settings);
      kernel.signText(string, out, at);
    },
    bytes(utf8, out, at) {
      kernel.use(settings);
      kernel.signBytes(utf8, out, at);
    },
    hashes(column, out, at) {
      kernel.use(settings);
      kernel.signHashes(column, out, at);
    },
  };
}

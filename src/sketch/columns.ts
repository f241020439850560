import { describe, TwicetoldError } from '../errors.js';

/**
 * Whether a value is UTF-8 in a `Uint8Array` (Node's `Buffer` is one), of whatever realm: one from a frame, a `vm`
 * context or jsdom is no instance of this realm's class.
 */
export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array || hasTag(value, 'Uint8Array');
}

/** Whether a value is a `Uint32Array`, of whatever realm. */
export function isColumn(value: unknown): value is Uint32Array {
  return value instanceof Uint32Array || hasTag(value, 'Uint32Array');
}

/**
 * Throws where the buffer of a view was transferred, to a worker as a rule: it has no length then, and would pass for an
 * empty text.
 */
export function checkHere(name: string, view: Uint8Array | Uint32Array): void {
  if (view.length > 0) return;
  try {
    new Uint8Array(view.buffer);
  } catch (cause) {
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `${name} must have its buffer here, and it was transferred elsewhere; transfer a copy`,
      { cause },
    );
  }
}

function hasTag(value: unknown, name: string): boolean {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === `[object ${name}]`;
}

/** A new column of so many signatures; throws `OUT_OF_RANGE` where there is no memory for it, or no array as long. */
export function newColumn(signatures: number, permutations: number): Uint32Array<ArrayBuffer> {
  try {
    return new Uint32Array(signatures * permutations);
  } catch (cause) {
    const gigabytes = Math.ceil((signatures * permutations * 4) / 1e9);
    throw new TwicetoldError(
      'OUT_OF_RANGE',
      `${signatures} signatures of ${permutations} minima take ${gigabytes} GB, more than one column can have here; sign the documents in parts`,
      { cause },
    );
  }
}

/** Throws unless `value` is an array of documents: strings, their UTF-8 and, where `hashes` says so, sets of ready hashes. */
export function checkDocuments(documents: unknown, hashes: boolean): asserts documents is readonly unknown[] {
  if (!Array.isArray(documents))
    throw new TwicetoldError('INVALID_ARGUMENT', `documents must be an array, got ${describe(documents)}`);
  for (let i = 0; i < documents.length; i++) {
    const document: unknown = documents[i];
    if (typeof document === 'string') continue;
    if (isBytes(document) || (hashes && isColumn(document))) {
      checkHere(`documents[${i}]`, document);
      continue;
    }
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      hashes
        ? `documents[${i}] must be a string, a Uint8Array of UTF-8 or a Uint32Array of hashes, got ${describe(document)}`
        : `documents[${i}] must be a string or a Uint8Array of UTF-8, got ${describe(document)}`,
    );
  }
}

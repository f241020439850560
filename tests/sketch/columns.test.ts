import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  compareMany,
  compareManyPacked,
  estimateJaccard,
  estimatePackedJaccard,
  LshIndex,
  MinHasher,
  packSignature,
} from '../../src/index.js';
import { kernelBytes, setSharedKernel } from '../../src/kernel/kernel.js';

/** The same array, made in another realm, as those of frames, `vm` contexts and jsdom are. */
function foreign<T extends Uint8Array | Uint32Array>(array: T): T {
  const made = runInNewContext(`new ${array.constructor.name}(${array.length})`) as T;
  made.set(array);
  expect(made).not.toBeInstanceOf(array.constructor);
  return made;
}

describe('arrays of another realm', () => {
  const hasher = new MinHasher({ permutations: 32 });
  const utf8 = new TextEncoder().encode('arrays of another realm are arrays');
  const signature = hasher.signBytes(utf8);

  it('are signed like one’s own', () => {
    expect(hasher.signBytes(foreign(utf8))).toEqual(signature);
    const hashes = Uint32Array.of(7, 0x9e3779b9, 12345);
    expect(hasher.signHashes(foreign(hashes))).toEqual(hasher.signHashes(hashes));
    const out = foreign(new Uint32Array(64));
    expect(hasher.signMany([foreign(utf8), foreign(hashes)], { out })).toBe(out);
    expect([...out]).toEqual([...signature, ...hasher.signHashes(hashes)]);
  });

  it('are compared, packed and indexed like one’s own', () => {
    expect(estimateJaccard(foreign(signature), signature)).toBe(1);
    expect([...compareMany(foreign(signature), foreign(signature))]).toEqual([1]);
    const packed = packSignature(foreign(signature), 8);
    expect(estimatePackedJaccard(foreign(packed), packed, 8, 32)).toBe(1);
    const index = new LshIndex({ permutations: 32 });
    index.insert('a', foreign(signature));
    expect(index.query(foreign(signature))).toEqual([{ id: 'a', estimate: 1 }]);
  });

  it('are not taken for what they are not', () => {
    const refused = expect.objectContaining({ name: 'TwicetoldError', code: 'INVALID_ARGUMENT' });
    const spoof = { [Symbol.toStringTag]: 'Uint8Array', length: 3 };
    for (const wrong of [new Int8Array(4), new DataView(new ArrayBuffer(4)), spoof, new ArrayBuffer(4), [1]])
      expect(() => hasher.signBytes(wrong as unknown as Uint8Array)).toThrow(refused);
    expect(() => hasher.signHashes(foreign(utf8) as unknown as Uint32Array)).toThrow(refused);
  });
});

describe('signMany', () => {
  it('says what a document may be, and writes nothing then', () => {
    const hasher = new MinHasher({ permutations: 16 });
    const out = new Uint32Array(32).fill(9);
    expect(() => hasher.signMany(['a b c', 7 as unknown as string], { out })).toThrow(
      'documents[1] must be a string, a Uint8Array of UTF-8 or a Uint32Array of hashes, got 7',
    );
    expect(out.every((minimum) => minimum === 9)).toBe(true);
  });

  it('says when one column cannot hold the signatures', () => {
    expect(() => new MinHasher({ permutations: 1024 }).signMany(new Array(2 ** 32 - 1))).toThrow(
      expect.objectContaining({
        name: 'TwicetoldError',
        code: 'OUT_OF_RANGE',
        message: expect.stringMatching(/4294967295 signatures of 1024 minima take 17593 GB, .*in parts/),
      }),
    );
  });
});

describe('arrays whose buffer was transferred', () => {
  const refused = (name: string) =>
    expect.objectContaining({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching(`^${name} must have its buffer`),
    });
  const gone = <T extends Uint8Array | Uint32Array>(view: T): T => {
    structuredClone(view, { transfer: [view.buffer as ArrayBuffer] });
    return view;
  };

  it.each(['kernel', 'reference'])('are no empty texts and no empty columns, by the %s', (engine) => {
    setSharedKernel(engine === 'kernel' ? kernelBytes() : undefined);
    try {
      const hasher = new MinHasher({ permutations: 16 });
      const signature = hasher.sign('one two three');
      const packed = packSignature(signature, 8);
      const bytes = () => gone(new Uint8Array(8));
      const column = () => gone(new Uint32Array(16));
      expect(() => hasher.signBytes(bytes())).toThrow(refused('utf8'));
      expect(() => hasher.signMany(['a', bytes()])).toThrow(refused('documents\\[1\\]'));
      expect(() => hasher.signHashes(column())).toThrow(refused('hashes'));
      expect(() => compareMany(signature, column())).toThrow(refused('column'));
      expect(() => compareManyPacked(packed, column(), 8, 16)).toThrow(refused('column'));
      expect(() => estimateJaccard(signature, column())).toThrow(refused('b'));
    } finally {
      setSharedKernel(kernelBytes());
    }
  });
});

describe('options', () => {
  it('are left out for their default, not null', () => {
    expect(() => new MinHasher({ permutations: null as unknown as number })).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: 'permutations must not be null; without it the default stands',
      }),
    );
  });
});

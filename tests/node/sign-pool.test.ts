import { describe, expect, it } from 'vitest';
import { MinHasher } from '../../src/index.js';
import { SignPool, signMany } from '../../src/node/sign-pool.js';
import { WORKER_CODE } from '../../src/node/worker-code.js';

const encoder = new TextEncoder();
const documents = Array.from({ length: 3000 }, (_, i) => {
  const text = Array.from({ length: (i * 7) % 300 }, (_, j) => `wörd${(i * 31 + j * 17) % 997}`).join(' ');
  return i % 2 === 0 ? text : encoder.encode(text);
});

describe('signing on threads', () => {
  it('gives the bytes that one thread gives, whatever the number of workers', async () => {
    expect(WORKER_CODE).not.toBe('');
    const options = { permutations: 48, shingleSize: 2, seed: 9 };
    const expected = new MinHasher(options).signMany(documents);
    for (const workers of [1, 2, 3]) expect(await signMany(documents, { ...options, workers })).toEqual(expected);
  });

  it('serves call after call, empty collections and documents larger than a batch', async () => {
    const pool = new SignPool({ workers: 2 });
    const hasher = new MinHasher();
    const large = 'many different words and numbers 123 '.repeat(40_000);
    for (const some of [[], ['one'], [large, 'x', large], documents.slice(0, 10)])
      expect(await pool.signMany(some)).toEqual(hasher.signMany(some));
    await pool.close();
    expect(await pool.signMany(['one'])).toEqual(hasher.signMany(['one']));
  });

  it('names what it cannot sign, and refuses a second call at once', async () => {
    const pool = new SignPool({ workers: 1 });
    await expect(pool.signMany(['a', 5 as unknown as string])).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: 'documents[1] must be a string or a Uint8Array of UTF-8, got 5',
    });
    const first = pool.signMany(documents);
    await expect(pool.signMany(documents)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    await first;
    const cut = pool.signMany(documents);
    await pool.close();
    await expect(cut).rejects.toMatchObject({ code: 'ABORTED' });
    expect(() => new SignPool({ workers: 0 })).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
  });

  it('refuses what cannot be read, and signs the next collection all the same', async () => {
    const pool = new SignPool({ workers: 2, permutations: 16 });
    const gone = new Uint8Array(10);
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    await expect(pool.signMany(['one two three', gone])).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    const texts = ['one two three', 'four five six'];
    expect(await pool.signMany(texts)).toEqual(new MinHasher({ permutations: 16 }).signMany(texts));
    await pool.close();
  });

  it('signs the collection that it was given, whatever becomes of the array meanwhile', async () => {
    const pool = new SignPool({ workers: 2, permutations: 16 });
    const texts = Array.from({ length: 9000 }, (_, i) => `the story of number ${i}`);
    const expected = new MinHasher({ permutations: 16 }).signMany(texts);
    const signing = pool.signMany(texts);
    texts.length = 5;
    expect(await signing).toEqual(expected);
    await pool.close();
  });

  it('names the options that it knows', () => {
    expect(() => new SignPool({ worker: 2 } as object)).toThrow(
      /SignPool options has no option "worker"; it knows workers, permutations/,
    );
  });
});

import { describe, expectTypeOf, it } from 'vitest';
import {
  type Banding,
  bandsFor,
  estimateJaccard,
  jaccard,
  MinHasher,
  type MinHasherOptions,
  type ShingleOptions,
  shingles,
} from '../../src/index.js';

describe('the types of sketches', () => {
  it('shingles', () => {
    expectTypeOf(shingles).parameters.toEqualTypeOf<[text: string, options?: ShingleOptions]>();
    expectTypeOf(shingles).returns.toEqualTypeOf<string[]>();
    // @ts-expect-error: the option is called shingleSize
    shingles('text', { size: 3 });
  });

  it('jaccard', () => {
    expectTypeOf(jaccard(['a'], new Set(['a']))).toEqualTypeOf<number>();
    expectTypeOf(jaccard<number>)
      .parameter(0)
      .toEqualTypeOf<Iterable<number>>();
    // @ts-expect-error: two sets of one kind
    jaccard(['a'], [1]);
  });

  it('MinHasher', () => {
    expectTypeOf(MinHasher).constructorParameters.toEqualTypeOf<[options?: MinHasherOptions]>();
    expectTypeOf<MinHasher>().toHaveProperty('sign').toEqualTypeOf<(text: string) => Uint32Array>();
    expectTypeOf<MinHasher>().toHaveProperty('signBytes').toEqualTypeOf<(utf8: Uint8Array) => Uint32Array>();
    expectTypeOf<Readonly<Pick<MinHasher, 'permutations' | 'shingleSize' | 'seed'>>>().toEqualTypeOf<{
      readonly permutations: number;
      readonly shingleSize: number;
      readonly seed: number;
    }>();
    // @ts-expect-error: a text, not its words
    new MinHasher().sign(['a']);
  });

  it('estimateJaccard', () => {
    expectTypeOf(estimateJaccard).parameters.toEqualTypeOf<[a: Uint32Array, b: Uint32Array]>();
    expectTypeOf(estimateJaccard).returns.toEqualTypeOf<number>();
  });

  it('bandsFor', () => {
    expectTypeOf(bandsFor).parameters.toEqualTypeOf<[threshold: number, permutations: number]>();
    expectTypeOf(bandsFor).returns.toEqualTypeOf<Banding>();
    expectTypeOf<Banding>().toEqualTypeOf<{ bands: number; rows: number }>();
  });
});

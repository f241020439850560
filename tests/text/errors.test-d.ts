import { describe, expectTypeOf, it } from 'vitest';
import { type ErrorCode, TwicetoldError } from '../../src/index.js';

describe('the types of errors', () => {
  it('TwicetoldError', () => {
    expectTypeOf<TwicetoldError>().toExtend<Error>();
    expectTypeOf<TwicetoldError['code']>().toEqualTypeOf<ErrorCode>();
    expectTypeOf<TwicetoldError['name']>().toEqualTypeOf<'TwicetoldError'>();
    expectTypeOf(TwicetoldError).constructorParameters.toEqualTypeOf<
      [code: ErrorCode, message: string, options?: ErrorOptions]
    >();
    expectTypeOf<'OUT_OF_RANGE' | 'DUPLICATE_ID'>().toExtend<ErrorCode>();
    // @ts-expect-error: codes are a closed list
    new TwicetoldError('OOPS', 'no such code');
  });
});

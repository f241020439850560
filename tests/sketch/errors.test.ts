import { describe, expect, it } from 'vitest';
import {
  checkChoice,
  checkInteger,
  checkNumber,
  checkOptions,
  checkString,
  describe as describeValue,
  TwicetoldError,
} from '../../src/errors.js';
import { thrownBy } from '../thrown.js';

describe('TwicetoldError', () => {
  it('is an Error with a code, a sentence and a cause', () => {
    const cause = new Error('disk');
    const error = new TwicetoldError('UNREADABLE', 'a.txt could not be read', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe('TwicetoldError: a.txt could not be read');
    expect([error.code, error.cause]).toEqual(['UNREADABLE', cause]);
  });
});

describe('a refused value is described', () => {
  it.each([
    ['as it is, when short', 'short', '"short"'],
    ['by its length, when long', 'x'.repeat(1000), 'a string of 1000 characters'],
    ['null', null, 'null'],
    ['undefined', undefined, 'undefined'],
    ['a number', -0.5, '-0.5'],
    ['a bigint', 5n, '5n'],
    ['an array', [1], 'an array'],
    ['an empty array', [], 'an empty array'],
    ['a class', new Map(), 'an object (Map)'],
    ['an object without prototype', Object.create(null), 'an object (no prototype)'],
    ['a function', () => 1, 'a function'],
    ['a symbol', Symbol('x'), 'a symbol'],
  ])('%s', (_, value, expected) => {
    expect(describeValue(value)).toBe(expected);
  });
});

describe('a check', () => {
  it('gives back what it accepts', () => {
    expect(checkInteger('n', 3, 1, 3)).toBe(3);
    expect(checkNumber('x', 0.5, 0, 1)).toBe(0.5);
    expect(checkString('s', '')).toBe('');
    expect(checkChoice('c', 'b', ['a', 'b'])).toBe('b');
    expect(checkOptions('o', undefined, ['a'])).toBeUndefined();
    expect(checkOptions('o', { a: 1 }, ['a'])).toBeUndefined();
  });

  it('names the option and what is accepted when it refuses', () => {
    const refuse = (run: () => unknown) => {
      const { code, message } = thrownBy(run);
      return `${code} ${message}`;
    };
    expect(refuse(() => checkInteger('n', 4, 1, 3))).toBe('OUT_OF_RANGE n must be a whole number from 1 to 3, got 4');
    expect(refuse(() => checkInteger('n', '4', 1, 3))).toBe(
      'INVALID_ARGUMENT n must be a whole number from 1 to 3, got "4"',
    );
    expect(refuse(() => checkNumber('x', Number.NaN, 0, 1))).toBe(
      'OUT_OF_RANGE x must be a number from 0 to 1, got NaN',
    );
    expect(refuse(() => checkNumber('x', null, 0, 1))).toBe(
      'INVALID_ARGUMENT x must be a number from 0 to 1, got null',
    );
    expect(refuse(() => checkString('s', 1))).toBe('INVALID_ARGUMENT s must be a string, got 1');
    expect(refuse(() => checkChoice('c', 'z', ['a', 'b']))).toBe(`INVALID_ARGUMENT c must be one of 'a', 'b', got "z"`);
    expect(refuse(() => checkOptions('o', { z: 1 }, ['a', 'b']))).toBe(
      'INVALID_ARGUMENT o has no option "z"; it knows a, b',
    );
    expect(refuse(() => checkOptions('o', JSON.parse('{"__proto__": 1}'), ['a']))).toBe(
      'INVALID_ARGUMENT o has no option "__proto__"; it knows a',
    );
  });
});

import { expect, it } from 'vitest';
import { characterKinds, LINE_END, LOWER_ASCII, SPACE } from '../../src/text/characters.js';

it('knows white space, line ends and small letters as regular expressions do, for every code unit', () => {
  const kinds = characterKinds();
  expect(kinds).toHaveLength(0x10000);
  for (let code = 0; code < 0x10000; code++) {
    const char = String.fromCharCode(code);
    const expected =
      (/[\s\u0085]/.test(char) ? SPACE : 0) |
      (/[\n\r\u2028\u2029\f\v\u0085]/.test(char) ? LINE_END : 0) |
      (/[a-z]/.test(char) ? LOWER_ASCII : 0);
    expect((kinds[code] as number) & (SPACE | LINE_END | LOWER_ASCII), `U+${code.toString(16)}`).toBe(expected);
  }
});

import { decode } from './decode.js';
import { allBytes, malformed, type Reader } from './input.js';

/** Characters at the head of a file in which a NUL says that it is no text, as version control has it. */
const HEAD = 8000;

/** Plain text and Markdown: one document, as it stands. */
export const readPlainText: Reader = async function* (input) {
  const text = decode(input.name, await allBytes(input));
  if (text.slice(0, HEAD).includes('\0'))
    throw malformed(
      input.name,
      'holds NUL, which no text has: it is an archive or another binary file, or UTF-16 without a byte-order mark, which iconv turns into UTF-8',
    );
  yield { text };
};

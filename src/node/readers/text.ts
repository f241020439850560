import { decode } from './decode.js';
import { allBytes, type Reader } from './input.js';

/** Plain text and Markdown: one document, as it stands. */
export const readPlainText: Reader = async function* (input) {
  yield { text: decode(input.name, await allBytes(input)) };
};

import { TwicetoldError } from '../../errors.js';
import { parseExactly } from './exactjson.js';
import { type Input, MAX_RECORD, malformed, type Reader, tooLarge } from './input.js';
import { recordDocument } from './record.js';

/** JSON Lines: a document a line. Read line by line, so that a file may be larger than memory. */
export const readJsonLines: Reader = async function* (input) {
  let number = 0;
  for await (const line of linesOf(input)) {
    number++;
    if (line.trim() === '') continue;
    let record: unknown;
    try {
      record = parseExactly(line);
    } catch (cause) {
      input.bad(
        malformed(input.name, `has no JSON in line ${number}: ${(cause as Error).message.slice(0, 100)}`, cause),
      );
      continue;
    }
    const doc = recordDocument(input, record, `line ${number}`);
    if (doc !== undefined) yield doc;
  }
};

async function* linesOf({ name, chunks }: Input): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  // What is there of the line so far. It is put together once, when its end is seen: to search it again with every piece is quadratic.
  let parts: string[] = [];
  let length = 0;
  const text = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (cause) {
      throw new TwicetoldError('NOT_UTF8', `${name} is not UTF-8 text; convert it first, for example with iconv`, {
        cause,
      });
    }
  };
  for await (const chunk of chunks()) {
    const piece = text(chunk);
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      parts.push(piece.slice(from, end));
      yield parts.join('');
      parts = [];
      length = 0;
      from = end + 1;
    }
    parts.push(piece.slice(from));
    length += piece.length - from;
    if (length > MAX_RECORD) throw tooLarge(name, `has a line of more than ${MAX_RECORD / 2 ** 20} MiB`);
  }
  parts.push(text());
  const rest = parts.join('');
  if (rest !== '') yield rest;
}

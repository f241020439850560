import { decode } from './decode.js';
import { parseExactly } from './exactjson.js';
import { allBytes, malformed, type Reader } from './input.js';
import { isNinjs, ninjsItem } from './ninjs.js';
import { recordDocument } from './record.js';

/** Lists under which items stand in one object. */
const LISTS = ['items', 'documents', 'articles', 'data', 'rows', 'results', '_items'];

/** One JSON value: a news item in ninjs, a record with fields, or a list of either. */
export const readJson: Reader = async function* (input) {
  const text = decode(input.name, await allBytes(input));
  let value: unknown;
  try {
    value = parseExactly(text);
  } catch (cause) {
    throw malformed(input.name, `is not JSON: ${(cause as Error).message.slice(0, 100)}`, cause);
  }
  let items: readonly unknown[] = [value];
  if (Array.isArray(value)) items = value;
  else if (typeof value === 'object' && value !== null && !isNinjs(value)) {
    const list = LISTS.map((key) => (value as Record<string, unknown>)[key]).find(Array.isArray);
    if (list !== undefined) items = list;
  }
  for (const [n, item] of items.entries()) {
    const doc = isNinjs(item)
      ? ninjsItem(input, item)
      : recordDocument(input, item, items.length === 1 ? 'it' : `item ${n + 1}`);
    if (doc === undefined) continue;
    // One record in a file goes by the file's name, where it has none of its own.
    if (items.length === 1 && doc.id?.startsWith(`${input.name}#`)) delete doc.id;
    yield doc;
  }
};

import { TwicetoldError } from '../../errors.js';
import { malformed } from './input.js';

/** Where an encoding may be declared in a text: `<?xml encoding="…"?>`, `<meta charset="…">`. Groups hold the name. */
const DECLARATIONS = {
  xml: /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/,
  html: /<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i,
} as const;

/**
 * Decodes a file: by its byte-order mark, else by what it declares where its format can, else as UTF-8. Never guesses.
 *
 * @param name of the file, for messages; @param declared where to look for a declaration
 */
export function decode(name: string, bytes: Uint8Array, declared?: 'xml' | 'html'): string {
  const marked = byMark(bytes);
  if (marked !== undefined) return decodeAs(name, bytes, marked);
  if (declared !== undefined) {
    // Declarations are in ASCII, at the head; Latin-1 reads any bytes.
    const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
    const label =
      DECLARATIONS.xml.exec(head)?.[1] ?? (declared === 'html' ? DECLARATIONS.html.exec(head)?.[1] : undefined);
    // A file that can be read as ASCII is not UTF-16, whatever it says.
    if (label !== undefined && !/^utf-?(?:8|16)/i.test(label)) return decodeAs(name, bytes, label);
  }
  return decodeAs(name, bytes, 'utf-8');
}

/** The encoding that a byte-order mark names. */
function byMark(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  // FF FE 00 00 marks UTF-32, which nobody writes and no decoder here reads.
  if (bytes[0] === 0xff && bytes[1] === 0xfe && (bytes[2] !== 0 || bytes[3] !== 0)) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function decodeAs(name: string, bytes: Uint8Array, label: string): string {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch (cause) {
    throw malformed(name, `declares the encoding "${label}", which is not known; convert it to UTF-8 first`, cause);
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    if (label !== 'utf-8') throw malformed(name, `is not ${label}, which its mark or declaration says it is`, cause);
    throw new TwicetoldError(
      'NOT_UTF8',
      `${name} is not UTF-8 text (${where(bytes)}); convert it first, for example with iconv`,
      { cause },
    );
  }
}

/** Where a buffer stops being UTF-8: the first byte of the first sequence that is none. */
export function where(bytes: Uint8Array): string {
  const isText = (end: number, stream: boolean): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream });
      return true;
    } catch {
      return false;
    }
  };
  let low = 0;
  let high = bytes.length;
  // A prefix is valid UTF-8, but for a sequence cut at its end, up to the first bad byte.
  while (low < high) {
    const mid = (low + high + 1) >>> 1;
    if (isText(mid, true)) low = mid;
    else high = mid - 1;
  }
  while (!isText(low, false)) low--;
  return `at byte ${low}`;
}

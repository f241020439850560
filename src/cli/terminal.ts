/** Text as it may be printed: on one line, without control characters that would steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\ufffd');
}

/** The same of text of several lines, whose ends and tabs stay. */
export function printableLines(text: string): string {
  return text.replace(/(?!\t|\n|\r\n)[\p{Cc}\p{Cf}\p{Cs}]/gu, '\ufffd');
}

/** JSON whose strings hold such characters as escapes only: the same value, and safe to print. */
export function printableJson(value: unknown): string {
  return `${escaped(JSON.stringify(value, null, 2))}\n`;
}

/** The same on one line. */
export function jsonLine(value: unknown): string {
  return `${escaped(JSON.stringify(value))}\n`;
}

/** Escapes after JSON was made: outside its strings it has no control characters but line ends. */
function escaped(json: string): string {
  const asEscape = (char: string) =>
    Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
  return json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, asEscape);
}

/** Text on one line of at most so many characters. */
export function shorten(text: string, width: number): string {
  const line = printable(text);
  return line.length <= width ? line : `${line.slice(0, Math.max(1, width - 1))}…`;
}

/** A table without colours of its own. */
export const plain = { head: [], border: [] };

/** A table whose rows are a line each, without rules between them. */
export const ROWS = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

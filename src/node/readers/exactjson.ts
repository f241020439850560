/** Characters of a number that is kept as it is written, at most: longer ones are no ids. */
const LONGEST = 400;

/**
 * Parses JSON, and gives whole numbers that a number of JavaScript cannot hold (ids of 64 bits) as strings of their digits.
 *
 * @throws SyntaxError as JSON.parse does
 */
export function parseExactly(json: string): unknown {
  const value: unknown = JSON.parse(json);
  // 2^53 has sixteen digits. What was no JSON before its numbers are quoted is none.
  return /\d{16}/.test(json) ? JSON.parse(quoteLargeIntegers(json)) : value;
}

function quoteLargeIntegers(json: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < json.length; ) {
    const c = json[at] as string;
    if (c === '"') at = endOfString(json, at);
    else if (c === '-' || (c >= '0' && c <= '9')) {
      let end = at + 1;
      while (end < json.length && isOfNumber(json.charCodeAt(end))) end++;
      const number = end - at <= LONGEST ? json.slice(at, end) : '';
      if (/^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number))) {
        parts.push(json.slice(from, at), `"${number}"`);
        from = end;
      }
      at = end;
    } else at++;
  }
  return parts.join('') + json.slice(from);
}

/** The place behind a string's second mark. */
function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === '\\') at++;
    else if (json[at] === '"') return at + 1;
  }
  return json.length;
}

/** Digits, signs, the point and the e of an exponent. */
function isOfNumber(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46 || code === 69 || code === 101;
}

/** Where in the report a reader is, as the part of the address behind `#`: `pair=<a>,<b>&passage=<n>`. */
export interface Place {
  /** Ids of the pair that is open. */
  readonly pair?: readonly [a: string, b: string];
  /** Its passage that is lit, counted from 0; in the address from 1. */
  readonly passage?: number;
}

/** Reads a place; what cannot be read is the top of the report. */
export function readPlace(hash: string): Place {
  const fields = new Map(
    hash
      .replace(/^#/, '')
      .split('&')
      .map((field) => {
        const at = field.indexOf('=');
        return [field.slice(0, at), field.slice(at + 1)] as const;
      }),
  );
  try {
    const [a, b, ...rest] = (fields.get('pair') ?? '').split(',').map(decode);
    if (a === undefined || b === undefined || rest.length > 0) return {};
    const passage = Number(fields.get('passage')) - 1;
    return Number.isInteger(passage) && passage >= 0 ? { pair: [a, b], passage } : { pair: [a, b] };
  } catch {
    return {};
  }
}

/** Writes a place. */
export function writePlace({ pair, passage }: Place): string {
  if (pair === undefined) return '#top';
  return `#pair=${pair.map(encode).join(',')}${passage === undefined ? '' : `&passage=${passage + 1}`}`;
}

/** Half a pair of surrogates is in no address, and may be in an id: it is written as `\ud800`, and a backslash as two. */
function encode(id: string): string {
  return encodeURIComponent(
    id.replace(/[\\\p{Cs}]/gu, (char) => (char === '\\' ? '\\\\' : `\\u${char.charCodeAt(0).toString(16)}`)),
  );
}

function decode(part: string): string {
  return decodeURIComponent(part).replace(/\\(?:\\|u(d[89a-f][\da-f]{2}))/g, (_, unit: string | undefined) =>
    unit === undefined ? '\\' : String.fromCharCode(Number.parseInt(unit, 16)),
  );
}

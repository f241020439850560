/*
 * What of a value that a caller or a file gives is looked at, as shapes: each says nothing of a value that fits, else where in it something
 * else stands than what must be there. Places are put together on the way back from a fault alone, so that a report of gigabytes costs one walk.
 */

interface Fault {
  readonly at: string;
  readonly wanted: string;
}
export type Shape = (value: unknown) => Fault | undefined;

function is(wanted: string, fits: (value: unknown) => boolean): Shape {
  return (value) => (fits(value) ? undefined : { at: '', wanted });
}

export function list(of: Shape): Shape {
  return (value) => {
    if (!Array.isArray(value)) return { at: '', wanted: 'an array' };
    for (let n = 0; n < value.length; n++) {
      const fault = of(value[n]);
      if (fault !== undefined) return { ...fault, at: `[${n}]${fault.at}` };
    }
    return undefined;
  };
}

export function object(fields: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(fields);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { at: '', wanted: 'an object' };
    for (const [name, of] of entries) {
      const fault = of((value as Record<string, unknown>)[name]);
      if (fault !== undefined) return { ...fault, at: `.${name}${fault.at}` };
    }
    return undefined;
  };
}

export function optional(of: Shape): Shape {
  return (value) => (value === undefined ? undefined : of(value));
}

export function oneOf(...words: readonly string[]): Shape {
  return is(`one of ${words.join(', ')}`, (value) => words.includes(value as string));
}

export const string = is('a string', (value) => typeof value === 'string');
export const number = is('a number', Number.isFinite);
export const count = is('a whole number from 0 on', (value) => Number.isSafeInteger(value) && (value as number) >= 0);

/** What is wrong with a value and where, in words; undefined where it has the shape. */
export function faultOf(shape: Shape, value: unknown): string | undefined {
  const fault = shape(value);
  return fault && `${fault.at.slice(1) || 'the whole'} must be ${fault.wanted}`;
}

/** Characters of a date: the longest that a clock or a mail writes, with the name of its zone in brackets, has some 70. */
const MAX_DATE = 100;

/**
 * Milliseconds since 1970, or undefined where there is no date that can be read. A date that names no time zone is
 * taken as UTC, so that the answer is the same on every machine.
 */
export function publishedAt(published: string | Date | undefined): number | undefined {
  if (published === undefined) return undefined;
  let time = published instanceof Date ? published.getTime() : Number.NaN;
  if (typeof published === 'string') {
    const date = published.trim();
    if (date.length > MAX_DATE) return undefined;
    const zoned = /(?:Z|[+-]\d\d:?\d\d|\b(?:GMT|UTC?|[ECMP][SD]T))\s*(?:\([^()]*\))?$/i.test(date);
    time = new Date(zoned || /^\d{4}(?:-\d\d){0,2}$/.test(date) ? date : `${date} UTC`).getTime();
    if (Number.isNaN(time) && !zoned) time = new Date(`${date}Z`).getTime();
  }
  return Number.isNaN(time) ? undefined : time;
}

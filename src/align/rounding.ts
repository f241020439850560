const FIGURE = /^\d[\d.,]*/;

/** The value of a figure that is written in digits; undefined for one that is spelt out. */
export function figureValue(written: string): number | undefined {
  const figure = FIGURE.exec(written)?.[0];
  return figure === undefined ? undefined : Number.parseFloat(figure.replaceAll(',', ''));
}

/** Digits that a rounded figure may have. */
const MOST_DIGITS = 5;

/** Whether `x` is `y` with fewer digits, in thousands, millions or billions of it (1.25 billion are 1,248 million), or a year without its century. */
export function isRounded(x: number, y: number): boolean {
  if (isYear(y) && x === y % 100) return true;
  const thousands = x > 0 && y > 0 ? Math.round(Math.log10(x / y) / 3) : 0;
  for (let digits = 1; digits <= MOST_DIGITS; digits++) {
    const rounded = Number(y.toPrecision(digits));
    if (rounded === x || inThousands(rounded, thousands) === x) return true;
  }
  return false;
}

/** A figure but for the thousands that it is counted in, and the same of what it may be rounded to; of a year, and of nothing, none of these. */
export function roundings(value: number): { own: number; rounded: number[] } {
  const key = (x: number) => inThousands(x, -Math.floor(Math.log10(x) / 3));
  if (!(value > 0)) return { own: value, rounded: [] };
  if (isYear(value)) return { own: value, rounded: [] };
  const rounded: number[] = [];
  for (let digits = 1; digits <= MOST_DIGITS; digits++) rounded.push(key(Number(value.toPrecision(digits))));
  return { own: key(value), rounded };
}

function isYear(x: number): boolean {
  return x >= 1900 && x < 2100 && Number.isInteger(x);
}

function inThousands(x: number, thousands: number): number {
  return Number((x * 1000 ** thousands).toPrecision(12));
}

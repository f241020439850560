import { scaleLinear } from 'd3-scale';
import { checkInteger, checkOptions, describe, TwicetoldError } from '../errors.js';
import { count, faultOf, list, number, object, optional } from '../shapes.js';
import type { Calibration, ChosenPoint } from './calibrate.js';

/** Settings of {@link renderCalibration}. */
export interface CalibrationPictureOptions {
  /** Width of the picture in pixels, 400 to 4,000. Default 760. */
  width?: number;
}

const point = object({ threshold: number, precision: number, recall: number });
const bin = object({ from: number, to: number, pairs: count, mean: number, share: number, low: number, high: number });
/** What of a calibration is drawn. */
const drawn = object({
  pairs: count,
  curve: list(point),
  present: point,
  chosen: optional(point),
  reliability: list(bin),
});

const GAP = 64;
const MARGIN = { top: 44, right: 20, bottom: 44, left: 52 };
const INK = '#222';
/** Colours that are told apart by the colour-blind too (Okabe and Ito 2008). */
const BLUE = '#0072b2';
const ORANGE = '#d55e00';

/**
 * Draws a calibration as an SVG picture: on the left what is found against how much of it is right, with the chosen threshold; on
 * the right how often pairs of a score are the same, by tenths of the scale. Scores that are probabilities lie on the diagonal; bars are 95 %
 * confidence, and discs are the larger the more pairs they stand for.
 *
 * @param calibration what {@link calibrate} gave
 * @param options width
 * @returns an SVG document: one `<svg>` element, without scripts, styles or references
 * @throws TwicetoldError `INVALID_ARGUMENT` or `OUT_OF_RANGE`, naming the option
 *
 * @example
 * ```ts
 * import { calibrate, renderCalibration } from 'twicetold/calibrate';
 * const svg = renderCalibration(await calibrate([{ score: 0.9, same: true }, { score: 0.2, same: false }]));
 * console.log(svg.startsWith('<svg')); // true
 * ```
 */
export function renderCalibration(calibration: Calibration, options: CalibrationPictureOptions = {}): string {
  checkOptions('calibration picture options', options, ['width']);
  const fault = faultOf(drawn, calibration);
  if (fault !== undefined)
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `a picture is drawn of what calibrate gives, got ${describe(calibration)}, in which ${fault}`,
    );
  const width = checkInteger('width', options.width ?? 760, 400, 4000);
  const side = (width - MARGIN.left - MARGIN.right - GAP) / 2;
  const height = Math.round(MARGIN.top + side + MARGIN.bottom);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="11" fill="${INK}">`,
    `<title>Precision against recall, and how often pairs of a score are the same</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    panel(MARGIN.left, side, 'Precision and recall', 'recall', 'precision', curve(calibration)),
    panel(MARGIN.left + side + GAP, side, 'What a score means', 'score', 'share that is the same', shares(calibration)),
    '</svg>',
    '',
  ].join('\n');
}

/** Places of a panel's unit square. */
interface Place {
  x(value: number): number;
  y(value: number): number;
}

function panel(
  left: number,
  side: number,
  title: string,
  below: string,
  beside: string,
  content: (place: Place) => string,
): string {
  const [x, y] = [scaleLinear([0, 1], [left, left + side]), scaleLinear([0, 1], [MARGIN.top + side, MARGIN.top])];
  const place: Place = { x: (value) => near(x(value)), y: (value) => near(y(value)) };
  const [right, bottom] = [place.x(1), place.y(0)];
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  return [
    `<text x="${near(left)}" y="24" font-size="13" font-weight="600">${title}</text>`,
    `<g stroke="#ddd">${ticks.map((t) => `<path d="M${place.x(t)} ${MARGIN.top}V${bottom}M${near(left)} ${place.y(t)}H${right}"/>`).join('')}</g>`,
    `<g text-anchor="middle">${ticks.map((t) => `<text x="${place.x(t)}" y="${bottom + 16}">${t}</text>`).join('')}<text x="${place.x(0.5)}" y="${bottom + 34}">${below}</text></g>`,
    `<g text-anchor="end">${ticks.map((t) => `<text x="${near(left - 6)}" y="${near(place.y(t) + 4)}">${t}</text>`).join('')}</g>`,
    `<text text-anchor="middle" transform="translate(${near(left - 36)} ${place.y(0.5)}) rotate(-90)">${beside}</text>`,
    content(place),
  ].join('\n');
}

/** The curve as steps: between two points the precision is that of the next one, which finds more. */
function curve({ curve: points, chosen, present }: Calibration): (place: Place) => string {
  return ({ x, y }) => {
    const path = points.map(({ recall, precision }, n) =>
      n === 0 ? `M${x(0)} ${y(precision)}H${x(recall)}` : `V${y(precision)}H${x(recall)}`,
    );
    const mark = (point: ChosenPoint, colour: string, name: string, line: number) => {
      const label = `${name}: ${point.threshold.toFixed(2)}`;
      const at = near(y(0) - 12 - 18 * line);
      return `<circle cx="${x(point.recall)}" cy="${y(point.precision)}" r="5" fill="${colour}"><title>${label}: precision ${point.precision.toFixed(3)}, recall ${point.recall.toFixed(3)}</title></circle><circle cx="${near(x(0) + 14)}" cy="${near(at - 4)}" r="5" fill="${colour}"/><text x="${near(x(0) + 24)}" y="${at}" fill="${colour}">${label}</text>`;
    };
    return [
      `<path d="${path.join('')}" fill="none" stroke="${INK}" stroke-width="1.5"/>`,
      mark(present, BLUE, 'present threshold', 0),
      ...(chosen === undefined ? [] : [mark(chosen, ORANGE, 'chosen threshold', 1)]),
    ].join('');
  };
}

function shares({ reliability, pairs }: Calibration): (place: Place) => string {
  return ({ x, y }) =>
    [
      `<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="#888" stroke-dasharray="4 3"/>`,
      ...reliability
        .filter((bin) => bin.pairs > 0)
        .map(({ mean, share, low, high, pairs: n, from, to }) => {
          const radius = near(2.5 + 6 * Math.sqrt(n / pairs));
          return `<g><path d="M${x(mean)} ${y(low)}V${y(high)}" stroke="${BLUE}"/><circle cx="${x(mean)}" cy="${y(share)}" r="${radius}" fill="${BLUE}"/><title>scores ${from} to ${to}: ${n} pairs, ${(100 * share).toFixed(0)} % the same</title></g>`;
        }),
    ].join('');
}

function near(value: number): number {
  return Math.round(value * 100) / 100;
}

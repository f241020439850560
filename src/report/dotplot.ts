import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { checkInteger, checkOptions, describe, TwicetoldError } from '../errors.js';
import type { Comparison, PassageKind, SentenceSimilarities, Span } from '../types.js';
import { faultOfPlot } from './shape.js';

/** Settings of {@link renderDotPlot}. */
export interface DotPlotOptions {
  /** What the two texts are called. Default `['a', 'b']`. */
  names?: readonly [string, string];
  /** Width of the picture in pixels, 200 to 4,000. Default 640. */
  width?: number;
}

const DEFAULT_WIDTH = 640;
const MARGIN = { top: 56, right: 16, bottom: 16, left: 64 };
/** Below this a pair shares a word or two, as nearly all pairs do. */
const LEAST_SIMILARITY = 0.1;
/** Colours that are told apart by the colour-blind too (Okabe and Ito 2008). */
const COLOURS: Record<PassageKind, string> = { verbatim: '#0072b2', edited: '#009e73', paraphrased: '#d55e00' };

/**
 * Draws two texts against each other as an SVG picture: from left to right the one, from top to bottom the other, each pair of
 * sentences as a box that is the darker the more alike their words are, and a frame around each passage that was found. A
 * copy is a dark diagonal, a retelling a faint one, a summary a steep band, a shared subject a scatter.
 *
 * @param similarities what `detector.sentenceSimilarities(a, b)` gives
 * @param comparison what `detector.compare(a, b)` gives, for the same texts in the same order
 * @param options names and width
 * @returns an SVG document: one `<svg>` element, without scripts, styles or references
 * @throws TwicetoldError `INVALID_ARGUMENT` or `OUT_OF_RANGE`, naming the option
 *
 * @example
 * ```ts
 * import { createDetector } from 'twicetold';
 * import { renderDotPlot } from 'twicetold/report';
 * const detector = await createDetector();
 * const [a, b] = ['The bridge closed. It rained.', 'It was dry. A bridge was closed.'];
 * const svg = renderDotPlot(detector.sentenceSimilarities(a, b), detector.compare(a, b), { names: ['ours', 'theirs'] });
 * console.log(svg.startsWith('<svg')); // true
 * ```
 */
export function renderDotPlot(
  similarities: SentenceSimilarities,
  comparison: Pick<Comparison, 'passages'>,
  options: DotPlotOptions = {},
): string {
  checkOptions('dot plot options', options, ['names', 'width']);
  const width = checkInteger('width', options.width ?? DEFAULT_WIDTH, 200, 4000);
  const fault = faultOfPlot(similarities, comparison);
  if (fault !== undefined)
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `a dot plot is drawn of what sentenceSimilarities gives and what compare gives of the same texts, in this order, and in what was given ${fault}`,
    );
  const [nameA, nameB] = checkNames(options.names ?? ['a', 'b']);
  const extent = (spans: readonly Span[], passages: readonly Span[]) =>
    Math.max(1, ...spans.slice(-1).map(({ end }) => end), ...passages.map(({ end }) => end));
  const { passages } = comparison;
  const lengthA = extent(
    similarities.a,
    passages.map(({ a }) => a),
  );
  const lengthB = extent(
    similarities.b,
    passages.map(({ b }) => b),
  );
  const inner = width - MARGIN.left - MARGIN.right;
  // One scale for both texts where that leaves something to see.
  const tall = inner * Math.min(1.6, Math.max(0.4, lengthB / lengthA));
  const height = Math.round(MARGIN.top + tall + MARGIN.bottom);
  const x = scaleLinear([0, lengthA], [MARGIN.left, MARGIN.left + inner]);
  const y = scaleLinear([0, lengthB], [MARGIN.top, MARGIN.top + tall]);
  const title = `${escaped(nameA)} against ${escaped(nameB)}: how alike their sentences are, and the passages found`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="11" fill="#222">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    axes(x, y, nameA, nameB),
    ...similarities.pairs
      .filter(({ similarity }) => similarity >= LEAST_SIMILARITY)
      .map(({ a, b, similarity }) =>
        box(
          x,
          y,
          similarities.a[a] as Span,
          similarities.b[b] as Span,
          `fill="#222" fill-opacity="${near(similarity)}"`,
        ),
      ),
    ...passages.map(
      ({ a, b, kind, score }) =>
        `<g>${box(x, y, a, b, `fill="${COLOURS[kind]}" fill-opacity="0.08" stroke="${COLOURS[kind]}" stroke-width="1.5"`)}<title>${kind}, score ${near(score)}</title></g>`,
    ),
    legend(passages.map(({ kind }) => kind)),
    '</svg>',
    '',
  ].join('\n');
}

function checkNames(names: readonly string[]): readonly [string, string] {
  const [a, b] = Array.isArray(names) ? (names as unknown[]) : [];
  if (typeof a !== 'string' || typeof b !== 'string')
    throw new TwicetoldError('INVALID_ARGUMENT', `names must be two strings, got ${describe(names)}`);
  return [a, b];
}

type Scale = ScaleLinear<number, number>;

function box(x: Scale, y: Scale, a: Span, b: Span, paint: string): string {
  // A sentence of a long text would else be thinner than a line.
  const wide = Math.max(1.5, x(a.end) - x(a.start));
  const tall = Math.max(1.5, y(b.end) - y(b.start));
  return `<rect x="${near(x(a.start))}" y="${near(y(b.start))}" width="${near(wide)}" height="${near(tall)}" ${paint}/>`;
}

function axes(x: Scale, y: Scale, nameA: string, nameB: string): string {
  const [left, right] = x.range() as [number, number];
  const [top, bottom] = y.range() as [number, number];
  const ticks = (scale: Scale) => scale.ticks(5).map((tick) => [tick, near(scale(tick))] as const);
  const label = (tick: number) => tick.toLocaleString('en-US');
  return [
    `<g stroke="#ddd">${ticks(x)
      .map(([, at]) => `<path d="M${at} ${top}V${near(bottom)}"/>`)
      .join('')}${ticks(y)
      .map(([, at]) => `<path d="M${left} ${at}H${near(right)}"/>`)
      .join('')}</g>`,
    `<g text-anchor="middle">${ticks(x)
      .map(([tick, at]) => `<text x="${at}" y="${top - 6}">${label(tick)}</text>`)
      .join('')}</g>`,
    `<g text-anchor="end">${ticks(y)
      .map(([tick, at]) => `<text x="${left - 6}" y="${at + 4}">${label(tick)}</text>`)
      .join('')}</g>`,
    `<text x="${left}" y="${top - 22}">${escaped(shortened(nameA))}, characters →</text>`,
    `<text transform="translate(14 ${top}) rotate(-90)" text-anchor="end">← ${escaped(shortened(nameB))}</text>`,
  ].join('\n');
}

/** The kinds that the picture has, with their colours. */
function legend(kinds: readonly PassageKind[]): string {
  const shown = (Object.keys(COLOURS) as PassageKind[]).filter((kind) => kinds.includes(kind));
  if (shown.length === 0) return `<text x="${MARGIN.left}" y="18">no passage</text>`;
  return `<g>${shown
    .map(
      (kind, n) =>
        `<rect x="${MARGIN.left + 100 * n}" y="9" width="10" height="10" fill="${COLOURS[kind]}" fill-opacity="0.2" stroke="${COLOURS[kind]}"/><text x="${MARGIN.left + 16 + 100 * n}" y="18">${kind}</text>`,
    )
    .join('')}</g>`;
}

function shortened(name: string): string {
  const characters = [...name];
  return characters.length > 48 ? `${characters.slice(0, 47).join('')}…` : name;
}

function near(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A name as text of XML: no markup, and no character that XML refuses. */
function escaped(name: string): string {
  return name
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

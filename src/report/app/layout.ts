import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation } from 'd3-force';
import type { Story } from './model.js';

/** Where a document stands in the picture of its story. */
export interface Node {
  readonly document: number;
  x: number;
  y: number;
  r: number;
}

/** Documents up to which forces place them; more stand in a spiral around the original, which costs nothing. */
const FORCES = 150;
const TICKS = 150;
/** The golden angle: successive points of the spiral never line up. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** A story's picture: its measures in pixels, and its documents in it. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Node[];
}

/**
 * Places the documents of a story: two beside each other, more by the forces between them. The same story is always
 * placed the same.
 */
export function layout(story: Story, large: boolean): Layout {
  const n = story.members.length;
  const side = large ? 210 : Math.min(340, Math.round(64 + 22 * Math.sqrt(n - 1)));
  const r = n <= 12 ? (large ? 9 : 6) : n <= 150 ? 4 : 2.5;
  const order = [story.original, ...story.members.filter((member) => member !== story.original)];
  if (n === 2) {
    const [width, height] = large ? [400, 90] : [side, side];
    const middle = large ? height / 2 - 12 : height / 2;
    const slant = large ? 0 : height / 10;
    const [left, right] = [width / 4, (3 * width) / 4];
    const [document, other] = order as [number, number];
    return {
      width,
      height,
      nodes: [
        { document, r, x: left, y: middle + slant },
        { document: other, r, x: right, y: middle - slant },
      ],
    };
  }
  const points =
    n > FORCES
      ? order.map((_, i) => ({ x: Math.sqrt(i) * Math.cos(i * GOLDEN), y: Math.sqrt(i) * Math.sin(i * GOLDEN) }))
      : byForces(order, story);
  const { left, top, right, bottom } = boundsOf(points);
  const scale = (side - 2 * (r + 6)) / Math.max(right - left, bottom - top, 1e-6);
  const nodes = points.map(({ x, y }, i) => ({
    document: order[i] as number,
    r,
    x: side / 2 + scale * (x - (left + right) / 2),
    y: side / 2 + scale * (y - (top + bottom) / 2),
  }));
  return { width: side, height: side, nodes };
}

/** The box around points, of which there may be more than a call takes arguments. */
function boundsOf(points: readonly { x: number; y: number }[]) {
  const [far, none] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const box = { left: far, top: far, right: none, bottom: none };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

function byForces(order: readonly number[], story: Story): { x: number; y: number }[] {
  const index = new Map(order.map((document, i) => [document, i]));
  // d3-force begins with a spiral of its own, the same each time.
  const nodes = order.map(() => ({})) as { x: number; y: number }[];
  const links = story.links.map(({ a, b, pair }) => ({
    source: index.get(a) as number,
    target: index.get(b) as number,
    score: pair.score,
  }));
  forceSimulation(nodes)
    .force('charge', forceManyBody().strength(-60))
    .force(
      'link',
      forceLink(links)
        .distance(({ score }) => 24 + 40 * (1 - score))
        .strength(0.6),
    )
    .force('collide', forceCollide(9))
    .force('center', forceCenter(0, 0))
    .stop()
    .tick(TICKS);
  return nodes;
}

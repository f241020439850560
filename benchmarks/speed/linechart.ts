import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A named line of a chart. */
export interface Line {
  label: string;
  points: { x: number; y: number }[];
}

const COLOURS = ['#0b7285', '#e8590c', '#5f3dc4', '#2b8a3e'];
const WIDTH = 640;
const HEIGHT = 360;
const FRAME = { left: 70, right: 150, top: 44, bottom: 40 };

/** Writes `benchmarks/results/<name>.svg`: lines over two logarithmic scales. */
export function lineChart(name: string, title: string, lines: readonly Line[]): void {
  const all = lines.flatMap(({ points }) => points);
  const range = (values: number[]) => {
    const low = Math.floor(Math.log10(Math.min(...values)));
    return [low, Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))] as const;
  };
  const [x0, x1] = range(all.map(({ x }) => x));
  const [y0, y1] = range(all.map(({ y }) => y));
  const px = (x: number) => FRAME.left + ((Math.log10(x) - x0) / (x1 - x0)) * (WIDTH - FRAME.left - FRAME.right);
  const py = (y: number) =>
    HEIGHT - FRAME.bottom - ((Math.log10(y) - y0) / (y1 - y0)) * (HEIGHT - FRAME.top - FRAME.bottom);
  const parts: string[] = [];
  for (let e = x0; e <= x1; e++)
    parts.push(
      `<line x1="${px(10 ** e)}" y1="${FRAME.top}" x2="${px(10 ** e)}" y2="${HEIGHT - FRAME.bottom}" stroke="#dee2e6"/><text x="${px(10 ** e)}" y="${HEIGHT - 18}" text-anchor="middle">${(10 ** e).toLocaleString('en')}</text>`,
    );
  for (let e = y0; e <= y1; e++)
    parts.push(
      `<line x1="${FRAME.left}" y1="${py(10 ** e)}" x2="${WIDTH - FRAME.right}" y2="${py(10 ** e)}" stroke="#dee2e6"/><text x="${FRAME.left - 8}" y="${py(10 ** e) + 4}" text-anchor="end">${(10 ** e).toLocaleString('en')}</text>`,
    );
  lines.forEach(({ label, points }, i) => {
    const colour = COLOURS[i % COLOURS.length];
    const sorted = [...points].sort((a, b) => a.x - b.x);
    const last = sorted[sorted.length - 1];
    if (last === undefined) return;
    parts.push(
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${sorted.map(({ x, y }) => `${px(x).toFixed(1)},${py(y).toFixed(1)}`).join(' ')}"/>`,
      ...sorted.map(
        ({ x, y }) => `<circle cx="${px(x).toFixed(1)}" cy="${py(y).toFixed(1)}" r="3.5" fill="${colour}"/>`,
      ),
      `<text x="${(px(last.x) + 8).toFixed(1)}" y="${(py(last.y) + 4 + 14 * (i - (lines.length - 1) / 2)).toFixed(1)}" fill="${colour}">${label}</text>`,
    );
  });
  writeFileSync(
    fileURLToPath(new URL(`../results/${name}.svg`, import.meta.url)),
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="system-ui, sans-serif" font-size="12"><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/><text x="12" y="24" font-size="14">${title}</text>${parts.join('')}</svg>\n`,
  );
}

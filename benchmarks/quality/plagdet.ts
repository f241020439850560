/**
 * The measures of the PAN text-alignment task: macro-averaged over cases and detections, in characters, as Potthast, Stein,
 * Barrón-Cedeño and Rosso define them ("An evaluation framework for plagiarism detection", COLING 2010).
 */

/** An annotated or a detected passage: a span of the suspicious document and the span of the source it was taken from. */
export interface PassageCase {
  /** Names the pair of documents. */
  pair: string;
  suspicious: [start: number, end: number];
  source: [start: number, end: number];
}

/** Quality of a set of detections. */
export interface Plagdet {
  /** F1 of recall and precision over log2(1 + granularity). */
  plagdet: number;
  recall: number;
  precision: number;
  /** Detections a detected case, 1 at best. */
  granularity: number;
  cases: number;
  detections: number;
}

/** Measures detections against annotated cases. Without cases recall is 1, without detections precision is 1. */
export function plagdet(cases: readonly PassageCase[], detections: readonly PassageCase[]): Plagdet {
  const detectionsOf = byPair(detections);
  const casesOf = byPair(cases);
  let recall = 0;
  let found = 0;
  let hits = 0;
  for (const annotated of cases) {
    const by = (detectionsOf.get(annotated.pair) ?? []).filter((d) => touch(annotated, d));
    if (by.length === 0) continue;
    found++;
    hits += by.length;
    recall += covered(annotated, by) / size(annotated);
  }
  let precision = 0;
  for (const detection of detections) {
    const by = (casesOf.get(detection.pair) ?? []).filter((c) => touch(c, detection));
    precision += covered(detection, by) / size(detection);
  }
  const r = cases.length > 0 ? recall / cases.length : 1;
  const p = detections.length > 0 ? precision / detections.length : 1;
  const granularity = found > 0 ? hits / found : 1;
  const f1 = r + p > 0 ? (2 * r * p) / (r + p) : 0;
  return {
    plagdet: f1 / Math.log2(1 + granularity),
    recall: r,
    precision: p,
    granularity,
    cases: cases.length,
    detections: detections.length,
  };
}

function byPair(items: readonly PassageCase[]): Map<string, PassageCase[]> {
  const out = new Map<string, PassageCase[]>();
  for (const item of items) {
    const list = out.get(item.pair);
    if (list === undefined) out.set(item.pair, [item]);
    else list.push(item);
  }
  return out;
}

/** A detection finds a case only where both of its spans touch the case's. */
function touch(x: PassageCase, y: PassageCase): boolean {
  return overlap(x.suspicious, y.suspicious) > 0 && overlap(x.source, y.source) > 0;
}

function overlap(x: readonly [number, number], y: readonly [number, number]): number {
  return Math.min(x[1], y[1]) - Math.max(x[0], y[0]);
}

function size(x: PassageCase): number {
  return x.suspicious[1] - x.suspicious[0] + x.source[1] - x.source[0];
}

function covered(x: PassageCase, others: readonly PassageCase[]): number {
  return (
    union(
      x.suspicious,
      others.map((o) => o.suspicious),
    ) +
    union(
      x.source,
      others.map((o) => o.source),
    )
  );
}

/** Characters of `within` that the spans cover. */
function union(within: readonly [number, number], spans: readonly (readonly [number, number])[]): number {
  const clipped = spans
    .map(([start, end]): [number, number] => [Math.max(start, within[0]), Math.min(end, within[1])])
    .filter(([start, end]) => end > start)
    .sort((x, y) => x[0] - y[0]);
  let total = 0;
  let reached = within[0];
  for (const [start, end] of clipped) {
    if (end <= reached) continue;
    total += end - Math.max(start, reached);
    reached = end;
  }
  return total;
}

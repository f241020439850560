import type { DocumentPair, Linkage, PassageCluster, PassageMember, Span } from '../types.js';
import { groupByLinkage, type Link, type LinkedGroup } from './linkage.js';

/** Clusters the passages of verified pairs: spans of one document that overlap by half are one passage. */
export function clusterPassages(pairs: readonly DocumentPair[], linkage: Linkage): PassageCluster[] {
  const spans = new Map<string, Span[]>();
  for (const pair of pairs) {
    for (const passage of pair.passages) {
      add(spans, pair.a, passage.a);
      add(spans, pair.b, passage.b);
    }
  }
  const members: PassageMember[] = [];
  const places = new Map<string, { from: number; to: number }>();
  for (const document of [...spans.keys()].sort()) {
    const from = members.length;
    for (const span of unite(spans.get(document) as Span[])) members.push({ document, ...span });
    places.set(document, { from, to: members.length });
  }
  const memberOf = (document: string, span: Span): number => {
    const { from, to } = places.get(document) as { from: number; to: number };
    let best = firstEndingAfter(members, from, to, span.start);
    for (let m = best + 1; m < to && (members[m] as Span).start < span.end; m++)
      if (shared(members[m] as Span, span) > shared(members[best] as Span, span)) best = m;
    return best;
  };
  const scores = new Map<string, { a: number; b: number; score: number }>();
  for (const pair of pairs) {
    for (const passage of pair.passages) {
      const a = memberOf(pair.a, passage.a);
      const b = memberOf(pair.b, passage.b);
      const known = scores.get(`${a} ${b}`);
      if (known === undefined || known.score < passage.score) scores.set(`${a} ${b}`, { a, b, score: passage.score });
    }
  }
  const links = [...scores.values()].filter((link) => link.a !== link.b);
  const member = (m: number) => members[m] as PassageMember;
  const groups = groupByLinkage(members.length, links, linkage);
  const likeness = likenessInside(members.length, groups, links);
  return groups
    .map((group) => {
      const most = group.members.reduce((best, m) => ((likeness[m] as number) > (likeness[best] as number) ? m : best));
      const { a, b, score } = group.weakestLink;
      return {
        members: group.members.map(member),
        representative: member(most),
        linkage,
        lowestScore: group.lowestScore,
        weakestLink: { a: member(a), b: member(b), score },
      };
    })
    .sort(
      (x, y) =>
        y.members.length - x.members.length || byPlace(x.members[0] as PassageMember, y.members[0] as PassageMember),
    );
}

/** By item, how much it is like the others of its group. */
function likenessInside(n: number, groups: readonly LinkedGroup[], links: readonly Link[]): Float64Array {
  const groupOf = new Int32Array(n).fill(-1);
  groups.forEach((group, g) => {
    for (const m of group.members) groupOf[m] = g;
  });
  const likeness = new Float64Array(n);
  for (const { a, b, score } of links) {
    if (groupOf[a] === -1 || groupOf[a] !== groupOf[b]) continue;
    likeness[a] = (likeness[a] as number) + score;
    likeness[b] = (likeness[b] as number) + score;
  }
  return likeness;
}

/** The first of the united spans `[from, to)` of a document that ends after a place: their ends ascend as their starts do. */
function firstEndingAfter(spans: readonly Span[], from: number, to: number, place: number): number {
  let low = from;
  let high = to - 1;
  while (low < high) {
    const mid = (low + high) >>> 1;
    if ((spans[mid] as Span).end > place) high = mid;
    else low = mid + 1;
  }
  return low;
}

function add(spans: Map<string, Span[]>, document: string, span: Span): void {
  const list = spans.get(document);
  if (list === undefined) spans.set(document, [span]);
  else list.push(span);
}

/** Joins spans that overlap by at least half of the shorter; in order of start. */
function unite(spans: Span[]): Span[] {
  const out: Span[] = [];
  for (const { start, end } of [...spans].sort((x, y) => x.start - y.start || y.end - x.end)) {
    const last = out[out.length - 1];
    if (last !== undefined && 2 * shared(last, { start, end }) >= Math.min(last.end - last.start, end - start))
      last.end = Math.max(last.end, end);
    else out.push({ start, end });
  }
  return out;
}

function shared(x: Span, y: Span): number {
  return Math.max(0, Math.min(x.end, y.end) - Math.max(x.start, y.start));
}

function byPlace(x: PassageMember, y: PassageMember): number {
  return x.document !== y.document ? (x.document < y.document ? -1 : 1) : x.start - y.start;
}

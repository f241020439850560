import type { DocumentPair, Linkage, PassageCluster, PassageMember, Span } from '../types.js';
import { groupByLinkage } from './linkage.js';

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
    let best = from;
    for (let m = from; m < to; m++)
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
  return groupByLinkage(members.length, links, linkage)
    .map((group) => {
      const likeness = new Map(group.members.map((m) => [m, 0]));
      for (const { a, b, score } of links) {
        if (!likeness.has(a) || !likeness.has(b)) continue;
        likeness.set(a, (likeness.get(a) as number) + score);
        likeness.set(b, (likeness.get(b) as number) + score);
      }
      const most = group.members.reduce((best, m) =>
        (likeness.get(m) as number) > (likeness.get(best) as number) ? m : best,
      );
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

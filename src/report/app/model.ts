import { DisjointSets } from '../../disjointsets.js';
import type { DocumentPair, DocumentSummary, Relation } from '../../types.js';
import type { ReportData } from '../data.js';
import { RELATIONS } from '../words.js';

/** Documents that hang together, as one picture of the map. */
export interface Story {
  /** Numbers of the documents. */
  readonly members: readonly number[];
  /** Number of the document that the others go back to. */
  readonly original: number;
  /** The links that are drawn, strongest first. */
  readonly links: readonly Link[];
  /** Its links are excerpts alone: no cluster. */
  readonly loose: boolean;
}

/** A pair as a line between two documents, by their numbers. */
export interface Link {
  readonly a: number;
  readonly b: number;
  readonly pair: DocumentPair;
}

/** How often one source took from another. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly counts: ReadonlyMap<Relation, number>;
  readonly total: number;
}

/** A report as the page reads it: documents by number, and what is counted of them. */
export interface Model {
  readonly data: ReportData;
  readonly documents: readonly DocumentSummary[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly texts: ReadonlyMap<string, string>;
  readonly stories: readonly Story[];
  /** Documents in no pair. */
  readonly alone: number;
  readonly counts: ReadonlyMap<Relation, number>;
  readonly flows: readonly Flow[];
  /** Days in order, and how many documents of each relation (that which the document has to an earlier text) came out on them. */
  readonly days: readonly { readonly day: string; readonly counts: ReadonlyMap<Relation, number> }[];
}

/** Links that are drawn for each document at most; the strongest of each document are always among them. */
const LINKS_PER_DOCUMENT = 2;

export function modelOf(data: ReportData): Model {
  const { documents, pairs } = data;
  const numbers = new Map(documents.map(({ id }, n) => [id, n]));
  const links: Link[] = [];
  const counts = new Map<Relation, number>();
  for (const pair of pairs) {
    const a = numbers.get(pair.a);
    const b = numbers.get(pair.b);
    counts.set(pair.relation, (counts.get(pair.relation) ?? 0) + 1);
    if (a !== undefined && b !== undefined) links.push({ a, b, pair });
  }
  const paired = new Set(links.flatMap(({ a, b }) => [a, b]));
  return {
    data,
    documents,
    numbers,
    texts: new Map(data.texts),
    stories: storiesOf(data, numbers, links),
    alone: documents.length - paired.size,
    counts,
    flows: flowsOf(data, numbers),
    days: daysOf(data, numbers),
  };
}

/** How a document is called: by its headline, else by its id. */
export function nameOf(doc: DocumentSummary | undefined, id: string): string {
  return doc?.title?.trim() || id;
}

/** Who published a document: as it says, else the host of its address, else the folder of its id. */
export function sourceOf(doc: DocumentSummary | undefined): string | undefined {
  if (doc === undefined) return undefined;
  if (doc.source) return doc.source;
  if (doc.url) {
    try {
      return new URL(doc.url).hostname.replace(/^www\./, '');
    } catch {
      // An address that is none names no host.
    }
  }
  const [folder, ...rest] = doc.id.split('/');
  return rest.length > 0 && folder && !/^\.*$|:$/.test(folder) ? folder : undefined;
}

/** Clusters, and the documents that only excerpts tie to others, each tied to the strongest. */
function storiesOf(data: ReportData, numbers: ReadonlyMap<string, number>, links: readonly Link[]): Story[] {
  const sets = new DisjointSets(data.documents.length);
  const clustered = new Map<number, string>();
  for (const { members, representative } of data.clusters) {
    const known = members.map((id) => numbers.get(id)).filter((n) => n !== undefined);
    for (const n of known) {
      clustered.set(n, representative);
      sets.unite(known[0] as number, n);
    }
  }
  const loose = new Set<number>();
  for (const { a, b } of links) {
    for (const n of [a, b]) {
      if (clustered.has(n) || loose.has(n)) continue;
      loose.add(n);
      sets.unite(a, b);
    }
  }
  const members = new Map<number, number[]>();
  for (const n of [...clustered.keys(), ...loose].sort((x, y) => x - y)) {
    const name = sets.find(n);
    const list = members.get(name);
    if (list === undefined) members.set(name, [n]);
    else list.push(n);
  }
  const drawn = new Map<number, Link[]>();
  const degree = new Map<number, number>();
  const count = (n: number) => degree.get(n) ?? 0;
  for (const link of links) {
    const story = sets.find(link.a);
    if (story !== sets.find(link.b)) continue;
    if (Math.min(count(link.a), count(link.b)) >= LINKS_PER_DOCUMENT) continue;
    degree.set(link.a, count(link.a) + 1);
    degree.set(link.b, count(link.b) + 1);
    const list = drawn.get(story);
    if (list === undefined) drawn.set(story, [link]);
    else list.push(link);
  }
  return [...members]
    .map(([name, list]) => {
      const own = drawn.get(name) ?? [];
      const representative = list.map((n) => clustered.get(n)).find((id) => id !== undefined);
      return {
        members: list,
        original: numbers.get(representative ?? '') ?? mostTakenFrom(list, own),
        links: own,
        loose: representative === undefined,
      };
    })
    .sort((x, y) => y.members.length - x.members.length || strength(y) - strength(x) || x.original - y.original);
}

function strength({ links }: { links: readonly Link[] }): number {
  return links[0]?.pair.score ?? 0;
}

function mostTakenFrom(members: readonly number[], links: readonly Link[]): number {
  const taken = new Map<number, number>();
  for (const { a, b, pair } of links) {
    const from = pair.original === 'b' ? b : a;
    taken.set(from, (taken.get(from) ?? 0) + 1);
  }
  return [...members].sort((x, y) => (taken.get(y) ?? 0) - (taken.get(x) ?? 0) || x - y)[0] as number;
}

/** For each document the pair with the text that it most likely was made from: the strongest that names it as the later one. */
function origins({ pairs }: ReportData): Map<string, { from: string; relation: Relation }> {
  const found = new Map<string, { from: string; relation: Relation }>();
  for (const { a, b, original, relation } of pairs) {
    if (original === undefined) continue;
    const [from, to] = original === 'a' ? [a, b] : [b, a];
    if (!found.has(to)) found.set(to, { from, relation });
  }
  return found;
}

function flowsOf(data: ReportData, numbers: ReadonlyMap<string, number>): Flow[] {
  const doc = (id: string) => data.documents[numbers.get(id) ?? -1];
  const flows = new Map<string, { from: string; to: string; counts: Map<Relation, number>; total: number }>();
  for (const [id, { from: origin, relation }] of origins(data)) {
    const from = sourceOf(doc(origin));
    const to = sourceOf(doc(id));
    if (from === undefined || to === undefined) continue;
    const key = JSON.stringify([from, to]);
    const flow = flows.get(key) ?? { from, to, counts: new Map(), total: 0 };
    flow.counts.set(relation, (flow.counts.get(relation) ?? 0) + 1);
    flow.total++;
    flows.set(key, flow);
  }
  return [...flows.values()].sort(
    (x, y) => y.total - x.total || (x.from < y.from ? -1 : x.from > y.from ? 1 : x.to < y.to ? -1 : 1),
  );
}

function daysOf(data: ReportData, numbers: ReadonlyMap<string, number>): Model['days'] {
  const days = new Map<string, Map<Relation, number>>();
  for (const [id, { relation }] of origins(data)) {
    const day = data.documents[numbers.get(id) ?? -1]?.published?.slice(0, 10);
    if (day === undefined) continue;
    const counts = days.get(day) ?? new Map<Relation, number>();
    counts.set(relation, (counts.get(relation) ?? 0) + 1);
    days.set(day, counts);
  }
  return [...days].map(([day, counts]) => ({ day, counts })).sort((x, y) => (x.day < y.day ? -1 : 1));
}

/** Columns that the table of pairs sorts by. */
export type Column = 'a' | 'b' | 'relation' | 'score' | 'taken' | 'passages';

/** What of the pairs is shown, and in which order. */
export interface View {
  readonly search: string;
  readonly relations: ReadonlySet<Relation>;
  readonly sort: Column;
  readonly ascending: boolean;
}

/** Numbers of the pairs that a view shows, in its order. */
export function select(model: Model, view: View): Uint32Array {
  const { pairs } = model.data;
  const words = view.search.toLowerCase().split(/\s+/).filter(Boolean);
  const doc = (id: string) => model.documents[model.numbers.get(id) ?? -1];
  const haystack = (id: string) => {
    const found = doc(id);
    return `${id} ${found?.title ?? ''} ${found?.source ?? ''} ${found?.author ?? ''} ${found?.published ?? ''}`;
  };
  const texts = new Map<string, string>();
  const searchable = (id: string): string => {
    let text = texts.get(id);
    if (text === undefined) {
      text = haystack(id).toLowerCase();
      texts.set(id, text);
    }
    return text;
  };
  const kept: number[] = [];
  for (const [n, pair] of pairs.entries()) {
    if (view.relations.size > 0 && !view.relations.has(pair.relation)) continue;
    if (words.length > 0) {
      const text = `${searchable(pair.a)} ${searchable(pair.b)}`;
      if (!words.every((word) => text.includes(word))) continue;
    }
    kept.push(n);
  }
  const names = new Map<string, string>();
  const name = (id: string): string => {
    let known = names.get(id);
    if (known === undefined) {
      known = nameOf(doc(id), id).toLowerCase();
      names.set(id, known);
    }
    return known;
  };
  const keys: Record<Column, (pair: DocumentPair) => string | number> = {
    a: (pair) => name(pair.a),
    b: (pair) => name(pair.b),
    relation: (pair) => -(RELATIONS as readonly Relation[]).indexOf(pair.relation),
    score: (pair) => pair.score,
    taken: (pair) => Math.max(pair.containment.a, pair.containment.b),
    passages: (pair) => pair.passages.length,
  };
  const column = kept.map((n) => keys[view.sort](pairs[n] as DocumentPair));
  const sign = view.ascending ? 1 : -1;
  const order = kept.map((_, i) => i);
  order.sort((i, j) => {
    const x = column[i] as string | number;
    const y = column[j] as string | number;
    return (x < y ? -sign : x > y ? sign : 0) || i - j;
  });
  return Uint32Array.from(order, (i) => kept[i] as number);
}

import { BY_BAND } from '../candidates/pairs.js';
import { clusterDocuments } from '../cluster/documents.js';
import { clusterPassages } from '../cluster/passages.js';
import { isAlike } from '../detect.js';
import { TwicetoldError } from '../errors.js';
import type { DocumentPair } from '../types.js';
import type { Columns, Row } from './columns.js';
import { Desk } from './desk.js';
import { runsOf } from './documentsteps.js';
import { attempt, isBad, type Step } from './step.js';

const SIDES: Columns = {
  published_a: 'utf8',
  published_b: 'utf8',
  language_a: 'utf8',
  language_b: 'utf8',
  recurring_a: 'list<int32>',
  recurring_b: 'list<int32>',
};

/**
 * Compares pairs of documents, and gives those that are related. `a`, `b`: their numbers, by which one that comes again is known;
 * `kind`: how the pair was proposed; `alike`: what was said of it before, where it is compared again for another reason than it was
 * proposed for. `json` is the pair as the report has it, with its passages.
 */
export const verify: Step = {
  reads: true,
  takes: { id_a: 'utf8', text_a: 'utf8', id_b: 'utf8', text_b: 'utf8' },
  optional: { a: 'int64', b: 'int64', kind: 'int32', alike: 'int32', ...SIDES },
  gives: {
    a: 'int64',
    b: 'int64',
    id_a: 'utf8',
    id_b: 'utf8',
    bad: 'utf8',
    relation: 'utf8',
    score: 'float64',
    resemblance: 'float64',
    containment_a: 'float64',
    containment_b: 'float64',
    original: 'utf8',
    passages: 'int32',
    alike: 'int32',
    json: 'utf8',
  },
  async *run(rows, tools) {
    const desk = new Desk(tools);
    for await (const row of rows) {
      const { a, b, id_a, id_b } = row.cells;
      const kind = (row.cells.kind ?? BY_BAND) as number;
      const named = { a, b, id_a, id_b };
      const result = attempt(row, tools, () => {
        const comparison = tools.bench.relate(...desk.pair(row), kind);
        return comparison === undefined ? {} : { comparison };
      });
      if (isBad(result)) yield { ...named, ...result };
      else if (result.comparison !== undefined) {
        const { comparison } = result;
        const { relation, score, resemblance, containment, original, passages } = comparison;
        yield {
          ...named,
          relation,
          score,
          resemblance,
          containment_a: containment.a,
          containment_b: containment.b,
          original,
          passages: passages.length,
          alike: row.cells.alike ?? (isAlike(kind, comparison) ? 1 : 0),
          json: JSON.stringify({ a: id_a, b: id_b, ...comparison }),
        };
      }
    }
  },
};

/** The pair of a row. */
function pairOf({ number, cells }: Row): DocumentPair {
  try {
    return JSON.parse(cells.json as string);
  } catch (cause) {
    throw new TwicetoldError('MALFORMED', `row ${number} has no JSON in json: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Clusters the documents and the passages of pairs that hang together: rows stand in the order of `component`, within it strongest
 * first, then by their documents. `size`, `first` and `start` are what a report sorts clusters by.
 */
export const cluster: Step = {
  takes: { component: 'int64', alike: 'int32', json: 'utf8' },
  optional: {},
  gives: { component: 'int64', of: 'utf8', size: 'int32', first: 'utf8', start: 'int32', json: 'utf8' },
  async *run(rows, { settings }) {
    for await (const { key, rows: run } of runsOf(rows, ({ cells }) => cells.component as number)) {
      const pairs = run.map(pairOf);
      const alike = pairs.filter((_, n) => run[n]?.cells.alike === 1);
      const ids = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort((x, y) => (x < y ? -1 : 1));
      for (const each of clusterDocuments(ids, pairs, settings.linkage, alike))
        yield {
          component: key,
          of: 'documents',
          size: each.members.length,
          first: each.members[0],
          json: JSON.stringify(each),
        };
      for (const each of clusterPassages(pairs, settings.linkage))
        yield {
          component: key,
          of: 'passages',
          size: each.members.length,
          first: each.members[0]?.document,
          start: each.members[0]?.start,
          json: JSON.stringify(each),
        };
    }
  },
};

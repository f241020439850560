import type { DocumentPair, Relation } from '../../types.js';
import { count, countRelation, listed, percent, RELATIONS, statement } from '../words.js';
import { writePlace } from './address.js';
import { type Model, nameOf } from './model.js';

/** Pairs that are told one by one; of more, the strongest of each relation. */
const TOLD = 6;
/** Rows of who took from whom. */
const FLOWS = 8;
/** Days of the chart. */
const DAYS = 60;

/** The finding first: how many stories and what they are, who took from whom, and when. */
export function Finding({ model, onSource }: { model: Model; onSource: (source: string) => void }) {
  const { data, stories, counts, alone } = model;
  const kinds = RELATIONS.filter((relation) => counts.has(relation));
  const told = stories.filter(({ loose }) => !loose).length;
  return (
    <section aria-labelledby="finding">
      <h2 id="finding" class="hidden">
        The finding
      </h2>
      <p class="finding">
        {data.pairs.length === 0 ? (
          <>Nothing is told twice in {count(data.stats.documents, 'document')}.</>
        ) : (
          <>
            {told > 0 && <strong>{count(told, 'story', 'stories')} told more than once</strong>}
            {told > 0 ? ' in ' : 'In '}
            {count(data.stats.documents, 'document')}:{' '}
            {listed(kinds.map((relation) => countRelation(counts.get(relation) ?? 0, relation)))}.
          </>
        )}{' '}
        {alone > 0 && data.pairs.length > 0 && (
          <span class="quiet">{count(alone, 'document stands', 'documents stand')} alone.</span>
        )}
      </p>
      {data.pairs.length > 1 && data.pairs.length > TOLD && <Proportions counts={counts} total={data.pairs.length} />}
      <ol class="told">
        {toldOf(data.pairs).map((pair) => (
          <li key={`${pair.a}\n${pair.b}`}>
            <Told pair={pair} model={model} />
          </li>
        ))}
      </ol>
      <div class="charts">
        {model.flows.length > 0 && <Flows model={model} onSource={onSource} />}
        {model.days.length > 0 && <Days model={model} />}
      </div>
    </section>
  );
}

/** Copies come first among the pairs: taken in that order, many of them would leave no rewrite to be seen. */
function toldOf(pairs: readonly DocumentPair[]): readonly DocumentPair[] {
  if (pairs.length <= TOLD) return pairs;
  return RELATIONS.flatMap((relation) => pairs.find((pair) => pair.relation === relation) ?? []);
}

function Told({ pair, model }: { pair: DocumentPair; model: Model }) {
  const name = (id: string) => nameOf(model.documents[model.numbers.get(id) ?? -1], id);
  const [taken, from] = pair.original === 'a' ? (['b', 'a'] as const) : (['a', 'b'] as const);
  return (
    <a href={writePlace({ pair: [pair.a, pair.b] })}>
      <Badge relation={pair.relation} /> <span class="said">{statement(pair, name(pair.a), name(pair.b))}</span>{' '}
      <span class="quiet">
        {pair.relation === 'excerpt' || pair.relation === 'rewrite'
          ? `${percent(pair.containment[taken])} of the one and ${percent(pair.containment[from])} of the other are told in both.`
          : `${percent(pair.resemblance)} of their wording is the same.`}
      </span>
    </a>
  );
}

/** A relation's name on its colour. */
export function Badge({ relation }: { relation: Relation }) {
  return <span class={`badge ${relation}`}>{relation}</span>;
}

function Proportions({ counts, total }: { counts: ReadonlyMap<Relation, number>; total: number }) {
  const kinds = RELATIONS.filter((relation) => counts.has(relation));
  return (
    <div
      class="proportions"
      role="img"
      aria-label={listed(kinds.map((kind) => countRelation(counts.get(kind) ?? 0, kind)))}
    >
      {kinds.map((kind) => (
        <div key={kind} class={`bar ${kind}`} style={{ flexGrow: Math.max((counts.get(kind) ?? 0) / total, 0.01) }}>
          <span>{countRelation(counts.get(kind) ?? 0, kind)}</span>
        </div>
      ))}
    </div>
  );
}

function Stack({ counts, most }: { counts: ReadonlyMap<Relation, number>; most: number }) {
  return (
    <span class="stack" aria-hidden="true">
      {RELATIONS.filter((relation) => counts.has(relation)).map((relation) => (
        <span
          key={relation}
          class={`bar ${relation}`}
          style={{ width: `${(100 * (counts.get(relation) ?? 0)) / most}%` }}
        />
      ))}
    </span>
  );
}

function Flows({ model, onSource }: { model: Model; onSource: (source: string) => void }) {
  const shown = model.flows.slice(0, FLOWS);
  const most = Math.max(...shown.map(({ total }) => total));
  return (
    <table class="chart">
      <caption>Who took from whom{model.flows.length > FLOWS ? `, the ${FLOWS} most frequent` : ''}</caption>
      <thead>
        <tr>
          <th scope="col">from</th>
          <th scope="col">taken by</th>
          <th scope="col">documents</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ from, to, counts, total }) => (
          <tr key={`${from}\n${to}`}>
            <td>
              <button type="button" class="plain" onClick={() => onSource(from)}>
                {from}
              </button>
            </td>
            <td>
              <button type="button" class="plain" onClick={() => onSource(to)}>
                {to}
              </button>
            </td>
            <td class="measure">
              <Stack counts={counts} most={most} />
              <span title={listed([...counts].map(([kind, n]) => countRelation(n, kind)))}>
                {total.toLocaleString('en-US')}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Days({ model }: { model: Model }) {
  // The latest days; older ones make room.
  const shown = model.days.slice(-DAYS);
  const total = (counts: ReadonlyMap<Relation, number>) => [...counts.values()].reduce((sum, n) => sum + n, 0);
  const most = Math.max(...shown.map(({ counts }) => total(counts)));
  const said = (counts: ReadonlyMap<Relation, number>) =>
    listed(RELATIONS.filter((kind) => counts.has(kind)).map((kind) => countRelation(counts.get(kind) ?? 0, kind)));
  return (
    <figure class="chart days">
      <figcaption>
        Texts taken from others, by day{model.days.length > DAYS ? ` (the last ${DAYS} that have any)` : ''}
      </figcaption>
      <ol>
        {shown.map(({ day, counts }) => (
          <li key={day} title={`${day}: ${said(counts)}`}>
            <span class="hidden">
              {day}: {said(counts)}
            </span>
            {[...RELATIONS]
              .reverse()
              .map((kind) =>
                counts.has(kind) ? (
                  <span
                    key={kind}
                    class={`bar ${kind}`}
                    style={{ height: `${(100 * (counts.get(kind) ?? 0)) / most}%` }}
                  />
                ) : null,
              )}
          </li>
        ))}
      </ol>
      <p class="quiet axis" aria-hidden="true">
        <span>{shown[0]?.day}</span>
        <span>most: {most.toLocaleString('en-US')} a day</span>
        <span>{shown.length > 1 ? shown.at(-1)?.day : ''}</span>
      </p>
    </figure>
  );
}

import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { DocumentPair, Relation } from '../../types.js';
import { count, countRelation, percent, RELATIONS } from '../words.js';
import { writePlace } from './address.js';
import { Badge } from './Finding.js';
import { type Column, type Model, nameOf, select, type View } from './model.js';

const COLUMNS: readonly { readonly key: Column; readonly name: string; readonly title: string }[] = [
  { key: 'relation', name: 'Relation', title: 'what the two are to each other' },
  { key: 'a', name: 'Document', title: 'one document' },
  { key: 'b', name: 'and document', title: 'the other document' },
  { key: 'score', name: 'Score', title: 'strength of the relation, 0 to 1' },
  {
    key: 'taken',
    name: 'Told in both',
    title: 'share of the words of each that lie in passages of both; sorts by the larger',
  },
  { key: 'passages', name: 'Passages', title: 'passages that tell the same' },
];

interface Props {
  model: Model;
  search: string;
  onSearch: (search: string) => void;
  /** The pair that was open before, as JSON of its two ids: its row takes the focus. */
  returnTo: string | undefined;
}

/** All pairs, to sort, filter and search. Only the rows in view are in the page, so that tens of thousands scroll smoothly. */
export function PairTable({ model, search, onSearch, returnTo }: Props) {
  const [relations, setRelations] = useState<ReadonlySet<Relation>>(new Set());
  const [sort, setSort] = useState<Pick<View, 'sort' | 'ascending'>>({ sort: 'score', ascending: false });
  const rows = useMemo(() => select(model, { search, relations, ...sort }), [model, search, relations, sort]);
  const { pairs } = model.data;

  const toggle = (relation: Relation) => {
    const next = new Set(relations);
    if (!next.delete(relation)) next.add(relation);
    setRelations(next);
  };

  return (
    <section aria-labelledby="pairs">
      <h2 id="pairs">Pairs</h2>
      <div class="filters">
        <label>
          Search{' '}
          <input
            type="search"
            value={search}
            placeholder="headline, id, source, date"
            onInput={(event) => onSearch(event.currentTarget.value)}
          />
        </label>
        <fieldset>
          <legend class="hidden">Relations shown</legend>
          {RELATIONS.filter((relation) => model.counts.has(relation)).map((relation) => (
            <button
              key={relation}
              type="button"
              class={`filter ${relation}`}
              aria-pressed={relations.has(relation)}
              onClick={() => toggle(relation)}
            >
              {countRelation(model.counts.get(relation) ?? 0, relation)}
            </button>
          ))}
        </fieldset>
        <span class="quiet" role="status">
          {rows.length === pairs.length
            ? count(pairs.length, 'pair')
            : `${rows.length.toLocaleString('en-US')} of ${count(pairs.length, 'pair')}`}
        </span>
      </div>
      <Grid model={model} rows={rows} sort={sort} onSort={setSort} returnTo={returnTo} />
    </section>
  );
}

interface GridProps {
  model: Model;
  rows: Uint32Array;
  sort: Pick<View, 'sort' | 'ascending'>;
  onSort: (sort: Pick<View, 'sort' | 'ascending'>) => void;
  returnTo: string | undefined;
}

function Grid({ model, rows, sort, onSort, returnTo }: GridProps) {
  const { pairs } = model.data;
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const wanted = useRef<number | undefined>(undefined);
  const virtualizer = useVirtualizer(scroller, rows.length);

  useEffect(() => {
    setCurrent(0);
    scroller.current?.scrollTo(0, 0);
  }, [rows]);
  // Back from a pair: its row is in view and has the focus.
  useEffect(() => {
    if (returnTo === undefined) return;
    const row = rows.findIndex((n) => JSON.stringify([pairs[n]?.a, pairs[n]?.b]) === returnTo);
    if (row < 0) return;
    document.getElementById('pairs')?.scrollIntoView({ block: 'start' });
    focusRow(row);
    // Only when the table comes back, not when it is filtered.
  }, []);
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (row == null) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });

  function focusRow(row: number): void {
    const bounded = Math.max(0, Math.min(rows.length - 1, row));
    wanted.current = bounded;
    setCurrent(bounded);
    virtualizer.scrollToIndex(bounded, { align: 'auto' });
  }

  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight()) - 2);
  const moves: Record<string, () => number> = {
    ArrowDown: () => current + 1,
    ArrowUp: () => current - 1,
    PageDown: () => current + page,
    PageUp: () => current - page,
    Home: () => 0,
    End: () => rows.length - 1,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (move !== undefined && !(event.target as Element).closest('[role=columnheader]')) {
      event.preventDefault();
      focusRow(move());
    }
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows out of view are not in the page, which a table element cannot say
    <div class="grid" role="grid" aria-label="Pairs of documents" aria-rowcount={rows.length + 1} onKeyDown={onKeyDown}>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus */}
      <div class="row head" role="row" aria-rowindex={1}>
        {COLUMNS.map(({ key, name, title }) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
          <div
            key={key}
            role="columnheader"
            class={key}
            aria-sort={sort.sort !== key ? 'none' : sort.ascending ? 'ascending' : 'descending'}
          >
            <button
              type="button"
              class="plain"
              title={title}
              onClick={() =>
                onSort({ sort: key, ascending: sort.sort === key ? !sort.ascending : key === 'a' || key === 'b' })
              }
            >
              {name}
              <span aria-hidden="true">{sort.sort === key ? (sort.ascending ? ' ↑' : ' ↓') : ''}</span>
            </button>
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div
        class="scroller"
        ref={scroller}
        role="rowgroup"
        tabIndex={rows.length === 0 ? 0 : -1}
        style={{ height: rows.length * rowHeight() < 600 ? `${Math.max(1, rows.length) * rowHeight()}px` : '' }}
      >
        {rows.length === 0 ? (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: there is nothing in it to use
          <div class="row empty" role="row">
            {/* biome-ignore lint/a11y/useSemanticElements: see above */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
            <div role="gridcell">No pair fits the search.</div>
          </div>
        ) : (
          <div class="all" role="presentation" style={{ height: `${virtualizer.getTotalSize()}px` }}>
            {virtualizer.getVirtualItems().map(({ index, start }) => (
              <Row
                key={index}
                model={model}
                pair={pairs[rows[index] as number] as DocumentPair}
                index={index}
                start={start}
                current={index === current}
                onFocus={() => setCurrent(index)}
              />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

interface RowProps {
  model: Model;
  pair: DocumentPair;
  index: number;
  start: number;
  current: boolean;
  onFocus: () => void;
}

function Row({ model, pair, index, start, current, onFocus }: RowProps) {
  const open = () => {
    location.hash = writePlace({ pair: [pair.a, pair.b] });
  };
  const cell = (side: 'a' | 'b') => {
    const doc = model.documents[model.numbers.get(pair[side]) ?? -1];
    const meta = [doc?.source, doc?.published?.slice(0, 10), doc?.title ? doc.id : undefined]
      .filter(Boolean)
      .join(' · ');
    return (
      <>
        <span class="name">
          {pair.original === side && (
            <span class="first" title="came first, by its date or by the marks that rewriting leaves">
              original
            </span>
          )}
          {nameOf(doc, pair[side])}
        </span>
        {meta !== '' && <span class="quiet meta">{meta}</span>}
      </>
    );
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div
      class={index % 2 === 1 ? 'row odd' : 'row'}
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      tabIndex={current ? 0 : -1}
      style={{ transform: `translateY(${start}px)` }}
      onClick={open}
      onFocus={onFocus}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          open();
        }
      }}
    >
      <Cell name="relation">
        <Badge relation={pair.relation} />
      </Cell>
      <Cell name="a">{cell('a')}</Cell>
      <Cell name="b">{cell('b')}</Cell>
      <Cell name="score">{pair.score.toFixed(2)}</Cell>
      <Cell name="taken">
        {percent(pair.containment.a)} · {percent(pair.containment.b)}
      </Cell>
      <Cell name="passages">{pair.passages.length}</Cell>
    </div>
  );
}

function Cell({ name, children }: { name: Column; children: preact.ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows out of view are not in the page, which a table element cannot say
    // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus
    <div role="gridcell" class={name}>
      {children}
    </div>
  );
}

const narrow = matchMedia('(max-width: 45rem)');

/** Height of a row in pixels: one line of cells on a wide screen, three on a phone. The style sheet has the same numbers. */
let height = narrow.matches ? 92 : 48;
const rowHeight = () => height;

/** Rows in view; on paper, the first of them all. */
function useVirtualizer(scroller: { current: HTMLDivElement | null }, length: number) {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const [printing, setPrinting] = useState(false);
  const options: VirtualizerOptions<HTMLDivElement, Element> = {
    count: printing ? Math.min(length, 500) : length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: printing ? 500 : 8,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => redraw(0),
  };
  const [virtualizer] = useState(() => new Virtualizer(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  useEffect(() => {
    const measure = () => {
      height = narrow.matches ? 92 : 48;
      virtualizer.measure();
    };
    const before = () => setPrinting(true);
    const after = () => setPrinting(false);
    narrow.addEventListener('change', measure);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      narrow.removeEventListener('change', measure);
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, [virtualizer]);
  return virtualizer;
}

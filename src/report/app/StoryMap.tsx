import { useMemo, useState } from 'preact/hooks';
import { count, RELATIONS } from '../words.js';
import { writePlace } from './address.js';
import { layout } from './layout.js';
import { type Model, nameOf, type Story } from './model.js';

/** Stories that are drawn before a reader asks for more. */
const STEP = 120;

/**
 * The map: one small picture for each story, the largest first, its original in a ring. Small pictures rather than one
 * web, because they can be read at five documents and at five thousand.
 */
export function StoryMap({ model, onStory }: { model: Model; onStory: (search: string) => void }) {
  const [shown, setShown] = useState(STEP);
  const few = model.stories.length <= 6;
  return (
    <section aria-labelledby="map">
      <h2 id="map">Map of stories</h2>
      <p class="legend">
        {RELATIONS.map((relation) => (
          <span key={relation}>
            <svg width="26" height="10" aria-hidden="true">
              <line x1="1" y1="5" x2="25" y2="5" class={`edge ${relation}`} stroke-width="3" />
            </svg>{' '}
            {relation}
          </span>
        ))}
        <span>
          <svg width="16" height="16" aria-hidden="true">
            <circle cx="8" cy="8" r="7" class="ring" />
            <circle cx="8" cy="8" r="4" class="node" />
          </svg>{' '}
          original
        </span>
        <span class="quiet">thicker: stronger</span>
      </p>
      <ul class={few ? 'stories few' : 'stories'}>
        {model.stories.slice(0, shown).map((story) => (
          <li key={story.members[0]}>
            <Picture model={model} story={story} large={few} onStory={onStory} />
          </li>
        ))}
      </ul>
      {shown < model.stories.length && (
        <button type="button" onClick={() => setShown(shown + 1000)}>
          Show {count(Math.min(1000, model.stories.length - shown), 'more story', 'more stories')} of{' '}
          {model.stories.length.toLocaleString('en-US')}
        </button>
      )}
    </section>
  );
}

interface PictureProps {
  model: Model;
  story: Story;
  large: boolean;
  onStory: (search: string) => void;
}

function Picture({ model, story, large, onStory }: PictureProps) {
  const { nodes, width, height } = useMemo(() => layout(story, large), [story, large]);
  const original = model.documents[story.original];
  const name = nameOf(original, original?.id ?? '');
  const at = new Map(nodes.map((node) => [node.document, node]));
  const single = story.links.length === 1 ? story.links[0] : undefined;
  // Names beside the dots where there is room for them; else the picture bears the original's.
  const named = large && story.members.length === 2;
  const picture = (
    <>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        {[...story.links].reverse().map(({ a, b, pair }) => {
          const [from, to] = [at.get(a), at.get(b)];
          if (from === undefined || to === undefined) return null;
          return (
            <line
              key={`${a} ${b}`}
              x1={from.x}
              y1={from.y}
              x2={to.x}
              y2={to.y}
              class={`edge ${pair.relation}`}
              stroke-width={1 + (story.members.length > 12 ? 1.5 : 3) * pair.score}
            >
              <title>
                {nameOf(model.documents[a], pair.a)} · {pair.relation}, {pair.score.toFixed(2)} ·{' '}
                {nameOf(model.documents[b], pair.b)}
              </title>
            </line>
          );
        })}
        {nodes.map(({ document, x, y, r }) => (
          <g key={document}>
            {document === story.original && <circle cx={x} cy={y} r={r + 3} class="ring" />}
            <circle cx={x} cy={y} r={r} class="node">
              <title>{nameOf(model.documents[document], model.documents[document]?.id ?? '')}</title>
            </circle>
            {named && (
              <text x={x} y={y + 30}>
                {clipped(nameOf(model.documents[document], model.documents[document]?.id ?? ''))}
              </text>
            )}
          </g>
        ))}
      </svg>
      <span class="caption">
        <span class={named ? 'name hidden' : 'name'}>{name}</span>
        <span class={named ? 'quiet hidden' : 'quiet'}>{count(story.members.length, 'document')}</span>
      </span>
    </>
  );
  return single === undefined ? (
    <button type="button" class="story" onClick={() => show(name, onStory)}>
      {picture}
    </button>
  ) : (
    <a class="story" href={writePlace({ pair: [single.pair.a, single.pair.b] })}>
      {picture}
    </a>
  );
}

function clipped(name: string): string {
  return name.length > 28 ? `${name.slice(0, 27)}…` : name;
}

/** Filters the table to a story, and brings it into view. */
function show(name: string, onStory: (search: string) => void): void {
  onStory(name);
  document.getElementById('pairs')?.scrollIntoView({ block: 'start' });
}

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Comparison, DocumentPair, DocumentSummary } from '../../types.js';
import { explain } from '../explain.js';
import { count, percent } from '../words.js';
import { DotPlot } from './DotPlot.js';
import { Badge } from './Finding.js';
import { type Piece, pieces, type Side } from './highlight.js';
import { sourceOf } from './model.js';

/** Colours of passages, in turn. */
const COLOURS = 8;

interface Props {
  pair: DocumentPair | Comparison;
  names: readonly [string, string];
  documents: readonly [DocumentSummary | undefined, DocumentSummary | undefined];
  texts: readonly [string | undefined, string | undefined];
  /** The passage that is lit. */
  passage: number | undefined;
  /** The address of a passage, to be sent to somebody; without it there are no links. */
  linkTo?: (passage: number) => string;
  onPassage: (passage: number | undefined) => void;
  onClose?: () => void;
  /** Level of its heading: 2 where the page around it has its own. Default 1. */
  titleLevel?: 1 | 2;
}

/** Two documents side by side, with what they share. */
export function PairView({
  pair,
  names,
  documents,
  texts,
  passage,
  linkTo,
  onPassage,
  onClose,
  titleLevel = 1,
}: Props) {
  const { passages } = pair;
  const columns = { a: useRef<HTMLDivElement>(null), b: useRef<HTMLDivElement>(null) };
  // Lit by the pointer; the chosen passage stays lit beneath.
  const [hovered, setHovered] = useState<{ passage: number; sentence: number }>();
  const chosen = passage !== undefined && passage < passages.length ? passage : undefined;

  const bring = useCallback((n: number, sides: readonly Side[], sentence = -1) => {
    for (const side of sides) {
      const column = columns[side].current;
      const target =
        column?.querySelector<HTMLElement>(`[data-passage="${n}"][data-sentence="${sentence}"]`) ??
        column?.querySelector<HTMLElement>(`[data-passage="${n}"]`);
      if (column == null || target == null) continue;
      // Scrolls the column alone, not the page.
      const offset = target.getBoundingClientRect().top - column.getBoundingClientRect().top;
      if (offset < 0 || offset > column.clientHeight - 60) column.scrollTop += offset - column.clientHeight / 3;
    }
  }, []);

  const go = (n: number) => {
    onPassage(n);
    bring(n, ['a', 'b']);
  };
  useEffect(() => {
    if (chosen !== undefined) bring(chosen, ['a', 'b']);
  }, [pair]);
  // At once when it is drawn: a key that is pressed early is not lost.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest?.('input, textarea'))
        return;
      if (event.key === 'n' && passages.length > 0) go(chosen === undefined ? 0 : (chosen + 1) % passages.length);
      else if (event.key === 'p' && passages.length > 0)
        go(chosen === undefined ? passages.length - 1 : (chosen - 1 + passages.length) % passages.length);
      else if (event.key === 'Escape' && onClose !== undefined) onClose();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  });

  const [a, b] = texts;
  const paragraphs = useMemo(
    () => ({ a: pieces(a ?? '', b ?? '', passages, 'a'), b: pieces(b ?? '', a ?? '', passages, 'b') }),
    [a, b, passages],
  );
  const lit = hovered?.passage ?? chosen;

  const [one, other] = documents;
  const explained = explain(pair, {
    names,
    ...(one !== undefined && other !== undefined ? { sentences: [one.sentences, other.sentences] as const } : {}),
  });
  const Title = titleLevel === 1 ? 'h1' : 'h2';
  return (
    <article class="pair" aria-labelledby="pair-title">
      <div class="pair-head">
        <div>
          <Title id="pair-title" class="title">
            <Badge relation={pair.relation} /> {explained.statement}
          </Title>
          <ul class="reasons">
            {explained.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
        {a !== undefined && b !== undefined && passages.length > 0 && (
          <DotPlot passages={passages} lengths={[a.length, b.length]} names={names} lit={lit} onPassage={go} />
        )}
      </div>
      {passages.length > 0 && (
        <nav class="passage-list" aria-label="Passages">
          <span class="quiet">
            {count(passages.length, 'passage')}{' '}
            <span class="keys">(keys: n next, p previous{onClose ? ', Esc back' : ''})</span>
          </span>
          <ol>
            {passages.map(({ kind, score }, n) => (
              <li key={`${kind} ${n}`}>
                <button
                  type="button"
                  class={`chip p${n % COLOURS}${n === lit ? ' lit' : ''}`}
                  aria-pressed={n === chosen}
                  onClick={() => go(n)}
                  onMouseEnter={() => setHovered({ passage: n, sentence: -1 })}
                  onMouseLeave={() => setHovered(undefined)}
                >
                  {n + 1} {kind} {score.toFixed(2)}
                </button>
                {linkTo !== undefined && (
                  <a
                    class="permalink"
                    href={linkTo(n)}
                    title="Link to this passage"
                    aria-label={`Link to passage ${n + 1}`}
                  >
                    #
                  </a>
                )}
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div class="columns">
        {(['a', 'b'] as const).map((side, s) => (
          <section key={side} aria-label={names[s]} class={pair.original === side ? 'original' : ''}>
            <header>
              <h2>{names[s]}</h2>
              <p class="quiet">
                {[
                  pair.original === side ? 'original' : undefined,
                  ...about(documents[s]),
                  `${percent(pair.containment[side])} in both`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </header>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
            {/* biome-ignore lint/a11y/useSemanticElements: the section around it is the landmark */}
            <div class="text" ref={columns[side]} tabIndex={0} role="group" aria-label={`Text of ${names[s]}`}>
              {texts[s] === undefined ? (
                <p class="quiet">The text of this document was not given to the report.</p>
              ) : (
                paragraphs[side].map((paragraph, n) => (
                  <p key={n}>
                    {paragraph.map((piece, m) => (
                      <Shown
                        key={m}
                        piece={piece}
                        first={isFirst(paragraphs[side], n, m)}
                        kind={passages[piece.passage]?.kind}
                        score={
                          passages[piece.passage]?.sentences[piece.sentence]?.score ?? passages[piece.passage]?.score
                        }
                        lit={lit !== undefined && piece.passage === lit}
                        near={
                          hovered !== undefined &&
                          piece.passage === hovered.passage &&
                          piece.sentence >= 0 &&
                          piece.sentence === hovered.sentence
                        }
                        onHover={(at) => {
                          setHovered(at);
                          if (at !== undefined) bring(at.passage, [side === 'a' ? 'b' : 'a'], at.sentence);
                        }}
                        onChoose={() => {
                          onPassage(piece.passage);
                          bring(piece.passage, [side === 'a' ? 'b' : 'a'], piece.sentence);
                        }}
                      />
                    ))}
                  </p>
                ))
              )}
            </div>
          </section>
        ))}
      </div>
    </article>
  );
}

function about(doc: DocumentSummary | undefined): (string | undefined)[] {
  if (doc === undefined) return [];
  return [
    sourceOf(doc),
    doc.author,
    doc.published?.slice(0, 16).replace('T', ' '),
    doc.title ? doc.id : undefined,
    doc.copyright,
    count(doc.words, 'word'),
  ];
}

/** Whether a piece begins its passage in this text: that piece takes the focus and bears the number. */
function isFirst(paragraphs: readonly Piece[][], n: number, m: number): boolean {
  const passage = paragraphs[n]?.[m]?.passage;
  if (passage === undefined || passage < 0) return false;
  const before = m > 0 ? paragraphs[n]?.[m - 1] : paragraphs[n - 1]?.at(-1);
  return before?.passage !== passage;
}

interface ShownProps {
  piece: Piece;
  first: boolean;
  kind: string | undefined;
  score: number | undefined;
  lit: boolean;
  near: boolean;
  onHover: (at: { passage: number; sentence: number } | undefined) => void;
  onChoose: () => void;
}

function Shown({ piece, first, kind, score, lit, near, onHover, onChoose }: ShownProps) {
  const { text, passage, sentence, shared } = piece;
  const words = shared ? <u>{text}</u> : text;
  if (passage < 0) return <>{words}</>;
  return (
    <>
      {first && (
        <button
          type="button"
          class={`number p${passage % COLOURS}`}
          aria-label={`Passage ${passage + 1}, ${kind}: light its counterpart`}
          onClick={onChoose}
          onFocus={() => onHover({ passage, sentence: -1 })}
          onBlur={() => onHover(undefined)}
        >
          {passage + 1}
        </button>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the passage's button and the keys n and p do the same */}
      <mark
        class={`p${passage % COLOURS}${lit ? ' lit' : ''}${near ? ' near' : ''}`}
        data-passage={passage}
        data-sentence={sentence}
        title={`passage ${passage + 1}, ${kind}${score === undefined ? '' : `, ${sentence >= 0 ? 'sentence ' : ''}score ${score.toFixed(2)}`}`}
        onMouseEnter={() => onHover({ passage, sentence })}
        onMouseLeave={() => onHover(undefined)}
        onClick={onChoose}
      >
        {words}
      </mark>
    </>
  );
}

import { render } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { App } from '../../src/report/app/App.js';
import { modelOf } from '../../src/report/app/model.js';
import { PairView } from '../../src/report/app/PairView.js';
import { reportData } from '../../src/report/data.js';
import type { Comparison, Report } from '../../src/types.js';
import { EXAMPLE } from './example.js';
import { readDropped } from './files.js';

/** A text to compare. */
interface Entry {
  readonly id: string;
  readonly text: string;
}

type Result =
  | { readonly kind: 'pair'; readonly entries: readonly [Entry, Entry]; readonly comparison: Comparison }
  | { readonly kind: 'report'; readonly entries: readonly Entry[]; readonly report: Report };

const LANGUAGES = ['en', 'de', 'es', 'fr', 'it', 'nl', 'no', 'pt', 'ru', 'sv', 'uk', 'und'];

/** Compares in this page: two texts with each other, or any number of files. */
async function compareAll(entries: readonly Entry[], language: string): Promise<Result> {
  const { createDetector } = await import('twicetold');
  const detector = await createDetector({ languages: [language] });
  const [a, b, ...rest] = entries;
  if (a !== undefined && b !== undefined && rest.length === 0)
    return { kind: 'pair', entries: [a, b], comparison: detector.compare(a, b, { evidence: true }) };
  return { kind: 'report', entries, report: await detector.detect(entries) };
}

function Playground() {
  const [texts, setTexts] = useState<readonly [string, string]>(['', '']);
  const [names, setNames] = useState<readonly [string, string]>(['the first text', 'the second text']);
  const [language, setLanguage] = useState('en');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [result, setResult] = useState<Result>();
  const [passage, setPassage] = useState<number>();
  const shown = useRef<HTMLDivElement>(null);

  async function run(entries: readonly Entry[]): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    setPassage(undefined);
    try {
      setResult(await compareAll(entries, language));
    } catch (error) {
      setProblem((error as Error).message);
      setResult(undefined);
    } finally {
      setBusy(false);
    }
  }
  useEffect(() => {
    if (result !== undefined) shown.current?.focus();
  }, [result]);

  async function take(files: FileList | null | undefined): Promise<void> {
    if (files == null || files.length === 0) return;
    try {
      const entries = await readDropped([...files]);
      const [a, b] = entries;
      if (entries.length === 1 && a !== undefined) {
        // One file fills the first text that is empty.
        const side = texts[0].trim() === '' ? 0 : 1;
        setTexts(side === 0 ? [a.text, texts[1]] : [texts[0], a.text]);
        setNames(side === 0 ? [a.id, names[1]] : [names[0], a.id]);
        return;
      }
      if (entries.length === 2 && a !== undefined && b !== undefined) {
        setTexts([a.text, b.text]);
        setNames([a.id, b.id]);
      }
      await run(entries);
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  const pair = (): [Entry, Entry] => {
    const [a, b] = names;
    return [
      { id: a, text: texts[0] },
      { id: a === b ? `${b} (2)` : b, text: texts[1] },
    ];
  };
  const model = useMemo(
    () =>
      result?.kind === 'report'
        ? modelOf(
            reportData(
              `${result.entries.length} files`,
              result.report,
              new Map(result.entries.map(({ id, text }) => [id, text])),
            ),
          )
        : undefined,
    [result],
  );

  return (
    <main
      class="playground"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer?.files);
      }}
    >
      <h1>Is one of these told after the other?</h1>
      <p class="quiet">
        Paste two texts, or drop files anywhere on the page: two are compared, more are searched for what is told twice.
        All of it happens in this page; nothing is sent anywhere.
      </p>
      <div class="inputs">
        {([0, 1] as const).map((side) => (
          <label key={side}>
            <span>{names[side]}</span>
            <textarea
              rows={10}
              value={texts[side]}
              onInput={(event) => {
                const { value } = event.currentTarget;
                setTexts(side === 0 ? [value, texts[1]] : [texts[0], value]);
              }}
            />
          </label>
        ))}
      </div>
      <div class="actions">
        <button
          type="button"
          class="primary"
          disabled={busy || texts.some((text) => text.trim() === '')}
          onClick={() => run(pair())}
        >
          Compare
        </button>
        <button
          type="button"
          disabled={busy}
          onClick={() => {
            setTexts(EXAMPLE);
            setNames(['the first text', 'the second text']);
          }}
        >
          Put in an example
        </button>
        <label>
          Files <input type="file" multiple onChange={(event) => take(event.currentTarget.files)} />
        </label>
        <label>
          Language{' '}
          <select value={language} onChange={(event) => setLanguage(event.currentTarget.value)}>
            {LANGUAGES.map((tag) => (
              <option key={tag} value={tag}>
                {tag === 'und' ? 'other' : tag}
              </option>
            ))}
          </select>
        </label>
        <span role="status">{busy ? 'Comparing …' : ''}</span>
      </div>
      {problem !== undefined && (
        <p class="notice" role="alert">
          {problem}
        </p>
      )}
      <div ref={shown} tabIndex={-1} class="result">
        {result?.kind === 'pair' && (
          <PairView
            pair={result.comparison}
            names={[result.entries[0].id, result.entries[1].id]}
            documents={[undefined, undefined]}
            texts={[result.entries[0].text, result.entries[1].text]}
            passage={passage}
            onPassage={setPassage}
            titleLevel={2}
          />
        )}
      </div>
      {model !== undefined && <App model={model} embedded />}
    </main>
  );
}

const root = document.getElementById('app') as HTMLElement;
root.textContent = '';
render(<Playground />, root);

import { count } from '../words.js';
import { type Model, nameOf } from './model.js';

const SHOWN = 30;

/** What else was found: passages that travel, documents that repeat themselves, boilerplate that was left out. */
export function Leftovers({ model }: { model: Model }) {
  const { passages, boilerplate, stats } = model.data;
  const repeating = model.documents.filter(({ repeats }) => repeats.length > 0);
  return (
    <section class="leftovers" aria-label="More findings">
      {passages.length > 0 && (
        <details>
          <summary>Passages that stand in most documents ({passages.length})</summary>
          <ul>
            {passages.slice(0, SHOWN).map(({ document, start, end, documents }) => (
              <li key={`${document}\n${start}`}>
                <q>{model.texts.get(document)?.slice(start, end) ?? '(its text is not in this report)'}</q>{' '}
                <span class="quiet">in {count(documents.length, 'document')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {repeating.length > 0 && (
        <details>
          <summary>Told twice within one document ({repeating.length})</summary>
          <ul>
            {repeating.slice(0, SHOWN).map((doc) => {
              const text = model.texts.get(doc.id) ?? '';
              return (
                <li key={doc.id}>
                  {nameOf(doc, doc.id)}
                  <ul>
                    {doc.repeats.slice(0, SHOWN).map(({ a, b }) => (
                      <li key={`${a.start} ${b.start}`}>
                        <q>{text.slice(a.start, a.end)}</q> · <q>{text.slice(b.start, b.end)}</q>
                      </li>
                    ))}
                  </ul>
                </li>
              );
            })}
          </ul>
        </details>
      )}
      {boilerplate.length > 0 && (
        <details>
          <summary>Left out as boilerplate ({boilerplate.length})</summary>
          <ul>
            {boilerplate.slice(0, SHOWN).map(({ text, documents }) => (
              <li key={text}>
                <q>{text}</q> <span class="quiet">in {count(documents, 'document')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p class="quiet">
        {count(stats.documents, 'document')}, {count(stats.words, 'word')}, {count(stats.sentences, 'sentence')};{' '}
        {count(stats.candidates, 'candidate pair')} compared, {stats.related.toLocaleString('en-US')} related.
      </p>
    </section>
  );
}

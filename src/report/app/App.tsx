import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Place, readPlace, writePlace } from './address.js';
import { Finding } from './Finding.js';
import { Leftovers } from './Leftovers.js';
import { type Model, nameOf } from './model.js';
import { PairTable } from './PairTable.js';
import { PairView } from './PairView.js';
import { StoryMap } from './StoryMap.js';

/** The whole report, in a page of its own or `embedded` in another: the finding, the map, the pairs; or one pair, where the address names one. */
export function App({ model, embedded = false }: { model: Model; embedded?: boolean }) {
  const Main = embedded ? 'section' : 'main';
  const Title = embedded ? 'h2' : 'h1';
  const [place, setPlace] = useState<Place>(() => readPlace(location.hash));
  useEffect(() => {
    const follow = () => setPlace(readPlace(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const [search, setSearch] = useState('');
  const byIds = useMemo(
    () => new Map(model.data.pairs.map((pair) => [JSON.stringify([pair.a, pair.b]), pair])),
    [model],
  );
  const found =
    place.pair === undefined
      ? undefined
      : (byIds.get(JSON.stringify(place.pair)) ?? byIds.get(JSON.stringify([...place.pair].reverse())));
  const [last, setLast] = useState<string>();
  useEffect(() => {
    if (found !== undefined) {
      setLast(JSON.stringify([found.a, found.b]));
      scrollTo(0, 0);
    }
  }, [found]);

  // Neither depends on what the reader does with the table, so neither is drawn again for it.
  const overview = useMemo(
    () => (
      <>
        <Finding model={model} onSource={setSearch} />
        {model.stories.length > 0 && <StoryMap model={model} onStory={setSearch} />}
      </>
    ),
    [model],
  );

  if (found !== undefined) {
    const name = (id: string) => nameOf(model.documents[model.numbers.get(id) ?? -1], id);
    return (
      <>
        <header class="top">
          <a class="back" href="#top">
            ← All pairs
          </a>
        </header>
        <Main>
          <PairView
            pair={found}
            titleLevel={embedded ? 2 : 1}
            names={[name(found.a), name(found.b)]}
            documents={[
              model.documents[model.numbers.get(found.a) ?? -1],
              model.documents[model.numbers.get(found.b) ?? -1],
            ]}
            texts={[model.texts.get(found.a), model.texts.get(found.b)]}
            passage={place.passage}
            linkTo={(passage) => writePlace({ pair: [found.a, found.b], passage })}
            onPassage={(passage) => {
              history.replaceState(
                null,
                '',
                writePlace({ pair: [found.a, found.b], ...(passage === undefined ? {} : { passage }) }),
              );
              setPlace(readPlace(location.hash));
            }}
            onClose={() => {
              location.hash = '#top';
            }}
          />
        </Main>
      </>
    );
  }
  return (
    <Main>
      <Title>{model.data.title}</Title>
      {place.pair !== undefined && (
        <p class="notice" role="alert">
          The link leads to a pair that is not in this report: {place.pair.join(', ')}.
        </p>
      )}
      {overview}
      {model.data.pairs.length > 0 && <PairTable model={model} search={search} onSearch={setSearch} returnTo={last} />}
      <Leftovers model={model} />
    </Main>
  );
}

import type { Candidates } from '../candidates/pairs.js';
import type { Corpus } from './corpus.js';
import type { Pairs } from './jobs.js';

/** Some of the candidates of a corpus, as a job has them. */
export function pairsOf(
  corpus: Corpus,
  { a, b, kind }: Pick<Candidates, 'a' | 'b' | 'kind'>,
  some: readonly number[],
): Pairs {
  const local = new Map<number, number>();
  const number = (d: number) => {
    const known = local.get(d) ?? local.size;
    local.set(d, known);
    return known;
  };
  const pairs = some.flatMap((p) => [number(a[p] as number), number(b[p] as number)]);
  return {
    places: placesOf(corpus, [...local.keys()]),
    pairs,
    kinds: some.map((p) => kind[p] as number),
  };
}

/** Where the store has documents that are named by their place in the order of ids. */
export function placesOf(corpus: Corpus, documents: readonly number[]): number[] {
  return documents.map((d) => corpus.places[corpus.order[d] as number] as number);
}

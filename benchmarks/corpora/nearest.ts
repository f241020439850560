/** Words in more articles than this bring no two together. */
const MOST_ARTICLES = 50;
const SHORTEST_WORD = 4;

/**
 * Pairs of articles on one subject: for every so many articles of an archive the one that shares the most weight in rare words with it,
 * by the length of both, each pair once.
 */
export function nearestArticles(texts: readonly string[], wanted: number): [number, number][] {
  const words = texts.map(
    (text) => new Set((text.toLowerCase().match(/[a-z]+/g) ?? []).filter((word) => word.length >= SHORTEST_WORD)),
  );
  const articles = new Map<string, number[]>();
  words.forEach((set, n) => {
    for (const word of set) {
      const list = articles.get(word);
      if (list === undefined) articles.set(word, [n]);
      else if (list.length <= MOST_ARTICLES) list.push(n);
    }
  });
  const pairs = new Map<string, [number, number]>();
  const step = Math.max(1, Math.floor(texts.length / wanted));
  for (let n = 0; n < texts.length; n += step) {
    const shared = new Map<number, number>();
    for (const word of words[n] as Set<string>) {
      const list = articles.get(word) as number[];
      if (list.length > MOST_ARTICLES) continue;
      for (const other of list)
        if (other !== n) shared.set(other, (shared.get(other) ?? 0) + Math.log(texts.length / list.length));
    }
    let best = -1;
    let most = 0;
    for (const [other, weight] of shared) {
      const score = weight / Math.sqrt((words[other] as Set<string>).size);
      if (score > most) {
        most = score;
        best = other;
      }
    }
    if (best >= 0) pairs.set([n, best].sort((x, y) => x - y).join(), [n, best]);
  }
  return [...pairs.values()];
}

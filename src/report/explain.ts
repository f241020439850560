import { checkOptions, describe, TwicetoldError } from '../errors.js';
import type {
  Comparison,
  Contradiction,
  DocumentPair,
  PassageKind,
  PassagePair,
  SentencePair,
  TextFacts,
} from '../types.js';
import { faultOfComparison } from './shape.js';
import { count, listed, percent, statement } from './words.js';

/** Settings of {@link explain}. */
export interface ExplainOptions {
  /** What the two texts are called. Default: their ids, where the pair has them, else `['a', 'b']`. */
  names?: readonly [string, string];
  /** Sentences of each text, so that it can be said how many of how many; a comparison with evidence brings them. Default: not said. */
  sentences?: readonly [number, number];
}

/** What two documents are to each other, in words. */
export interface Explanation {
  /** The relation, as one sentence. */
  statement: string;
  /** Why so: sentences, each drawn from figures of the pair. */
  reasons: string[];
}

/**
 * Says in words what two documents are to each other, and why: how much of the one retells the other and in which order, how
 * closely, and who came first. A comparison with evidence (`compare(a, b, { evidence: true })`) says more: how many sentences share a phrase that
 * is rare in the language, and what quotations, names and figures each text has of its own. Nothing is looked at but the pair's own figures.
 *
 * @param pair a pair of a report or an index, or what `compare` gave
 * @param options what the texts are called, and how many sentences they have
 * @returns the relation and its reasons
 * @throws TwicetoldError `INVALID_ARGUMENT` when `pair` is none, or an option is of the wrong type
 *
 * @example
 * ```ts
 * import { createDetector } from 'twicetold';
 * import { explain } from 'twicetold/report';
 * const detector = await createDetector();
 * const wire =
 *   'The council voted on Monday to close the old bridge. Engineers found cracks in two pillars. Repairs will take until the spring.';
 * const site =
 *   'On Monday the council voted to close the old bridge. Cracks in two pillars were found by engineers. Repairs take until spring.';
 * const { statement, reasons } = explain(detector.compare(wire, site, { evidence: true }), { names: ['the wire', 'the site'] });
 * console.log(statement); // the wire and the site tell the same in other words.
 * console.log(reasons[0]); // 3 of 3 sentences of the site retell the wire, in the same order.
 * ```
 */
export function explain(pair: Comparison | DocumentPair, options: ExplainOptions = {}): Explanation {
  checkOptions('explain options', options, ['names', 'sentences']);
  const fault = faultOfComparison(pair);
  if (fault !== undefined)
    throw new TwicetoldError(
      'INVALID_ARGUMENT',
      `pair must be a pair of a report or what compare gave, got ${describe(pair)}, in which ${fault}`,
    );
  const [a, b] = checkPair('names', options.names ?? namesOf(pair), 'string');
  const given = options.sentences === undefined ? undefined : checkPair('sentences', options.sentences, 'number');
  const sentences = given ?? (pair.facts && ([pair.facts.a.sentences, pair.facts.b.sentences] as const));
  return { statement: statement(pair, a, b), reasons: reasons(pair, [a, b], sentences) };
}

function namesOf(pair: Comparison | DocumentPair): readonly [string, string] {
  return 'a' in pair ? [pair.a, pair.b] : ['a', 'b'];
}

function checkPair<T>(name: string, values: readonly T[], type: 'string' | 'number'): readonly [T, T] {
  if (!Array.isArray(values) || values.length !== 2 || values.some((value) => typeof value !== type))
    throw new TwicetoldError('INVALID_ARGUMENT', `${name} must be two ${type}s, got ${describe(values)}`);
  return values as unknown as readonly [T, T];
}

function reasons(
  pair: Comparison | DocumentPair,
  [a, b]: readonly [string, string],
  sentences: readonly [number, number] | undefined,
): string[] {
  const { passages, containment, resemblance } = pair;
  const same = `${percent(resemblance)} of all runs of words stand in both`;
  if (passages.length === 0)
    return resemblance > 0 && pair.relation !== 'unrelated'
      ? [`${same}.`, came(pair, a, b)]
      : ['No passage of the one tells what the other tells.'];
  const found = [];
  const pairs = passages.flatMap((passage) => passage.sentences);
  if (pairs.length > 0) found.push(retold(pair, [a, b], pairs, sentences), ...otherwise(pairs), ...phrases(passages));
  found.push(
    `${percent(containment.a)} of the words of ${a} and ${percent(containment.b)} of those of ${b} lie in ${count(passages.length, 'passage')} that both tell: ${kindsOf(passages)}.`,
  );
  found.push(
    resemblance >= 0.8
      ? `Of all runs of words that stand in either, ${percent(resemblance)} stand in both.`
      : `${same}${wordingOf(resemblance, passages)}.`,
  );
  found.push(...factsOf(pair, a, b), came(pair, a, b));
  return found;
}

/** How many sentences retell the other text, and in which order. */
function retold(
  { original, containment, relation }: Comparison | DocumentPair,
  [a, b]: readonly [string, string],
  pairs: readonly SentencePair[],
  sentences: readonly [number, number] | undefined,
): string {
  // The later text retells; where nothing says which that is, the one of which more is in the other, of equals the second.
  const later = original === undefined ? (containment.a > containment.b ? 'a' : 'b') : original === 'a' ? 'b' : 'a';
  const earlier = later === 'a' ? 'b' : 'a';
  const [teller, told, all] = later === 'a' ? [a, b, sentences?.[0]] : [b, a, sentences?.[1]];
  const places = new Map<number, number>();
  for (const pair of [...pairs].sort((x, y) => y.score - x.score))
    if (!places.has(pair[later].start)) places.set(pair[later].start, pair[earlier].start);
  const n = places.size;
  const sure = new Set(pairs.filter(({ score }) => score >= SURE).map((pair) => pair[later].start)).size;
  const kept = longestAscending([...places].sort(([x], [y]) => x - y).map(([, place]) => place));
  const whole = all !== undefined && all >= n ? `${n} of ${count(all, 'sentence')}` : count(n, 'sentence');
  const order = n < 2 ? '' : kept === n ? ', in the same order' : `, ${kept} of them in the same order`;
  const [one, many] =
    relation === 'unrelated'
      ? [`tells what ${told} tells`, `tell what ${told} tells`]
      : [`retells ${told}`, `retell ${told}`];
  return `${whole} of ${teller} ${n === 1 ? one : many}${order}${sure > 0 && sure < n ? `; ${sure} with a probability of 90 % or more` : ''}.`;
}

/** A probability that is called sure. */
const SURE = 0.9;

/** Length of the longest run of ascending values, others between them left out (Fredman 1975). */
function longestAscending(values: readonly number[]): number {
  const least: number[] = [];
  for (const value of values) {
    let low = 0;
    let high = least.length;
    while (low < high) {
      const mid = (low + high) >>> 1;
      if ((least[mid] as number) <= value) low = mid + 1;
      else high = mid;
    }
    least[low] = value;
  }
  return least.length;
}

const CONTRADICTION_WORDS: Record<Contradiction, string> = {
  negated: 'negated in one of the texts',
  swapped: 'with names in each other’s places',
  figures: 'with other figures',
};

/** How many pairs of sentences have much the same words and say otherwise. */
function otherwise(pairs: readonly SentencePair[]): string[] {
  const n = pairs.filter(({ contradicts }) => contradicts !== undefined).length;
  if (n === 0) return [];
  const ways = (['negated', 'swapped', 'figures'] as const)
    .map((way) => [way, pairs.filter(({ contradicts }) => contradicts?.includes(way)).length] as const)
    .filter(([, some]) => some > 0)
    .map(([way, some]) => `${some} ${CONTRADICTION_WORDS[way]}`);
  return [`${n === 1 ? 'One of them says' : `${n} of them say`} otherwise in much the same words: ${listed(ways)}.`];
}

/** Rarity from which a phrase is not what any two texts on one subject have. */
const RARE = 14;

/** How many pairs of sentences share a rare phrase, where evidence is at hand. */
function phrases(passages: readonly PassagePair[]): string[] {
  if (!passages.some(({ words }) => words?.some(({ rarity }) => rarity !== undefined))) return [];
  const n = passages.reduce((sum, { sentences, words = [] }) => {
    const rare = words.filter(({ rarity = 0 }) => rarity >= RARE);
    const has = ({ a, b }: SentencePair) =>
      rare.some((run) => run.a.start < a.end && run.a.end > a.start && run.b.start < b.end && run.b.end > b.start);
    return sum + sentences.filter(has).length;
  }, 0);
  return [
    n === 0
      ? 'None of them shares a phrase that is rare in the language at large.'
      : `${n} of them ${n === 1 ? 'shares a phrase that is' : 'share phrases that are'} rare in the language at large.`,
  ];
}

const KIND_WORDS: Record<PassageKind, string> = {
  verbatim: 'word for word',
  edited: 'edited',
  paraphrased: 'in other words',
};

function kindsOf(passages: readonly PassagePair[]): string {
  const kinds = (['verbatim', 'edited', 'paraphrased'] as const)
    .map((kind) => [kind, passages.filter((passage) => passage.kind === kind).length] as const)
    .filter(([, n]) => n > 0);
  return listed(kinds.map(([kind, n]) => `${n} ${KIND_WORDS[kind]}`));
}

/** What a low resemblance means: another wording, unless what is shared is a copy in a longer text. */
function wordingOf(resemblance: number, passages: readonly PassagePair[]): string {
  if (passages.some(({ kind }) => kind === 'verbatim')) return '';
  return resemblance < 0.2 ? ': the wording is another' : ': part of the wording was kept';
}

/** What each text has of its own, where that was counted. */
function factsOf({ facts }: Comparison | DocumentPair, a: string, b: string): string[] {
  if (facts === undefined) return [];
  const own = ({ quotations, names, figures }: TextFacts) =>
    listed([some(quotations, 'quotation'), some(names, 'name'), some(figures, 'figure')]);
  if ([facts.a, facts.b].every(({ quotations, names, figures }) => quotations + names + figures === 0))
    return ['Neither brings a quotation, a name or a figure of its own.'];
  return [`Of its own ${a} brings ${own(facts.a)}, ${b} ${own(facts.b)}.`];
}

function some(n: number, one: string): string {
  return n === 0 ? `no ${one}` : count(n, one);
}

function came({ original }: Comparison | DocumentPair, a: string, b: string): string {
  return original === undefined
    ? 'Nothing says which of them came first.'
    : `Dates, or the marks that rewriting leaves, say that ${original === 'a' ? a : b} came first.`;
}

import type { KnownWords } from '../lexicon/known.js';
import { type Lexicon, LIKENESS_STEPS } from '../lexicon/lexicon.js';
import type { AnalysedText } from '../text/analyse.js';
import { NUMBER, STOP } from '../text/terms.js';
import { isNegated } from './negation.js';
import { wordAgreement } from './wording.js';

/**
 * What the scorer knows of two sentences out of context, in the order of its weights. All are in [0, 1], and none changes when the
 * sentences change places.
 *
 * Out of context there are no rivals to stand against, and words in common prove little: news repeats its facts in other events, and the
 * same words in another order may say the opposite. So order counts, the more the nearer the words are to being the same: sentences
 * of other words may be turned round freely.
 */
export const ALONE_FEATURES = [
  'answered', // how much of one sentence the other's words answer, by rarity and likeness, on the side with more
  'words', // Dice coefficient of their words, common ones included
  'phrases', // the same of their pairs of adjacent words: at equal words, whole phrases in common are a form with other facts in it
  'same', // eighth power of `words`: near 1 where nothing but order and a word or two is left to differ
  'moved', // `same` times the share of common content words out of order
  'turned', // `same` times how often the next common content word stands before the last in the other sentence
  'lengths', // difference in words over their sum
  'figures', // figures that the other lacks, two at most, on the side with more
  'negated', // one sentence has a negation more than the other, or three
  'meaning', // cosine of the sums of word vectors
] as const;

/** Weights of the sentence scorer out of context. */
export type AloneModel = Readonly<Record<(typeof ALONE_FEATURES)[number] | 'intercept', number>>;

/**
 * With a lexicon, and by words alone. Fitted by `npx tsx benchmarks/fit/alone.ts <data folder>` on the Microsoft Research paraphrase corpus,
 * PAWS (little: its pairs were made to have the same words) and sentences of labelled rewrites.
 */
export const LEXICON_ALONE: AloneModel = {
  answered: 1.006,
  words: 4.786,
  phrases: -0.979,
  same: -1.328,
  moved: -5.799,
  turned: -7.452,
  lengths: -4.259,
  figures: -0.846,
  negated: -0.955,
  meaning: 2.207,
  intercept: -3.712,
};
export const WORDS_ALONE: AloneModel = {
  answered: 1.603,
  words: 5.532,
  phrases: -1.068,
  same: -1.27,
  moved: -5.754,
  turned: -7.431,
  lengths: -4.614,
  figures: -0.837,
  negated: 0,
  meaning: 0,
  intercept: -2.804,
};

/** How much the rarest words weigh, and a figure. */
const MOST_WEIGHT = 11;
const FIGURE_WEIGHT = 7;
/** Likeness from which words answer each other, in steps of the lexicon. */
const LEAST_LIKENESS = 0.4 * LIKENESS_STEPS;
const FIGURES = 2;
/** The probability that sentence `i` of `a` and sentence `j` of `b` tell the same, out of context; 0 where no content word answers another. */
export function scoreSentenceAlone(
  a: AnalysedText,
  i: number,
  b: AnalysedText,
  j: number,
  knownA?: KnownWords,
  knownB?: KnownWords,
): number {
  const features = aloneFeatures(a, i, b, j, knownA, knownB);
  if (features[0] === 0) return 0;
  const model = knownA === undefined || knownB === undefined ? WORDS_ALONE : LEXICON_ALONE;
  let z = model.intercept;
  ALONE_FEATURES.forEach((name, f) => {
    z += model[name] * (features[f] as number);
  });
  return 1 / (1 + Math.exp(-z));
}

/** The features of two sentences; 0 for what needs a lexicon where there is none. */
export function aloneFeatures(
  a: AnalysedText,
  i: number,
  b: AnalysedText,
  j: number,
  knownA?: KnownWords,
  knownB?: KnownWords,
): number[] {
  const one = sentenceOf(a, i, knownA);
  const other = sentenceOf(b, j, knownB);
  const words = dice(counts(one.words), counts(other.words), one.words.length + other.words.length);
  const pairsA = adjacent(one.words);
  const pairsB = adjacent(other.words);
  const same = words ** 8;
  const common = dice(counts(one.content), counts(other.content), one.content.length + other.content.length);
  const [left, right] = [sequence(one.content), sequence(other.content)];
  const inOrder = wordAgreement(left, 0, right, 0);
  const agreeing = inOrder.words > 0 ? (2 * inOrder.same) / inOrder.words : 0;
  const lexicon = knownA === undefined || knownB === undefined ? undefined : knownA.lexicon;
  return [
    Math.max(answered(one, other, lexicon), answered(other, one, lexicon)),
    words,
    dice(counts(pairsA), counts(pairsB), pairsA.length + pairsB.length),
    same,
    common > 0 ? same * (1 - agreeing / common) : 0,
    same * turns(one.content, other.content),
    Math.abs(one.words.length - other.words.length) / Math.max(1, one.words.length + other.words.length),
    Math.min(FIGURES, Math.max(ownOf(one.figures, other.figures), ownOf(other.figures, one.figures))) / FIGURES,
    isNegated(a, i, lexicon?.language) === isNegated(b, j, lexicon?.language) ? 0 : 1,
    lexicon === undefined ? 0 : meaning(one, other, lexicon),
  ];
}

/** A sentence: its folded words in order, its content terms in order, its figures, and each content term's row and flags. */
interface Sentence {
  readonly words: readonly number[];
  readonly content: readonly number[];
  readonly figures: ReadonlySet<number>;
  readonly terms: ReadonlyMap<number, { row: number; weight: number }>;
}

function sentenceOf(doc: AnalysedText, s: number, known: KnownWords | undefined): Sentence {
  const words: number[] = [];
  const content: number[] = [];
  const figures = new Set<number>();
  const terms = new Map<number, { row: number; weight: number }>();
  for (let t = doc.firstTerm[s] as number; t < (doc.firstTerm[s + 1] as number); t++) {
    words.push(doc.termWords[t] as number);
    const flags = doc.termFlags[t] as number;
    if (flags & STOP) continue;
    const term = doc.termIds[t] as number;
    content.push(term);
    if (flags & NUMBER) figures.add(term);
    if (terms.has(term)) continue;
    const row = known?.rows[t] ?? -1;
    const rarity = known === undefined ? MOST_WEIGHT : known.lexicon.rarity(row);
    terms.set(term, { row, weight: flags & NUMBER ? FIGURE_WEIGHT : Math.min(MOST_WEIGHT, rarity) });
  }
  return { words, content, figures, terms };
}

/** Share of a sentence's weight that the other answers: in full by the same term, by likeness by its nearest. */
function answered(sentence: Sentence, other: Sentence, lexicon: Lexicon | undefined): number {
  let weight = 0;
  let answer = 0;
  const rows = new Set<number>();
  for (const { row } of other.terms.values()) if (row >= 0) rows.add(row);
  for (const [term, { row, weight: w }] of sentence.terms) {
    weight += w;
    if (other.terms.has(term)) answer += w;
    else if (lexicon !== undefined && row >= 0) answer += w * nearest(row, rows, lexicon);
  }
  return weight > 0 ? answer / weight : 0;
}

function nearest(row: number, rows: ReadonlySet<number>, { first, neighbours, likeness }: Lexicon): number {
  const end = first[row + 1] as number;
  for (let e = first[row] as number; e < end && (likeness[e] as number) >= LEAST_LIKENESS; e++)
    if (rows.has(neighbours[e] as number)) return (likeness[e] as number) / LIKENESS_STEPS;
  return 0;
}

function counts<T>(items: readonly T[]): Map<T, number> {
  const out = new Map<T, number>();
  for (const item of items) out.set(item, (out.get(item) ?? 0) + 1);
  return out;
}

/** Dice coefficient of two bags with `total` items together. */
function dice<T>(a: ReadonlyMap<T, number>, b: ReadonlyMap<T, number>, total: number): number {
  let both = 0;
  for (const [item, n] of a) both += Math.min(n, b.get(item) ?? 0);
  return total > 0 ? (2 * both) / total : 0;
}

function adjacent(words: readonly number[]): number[] {
  return Array.from(
    { length: Math.max(0, words.length - 1) },
    (_, k) => (words[k] as number) * 2 ** 21 + ((words[k + 1] as number) >>> 11),
  );
}

function sequence(content: readonly number[]): Pick<AnalysedText, 'termWords' | 'firstTerm'> {
  return { termWords: Uint32Array.from(content), firstTerm: Uint32Array.of(0, content.length) };
}

/** How often, of the content words that stand once in both, the next one stands before the last in the other sentence; as a share. */
function turns(a: readonly number[], b: readonly number[]): number {
  const [inA, inB] = [counts(a), counts(b)];
  const once = (term: number) => inA.get(term) === 1 && inB.get(term) === 1;
  const place = new Map(b.filter(once).map((term, k) => [term, k]));
  const places = a.filter(once).map((term) => place.get(term) as number);
  let back = 0;
  for (let k = 1; k < places.length; k++) if ((places[k] as number) < (places[k - 1] as number)) back++;
  return places.length > 1 ? back / (places.length - 1) : 0;
}

function ownOf(figures: ReadonlySet<number>, others: ReadonlySet<number>): number {
  let own = 0;
  for (const figure of figures) if (!others.has(figure)) own++;
  return own;
}

function meaning(a: Sentence, b: Sentence, lexicon: Lexicon): number {
  const [x, y] = [sumOf(a, lexicon), sumOf(b, lexicon)];
  let [dot, lengthX, lengthY] = [0, 0, 0];
  for (let k = 0; k < x.length; k++) {
    dot += (x[k] as number) * (y[k] as number);
    lengthX += (x[k] as number) ** 2;
    lengthY += (y[k] as number) ** 2;
  }
  return dot > 0 ? dot / Math.sqrt(lengthX * lengthY) : 0;
}

function sumOf({ terms }: Sentence, lexicon: Lexicon): Float64Array {
  const { dimensions, vectors } = lexicon;
  const out = new Float64Array(dimensions);
  for (const { row } of terms.values()) {
    if (row < 0) continue;
    const weight = lexicon.rarity(row);
    for (let k = 0, v = row * dimensions; k < dimensions; k++, v++)
      out[k] = (out[k] as number) + weight * (vectors[v] as number);
  }
  return out;
}

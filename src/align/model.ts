import { FEATURES, type Feature } from './features.js';

/** The log-odds that a pair of sentences tells the same: a weight for each feature of features.ts, and an intercept. */
export type SentenceModel = Readonly<Record<Feature | 'intercept', number>>;

/**
 * Weights of the sentence scorer for any two documents: by words alone, and without regard to what else the documents say.
 *
 * Fitted on 60 news stories, each with rewrites at several degrees of disguise and an independent report, every sentence labelled;
 * weights may not contradict their feature's meaning (evidence for a match never counts against it).
 */
export const SENTENCE_MODEL: SentenceModel = {
  cosine: 3.262,
  overlap: 0.531,
  betterRank: 3.308,
  worseRank: 0.828,
  diagonal: 2.716,
  around: 0.442,
  company: 0.895,
  figures: 0.748,
  figureConflict: -0.437,
  names: 0.727,
  position: -0.051,
  shortness: -3.851,
  betterMargin: 0,
  worseMargin: 0,
  ownNames: 0,
  ownFigures: 0,
  answering: 0,
  answered: 0,
  mostAnswered: 0,
  meaning: 0,
  intercept: -5.322,
};

/**
 * Weights where the documents may be a retelling and its source: what either has of its own counts. By words alone.
 *
 * Fitted by `npx tsx benchmarks/fit/sentences.ts <data folder> --words`, on the same.
 */
export const WORDS_MODEL: SentenceModel = {
  cosine: 0.0,
  overlap: 0.0,
  betterRank: 2.192,
  worseRank: 2.193,
  diagonal: 2.12,
  around: 0.623,
  company: 0.0,
  figures: 0.652,
  figureConflict: -0.3,
  names: 0.448,
  position: -0.11,
  shortness: -4.105,
  betterMargin: 2.602,
  worseMargin: 0.141,
  ownNames: -6.707,
  ownFigures: -1.832,
  answering: 1.129,
  answered: 0.0,
  mostAnswered: 0.0,
  meaning: 0.0,
  intercept: -3.515,
};

/** The same where a lexicon of the language is loaded. */
export const LEXICON_MODEL: SentenceModel = {
  cosine: 0.0,
  overlap: 0.0,
  betterRank: 3.059,
  worseRank: 3.202,
  diagonal: 1.44,
  around: 0.774,
  company: 0.0,
  figures: 0.024,
  figureConflict: -0.165,
  names: 0.0,
  position: 0.0,
  shortness: -3.904,
  betterMargin: 2.41,
  worseMargin: 0.0,
  ownNames: -7.823,
  ownFigures: -1.641,
  answering: 2.222,
  answered: 1.165,
  mostAnswered: 0.213,
  meaning: 0.0,
  intercept: -6.352,
};

/** What is known of a pair among all pairs of two documents (joint.ts), as log-odds, in the order of its weights. */
export const JOINT_FEATURES = [
  'pair', // the probability of the pair by itself
  'place', // the chance that one sentence stands at the other's place, given where those around it stand; on the side where it is larger
] as const;

/** The log-odds of a pair among all others. */
export type JointModel = Readonly<Record<(typeof JOINT_FEATURES)[number] | 'intercept', number>>;

/** Weights of pairs by themselves, and among all others. */
export interface PairsModel {
  readonly pairs: SentenceModel;
  readonly joint: JointModel;
}

/** Of two documents of which one was found to retell the other in other words: fitted on such alone. By words alone. */
export const WORDS_RETOLD: PairsModel = {
  pairs: {
    cosine: 5.434,
    overlap: 0.133,
    betterRank: 0.359,
    worseRank: 1.145,
    diagonal: 2.343,
    around: 1.624,
    company: 0,
    figures: 1.634,
    figureConflict: -0.342,
    names: 1.209,
    position: -1.507,
    shortness: 1.215,
    betterMargin: 5.439,
    worseMargin: 1.542,
    ownNames: 0,
    ownFigures: 0,
    answering: 0.509,
    answered: 0,
    mostAnswered: 0,
    meaning: 0,
    intercept: -2.853,
  },
  joint: {
    pair: 0.761,
    place: 0.191,
    intercept: 0.065,
  },
};

/** The same where a lexicon of the language is loaded. */
export const LEXICON_RETOLD: PairsModel = {
  pairs: {
    cosine: 4.203,
    overlap: 0,
    betterRank: 0,
    worseRank: 1.855,
    diagonal: 1.426,
    around: 1.673,
    company: 0,
    figures: 0.59,
    figureConflict: -0.157,
    names: 0.415,
    position: -1.41,
    shortness: 0.919,
    betterMargin: 5.735,
    worseMargin: 1.39,
    ownNames: 0,
    ownFigures: 0,
    answering: 0.447,
    answered: 3.043,
    mostAnswered: 0,
    meaning: 0,
    intercept: -3.534,
  },
  joint: {
    pair: 0.787,
    place: 0.176,
    intercept: 0.088,
  },
};

/** The probability that each entry's sentences tell the same, from its features. */
export function scorePairs(features: Float64Array, model: SentenceModel): Float64Array {
  return logisticScores(
    features,
    Float64Array.from(FEATURES, (name) => model[name]),
    model.intercept,
  );
}

/** The probability of each row of `features`, which holds as many numbers a row as there are weights. */
export function logisticScores(features: Float64Array, weights: Float64Array, intercept: number): Float64Array {
  const k = weights.length;
  const out = new Float64Array(features.length / k);
  for (let e = 0; e < out.length; e++) {
    let z = intercept;
    for (let f = 0; f < k; f++) z += (weights[f] as number) * (features[e * k + f] as number);
    out[e] = 1 / (1 + Math.exp(-z));
  }
  return out;
}

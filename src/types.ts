/** Where a document comes from. None of it is compared; it is carried into reports. */
export interface Provenance {
  /** Who published it: an agency, a site, a feed. */
  source?: string;
  /** Its address: the canonical link of a page, the link of a feed's item. */
  url?: string;
  /** Who wrote it, as its byline has it. */
  author?: string;
  /** Who holds the rights in it. */
  copyright?: string;
}

/** A document as it comes in. */
export interface SourceDocument extends Provenance {
  /** Names the document in reports; unique in a run. */
  id: string;
  /** The text. Spans in reports are offsets into this very string. */
  text: string;
  /** Its headline, where known apart from the text. Not compared. */
  title?: string;
  /** When it was published: a `Date`, or a string that `Date` reads, in UTC where it names no zone. Decides which of two related texts is the original. */
  published?: string | Date;
  /** BCP 47 tag of its language (`en`, `de-AT`), one of the detector's languages; default the detector's first. */
  language?: string;
}

/** A piece of a text in UTF-16 code units: `text.slice(start, end)`. */
export interface Span {
  start: number;
  end: number;
}

/**
 * How two sentences of nearly the same words say otherwise: `negated`, one has a negation that the other lacks; `swapped`, two names have changed
 * places; `figures`, each has a figure where the other has another.
 */
export type Contradiction = 'negated' | 'swapped' | 'figures';

/** A sentence of one text and the sentence of the other that tells the same. */
export interface SentencePair {
  a: Span;
  b: Span;
  /** Probability that the two tell the same, in [0, 1]; down to half of it where they say otherwise. */
  score: number;
  /** In which ways they say otherwise, in much the same words; absent where they do not. */
  contradicts?: Contradiction[];
  /** What the score was made from, strongest first; only where {@link CompareOptions.evidence} asks for it. */
  features?: SentenceFeature[];
}

/** Something that the scorer knows of a pair of sentences: `cosine`, `names`, `ownFigures`. They may change from version to version. */
export interface SentenceFeature {
  name: string;
  /** How much of it there is, most in [0, 1]; not affected by which text comes first. */
  value: number;
  /** What that adds to the logarithm of the odds that the two sentences tell the same; below 0 where it speaks against it. */
  effect: number;
}

/**
 * How closely a passage follows its counterpart: `verbatim`, the same words (at least 95 %); `edited`, most of the words
 * in the same order (at least 60 %); `paraphrased`, other words.
 */
export type PassageKind = 'verbatim' | 'edited' | 'paraphrased';

/** Words of one text and the same words of the other, as far as inflection goes. */
export interface MatchingWords {
  a: Span;
  b: Span;
  /**
   * How rare the phrase is in the language at large: the logarithms of one in how many articles of 400 words has each of its content
   * words, added up, names and figures aside. Only with a lexicon.
   */
  rarity?: number;
}

/** A span of one text and a span of the other that tell the same. */
export interface PassagePair {
  a: Span;
  b: Span;
  /** Mean score of its sentence pairs, weighted by their words, in [0, 1]; without any, one that grows with what speaks for the passage as a whole. */
  score: number;
  kind: PassageKind;
  /** The sentence pairs that lie in it by half or more, in the order of `a`; a passage found by its words alone may have none. */
  sentences: SentencePair[];
  /** The runs of words that both sides have, in the order of `a`, none in two runs; only where {@link CompareOptions.evidence} asks for them. */
  words?: MatchingWords[];
}

/** How alike the words of two texts' sentences are, before anything is decided: what a dot plot shows. */
export interface SentenceSimilarities {
  /** The sentences of each text, in order. */
  a: Span[];
  b: Span[];
  /** The pairs that share a content word, by index into the sentences, in order; `similarity` is the cosine of their weighted terms, in [0, 1]. */
  pairs: { a: number; b: number; similarity: number }[];
}

/** Settings of one comparison. */
export interface CompareOptions {
  /**
   * Whether the comparison comes with what shows it: passages with the words that both sides have, ready to be highlighted, pairs of
   * sentences with what their scores were made from, and counts of what each text has of its own. Takes about as long again. Default false.
   */
  evidence?: boolean;
}

/** What a text brings in that the other lacks, counted: an independent report has its own voices, places and numbers, a retelling has few. */
export interface TextFacts {
  /** Its sentences, boilerplate left out. */
  sentences: number;
  /** Quotations of four words and more that the other text lacks. */
  quotations: number;
  /** Names that the other lacks, each once. */
  names: number;
  /** Figures above twelve, in digits, that the other lacks. */
  figures: number;
  /** Names, each one however many its words, and figures that the other has too, each once. */
  shared: number;
}

/**
 * What two documents are to each other, strongest first: `duplicate`, the same words; `near-duplicate`, a resemblance of
 * at least 0.8; `rewrite`, one retells the other, to a {@link Comparison.score} of at least `rewriteThreshold`; `excerpt`, a part of one is in the other; `unrelated`,
 * none of these, two reports of one event that share facts and short quotes among them.
 */
export type Relation = 'duplicate' | 'near-duplicate' | 'rewrite' | 'excerpt' | 'unrelated';

/** What {@link Detector.compare} finds. */
export interface Comparison {
  relation: Relation;
  /**
   * Strength of the relation in [0, 1]: the share of the more dependent text that retells the other, each sentence counted by how far its score
   * exceeds even chance, or the probability that it retells it in other words, whichever is more.
   */
  score: number;
  /** Exact Jaccard similarity of the two sets of word shingles, in [0, 1]. */
  resemblance: number;
  /** Share of each text's words that lie in passages aligned with the other, in [0, 1]. */
  containment: { a: number; b: number };
  /** In the order of `a`. */
  passages: PassagePair[];
  /** Which text the other was made from; only where dates or the texts themselves give evidence. */
  original?: 'a' | 'b';
  /** What each text has of its own, counted; only where {@link CompareOptions.evidence} asks for it. */
  facts?: { a: TextFacts; b: TextFacts };
}

/** A verified pair of documents: in a report `a` is the id that sorts first, by code units; in the answer to a query it is the text asked about. */
export interface DocumentPair extends Omit<Comparison, 'original'> {
  /** Id of the first document; spans named `a` are in its text. */
  a: string;
  /** Id of the second document. */
  b: string;
  /** Which of the two is the original: `'a'` or `'b'`, where there is evidence. */
  original?: 'a' | 'b';
}

/** A document in a report. */
export interface DocumentSummary extends Provenance {
  id: string;
  title?: string;
  /** As given, as an ISO 8601 string. */
  published?: string;
  language: string;
  words: number;
  sentences: number;
  /** Sentences that the document tells twice within itself: `a` is the earlier. */
  repeats: SentencePair[];
}

/** How the distance of two clusters is taken: the mean, the best or the worst score of their pairs. */
export type Linkage = 'average' | 'single' | 'complete';

/** A link that holds a cluster together. */
export interface ClusterLink {
  a: string;
  b: string;
  score: number;
}

/** Documents that tell the same. */
export interface DocumentCluster {
  /** Ids, sorted by code units. */
  members: string[];
  /** The original that most members go back to, else the member closest to all others. */
  representative: string;
  linkage: Linkage;
  /** Lowest score of any two members; 0 when two of them were not found related by themselves. */
  lowestScore: number;
  /** The weakest of the links without which the cluster would fall apart. */
  weakestLink: ClusterLink;
}

/** A passage in a document. */
export interface PassageMember extends Span {
  document: string;
}

/** Passages of several documents that tell the same. */
export interface PassageCluster {
  /** Sorted by document id, then by start. */
  members: PassageMember[];
  /** The member that the others follow most closely. */
  representative: PassageMember;
  linkage: Linkage;
  lowestScore: number;
  weakestLink: { a: PassageMember; b: PassageMember; score: number };
}

/** Text that recurs without being what its documents tell. */
export interface BoilerplateText {
  /** As it stands in the first document that has it. */
  text: string;
  /** Documents that have it. */
  documents: number;
  /** Where it stands, by document id. */
  occurrences: PassageMember[];
  /** `recurring`: it stands in documents that are otherwise unlike each other; `furniture`: it stands among such text, or after a document's last sentence. */
  reason: 'recurring' | 'furniture';
}

/** What a run did. */
export interface RunStats {
  documents: number;
  words: number;
  sentences: number;
  /** Pairs that the index proposed; each was compared exactly. */
  candidates: number;
  /** Pairs that proved related. */
  related: number;
  /** Keys that stood in more documents than the cap, and proposed nothing. */
  cappedKeys: number;
  /** Languages whose lexicon was used; documents of others were compared by their words alone. */
  lexicon: string[];
  /** Pairs that the encoder was asked about; only of a run with {@link RunOptions.encoder}. */
  encoded?: number;
}

/** What {@link Detector.detect} finds in a corpus. */
export interface Report {
  /** Sorted by id, by code units. */
  documents: DocumentSummary[];
  /** Verified related pairs, strongest first. */
  pairs: DocumentPair[];
  clusters: DocumentCluster[];
  passageClusters: PassageCluster[];
  boilerplate: BoilerplateText[];
  stats: RunStats;
}

/** Where a run stands. */
export interface Progress {
  /** `encode` only where there is an encoder, and pairs to ask it about. */
  stage: 'read' | 'candidates' | 'compare' | 'encode' | 'cluster';
  done: number;
  /** Not known while a stream is read. */
  total?: number;
}

/**
 * A sentence encoder: gives each sentence a vector, such that those of sentences that mean the same point the same way. In: at most 64
 * sentences, none empty, on one line each. Out: as many vectors, in their order, of one length for the whole run, of finite numbers; they
 * need not be of length 1.
 */
export type SentenceEncoder = (sentences: string[]) => Promise<Float32Array[]>;

/** Settings of one run of {@link Detector.detect}. */
export interface RunOptions {
  /** Called as the run goes on, at most about a hundred times a stage. */
  onProgress?: (progress: Progress) => void;
  /** Ends the run with a `TwicetoldError` of code `ABORTED`. */
  signal?: AbortSignal;
  /**
   * What an aborted run gives: `'throw'`, the error; `'report'`, the report on the pairs that were compared until then, where
   * comparing had begun, else the error. Default `'throw'`.
   */
  onAbort?: 'throw' | 'report';
  /** Threads that the run may use, 1 to 256. The report is the same whatever the number; this version uses one. Default 1. */
  workers?: number;
  /**
   * Asked about pairs that words leave in doubt: those that no certain sentences and no copy decide, and whose score is at least a
   * quarter of `rewriteThreshold` and at most a sixth of what is above the threshold below 1 (0.1 to 0.9 at the default). Their
   * sentences are encoded, each once, in batches of up to 64, on the thread that called, after all pairs were compared; what it says
   * raises or lowers the score. `compare`, `similarity` and `ReuseIndex` are synchronous and do not use it; nor does Spark, and
   * `level: 'document'` has no such pairs. `docs/guides/rewrites.md` has an encoder and what it gains and costs.
   */
  encoder?: SentenceEncoder;
  /** Pairs that the encoder is asked about at most, those nearest to `rewriteThreshold` first, 1 to 1,000,000. Default 1,000. */
  maxEncodedPairs?: number;
}

/** Settings of a detector. All have defaults. */
export interface DetectorOptions {
  /** Languages to load, by BCP 47 tag; the first is that of documents that name none. `und`: words as they stand. Default `['en']`. */
  languages?: readonly string[];
  /** Words a shingle, 1 to 12. Default 3. */
  shingleSize?: number;
  /** Minima a signature, 16 to 1,024. Default 128. */
  permutations?: number;
  /**
   * Seed of the sketches, 0 to 2^32 - 1, or `'random'`: a new one for each detector, so that nobody can make texts that are proposed as
   * candidates and are none. An index that was saved is then made anew from its texts when it is read. Default 1.
   */
  seed?: number | 'random';
  /** Resemblance from which copies are looked for, in [0.1, 0.95]. Lower finds more, and costs more comparisons. Default 0.5. */
  copyThreshold?: number;
  /** Keys seen in more documents than this propose no pairs, 2 to 10,000. Default 50. */
  maxKeyDocuments?: number;
  /** Keys that two documents must share to be compared, 1 to 100. Default 3. */
  minSharedKeys?: number;
  /** Strength of relation from which one text is reported as a `rewrite` of the other, in [0.05, 1]. Default 0.4. */
  rewriteThreshold?: number;
  /**
   * Whether to load what is known of the languages' words: rarity, synonyms, meanings (`twicetold/lexicon/en`, the only
   * one so far). Without, texts are compared by their words alone, and fewer retellings are found. Default `true`.
   */
  lexicon?: boolean;
  /**
   * What is looked for: `passage`, copies, edits, rewrites and excerpts, with their passages; `document`, copies and edits of whole
   * texts only, by their exact resemblance, from `copyThreshold` on, without passages: many times as fast, for taking
   * duplicates out of a corpus. For `detect`; the default `'passage'` holds everywhere else.
   */
  level?: 'passage' | 'document';
  /** How clusters are linked. Default `'average'`. */
  linkage?: Linkage;
  /**
   * Bytes that a text may have in UTF-8, 1 to 2^30; a longer one is refused with `TOO_LARGE`. Default 64 MiB. Working memory
   * is some ten times the text.
   */
  maxDocumentBytes?: number;
  /** Documents that a run or an index takes, 1 to 2^32 - 1; one more is refused with `TOO_MANY`. Default 2^32 - 1. */
  maxDocuments?: number;
  /**
   * Pairs that a run compares, 1 to 2^32 - 1; where more are proposed it ends with `TOO_MANY` before it compares any. A query of an
   * index compares its likeliest candidates up to this number and to its own bound. Default 2^32 - 1.
   */
  maxCandidates?: number;
  /**
   * Milliseconds that a comparison, a run, a report or a query may take, and an addition to take its text apart, 1 to 2^31 - 1; then
   * it ends with `TIMEOUT`, whatever `onAbort` says. Default: no bound.
   */
  timeoutMs?: number;
}

import { alignSentences } from '../align/align.js';
import { describePassage, evidence, joinPassages, type Passage, round, sentenceLength } from '../align/passages.js';
import type { SentenceMatch } from '../align/select.js';
import { wordAgreement } from '../align/wording.js';
import type { AnalysedText } from '../text/analyse.js';
import type { Comparison, Relation } from '../types.js';
import { findEarlier, findOriginal } from './direction.js';
import type { ComparableDocument } from './document.js';

/** Resemblance of near-duplicates. */
const NEAR_DUPLICATE = 0.8;
/**
 * What a passage must prove, in words (see `evidence`), to count where the documents as wholes do not retell each other:
 * more than the two or three sentences on one fact that every report of an event carries.
 */
const EXCERPT_EVIDENCE = 65;
/** Or how many words it must have in the same order: more than a quotation. */
const EXCERPT_WORDING = 40;

/**
 * What two documents are to each other, with the passages that show it.
 *
 * A text is a rewrite when the sentences that retell the other, each counted by how far its probability exceeds even
 * chance, make up enough of its words: between two reports of one event many sentences look alike and few are
 * certain. Where they do not, a passage must prove more by itself.
 */
export function relate(a: ComparableDocument, b: ComparableDocument, rewriteThreshold: number): Comparison {
  // One order for both, so that comparing b with a gives the same as comparing a with b.
  if (a.source.text > b.source.text) return swapped(relate(b, a, rewriteThreshold));
  const matches = alignSentences(a.content, b.content);
  const resemblance = exactResemblance(a.shingleSet, b.shingleSet);
  const retold = { a: retoldShare(a.content, matches, 'i'), b: retoldShare(b.content, matches, 'j') };
  const strength = Math.max(retold.a, retold.b, resemblance);
  let relation: Relation = 'unrelated';
  if (a.shingles.length > 0 && sameSequence(a.shingles, b.shingles)) relation = 'duplicate';
  else if (resemblance >= NEAR_DUPLICATE) relation = 'near-duplicate';
  else if (strength >= rewriteThreshold) relation = 'rewrite';
  let joined = joinPassages(matches);
  if (relation === 'unrelated') {
    joined = joined.filter((passage) => provesItself(passage, a.content, b.content));
    if (joined.length > 0) relation = 'excerpt';
  }
  const containment = { a: coveredShare(a.content, joined, 'A'), b: coveredShare(b.content, joined, 'B') };
  // A shared passage alone says nothing of who had it first, unless the dates do.
  let original: Comparison['original'];
  if (relation === 'excerpt') original = findEarlier(a, b);
  else if (relation !== 'unrelated') original = findOriginal(a, b, containment);
  return {
    relation,
    score: relation === 'duplicate' ? 1 : round(strength),
    resemblance: round(resemblance),
    containment: { a: round(containment.a), b: round(containment.b) },
    passages: joined.map((passage) => describePassage(passage, a.content, b.content)),
    ...(original === undefined ? {} : { original }),
  };
}

function provesItself(passage: Passage, a: AnalysedText, b: AnalysedText): boolean {
  if (evidence(passage, a, b) >= EXCERPT_EVIDENCE) return true;
  let same = 0;
  for (const { i, j } of passage.matches) same += wordAgreement(a, i, b, j).same;
  return same >= EXCERPT_WORDING;
}

/** The comparison of `b` with `a` from that of `a` with `b`. */
export function swapped(comparison: Comparison): Comparison {
  const { original, containment, passages } = comparison;
  return {
    ...comparison,
    containment: { a: containment.b, b: containment.a },
    passages: passages
      .map((passage) => ({
        ...passage,
        a: passage.b,
        b: passage.a,
        sentences: passage.sentences
          .map((pair) => ({ ...pair, a: pair.b, b: pair.a }))
          .sort((x, y) => x.a.start - y.a.start || x.b.start - y.b.start),
      }))
      .sort((x, y) => x.a.start - y.a.start || x.b.start - y.b.start),
    ...(original === undefined ? {} : { original: original === 'a' ? 'b' : 'a' }),
  };
}

/** Jaccard similarity of two sets of shingles by their 32-bit hashes, ascending; 0 where either is empty. */
export function exactResemblance(a: Uint32Array, b: Uint32Array): number {
  let both = 0;
  for (let x = 0, y = 0; x < a.length && y < b.length; ) {
    const u = a[x] as number;
    const v = b[y] as number;
    if (u === v) both++;
    if (u <= v) x++;
    if (v <= u) y++;
  }
  const either = a.length + b.length - both;
  return either > 0 ? both / either : 0;
}

function sameSequence(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

/** The share of a document's words in sentences that retell the other, each counted by its score beyond even chance. */
function retoldShare(doc: AnalysedText, matches: readonly SentenceMatch[], side: 'i' | 'j'): number {
  const best = new Float64Array(doc.sentences.length / 2);
  for (const match of matches) best[match[side]] = Math.max(best[match[side]] as number, 2 * match.score - 1);
  let retold = 0;
  for (let s = 0; s < best.length; s++) retold += (best[s] as number) * sentenceLength(doc, s);
  return doc.termIds.length > 0 ? retold / doc.termIds.length : 0;
}

/** The share of a document's words that lie in passages. */
function coveredShare(doc: AnalysedText, passages: readonly Passage[], side: 'A' | 'B'): number {
  const inside = new Uint8Array(doc.sentences.length / 2);
  for (const passage of passages) {
    const [first, last] = side === 'A' ? [passage.firstA, passage.lastA] : [passage.firstB, passage.lastB];
    inside.fill(1, first, last + 1);
  }
  let covered = 0;
  for (let s = 0; s < inside.length; s++) if (inside[s]) covered += sentenceLength(doc, s);
  return doc.termIds.length > 0 ? covered / doc.termIds.length : 0;
}

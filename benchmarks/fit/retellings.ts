/**
 * Pairs of texts of which it is known whether one retells the other, to fit the relation on and to measure by.
 *
 * Retellings: the labelled stories' rewrites, those of l2r-news by language models and of onestop by people. Not: independent reports of
 * the stories' events, whole and cut off (a short report brings in less), the same against the rewrites, other stories, what a newsroom
 * wrote on one subject (the nearest article of the archive, unless their words alone say that one was made from the other), and clean pairs of PAN 2013.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { alignDocuments, alignRetelling } from '../../src/align/align.js';
import type { Lexicon } from '../../src/lexicon/lexicon.js';
import { type ComparableDocument, comparable } from '../../src/relate/document.js';
import { type RetellingCase, retellingCases } from '../../src/relate/retelling.js';
import { exactResemblance, retoldShare } from '../../src/relate/shares.js';
import { analyse } from '../../src/text/analyse.js';
import { BoilerplateFinder } from '../../src/text/boilerplate.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import { nearestArticles } from '../corpora/nearest.js';
import { readSources } from '../corpora/sources.js';
import { readPan, readPanText } from '../quality/pancorpus.js';
import { readStories } from '../quality/rewrites.js';
import { FOLDS, makeSamples } from './samples.js';
import { foldScorers, type Scorer, scoreAlone } from './scorer.js';

/** A pair of texts, each as a retelling of the other. */
export interface LabelledPair {
  /** What it is left out with; pairs of the same are of one story. */
  story: string;
  kind: string;
  retold: boolean;
  /** How much it counts when fitting. */
  weight: number;
  cases: [RetellingCase, RetellingCase];
  documents: [ComparableDocument, ComparableDocument];
  /** What the words alone say. */
  certain: number;
  resemblance: number;
}

/** Of the archive's pairs, these are copies and updates: no examples of articles that only share a subject. */
const UPDATE_RESEMBLANCE = 0.03;
const UPDATE_CERTAIN = 0.25;

/** Makes all pairs; the stories' sentences are scored by models fitted on other stories. */
export async function makePairs(data: string, lexicon: Lexicon | undefined): Promise<LabelledPair[]> {
  const table = new TermTable(await loadLanguage('en'));
  const read = (text: string) => ({
    source: { id: '', text },
    text: analyse(text, table),
    ...(lexicon === undefined ? {} : { lexicon }),
  });
  const out: LabelledPair[] = [];
  const add = (
    story: string,
    kind: string,
    retold: boolean,
    weight: number,
    one: string,
    other: string,
    scorer?: Scorer,
  ) => {
    const finder = new BoilerplateFinder();
    const texts = [read(one), read(other)] as const;
    for (const { text } of texts) finder.add(text);
    const a = comparable(texts[0], finder.find(texts[0].text), 3, 0);
    const b = comparable(texts[1], finder.find(texts[1].text), 3, 0);
    const alignment = alignDocuments(a.content, b.content, a.known, b.known);
    const { matrix, scores, features } = alignRetelling(alignment, a.known, b.known).asked;
    const probabilities =
      scorer === undefined ? scores : scoreAlone(scorer.asked, { vectors: alignment.vectors, matrix, x: features });
    out.push({
      story,
      kind,
      retold,
      weight,
      cases: retellingCases(a, b, matrix, probabilities),
      documents: [a, b],
      certain: Math.max(retoldShare(a.content, alignment.matches, 'i'), retoldShare(b.content, alignment.matches, 'j')),
      resemblance: exactResemblance(a.shingleSet, b.shingleSet),
    });
  };
  const samples = await makeSamples(data, lexicon);
  const scorers = foldScorers(samples, 1);
  const stories = readStories(data);
  stories.forEach(({ id, source, rewrites, independent }, n) => {
    const next = stories[(n + 5) % stories.length] as (typeof stories)[0];
    const scorer = scorers[n % FOLDS] as Scorer;
    const pair = (kind: string, retold: boolean, weight: number, one: string, other: string) =>
      add(id, kind, retold, weight, one, other, scorer);
    rewrites.forEach(({ level, text }, i) => {
      pair(level, true, level === 'heavy' ? 2.8 : 0.7, text, source.text);
      pair(`${level}, with another story`, true, 0.35, text, `${source.text}\n\n${next.source.text}`);
      if (i > 0) pair('two rewrites', true, 0.7, text, (rewrites[i - 1] as (typeof rewrites)[0]).text);
      pair('rewrite of another story', false, 0.2, text, next.source.text);
    });
    for (const report of independent) {
      pair('independent', false, 2, report, source.text);
      pair('independent, with another story', false, 0.5, report, `${source.text}\n\n${next.source.text}`);
      pair('independent, first half', false, 0.5, firstPart(report, 0.5), source.text);
      pair('independent, first third', false, 0.5, firstPart(report, 0.3), source.text);
      pair('independent of half', false, 0.5, report, firstPart(source.text, 0.5));
      for (const { level, text } of rewrites) pair(`independent of ${level}`, false, 0.5, report, text);
      pair('independent of another story', false, 0.2, report, next.source.text);
    }
  });
  const { articles, stories: retold } = readSources(data);
  for (const [n, { source, rewrites }] of retold.slice(stories.length).entries())
    for (const text of rewrites) add(`retold ${n}`, 'l2r-news and onestop', true, 0.14, text, source);
  for (const [x, y] of nearestArticles(
    articles.map(({ text }) => text),
    1600,
  ))
    add(
      `archive ${x}`,
      'one subject',
      false,
      0.3,
      (articles[x] as (typeof articles)[0]).text,
      (articles[y] as (typeof articles)[0]).text,
    );
  const pan = join(data, 'pan13-train');
  if (existsSync(pan))
    for (const [n, { subset, suspicious, source }] of readPan(pan).entries())
      if (subset.startsWith('01') && n % 3 === 0)
        add(`pan ${n}`, 'clean', false, 0.2, readPanText(pan, 'susp', suspicious), readPanText(pan, 'src', source));
  return out.filter(
    ({ kind, certain, resemblance }) =>
      kind !== 'one subject' || (certain < UPDATE_CERTAIN && resemblance < UPDATE_RESEMBLANCE),
  );
}

function firstPart(text: string, share: number): string {
  const paragraphs = text.split('\n\n');
  return paragraphs.slice(0, Math.max(1, Math.ceil(paragraphs.length * share))).join('\n\n');
}

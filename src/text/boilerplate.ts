import { type AnalysedText, firstTermAt } from './analyse.js';
import { STOP } from './terms.js';
import type { TextLine } from './textlines.js';

/** A piece of a document that is not its content. */
export interface BoilerplateSpan {
  readonly start: number;
  readonly end: number;
  readonly key: number;
  readonly reason: 'recurring' | 'furniture';
}

/** Longest line, in words, that one other document is enough to call furniture; longer ones must recur more often. */
const SHORT_LINE = 12;
/** Documents that a longer line, or one of running text, must stand in before it can be boilerplate. */
const LONG_LINE_DOCUMENTS = 3;
/** Share of content words from which two surroundings are of one story. */
const SAME_STORY = 0.2;
/** Documents whose surroundings are kept for a line; more say nothing new. */
export const WITNESSES = 6;
/** Lines that a run of furniture needs before what stands between two of them is a teaser. */
const CARD_LINES = 3;

/** The content words of the running text before a line and after it, some forty of each. */
export interface Surroundings {
  readonly before: ReadonlySet<number>;
  readonly after: ReadonlySet<number>;
}

/** A line in one document. What stands around it is looked up only when the line recurs. */
class Witness implements Surroundings {
  constructor(
    readonly context: LineContext,
    readonly line: number,
  ) {}

  get before(): ReadonlySet<number> {
    return this.context.before(this.line);
  }

  get after(): ReadonlySet<number> {
    return this.context.after(this.line);
  }
}

/**
 * Finds the lines of a set of documents that are not their content: navigation, calls to action, bylines, teasers.
 *
 * A line is `recurring` when it stands in several documents whose running text around it differs: what a copy
 * carries along stands between the copy's own sentences, furniture stands between anything. Lines of `furniture`
 * are the short ones in one block with recurring lines, short ones after a document's last sentence, and single
 * paragraphs between blocks of furniture at its end (teasers of other stories). The idea that text without
 * structure of its own is judged by its neighbours is jusText's (Pomikálek 2011).
 *
 * Linear in the text; it keeps about a hundred bytes for each distinct line, and the documents that it was shown.
 */
export class BoilerplateFinder {
  readonly #seen = new Map<number, Surroundings[]>();
  readonly #documents = new Map<number, number>();

  /** Adds a document to what is known. */
  add(doc: AnalysedText): void {
    const context = new LineContext(doc);
    const here = new Set<number>();
    doc.lines.forEach(({ key }, line) => {
      if (here.has(key)) return;
      here.add(key);
      this.#documents.set(key, (this.#documents.get(key) ?? 0) + 1);
      const witnesses = this.#seen.get(key);
      if (witnesses === undefined) this.#seen.set(key, [new Witness(context, line)]);
      else if (witnesses.length < WITNESSES) witnesses.push(new Witness(context, line));
    });
  }

  /** The boilerplate of a document that was added, in text order. */
  find(doc: AnalysedText): BoilerplateSpan[] {
    return boilerplateOf(
      doc,
      doc.lines.map((line) => this.#recurs(line)),
    );
  }

  #recurs(line: TextLine): boolean {
    const witnesses = this.#seen.get(line.key);
    return (
      witnesses !== undefined && (this.#documents.get(line.key) ?? 0) >= documentsNeeded(line) && standApart(witnesses)
    );
  }
}

/** Documents that a line must stand in before it can be boilerplate. */
export function documentsNeeded({ prose, words }: Pick<TextLine, 'prose' | 'words'>): number {
  return prose || words > SHORT_LINE ? LONG_LINE_DOCUMENTS : 2;
}

/** What stands around the given lines of a document. */
export function surroundings(doc: AnalysedText, lines: ArrayLike<number>): Surroundings[] {
  const context = new LineContext(doc);
  return Array.from(lines, (line) => ({ before: context.before(line), after: context.after(line) }));
}

/** Whether what stands around a line differs more often than not from one document to the next. */
export function standApart(witnesses: readonly Surroundings[]): boolean {
  let apart = 0;
  let alike = 0;
  for (let x = 0; x < witnesses.length; x++) {
    for (let y = x + 1; y < witnesses.length; y++) {
      if (sameStory(witnesses[x] as Surroundings, witnesses[y] as Surroundings)) alike++;
      else apart++;
    }
  }
  return apart > alike;
}

/** The boilerplate of a document of whose lines it is known which recur. */
export function boilerplateOf({ lines }: AnalysedText, recurring: readonly boolean[]): BoilerplateSpan[] {
  const furniture = new Uint8Array(lines.length);
  markBlocks(lines, recurring, furniture);
  markTail(lines, furniture);
  markTeasers(lines, recurring, furniture);
  const out: BoilerplateSpan[] = [];
  lines.forEach(({ start, end, key }, n) => {
    if (recurring[n]) out.push({ start, end, key, reason: 'recurring' });
    else if (furniture[n]) out.push({ start, end, key, reason: 'furniture' });
  });
  return out;
}

function sameStory(a: Surroundings, b: Surroundings): boolean {
  const beforeA = a.before;
  const beforeB = b.before;
  const afterA = a.after;
  const afterB = b.after;
  // Nothing around either: two headings without text, of which nothing is known.
  if (beforeA.size + afterA.size === 0 && beforeB.size + afterB.size === 0) return true;
  return overlap(beforeA, beforeB) >= SAME_STORY || overlap(afterA, afterB) >= SAME_STORY;
}

/** Shared members over those of the smaller set. */
function overlap(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size < 3) return 0;
  let both = 0;
  for (const x of small) if (large.has(x)) both++;
  return both / small.size;
}

/** The lines of a block of short lines of which at least a quarter recurs; running text ends a block. */
function markBlocks(lines: readonly TextLine[], recurring: readonly boolean[], furniture: Uint8Array): void {
  for (let n = 0; n < lines.length; ) {
    let end = n;
    let known = 0;
    while (end < lines.length && !(lines[end] as TextLine).prose) if (recurring[end++]) known++;
    // Before the first running text stands the headline, whatever else does; a long list is not furniture for one line.
    if (n > 0 && known * 4 >= end - n && known > 0) furniture.fill(1, n, end);
    n = Math.max(end, n + 1);
  }
}

/** The short lines after a document's last running text, where it has any. */
function markTail(lines: readonly TextLine[], furniture: Uint8Array): void {
  let last = lines.length - 1;
  while (last >= 0 && !(lines[last] as TextLine).prose) last--;
  if (last < 0) return;
  for (let n = last + 1; n < lines.length; n++) if ((lines[n] as TextLine).words <= SHORT_LINE) furniture[n] = 1;
}

/**
 * Single paragraphs, two or more, each between blocks of furniture, to the end of the document; the first block has
 * a recurring line in it.
 */
function markTeasers(lines: readonly TextLine[], recurring: readonly boolean[], furniture: Uint8Array): void {
  const cards: number[] = [];
  let n = lines.length - 1;
  while (n >= 0) {
    while (n >= 0 && !(lines[n] as TextLine).prose) n--;
    if (n < 1) return;
    const paragraph = n--;
    let block = 0;
    let known = false;
    while (n >= 0 && !(lines[n] as TextLine).prose) {
      block++;
      known = known || (recurring[n] as boolean) || furniture[n] === 1;
      n--;
    }
    // The story itself begins the document, or runs on for more than one paragraph.
    if (n < 0 || block === 0) return;
    cards.push(paragraph);
    if (known && block >= CARD_LINES && cards.length >= 2) {
      const first = paragraph - block;
      const isCardList =
        cards.every((p) => blockBefore(lines, p) >= 2) && recurring.slice(first, paragraph).some(Boolean);
      if (isCardList) {
        for (let m = first; m < lines.length; m++) if (!recurring[m]) furniture[m] = 1;
        return;
      }
    }
  }
}

function blockBefore(lines: readonly TextLine[], n: number): number {
  let block = 0;
  while (n - 1 - block >= 0 && !(lines[n - 1 - block] as TextLine).prose) block++;
  return block;
}

const NO_WORDS: ReadonlySet<number> = new Set();

/** For every line, the last line of running text that came before it on the way `step` through the lines. */
function nearestProse(lines: readonly TextLine[], step: 1 | -1): Int32Array {
  const out = new Int32Array(lines.length);
  let last = -1;
  for (let n = step > 0 ? 0 : lines.length - 1; n >= 0 && n < lines.length; n += step) {
    out[n] = last;
    if ((lines[n] as TextLine).prose) last = n;
  }
  return out;
}

/** Looks up the content words of the running text nearest to a line. */
class LineContext {
  readonly #words: (ReadonlySet<number> | undefined)[] = [];
  /** By line, the nearest line of running text before it, and after it; -1 where there is none. Made when first asked for. */
  #before: Int32Array | undefined;
  #after: Int32Array | undefined;

  constructor(readonly doc: AnalysedText) {}

  before(n: number): ReadonlySet<number> {
    this.#before ??= nearestProse(this.doc.lines, 1);
    return this.#of(this.#before[n] as number);
  }

  after(n: number): ReadonlySet<number> {
    this.#after ??= nearestProse(this.doc.lines, -1);
    return this.#of(this.#after[n] as number);
  }

  #of(n: number): ReadonlySet<number> {
    if (n < 0) return NO_WORDS;
    const known = this.#words[n];
    if (known !== undefined) return known;
    const { start, end } = this.doc.lines[n] as TextLine;
    const words = new Set<number>();
    const { termSpans, termIds, termFlags } = this.doc;
    for (
      let t = firstTermAt(this.doc, start);
      t < termIds.length && (termSpans[2 * t] as number) < end && words.size < 40;
      t++
    ) {
      if (!((termFlags[t] as number) & STOP)) words.add(termIds[t] as number);
    }
    this.#words[n] = words;
    return words;
  }
}

/** A document without the sentences that touch the given spans (in text order); offsets stay those of the whole text. */
export function withoutSpans(doc: AnalysedText, spans: readonly { start: number; end: number }[]): AnalysedText {
  if (spans.length === 0) return doc;
  const count = doc.sentences.length / 2;
  const sentences = new Uint32Array(2 * count);
  const firstTerm = new Uint32Array(count + 1);
  const termIds = new Uint32Array(doc.termIds.length);
  const termFlags = new Uint8Array(doc.termIds.length);
  const termSpans = new Uint32Array(2 * doc.termIds.length);
  const termWords = new Uint32Array(doc.termIds.length);
  let kept = 0;
  let terms = 0;
  let next = 0;
  for (let s = 0; s < count; s++) {
    const start = doc.sentences[2 * s] as number;
    const end = doc.sentences[2 * s + 1] as number;
    while (next < spans.length && (spans[next] as { end: number }).end <= start) next++;
    if (next < spans.length && (spans[next] as { start: number }).start < end) continue;
    const from = doc.firstTerm[s] as number;
    const to = doc.firstTerm[s + 1] as number;
    termIds.set(doc.termIds.subarray(from, to), terms);
    termFlags.set(doc.termFlags.subarray(from, to), terms);
    termSpans.set(doc.termSpans.subarray(2 * from, 2 * to), 2 * terms);
    termWords.set(doc.termWords.subarray(from, to), terms);
    terms += to - from;
    sentences[2 * kept] = start;
    sentences[2 * kept + 1] = end;
    firstTerm[++kept] = terms;
  }
  return {
    text: doc.text,
    words: doc.words,
    lines: doc.lines,
    sentences: sentences.slice(0, 2 * kept),
    firstTerm: firstTerm.slice(0, kept + 1),
    termIds: termIds.slice(0, terms),
    termFlags: termFlags.slice(0, terms),
    termSpans: termSpans.slice(0, 2 * terms),
    termWords: termWords.slice(0, terms),
  };
}

import levenshtein from 'fast-levenshtein';
import type { AnalysedText } from '../text/analyse.js';
import { fold } from '../text/fold.js';
import { NAME, NUMBER } from '../text/terms.js';

/** A name that only one of the documents has, folded. */
interface LoneName {
  readonly term: number;
  readonly spelling: string;
}

/**
 * Names that the two documents spell differently (Zelensky / Zelenskyy, Kyslytsya / Kyslytsia): pairs of a term
 * of `b` and the term of `a` that it stands for.
 *
 * Only names that the other document lacks are compared. One name in two spellings has the same consonants and the same
 * last letter, as far as transliterations write these alike, and a Levenshtein distance (Levenshtein 1966) of one letter in
 * five to seven, two in more. A letter more or less elsewhere is another name (Ireland, Iceland; Johnson, Johnston).
 */
export function spellingVariants(
  a: AnalysedText,
  localA: Uint32Array,
  b: AnalysedText,
  localB: Uint32Array,
): Map<number, number> {
  const variants = new Map<number, number>();
  const namesA = loneNames(a, localA, present(localB));
  const namesB = namesA.length === 0 ? [] : loneNames(b, localB, present(localA));
  const endsA = new Set(namesA.map(({ spelling }) => endsOf(spelling)));
  const endsB = new Set(namesB.map(({ spelling }) => endsOf(spelling)));
  const byFrame = new Map<string, LoneName[]>();
  for (const name of namesA) {
    if (!endsB.has(endsOf(name.spelling))) continue;
    const frame = frameOf(name.spelling);
    const list = byFrame.get(frame);
    if (list === undefined) byFrame.set(frame, [name]);
    else if (list.length < MOST_OF_FRAME) list.push(name);
  }
  for (const name of namesB) {
    if (!endsA.has(endsOf(name.spelling))) continue;
    let least = 3;
    for (const other of byFrame.get(frameOf(name.spelling)) ?? []) {
      const shorter = Math.min(name.spelling.length, other.spelling.length);
      const distance = levenshtein.get(name.spelling, other.spelling);
      if (distance <= (shorter >= 8 ? 2 : 1) && distance < least) {
        least = distance;
        variants.set(name.term, other.term);
      }
    }
  }
  return variants;
}

/**
 * Names of one frame that another is compared with. News has one or two; a text made of names of one frame would else be compared name by
 * name, in time that grows with the square of its length.
 */
const MOST_OF_FRAME = 8;

/** Letters that transliterations exchange. */
const ALIKE: Readonly<Record<string, string>> = { y: 'i', j: 'i', w: 'v', c: 'k', q: 'k', z: 's', g: 'h' };

/** The first and the last sound of a name: equal where the frames are, and cheaper. */
function endsOf(spelling: string): string {
  const first = spelling.startsWith('ph') ? 'f' : spelling.startsWith('kh') ? 'h' : (spelling[0] as string);
  const last = spelling.endsWith('ph') ? 'f' : (spelling[spelling.length - 1] as string);
  return `${ALIKE[first] ?? first}${ALIKE[last] ?? last}`;
}

/** The consonants of a name and its last letter, doubled ones once and exchangeable ones alike: Zelensky and Zelenskyy are `slnsk i`. */
function frameOf(spelling: string): string {
  let sounds = '';
  for (const letter of spelling.replaceAll('ph', 'f').replaceAll('kh', 'h')) {
    const sound = ALIKE[letter] ?? letter;
    if (sound !== sounds[sounds.length - 1]) sounds += sound;
  }
  return `${sounds[0]}${sounds.slice(1).replace(/[aeiou]/g, '')} ${sounds[sounds.length - 1]}`;
}

/** By term, 1 where the document has it. */
function present(local: Uint32Array): Uint8Array {
  let size = 0;
  for (let t = 0; t < local.length; t++) if ((local[t] as number) >= size) size = (local[t] as number) + 1;
  const out = new Uint8Array(size);
  for (let t = 0; t < local.length; t++) out[local[t] as number] = 1;
  return out;
}

function loneNames(doc: AnalysedText, local: Uint32Array, others: Uint8Array): LoneName[] {
  const names = new Map<number, LoneName>();
  for (let t = 0; t < local.length; t++) {
    const term = local[t] as number;
    const flags = doc.termFlags[t] as number;
    if (!(flags & NAME) || flags & NUMBER || others[term] === 1 || names.has(term)) continue;
    const spelling = fold(doc.text.slice(doc.termSpans[2 * t], doc.termSpans[2 * t + 1]));
    if (spelling.length >= 5 && spelling.length <= 40) names.set(term, { term, spelling });
  }
  return [...names.values()];
}

/**
 * What every code point is to a word, and what it folds to: the one table that `text/`, `sketch/` and the
 * kernel share.
 *
 * Case and diacritics go (É, é and e are one letter; ß is ss; ﬁ is fi; full-width Ａ is a), from Unicode's own
 * compatibility decompositions. Marks that carry the vowel of a script (Devanagari, Thai) stay. Soft hyphens,
 * zero-width joiners and their kind neither part words nor count in them, so that they cannot hide a copy.
 * Code points that an engine's Unicode version does not know yet part words.
 */

/** Parts words: white space, punctuation, symbols, controls, lone surrogates. */
export const SEPARATOR = 0;
/** Part of a word: letters, digits, marks. */
export const WORD = 1;
/** A word by itself: the letters of scripts that write no spaces. */
export const SOLO = 2;
/** As if it were not there: default-ignorable code points, combining accents. */
export const IGNORED = 3;

/** Longest folded form in UTF-8 bytes, so that one folds into a 64-bit column of the kernel. */
export const MAX_FOLDED_BYTES = 8;

const ignorable = /^\p{Default_Ignorable_Code_Point}$/u;
const accent = /^[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}]$/u;
const mark = /^\p{Mn}$/u;
const letter = /^[\p{L}\p{N}\p{M}]$/u;
const letters = /^[\p{L}\p{N}\p{M}]+$/u;
const unspaced =
  /^[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script_Extensions=Bopomofo}\p{Script_Extensions=Thai}\p{Script_Extensions=Lao}\p{Script_Extensions=Khmer}\p{Script_Extensions=Myanmar}]$/u;
const decomposed = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]/u;

function isAccent(char: string): boolean {
  // U+3099 and U+309A voice a kana: they change the letter, they do not decorate it.
  return mark.test(char) && accent.test(char) && char !== '\u3099' && char !== '\u309a';
}

function classify(char: string): number {
  if (ignorable.test(char) || isAccent(char)) return IGNORED;
  if (!letter.test(char)) return SEPARATOR;
  return unspaced.test(char) ? SOLO : WORD;
}

function withoutAccents(text: string): string {
  let out = '';
  for (const char of text) if (!isAccent(char)) out += char;
  return out;
}

function utf8Length(text: string): number {
  let n = 0;
  for (const char of text) {
    const cp = char.codePointAt(0) as number;
    n += cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
  }
  return n;
}

function foldOne(char: string): string {
  const spread = char.normalize('NFKD');
  let folded: string;
  if (decomposed.test(spread)) {
    // Through upper case, which turns ß into SS and ς and σ into one letter; ẞ gets there by way of ß.
    folded = withoutAccents(withoutAccents(spread).toLowerCase().toUpperCase().toLowerCase().normalize('NFKD'));
  } else {
    folded = withoutAccents(char.normalize('NFKC')).toLowerCase();
  }
  return letters.test(folded) && utf8Length(folded) <= MAX_FOLDED_BYTES ? folded : char.toLowerCase();
}

/** 256 code points: the class of each, and what each folds to. */
export interface FoldPage {
  readonly classes: Uint8Array;
  readonly folded: readonly string[];
}

const pages: (FoldPage | undefined)[] = [];

/**
 * The table's page for code points `page * 256` to `page * 256 + 255`, made on first use (a few hundred
 * microseconds each) and kept; text in one language touches a handful.
 */
export function foldPage(page: number): FoldPage {
  const known = pages[page];
  if (known !== undefined) return known;
  const classes = new Uint8Array(256);
  const folded: string[] = [];
  for (let i = 0; i < 256; i++) {
    const cp = page * 256 + i;
    const char = String.fromCodePoint(cp);
    const kind = cp >= 0xd800 && cp <= 0xdfff ? SEPARATOR : classify(char);
    classes[i] = kind;
    folded.push(kind === WORD || kind === SOLO ? foldOne(char) : '');
  }
  const made: FoldPage = { classes, folded };
  pages[page] = made;
  return made;
}

/** The class of one code point. */
export function classOf(codePoint: number): number {
  return foldPage(codePoint >>> 8).classes[codePoint & 255] as number;
}

/** A word without case and diacritics. Characters that part words are dropped. */
export function fold(word: string): string {
  let out = '';
  for (let i = 0; i < word.length; i++) {
    let cp = word.charCodeAt(i);
    if (cp >= 0xd800 && cp <= 0xdbff && i + 1 < word.length) {
      cp = word.codePointAt(i) as number;
      if (cp > 0xffff) i++;
    }
    out += foldPage(cp >>> 8).folded[cp & 255] as string;
  }
  return out;
}

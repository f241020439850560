/** A source of uniform whole numbers below a bound. */
export type Dice = (below: number) => number;

/** What is done to a text that is passed on as it is, or nearly. */
export const EDITS = ['copy', 'typed', 'cut', 'reordered'] as const;
export type Edit = (typeof EDITS)[number];

/** Paragraphs of one site, which say nothing. */
const TAILS = [
  'Read more on our pages.',
  'Follow us for updates.',
  'All rights reserved.',
  'Sign up for our newsletter',
];

/** Sentences, as far as full stops tell. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?]["'”’)]?)\s+(?=["'“‘(]?[A-Z])|\n+/)
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

/** Cut into paragraphs of one to four sentences. */
export function paragraphs(sentences: readonly string[], dice: Dice): string {
  const out: string[] = [];
  for (let at = 0; at < sentences.length; ) {
    const size = 1 + dice(4);
    out.push(sentences.slice(at, at + size).join(' '));
    at += size;
  }
  return out.join('\n');
}

/** A text as another newsroom passes it on. */
export function edited(text: string, edit: Edit, dice: Dice): string {
  switch (edit) {
    case 'copy':
      // Other line breaks, and in one of three another site's last line.
      return `${paragraphs(sentencesOf(text), dice)}${dice(3) === 0 ? `\n${TAILS[dice(TAILS.length)]}` : ''}`;
    case 'typed':
      return text.replace(/[A-Za-z]{4,}/g, (word) => (dice(50) === 0 ? mistyped(word, dice) : word));
    case 'cut': {
      // From a tenth to a third of the sentences go, the last ones first.
      const all = sentencesOf(text);
      const gone = Math.ceil(all.length * (0.1 + dice(23) / 100));
      const kept = all.slice(0, all.length - Math.ceil(gone / 2));
      for (let n = all.length - kept.length; n < gone && kept.length > 3; n++)
        kept.splice(1 + dice(kept.length - 1), 1);
      return paragraphs(kept, dice);
    }
    case 'reordered': {
      const all = sentencesOf(text);
      const from = dice(all.length);
      const moved = all.splice(from, 1 + dice(Math.max(1, all.length >> 1)));
      all.splice(dice(all.length + 1), 0, ...moved);
      return paragraphs(all, dice);
    }
  }
}

function mistyped(word: string, dice: Dice): string {
  const at = 1 + dice(word.length - 2);
  switch (dice(3)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1);
    case 1:
      return word.slice(0, at) + word[at] + word.slice(at);
    default:
      return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
  }
}

/** A text with every name and figure, and every fourth long word, exchanged for one of the same kind: the same form, other facts. */
export function refilled(text: string, names: readonly string[], words: readonly string[], dice: Dice): string {
  let first = true;
  return text.replace(/[A-Za-z][A-Za-z'’-]*|\d[\d.,]*\d|\d|[.!?]/g, (token) => {
    if (/[.!?]/.test(token)) {
      first = true;
      return token;
    }
    const begins = first;
    first = false;
    if (/^\d/.test(token)) return token.replace(/\d/g, () => String(1 + dice(9)));
    if (/^[A-Z]/.test(token) && !begins) return names[dice(names.length)] as string;
    if (token.length >= 7 && dice(4) === 0) return words[dice(words.length)] as string;
    return token;
  });
}

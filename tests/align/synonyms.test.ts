import { describe, expect, it } from 'vitest';
import { TermNumbering } from '../../src/align/numbering.js';
import { withSynonyms } from '../../src/align/synonyms.js';
import { loadLexicons } from '../../src/lexicon/all.js';
import { knownWords } from '../../src/lexicon/known.js';
import type { Lexicon } from '../../src/lexicon/lexicon.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));
const lexicon = (await loadLexicons(['en'], true)).get('en') as Lexicon;

/** The words of `left` that those of `right` stand for after replacement, by word of `right`. */
function standIns(left: string, right: string): Record<string, string> {
  const [a, b] = [analyse(left, table), analyse(right, table)];
  const numbering = new TermNumbering(a.termIds.length + b.termIds.length);
  const [localA, localB] = [numbering.ofAll(a.termIds), numbering.ofAll(b.termIds)];
  const replaced = withSynonyms(localA, knownWords(a, lexicon), localB, knownWords(b, lexicon));
  const word = (text: string, spans: Uint32Array, t: number) => text.slice(spans[2 * t], spans[2 * t + 1]);
  const out: Record<string, string> = {};
  replaced.forEach((term, t) => {
    if (term !== localB[t]) out[word(right, b.termSpans, t)] = word(left, a.termSpans, localA.indexOf(term));
  });
  return out;
}

describe('withSynonyms', () => {
  it('lets words stand for those of their meaning that the other text has', () => {
    expect(standIns('The physician bought a car.', 'The doctor purchased an automobile.')).toEqual({
      doctor: 'physician',
      purchased: 'bought',
      automobile: 'car',
    });
  });

  it('leaves alone what both texts have, and what has no like', () => {
    expect(standIns('The doctor met the physician.', 'A doctor was there.')).toEqual({});
    expect(standIns('The physician ate.', 'Seventeen bridges closed.')).toEqual({});
  });
});

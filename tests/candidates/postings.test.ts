import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TermPostings } from '../../src/candidates/postings.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';
import '../arbitraries.js';

const table = new TermTable(await loadLanguage('en'));
const analysed = (text: string) => analyse(text, table);

describe('TermPostings', () => {
  it('counts the pairs of rare terms that stand in one sentence here and there, most first', () => {
    const postings = new TermPostings();
    postings.add(1, analysed('Tavares found cracks. The bridge in Porto.'));
    postings.add(2, analysed('Tavares found the cracks in Porto on the bridge.'));
    postings.add(3, analysed('Tavares. Cracks. Porto.'));
    expect(postings.query(analysed('In Porto, Tavares found cracks.'), 1)).toEqual([
      { document: 2, sharedKeys: 6 },
      { document: 1, sharedKeys: 3 },
    ]);
    expect(postings.query(analysed('In Porto, Tavares found cracks.'), 4)).toEqual([{ document: 2, sharedKeys: 6 }]);
  });

  it('passes over terms that it does not hold, and texts without terms', () => {
    const postings = new TermPostings();
    postings.add(1, analysed('Tavares found cracks.'));
    expect(postings.query(analysed('Quite another story from Quito.'), 1)).toEqual([]);
    expect(postings.query(analysed(''), 1)).toEqual([]);
    expect(postings.query(analysed('It was there.'), 1)).toEqual([]);
  });

  it('answers after a removal as if the document had never been added', () => {
    const text = fc
      .array(fc.constantFrom('Porto', 'bridge', 'cracks', 'Tavares', '1987', 'the', '.'), { maxLength: 20 })
      .map((pieces) => pieces.join(' '));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), fc.nat(5), text, (texts, which, asked) => {
        const removed = which % texts.length;
        const changed = new TermPostings();
        const never = new TermPostings();
        texts.forEach((each, d) => {
          changed.add(d, analysed(each));
          if (d !== removed) never.add(d, analysed(each));
        });
        changed.remove(removed, analysed(texts[removed] as string));
        expect(changed.query(analysed(asked), 1)).toEqual(never.query(analysed(asked), 1));
      }),
    );
  });
});

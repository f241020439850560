import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { ownVoices, sharedFacts } from '../../src/relate/voices.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));
const text = (content: string) => ({ content: analyse(content, table) });

const unanswered = (doc: ReturnType<typeof text>) => new Float64Array(doc.content.firstTerm.length - 1);
const voices = (doc: ReturnType<typeof text>, other: ReturnType<typeof text>) => ownVoices(doc, other, unanswered(doc));

describe('ownVoices', () => {
  const source = text(
    'The board of Southcorp met on Monday. It was told by Brian Finn that 18 offers were made. "We will not sell the vineyards this year," he said.',
  );

  it('finds nothing in a text that says what the other says, but the quotation of both', () => {
    expect(voices(source, source)).toEqual({ quotations: 0, sharedQuotations: 1, names: 0, named: 0, figures: 0 });
    expect(sharedFacts(source.content, source.content)).toBeGreaterThan(3);
  });

  const report = text(
    'A broker, Helen Markovic, put it at 495 cents, two more. "Nobody pays that much for a cellar," said Helen Markovic of Southcorp.',
  );

  it('counts quotations, people and figures that the other lacks, but small numbers', () => {
    expect(voices(report, source)).toEqual({ quotations: 1, sharedQuotations: 0, names: 1, named: 1, figures: 1 });
  });

  it('counts quotations and figures the less the likelier their sentence answers to the other', () => {
    const own = ownVoices(report, source, [0.5, 1]);
    expect(own).toEqual({ quotations: 0, sharedQuotations: 0, names: 1, named: 1, figures: 0.5 });
  });

  it('takes initials for no one in particular', () => {
    expect(voices(text('The board told the IAAF of it.'), source)).toMatchObject({ names: 0, named: 1 });
  });

  it('does not take a surname alone, or a quotation of known words, for one of its own', () => {
    const retold = text(
      'The firm said Finn was told of 18 offers. "The vineyards we will not sell," said Finn of Southcorp.',
    );
    expect(voices(retold, source)).toEqual({ quotations: 0, sharedQuotations: 1, names: 0, named: 0, figures: 0 });
  });
});

describe('sharedFacts', () => {
  const page = text(
    'It is run by the Pacific Northwest National Laboratory for the Department of Energy. It cost 495 cents.',
  );

  it('counts a name once, however many its words and however often it is named, and figures', () => {
    const other = text(
      'They asked the Pacific Northwest National Laboratory for 495 of them. So did the Pacific Northwest Board, they said.',
    );
    expect(sharedFacts(page.content, other.content)).toBe(2);
    expect(sharedFacts(other.content, page.content)).toBe(3);
  });

  it('takes no word for a name that the other text has as any other', () => {
    expect(sharedFacts(page.content, text('They asked a national laboratory about energy.').content)).toBe(0);
  });

  it('finds a person by the surname alone', () => {
    const [full, short] = [text('It was told by Brian Finn.'), text('It was told by Finn.')];
    expect(sharedFacts(full.content, short.content)).toBe(1);
    expect(sharedFacts(short.content, full.content)).toBe(1);
  });
});

describe('two texts without names and figures', () => {
  it('are no retelling for having nothing of their own', async () => {
    const detector = await createDetector();
    expect(detector.compare('One text.', 'Quite another.')).toMatchObject({ relation: 'unrelated', score: 0 });
  });
});

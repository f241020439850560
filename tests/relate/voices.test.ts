import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { ownVoices } from '../../src/relate/voices.js';
import { analyse } from '../../src/text/analyse.js';
import { loadLanguage } from '../../src/text/language.js';
import { TermTable } from '../../src/text/terms.js';

const table = new TermTable(await loadLanguage('en'));
const text = (content: string) => ({ content: analyse(content, table) });

describe('ownVoices', () => {
  const source = text(
    'The board of Southcorp met on Monday. It was told by Brian Finn that 18 offers were made. "We will not sell the vineyards this year," he said.',
  );

  it('finds nothing in a text that says what the other says', () => {
    expect(ownVoices(source, source)).toMatchObject({
      quotations: 0,
      names: 0,
      distinctNames: 0,
      persons: 0,
      figures: 0,
    });
    expect(ownVoices(source, source).shared).toBeGreaterThan(1);
  });

  it('counts quotations, people and figures that the other lacks', () => {
    const report = text(
      'A broker, Helen Markovic, put it at 495 cents. "Nobody pays that much for a cellar," said Helen Markovic of Southcorp.',
    );
    const own = ownVoices(report, source);
    expect(own.quotations).toBe(0.5);
    expect(own.names).toBe(1);
    expect(own.distinctNames).toBe(0.5);
    expect(own.persons).toBe(0.5);
    expect(own.figures).toBe(0.5);
  });

  it('does not take a surname alone, or a quotation of known words, for one of its own', () => {
    const retold = text(
      'The firm said Finn was told of 18 offers. "The vineyards we will not sell," said Finn of Southcorp.',
    );
    expect(ownVoices(retold, source)).toMatchObject({ quotations: 0, names: 0, persons: 0, figures: 0 });
  });
});

describe('two texts without names and figures', () => {
  it('are no retelling for having nothing of their own', async () => {
    const detector = await createDetector();
    expect(detector.compare('One text.', 'Quite another.')).toMatchObject({ relation: 'unrelated', score: 0 });
  });
});
